//! The state of each record, as the domain's fold makes it.

use std::collections::{BTreeMap, BTreeSet};

use deadpool_postgres::GenericClient;
use domain::RecordId;
use domain::admit::Change;
use domain::clinic::Workstation;
use domain::fold::State;
use domain::record::Record;

use crate::Problem;
use crate::database::{execute, query};

/// Holds those of `records` that exist, in the order of their ids, until the transaction ends: two
/// pushes that touch one record would otherwise each fold it without the other's ops.
pub(crate) async fn hold(
    client: &impl GenericClient,
    records: &BTreeSet<RecordId>,
) -> Result<BTreeSet<RecordId>, Problem> {
    let ids: Vec<_> = records.iter().map(|record| record.0).collect();
    let sql = "select id from record where id = any($1) order by id for update";
    let rows = query(client, sql, &[&ids]).await?;
    rows.iter().map(|row| Ok(RecordId(row.try_get("id")?))).collect()
}

/// Keeps new states; of those outside `held` that there was none before.
///
/// # Errors
/// [`Problem::Busy`] when somebody else made one of them meanwhile.
pub(crate) async fn keep(
    client: &impl GenericClient,
    held: &BTreeSet<RecordId>,
    changes: &BTreeMap<RecordId, Change>,
) -> Result<(), Problem> {
    let (known, new): (Vec<_>, Vec<_>) = changes.iter().partition(|(record, _)| held.contains(record));
    let update = "update record set patient = new.patient, voided = new.voided, conflicts = new.conflicts, state = new.state
                  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::boolean[], $5::bigint[], $6::jsonb[])
                       as new (id, kind, patient, voided, conflicts, state)
                  where record.id = new.id";
    let insert = "insert into record (id, kind, patient, voided, conflicts, state)
                  select id, kind, patient, voided, conflicts, state
                  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::boolean[], $5::bigint[], $6::jsonb[])
                       as new (id, kind, patient, voided, conflicts, state)
                  order by id on conflict do nothing";
    for (sql, changes) in [(insert, new), (update, known)] {
        if !changes.is_empty() && write(client, sql, &changes).await? < changes.len() as u64 {
            return Err(Problem::Busy);
        }
    }
    revoke(client, changes).await
}

async fn write(
    client: &impl GenericClient,
    sql: &str,
    changes: &[(&RecordId, &Change)],
) -> Result<u64, Problem> {
    let states: Result<Vec<_>, _> =
        changes.iter().map(|(_, change)| serde_json::to_value(&change.state)).collect();
    let states = states.map_err(|_| Problem::Damaged("state"))?;
    let ids: Vec<_> = changes.iter().map(|(record, _)| record.0).collect();
    let kinds: Vec<_> = changes.iter().map(|(_, change)| change.kind.name).collect();
    let patients: Vec<_> =
        changes.iter().map(|(_, change)| change.patient.map(|patient| patient.0)).collect();
    let voided: Vec<_> = changes.iter().map(|(_, change)| change.state.voided.is_some()).collect();
    let unsettled = |change: &Change| change.state.conflicts.len() + change.state.late.len();
    let conflicts: Vec<_> = changes.iter().map(|(_, change)| unsettled(change) as i64).collect();
    execute(client, sql, &[&ids, &kinds, &patients, &voided, &conflicts, &states]).await
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
