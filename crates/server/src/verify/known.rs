//! What the clinic's records say about a code: who may have signed it, and what became of its number.

use crypto::Signed;
use crypto::certify::KeyCertificate;
use crypto::exchange::introduced;
use crypto::signed::key_id;
use crypto::verify::Issuer;
use deadpool_postgres::GenericClient;
use domain::certificates::numbers::parted;
use domain::certificates::{self, CertificateStatus};
use domain::clinic::{Site, Workstation};
use domain::fold::State;
use domain::op::{Body, Header};
use domain::sync::Present;
use domain::verify::Recorded;
use domain::wire::{Bytes, Message, Wire};
use domain::{Hlc, Incarnation, PartialDate, RecordId, Value, Zone, cbor, hex};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::Problem;
use crate::clinic::Clinic;
use crate::database::{column, query};
use crate::known::array;
use crate::log::clamp;

/// A key that issues, at one workstation.
pub(crate) struct Issuing {
    pub(crate) issuer: Issuer,
    pub(crate) incarnation: Incarnation,
}

/// The keys of the clinic that may be the one named `kid`; all of them without a name. Whatever vouches for a key is
/// checked again, from the root.
pub(crate) async fn issuing(
    client: &impl GenericClient,
    clinic: &Clinic,
    kid: Option<[u8; 8]>,
) -> Result<Vec<Issuing>, Problem> {
    let is_wanted = |key: &[u8; 65]| kid.is_none_or(|kid| key_id(key) == kid);
    let mut found = of_workstations(client, clinic, is_wanted).await?;
    found.extend(of_people(client, clinic, is_wanted).await?);
    Ok(found)
}

/// The keys of people. One for which nobody vouches any more still shows what the records hold.
async fn of_people(
    client: &impl GenericClient,
    clinic: &Clinic,
    is_wanted: impl Fn(&[u8; 65]) -> bool,
) -> Result<Vec<Issuing>, Problem> {
    let sql = "select i.state, w.incarnation, w.site_scope, w.revoked, r.state as workstation
               from record i join workstation w on w.incarnation::text = i.state -> 'fields' -> 'incarnation' ->> 'value'
                             join record r on r.id = w.record
               where i.kind = 'issuer' and not i.voided order by i.id";
    let mut found = Vec::new();
    for row in query(client, sql, &[]).await? {
        let held: certificates::Issuer = state(&row)?.record();
        let (Some(key), Some(user)) = (array(held.issues_with.as_ref()), held.user) else { continue };
        if !is_wanted(&key) {
            continue;
        }
        let vouched = crate::known::of(client, clinic, user).await?.vouched(&held);
        let incarnation = Incarnation(row.try_get("incarnation")?);
        let workstation = row.try_get::<_, serde_json::Value>("workstation")?;
        let only_recorded = vouched.is_none() || is_withdrawn(&row, &workstation)?;
        let told = last_word(client, incarnation, row.try_get("site_scope")?).await?;
        let since = vouched.map(|certificate| certificate.issued).unwrap_or_default();
        let issuer = Issuer { key, since, block: held.block, only_recorded, told };
        found.push(Issuing { issuer, incarnation });
    }
    Ok(found)
}

/// The keys that workstations had before each approver had their own: their papers verify by the records.
async fn of_workstations(
    client: &impl GenericClient,
    clinic: &Clinic,
    is_wanted: impl Fn(&[u8; 65]) -> bool,
) -> Result<Vec<Issuing>, Problem> {
    let sql = "select w.incarnation, w.chain, w.ticket, w.revoked, r.state as workstation
               from workstation w join record r on r.id = w.record
               where r.kind = 'workstation' and not r.voided order by w.incarnation";
    let mut found = Vec::new();
    for row in query(client, sql, &[]).await? {
        let present = present(&row)?;
        let named = claimed(&present).and_then(|certificate| certificate.issues_with);
        if !named.is_some_and(|key| is_wanted(&key)) {
            continue;
        }
        let Some(certificate) = introduced(&clinic.root, clinic.id, &present) else { continue };
        let withdrawn = is_withdrawn(&row, &row.try_get::<_, serde_json::Value>("workstation")?)?;
        let issuer = Issuer::of(&certificate, withdrawn, None);
        found.extend(issuer.map(|issuer| Issuing { issuer, incarnation: present.incarnation }));
    }
    Ok(found)
}

/// Whether the workstation of this row may not sync any more.
fn is_withdrawn(row: &Row, workstation: &serde_json::Value) -> Result<bool, Problem> {
    let workstation: Workstation = read_state(workstation.clone())?.record();
    Ok(row.try_get::<_, bool>("revoked")? || workstation.active != Some(true))
}

/// The stamp of the last that a workstation has told of its site's records, as it was limited.
async fn last_word(
    client: &impl GenericClient,
    incarnation: Incarnation,
    site_scope: Uuid,
) -> Result<Option<Hlc>, Problem> {
    let sql = "select op.header, tx.clamp
               from op join tx on tx.incarnation = op.incarnation and tx.scope = op.scope and tx.first = op.first
               where op.incarnation = $1 and op.scope = $2 order by op.seq desc limit 1";
    let rows = query(client, sql, &[&incarnation.0, &site_scope]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let header = Header::from_bytes(row.try_get("header")?).map_err(|_| Problem::Damaged("header"))?;
    Ok(Some(clamp(row)?.map_or(header.hlc, |limit| header.hlc.min(limit))))
}

impl Issuing {
    /// When something of this workstation was received last, in milliseconds since 1970.
    pub(crate) async fn heard(&self, client: &impl GenericClient) -> Result<Option<u64>, Problem> {
        let sql = "select coalesce(max(received), 0) as received from tx where incarnation = $1";
        let rows = query(client, sql, &[&self.incarnation.0]).await?;
        let row = rows.first().ok_or(Problem::Damaged("received"))?;
        Ok(Some(column(row, "received")?).filter(|received| *received > 0))
    }
}

/// What the records hold under `number`: of the code `text`, or of the number alone.
pub(crate) async fn recorded(
    client: &impl GenericClient,
    number: &str,
    text: Option<&str>,
) -> Result<Option<Recorded>, Problem> {
    let sql = "select id, state from record
               where kind = 'certificate' and state -> 'fields' -> 'number' ->> 'value' = $1 order by id";
    let mut found = Vec::new();
    for row in query(client, sql, &[&number]).await? {
        let by = superseded_by(client, row.try_get("id")?).await?;
        found.push(((), Recorded::of(&state(&row)?, by)));
    }
    if let Some(((), recorded)) = Recorded::that_counts(found, text.unwrap_or_default()) {
        return Ok(Some(recorded));
    }
    let Some((prefix, serial)) = parted(number) else { return Ok(None) };
    let Some((id, state)) = drawn_for(client, prefix, serial).await? else { return Ok(None) };
    let carried = match text {
        Some(text) => carried(client, id, text).await?,
        None => true,
    };
    Ok(carried.then(|| Recorded::beside(&state, text.unwrap_or_default())))
}

/// A certificate that was let in.
pub(crate) struct Paper {
    /// The text of its code.
    pub(crate) code: String,
    /// SHA-256 of the PDF that was issued; none of a second one under a number.
    pub(crate) pdf: Option<Vec<u8>>,
    pub(crate) status: CertificateStatus,
}

/// What the records hold of each code that was let in.
pub(crate) async fn papers(client: &impl GenericClient) -> Result<Vec<Paper>, Problem> {
    let sql = "select id, state -> 'fields' -> 'payload' ->> 'value' as code,
                      state -> 'fields' -> 'pdf' ->> 'value' as pdf,
                      state -> 'heads' = jsonb_build_array(state -> 'signed') as is_plain
               from record where kind = 'certificate' and state -> 'fields' -> 'payload' ->> 'value' is not null
               order by id";
    let mut papers = Vec::new();
    for row in query(client, sql, &[]).await? {
        let code: String = row.try_get("code")?;
        let pdf = row.try_get::<_, Option<&str>>("pdf")?.and_then(hex::decode);
        // Nobody touched it since it was signed, as with most.
        if row.try_get::<_, Option<bool>>("is_plain")? == Some(true) {
            papers.push(Paper { code, pdf, status: CertificateStatus::Issued });
            continue;
        }
        let id: Uuid = row.try_get("id")?;
        let Some(row) = query(client, "select state from record where id = $1", &[&id]).await?.pop() else {
            continue;
        };
        let state = state(&row)?;
        for carried in codes(client, id).await? {
            let own = carried == code;
            let recorded = if own { Recorded::of(&state, None) } else { Recorded::beside(&state, &carried) };
            let pdf = pdf.clone().filter(|_| own);
            papers.push(Paper { code: carried, pdf, status: recorded.status });
        }
    }
    Ok(papers)
}

/// The number of the certificate that was issued in the stead of `certificate`.
async fn superseded_by(client: &impl GenericClient, certificate: Uuid) -> Result<Option<String>, Problem> {
    let sql = "select state -> 'fields' -> 'number' ->> 'value' as number from record
               where kind = 'certificate' and state -> 'fields' -> 'replaces' ->> 'value' = $1
                 and state -> 'fields' -> 'number' ->> 'value' is not null order by id limit 1";
    let rows = query(client, sql, &[&RecordId(certificate).to_string()]).await?;
    Ok(rows.first().map(|row| row.try_get("number")).transpose()?)
}

/// The certificate for which a number was drawn, whatever became of it.
async fn drawn_for(
    client: &impl GenericClient,
    prefix: &str,
    serial: &str,
) -> Result<Option<(Uuid, State)>, Problem> {
    let sql = "select c.id, c.state from record b join record c
                 on c.kind = 'certificate' and c.id::text = b.state -> 'fields' -> $2 ->> 'value'
               where b.kind = 'number_block' and b.state -> 'fields' -> 'prefix' ->> 'value' = $1 limit 1";
    let rows = query(client, sql, &[&prefix, &format!("uses/{serial}/certificate")]).await?;
    rows.first().map(|row| Ok((row.try_get("id")?, state(row)?))).transpose()
}

/// Whether a step of `certificate` that was let in carries the code `text`.
async fn carried(client: &impl GenericClient, certificate: Uuid, text: &str) -> Result<bool, Problem> {
    Ok(codes(client, certificate).await?.iter().any(|code| code == text))
}

/// The codes that the steps of `certificate` carry that were let in.
async fn codes(client: &impl GenericClient, certificate: Uuid) -> Result<Vec<String>, Problem> {
    let sql = "select op.body from op
               join tx on tx.incarnation = op.incarnation and tx.scope = op.scope and tx.first = op.first
               where op.record = $1 and op.body is not null and tx.verdict <> 'quarantined'";
    let mut codes = Vec::new();
    for row in query(client, sql, &[&certificate]).await? {
        let body = Body::from_bytes(row.try_get("body")?).map_err(|_| Problem::Damaged("body"))?;
        codes.extend(body.patch.get("payload").and_then(Value::as_text).map(ToOwned::to_owned));
    }
    Ok(codes)
}

/// The clinic's name as it is printed; none before its first workstation has told it.
pub(crate) async fn name(client: &impl GenericClient) -> Result<Option<String>, Problem> {
    let sql =
        "select state -> 'fields' -> 'name' ->> 'value' as name from record where kind = 'clinic' limit 1";
    let rows = query(client, sql, &[]).await?;
    Ok(rows.first().map(|row| row.try_get::<_, Option<String>>("name")).transpose()?.flatten())
}

/// The names that it has had, as its papers print them.
pub(crate) async fn names(client: &impl GenericClient) -> Result<Vec<String>, Problem> {
    let sql = "select op.body from op
               join tx on tx.incarnation = op.incarnation and tx.scope = op.scope and tx.first = op.first
               where op.record in (select id from record where kind = 'clinic')
                 and op.body is not null and tx.verdict <> 'quarantined'";
    let mut names = Vec::new();
    for row in query(client, sql, &[]).await? {
        let body = Body::from_bytes(row.try_get("body")?).map_err(|_| Problem::Damaged("body"))?;
        names.extend(body.patch.get("name").and_then(Value::as_text).map(|name| name.trim().to_owned()));
    }
    Ok(names)
}

/// Where the clinic's day is decided.
pub(crate) struct Place {
    pub(crate) zone: Zone,
    /// Its IANA name.
    pub(crate) name: String,
}

impl Place {
    /// The day there at `milliseconds` since 1970.
    pub(crate) fn day(&self, milliseconds: u64) -> PartialDate {
        PartialDate::day(self.zone.day(&self.zone.instant(milliseconds)))
    }
}

/// The place of the site that was made first; UTC before there is one.
pub(crate) async fn place(client: &impl GenericClient) -> Result<Place, Problem> {
    let rows = query(client, "select state from record where kind = 'site' order by id limit 1", &[]).await?;
    let site: Option<Site> = rows.first().map(|row| state(row).map(|state| state.record())).transpose()?;
    let named = site.and_then(|site| site.time_zone).unwrap_or_default();
    let name = if Zone::named(&named).is_ok() { named } else { "UTC".to_owned() };
    let zone = Zone::named(&name).map_err(|_| Problem::Damaged("time zone"))?;
    Ok(Place { zone, name })
}

fn state(row: &Row) -> Result<State, Problem> {
    read_state(row.try_get("state")?)
}

fn read_state(json: serde_json::Value) -> Result<State, Problem> {
    serde_json::from_value(json).map_err(|_| Problem::Damaged("state"))
}

fn present(row: &Row) -> Result<Present, Problem> {
    let chain = cbor::decode(row.try_get("chain")?).ok().and_then(|value| Vec::from_value(&value));
    Ok(Present {
        incarnation: Incarnation(row.try_get("incarnation")?),
        chain: chain.ok_or(Problem::Damaged("chain"))?,
        ticket: row.try_get::<_, Option<Vec<u8>>>("ticket")?.map(Bytes),
    })
}

/// What the last certificate says, whoever signed it.
fn claimed(present: &Present) -> Option<KeyCertificate> {
    Signed::from_bytes(&present.chain.last()?.0).ok()?.claimed().ok()
}
