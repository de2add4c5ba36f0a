//! The state of each record, as the domain's fold makes it.

use std::collections::{BTreeMap, BTreeSet};

use deadpool_postgres::GenericClient;
use domain::admit::Change;
use domain::clinic::Workstation;
use domain::fold::State;
use domain::record::Record;
use domain::{RecordId, Scope};

use crate::Problem;
use crate::database::{execute, number, query};
use crate::measures::{self, Now};

/// The records that a push touches.
pub(crate) struct States {
    /// The scope in which each is touched.
    scopes: BTreeMap<RecordId, Scope>,
    /// Those that exist.
    held: BTreeSet<RecordId>,
    /// The new states.
    pub(crate) changes: BTreeMap<RecordId, Change>,
}

impl States {
    /// Holds those of `records` that exist, in the order of their ids, until the transaction ends: two
    /// pushes that touch one record would otherwise each fold it without the other's ops.
    pub(crate) async fn hold(
        client: &impl GenericClient,
        scopes: BTreeMap<RecordId, Scope>,
    ) -> Result<Self, Problem> {
        let ids: Vec<_> = scopes.keys().map(|record| record.0).collect();
        let sql = "select id from record where id = any($1) order by id for update";
        let rows = query(client, sql, &[&ids]).await?;
        let held = rows.iter().map(|row| Ok(RecordId(row.try_get("id")?)));
        let held: Result<_, Problem> = held.collect();
        Ok(Self { scopes, held: held?, changes: BTreeMap::new() })
    }

    /// Keeps the new states, changed by the entries that end at these positions; of records that are not held, that
    /// there was none before.
    ///
    /// # Errors
    /// [`Problem::Busy`] when somebody else made one of them meanwhile.
    pub(crate) async fn keep(
        &self,
        client: &impl GenericClient,
        through: &BTreeMap<Scope, u64>,
    ) -> Result<(), Problem> {
        let (known, new): (Vec<_>, Vec<_>) =
            self.changes.iter().partition(|(record, _)| self.held.contains(record));
        let update = "update record set patient = new.patient, voided = new.voided, conflicts = new.conflicts,
                             state = new.state, scope = new.scope, changed = new.changed
                      from unnest($1::uuid[], $2::text[], $3::uuid[], $4::boolean[], $5::bigint[], $6::jsonb[],
                                  $7::uuid[], $8::bigint[])
                           as new (id, kind, patient, voided, conflicts, state, scope, changed)
                      where record.id = new.id";
        let insert = "insert into record (id, kind, patient, voided, conflicts, state, scope, changed)
                      select id, kind, patient, voided, conflicts, state, scope, changed
                      from unnest($1::uuid[], $2::text[], $3::uuid[], $4::boolean[], $5::bigint[], $6::jsonb[],
                                  $7::uuid[], $8::bigint[])
                           as new (id, kind, patient, voided, conflicts, state, scope, changed)
                      order by id on conflict do nothing";
        for (sql, changes) in [(insert, new), (update, known)] {
            if !changes.is_empty() && self.write(client, sql, &changes, through).await? < changes.len() as u64
            {
                return Err(Problem::Busy);
            }
        }
        let now = self.changes.iter().map(|(record, change)| Now {
            record: *record,
            kind: change.kind,
            scope: self.scopes.get(record).copied(),
            patient: change.patient,
            state: &change.state,
        });
        measures::keep(client, &now.collect::<Vec<_>>()).await?;
        revoke(client, &self.changes).await
    }

    async fn write(
        &self,
        client: &impl GenericClient,
        sql: &str,
        changes: &[(&RecordId, &Change)],
        through: &BTreeMap<Scope, u64>,
    ) -> Result<u64, Problem> {
        let states: Result<Vec<_>, _> =
            changes.iter().map(|(_, change)| serde_json::to_value(&change.state)).collect();
        let states = states.map_err(|_| Problem::Damaged("state"))?;
        let ids: Vec<_> = changes.iter().map(|(record, _)| record.0).collect();
        let kinds: Vec<_> = changes.iter().map(|(_, change)| change.kind.name).collect();
        let patients: Vec<_> =
            changes.iter().map(|(_, change)| change.patient.map(|patient| patient.0)).collect();
        let voided: Vec<_> = changes.iter().map(|(_, change)| change.state.voided.is_some()).collect();
        let unsettled =
            |change: &Change| change.state.unsettled(change.kind).count() + change.state.late.len();
        let conflicts: Vec<_> = changes.iter().map(|(_, change)| unsettled(change) as i64).collect();
        let scopes: Vec<_> = changes.iter().map(|(record, _)| self.scopes.get(record)).collect();
        let changed: Vec<_> =
            scopes.iter().map(|scope| through.get((*scope)?).map(|last| number(*last))).collect();
        let scopes: Vec<_> = scopes.iter().map(|scope| scope.map(|scope| scope.0)).collect();
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 8] =
            [&ids, &kinds, &patients, &voided, &conflicts, &states, &scopes, &changed];
        execute(client, sql, &values).await
    }
}

/// Whether the record of a workstation says that it is not active any more. There may be none yet.
pub(crate) async fn is_ended(client: &impl GenericClient, workstation: RecordId) -> Result<bool, Problem> {
    let sql = "select state from record where id = $1 and kind = $2";
    let rows = query(client, sql, &[&workstation.0, &Workstation::KIND.name]).await?;
    let Some(row) = rows.first() else { return Ok(false) };
    let state: State =
        serde_json::from_value(row.try_get("state")?).map_err(|_| Problem::Damaged("state"))?;
    Ok(state.record::<Workstation>().active != Some(true))
}

/// A workstation whose record says that it is not active may not sync any more.
async fn revoke(client: &impl GenericClient, changes: &BTreeMap<RecordId, Change>) -> Result<(), Problem> {
    for (record, change) in changes.iter().filter(|(_, change)| change.kind.name == Workstation::KIND.name) {
        let workstation: Workstation = change.state.record();
        let revoked = workstation.active != Some(true);
        let sql = "update workstation set revoked = $2 where record = $1 and revoked <> $2";
        execute(client, sql, &[&record.0, &revoked]).await?;
    }
    Ok(())
}
