//! What the clinic's records say about a code: who may have signed it, and what became of its number.

use crypto::Signed;
use crypto::certify::KeyCertificate;
use crypto::cose::Claims;
use crypto::exchange::introduced;
use crypto::signed::key_id;
use crypto::verify::Issuer;
use deadpool_postgres::GenericClient;
use domain::certificates::numbers::parted;
use domain::clinic::{Site, Workstation};
use domain::fold::State;
use domain::op::{Body, Header};
use domain::sync::Present;
use domain::verify::Recorded;
use domain::wire::{Bytes, Message, Wire};
use domain::{Incarnation, PartialDate, RecordId, Value, Zone, cbor};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::Problem;
use crate::clinic::Clinic;
use crate::database::{column, query};

/// A workstation that may issue.
pub(crate) struct Issuing {
    pub(crate) issuer: Issuer,
    pub(crate) incarnation: Incarnation,
    site_scope: Uuid,
}

/// A workstation's clock and its server's may differ by so many seconds.
const SLACK: i64 = 600;

/// The workstations of the clinic that were introduced and whose key may be the one named `kid`; all
/// of them without a name. Whatever vouches for a key is checked again, from the root.
pub(crate) async fn issuing(
    client: &impl GenericClient,
    clinic: &Clinic,
    kid: Option<[u8; 8]>,
) -> Result<Vec<Issuing>, Problem> {
    let sql = "select w.incarnation, w.site_scope, w.chain, w.ticket, w.revoked, r.state
               from workstation w join record r on r.id = w.record
               where r.kind = 'workstation' and not r.voided order by w.incarnation";
    let mut found = Vec::new();
    for row in query(client, sql, &[]).await? {
        let present = present(&row)?;
        let named = claimed(&present).and_then(|certificate| certificate.issues_with);
        if named.is_none_or(|key| kid.is_some_and(|kid| key_id(&key) != kid)) {
            continue;
        }
        let Some(certificate) = introduced(&clinic.root, clinic.id, &present) else { continue };
        let workstation: Workstation = state(&row)?.record();
        let withdrawn = row.try_get::<_, bool>("revoked")? || workstation.active != Some(true);
        let issuer = Issuer::of(&certificate, withdrawn);
        let incarnation = present.incarnation;
        let site_scope = row.try_get("site_scope")?;
        found.extend(issuer.map(|issuer| Issuing { issuer, incarnation, site_scope }));
    }
    Ok(found)
}

impl Issuing {
    /// The same where this workstation has told everything that it had written when it issued `claims`:
    /// a code that the records then do not hold was never admitted to them.
    pub(crate) async fn at(mut self, client: &impl GenericClient, claims: &Claims) -> Result<Self, Problem> {
        let sql = "select header from op where incarnation = $1 and scope = $2 order by seq desc limit 1";
        let rows = query(client, sql, &[&self.incarnation.0, &self.site_scope]).await?;
        if let Some(row) = rows.first() {
            let header =
                Header::from_bytes(row.try_get("header")?).map_err(|_| Problem::Damaged("header"))?;
            let told = i64::try_from(header.hlc.milliseconds() / 1000).unwrap_or(i64::MAX);
            self.issuer.only_recorded |= told > claims.issued_at.saturating_add(SLACK);
        }
        Ok(self)
    }

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
    let sql = "select op.body from op
               join tx on tx.incarnation = op.incarnation and tx.scope = op.scope and tx.first = op.first
               where op.record = $1 and op.body is not null and tx.verdict <> 'quarantined'";
    for row in query(client, sql, &[&certificate]).await? {
        let body = Body::from_bytes(row.try_get("body")?).map_err(|_| Problem::Damaged("body"))?;
        if body.patch.get("payload").and_then(Value::as_text) == Some(text) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The clinic's name as it is printed; none before its first workstation has told it.
pub(crate) async fn name(client: &impl GenericClient) -> Result<Option<String>, Problem> {
    let sql =
        "select state -> 'fields' -> 'name' ->> 'value' as name from record where kind = 'clinic' limit 1";
    let rows = query(client, sql, &[]).await?;
    Ok(rows.first().map(|row| row.try_get::<_, Option<String>>("name")).transpose()?.flatten())
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
    serde_json::from_value(row.try_get("state")?).map_err(|_| Problem::Damaged("state"))
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
