//! `GET /verify/offline`: one file that checks codes without any network, by the keys and the records of the day
//! on which it was fetched. Nothing can be loaded into it or sent from it: its own policy forbids it.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use crypto::sha256;
use crypto::signed::key_id;
use domain::certificates::{CertificateStatus, Verdict};
use domain::verify::Outcome;
use domain::{Hlc, PartialDate, hex};
use serde_json::{Value, json};

use super::html::{day_in_text, escaped, filled};
use super::{known, page, refused, words};
use crate::http::Server;
use crate::{Problem, clinic};

/// So many bytes of a digest: nobody finds another code that begins alike, and a file of fifty thousand stays below a
/// megabyte.
const SHORT: usize = 12;
const SCRIPT: &str = include_str!("offline.js");

/// The file.
pub(crate) async fn file(State(server): State<Server>) -> Response {
    made(&server).await.unwrap_or_else(|problem| refused(&problem))
}

async fn made(server: &Server) -> Result<Response, Problem> {
    let connection = server.pool.get().await?;
    let clinic = clinic::require(&connection).await?;
    let name = known::name(&connection).await?;
    let place = known::place(&connection).await?;
    let now = server.clock.now();
    let keys: Vec<Value> = known::issuing(&connection, &clinic, None).await?.iter().map(key).collect();
    let today = place.day(now);
    let papers = known::papers(&connection).await?;
    let held = json!({
        "keys": keys,
        "names": known::names(&connection).await?,
        "papers": by_state(papers.iter().map(|paper| (sha256(&[paper.code.as_bytes()]).to_vec(), paper.status))),
        "files": by_state(papers.iter().filter_map(|paper| Some((paper.pdf.clone()?, paper.status)))),
        "zone": place.name,
        "words": told(today),
    });
    let policy = policy();
    let file = whole(name.as_deref(), today, &held, &policy);
    let policy = format!("{policy}; frame-ancestors 'none'");
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, file).into_response())
}

fn key(issuing: &known::Issuing) -> Value {
    let issuer = &issuing.issuer;
    let seconds = |stamp: Hlc| stamp.milliseconds() / 1000;
    json!({
        "kid": hex::encode(&key_id(&issuer.key)),
        "key": hex::encode(&issuer.key),
        "since": seconds(issuer.since),
        "block": issuer.block,
        "ended": issuer.only_recorded,
        "told": issuer.told.map(seconds),
    })
}

/// The first bytes of each digest, of a code or a file that the records hold, by how far its certificate is. A digest tells
/// nothing to whoever does not hold what it is of.
fn by_state(papers: impl Iterator<Item = (Vec<u8>, CertificateStatus)>) -> Value {
    let mut digests: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for (digest, status) in papers {
        digests.entry(status.word()).or_default().extend(digest.iter().take(SHORT));
    }
    digests
        .into_iter()
        .map(|(state, digests)| (state.to_owned(), json!(BASE64_STANDARD.encode(digests))))
        .collect()
}

/// What the file may do: run its own script, wear its own style, and nothing else.
fn policy() -> String {
    let digest = |text: &str| BASE64_STANDARD.encode(sha256(&[text.as_bytes()]));
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        digest(SCRIPT),
        digest(page::STYLE),
    )
}

/// The sentences that the script shows.
fn told(today: PartialDate) -> Value {
    let of_outcome = |outcome: Outcome| {
        let (title, sentence) = words::outcome(outcome);
        (outcome.word().to_owned(), json!([title, sentence]))
    };
    let mut outcomes: serde_json::Map<String, Value> = Outcome::ALL.iter().copied().map(of_outcome).collect();
    for (name, (title, sentence)) in words::OFFLINE_OUTCOMES {
        let sentence = sentence.replace("{day}", &day_in_text(today));
        outcomes.insert((*name).to_owned(), json!([title, sentence]));
    }
    let of_verdict = |verdict: &Verdict| (verdict.word().to_owned(), json!(words::verdict(*verdict)));
    let verdicts: serde_json::Map<String, Value> = Verdict::ALL.iter().map(of_verdict).collect();
    json!({
        "outcomes": outcomes,
        "signed": words::WAS_SIGNED,
        "compare": words::COMPARE,
        "revocation": words::OFFLINE_REVOCATION.replace("{day}", &day_in_text(today)),
        "verdicts": verdicts,
        "months": words::MONTHS,
        "about": words::ABOUT,
        "claims": [
            ["name", words::NAME], ["born", words::BORN], ["identifier", words::IDENTIFIER],
            ["verdict", words::FINDING], ["from", words::FROM], ["until", words::UNTIL], ["kind", words::KIND],
            ["number", words::NUMBER], ["signer", words::SIGNER], ["licence", words::LICENCE],
            ["issuer", words::ISSUER], ["issuedAt", words::ISSUED],
        ],
    })
}

fn whole(clinic: Option<&str>, today: PartialDate, held: &Value, policy: &str) -> String {
    // Within a script's element only `<` could end it early.
    let held = held.to_string().replace('<', "\\u003c");
    format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">\
         <title>{heading} · {clinic}</title><style>{style}</style></head><body>\
         <header><a>{mark}<span>{clinic}</span></a></header>\
         <main><h1>{heading}</h1><p class=\"lead\">{lead}</p>\
         <form class=\"card\" id=\"form\"><label for=\"text\">{field}</label>\
         <textarea id=\"text\" rows=\"5\" maxlength=\"5000\" required spellcheck=\"false\" \
         autocapitalize=\"characters\" autocomplete=\"off\" aria-describedby=\"hint\"></textarea>\
         <p id=\"hint\" class=\"hint\">{hint}</p><button type=\"submit\">{check}</button>\
         <label for=\"file\">{file}</label><input type=\"file\" id=\"file\" accept=\"application/pdf\" \
         aria-describedby=\"file-hint\"><p id=\"file-hint\" class=\"hint\">{file_hint}</p></form>\
         <div aria-live=\"polite\"><section class=\"card plain\" id=\"answer\" aria-labelledby=\"outcome\" hidden>\
         <div class=\"outcome\"><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"11\"/>\
         <path id=\"icon\"/></svg><div><h2 id=\"outcome\"></h2><p id=\"sentence\"></p><p id=\"revocation\"></p></div></div>\
         <p class=\"compare\" id=\"compare\">{compare}</p><dl id=\"facts\"></dl></section></div></main>\
         <footer>{privacy}</footer>\
         <script type=\"application/json\" id=\"held\">{held}</script><script>{script}</script></body></html>",
        language = words::LANGUAGE,
        policy = escaped(policy),
        clinic = escaped(clinic.unwrap_or(words::NO_CLINIC)),
        style = page::STYLE,
        mark = page::MARK,
        heading = escaped(words::TITLE),
        lead = filled(words::OFFLINE_LEAD, "day", &day_in_text(today)),
        field = escaped(words::OFFLINE_FIELD),
        hint = escaped(words::OFFLINE_ASK),
        file = escaped(words::OFFLINE_FILE),
        file_hint = escaped(words::OFFLINE_FILE_HINT),
        check = escaped(words::CHECK),
        compare = escaped(words::COMPARE),
        privacy = escaped(words::OFFLINE_PRIVACY),
        script = SCRIPT,
    )
}
