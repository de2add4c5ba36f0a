//! What was measured of people, number by number, as every workstation keeps it too.

use crypto::sha256;
use deadpool_postgres::{GenericClient, Pool};
use domain::fold::State;
use domain::forms::spec;
use domain::kinds::{KINDS, kind};
use domain::measure::{Measure, MeasuredSide};
use domain::measures::{has_measures, measures};
use domain::record::Kind;
use domain::{RecordId, Scope, declared};
use uuid::Uuid;

use crate::Problem;
use crate::database::{execute, query};

/// Records that are read at once while all measures are made again.
const A_PAGE: i64 = 500;

/// A record as it now is.
pub(crate) struct Now<'a> {
    /// Which.
    pub(crate) record: RecordId,
    /// Its kind.
    pub(crate) kind: &'static Kind,
    /// Where it was written.
    pub(crate) scope: Option<Scope>,
    /// Whose it is.
    pub(crate) patient: Option<RecordId>,
    /// Its state.
    pub(crate) state: &'a State,
}

/// Keeps the measures of these records in place of those that stand there.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn keep(client: &impl GenericClient, records: &[Now<'_>]) -> Result<(), Problem> {
    let of: Vec<&Now<'_>> = records.iter().filter(|now| has_measures(now.kind)).collect();
    if of.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = of.iter().map(|now| now.record.0).collect();
    execute(client, "delete from measure where record = any($1)", &[&ids]).await?;
    let rows = of.iter().filter_map(|now| Some((*now, now.patient?))).flat_map(|(now, patient)| {
        let form = now.state.value("form").as_text().and_then(spec);
        measures(now.kind, now.state, form).into_iter().map(move |measure| (now, patient, measure))
    });
    let rows: Vec<(&Now<'_>, RecordId, Measure)> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    let records: Vec<Uuid> = rows.iter().map(|(now, ..)| now.record.0).collect();
    let scopes: Vec<Option<Uuid>> = rows.iter().map(|(now, ..)| now.scope.map(|scope| scope.0)).collect();
    let patients: Vec<Uuid> = rows.iter().map(|(_, patient, _)| patient.0).collect();
    let texts =
        |text: fn(&Measure) -> String| rows.iter().map(|(.., measure)| text(measure)).collect::<Vec<_>>();
    let entries = texts(|measure| measure.entry.clone());
    let codes = texts(|measure| measure.code.clone());
    let sides = texts(|measure| measure.side.map(MeasuredSide::word).unwrap_or_default().to_owned());
    let units = texts(|measure| measure.unit.clone());
    let flags = texts(Measure::flag_words);
    let words: Vec<Option<&str>> = rows.iter().map(|(.., measure)| measure.word.as_deref()).collect();
    let times: Vec<i64> = rows.iter().map(|(.., measure)| measure.at).collect();
    let numbers: Vec<Option<i64>> = rows.iter().map(|(.., measure)| measure.number).collect();
    let ranks: Vec<Option<i64>> = rows.iter().map(|(.., measure)| measure.rank).collect();
    let sql = "insert into measure (record, entry, code, scope, patient, side, at, number, unit, word, rank, flags)
               select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[],
                                    $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::bigint[], $12::text[])";
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 12] = [
        &records, &entries, &codes, &scopes, &patients, &sides, &times, &numbers, &units, &words, &ranks,
        &flags,
    ];
    execute(client, sql, &values).await?;
    Ok(())
}

/// Makes the measures of all records again where other declarations made them: a page of records at a time, each held
/// meanwhile, so that whoever is pushing waits for no more than that.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn make_again(pool: &Pool) -> Result<(), Problem> {
    let today = sha256(&[declared().join("\n").as_bytes()]);
    let mut connection = pool.get().await?;
    let sql = "select 1 from measured_by where declared = $1";
    if !query(&connection, sql, &[&today.as_slice()]).await?.is_empty() {
        return Ok(());
    }
    let kinds: Vec<&str> = KINDS.iter().filter(|kind| has_measures(kind)).map(|kind| kind.name).collect();
    let mut after = Uuid::nil();
    loop {
        let transaction = connection.transaction().await?;
        let sql = "select id, kind, patient, scope, state from record where kind = any($1) and id > $2
                   order by id limit $3 for update";
        let rows = query(&transaction, sql, &[&kinds, &after, &A_PAGE]).await?;
        let Some(last) = rows.last() else { break };
        after = last.try_get("id")?;
        let mut states = Vec::new();
        for row in &rows {
            let state: State =
                serde_json::from_value(row.try_get("state")?).map_err(|_| Problem::Damaged("state"))?;
            states.push((row, state));
        }
        let mut now = Vec::new();
        for (row, state) in &states {
            let Some(kind) = kind(row.try_get("kind")?) else { continue };
            now.push(Now {
                record: RecordId(row.try_get("id")?),
                kind,
                scope: row.try_get::<_, Option<Uuid>>("scope")?.map(Scope),
                patient: row.try_get::<_, Option<Uuid>>("patient")?.map(RecordId),
                state,
            });
        }
        keep(&transaction, &now).await?;
        transaction.commit().await?;
    }
    let sql = "insert into measured_by (one, declared) values (true, $1)
               on conflict (one) do update set declared = excluded.declared";
    execute(&connection, sql, &[&today.as_slice()]).await?;
    Ok(())
}
