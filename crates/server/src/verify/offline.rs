//! `GET /verify/offline`: one file that checks codes without any network, by the keys of the day on
//! which it was fetched. Nothing can be loaded into it or sent from it: its own policy forbids it.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use crypto::sha256;
use crypto::signed::key_id;
use domain::certificates::Verdict;
use domain::verify::Outcome;
use domain::{PartialDate, hex};
use serde_json::{Value, json};

use super::html::{day_in_text, escaped, filled};
use super::{known, page, refused, words};
use crate::http::Server;
use crate::{Problem, clinic};

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
    let keys: Vec<Value> = known::issuing(&connection, &clinic, None)
        .await?
        .iter()
        .map(|workstation| {
            let issuer = &workstation.issuer;
            json!({
                "kid": hex::encode(&key_id(&issuer.key)),
                "key": hex::encode(&issuer.key),
                "since": issuer.since.milliseconds() / 1000,
                "withdrawn": issuer.only_recorded,
            })
        })
        .collect();
    let today = place.day(now);
    let held = json!({"keys": keys, "zone": place.name, "words": told(today)});
    let policy = policy();
    let file = whole(name.as_deref(), today, &held, &policy);
    let policy = format!("{policy}; frame-ancestors 'none'");
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, file).into_response())
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
    let mut outcomes: serde_json::Map<String, Value> =
        [Outcome::Genuine, Outcome::Expired, Outcome::NotGenuine, Outcome::UnknownIssuer]
            .map(of_outcome)
            .into_iter()
            .collect();
    for (name, (title, sentence)) in words::OFFLINE_OUTCOMES {
        outcomes.insert((*name).to_owned(), json!([title, sentence]));
    }
    json!({
        "outcomes": outcomes,
        "revocation": words::OFFLINE_REVOCATION.replace("{day}", &day_in_text(today)),
        "verdicts": {
            "fit": words::verdict(Verdict::Fit),
            "fit_with_limits": words::verdict(Verdict::FitWithLimits),
            "not_fit": words::verdict(Verdict::NotFit),
        },
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
         <p id=\"hint\" class=\"hint\">{hint}</p><button type=\"submit\">{check}</button></form>\
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
        check = escaped(words::CHECK),
        compare = escaped(words::COMPARE),
        privacy = escaped(words::OFFLINE_PRIVACY),
        script = SCRIPT,
    )
}
