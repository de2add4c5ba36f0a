//! The page as HTML: no script, one style sheet, made for a telephone first.

use domain::PartialDate;
use domain::verify::{Outcome, Says};

use super::answer::{Answer, Checked, NumberState, Numbered};
use super::html::{day, day_in_text, escaped, filled};
use super::words;
use crate::Problem;

/// The style sheet of all public pages.
pub(crate) const STYLE: &str = include_str!("verify.css");
/// The mark, also in the browser's tab.
pub(crate) const MARK: &str = include_str!("../../../../icons/mark.svg");

/// How an answer looks.
#[derive(Clone, Copy)]
pub(crate) enum Tone {
    Care,
    Bad,
    Plain,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Care => "care",
            Self::Bad => "bad",
            Self::Plain => "plain",
        }
    }

    /// Colour is never the only sign.
    fn icon(self) -> &'static str {
        match self {
            Self::Care => r#"<path d="M12 7.5v5.5M12 16.4v.1"/>"#,
            Self::Bad => r#"<path d="m8.5 8.5 7 7M15.5 8.5l-7 7"/>"#,
            Self::Plain => r#"<path d="M12 11v5.5M12 7.6v.1"/>"#,
        }
    }
}

/// The form.
pub(crate) fn form(clinic: Option<&str>) -> String {
    let lead = format!("<p class=\"lead\">{}</p>", escaped(words::LEAD));
    whole(clinic, words::TITLE, &format!("{lead}{}{}", asking(words::CHECK, true), keeping()))
}

/// The answer, with the form below it.
pub(crate) fn answer(clinic: Option<&str>, answer: &Answer) -> String {
    let (title, told) = match answer {
        Answer::Code(checked) => (words::outcome(checked.outcome).0, code(checked)),
        Answer::Number(numbered) => (words::number(numbered.state).0, number(numbered)),
    };
    whole(clinic, title, &format!("{told}<h2>{}</h2>{}", escaped(words::AGAIN), asking(words::CHECK, false)))
}

/// Why there is no answer.
pub(crate) fn refused(problem: &Problem) -> String {
    let (title, sentence) = words::refusal(problem);
    let told = verdict(Tone::Plain, title, &[escaped(sentence)], "");
    whole(None, title, &format!("{told}{}", asking(words::CHECK, false)))
}

fn code(checked: &Checked) -> String {
    let tone = match checked.outcome {
        // A tick would be taken for the paper's, which nobody has compared yet.
        Outcome::Genuine => Tone::Plain,
        Outcome::Expired | Outcome::Unrecorded | Outcome::UnknownIssuer => Tone::Care,
        Outcome::Revoked | Outcome::Superseded | Outcome::NotGenuine => Tone::Bad,
    };
    let (title, sentence) = words::outcome(checked.outcome);
    let mut sentences = vec![escaped(sentence)];
    let since = match checked.outcome {
        outcome if outcome.holds() => Some(words::REVOCATION_KNOWN),
        Outcome::Unrecorded => Some(words::HEARD_SINCE),
        _ => None,
    };
    let day = checked.revocations_as_of.map(day_in_text);
    sentences.extend(since.zip(day).map(|(since, day)| filled(since, "day", &day)));
    sentences.extend(checked.superseded_by.as_ref().map(|by| filled(words::SUPERSEDED_BY, "number", by)));
    let facts = checked.claims.as_ref().map(|claims| {
        let ended = matches!(checked.outcome, Outcome::Revoked | Outcome::Superseded);
        let lead = if ended { words::WAS_SIGNED } else { words::COMPARE };
        format!("<p class=\"compare\">{}</p>{}", escaped(lead), facts(claims))
    });
    verdict(tone, title, &sentences, &facts.unwrap_or_default())
}

fn number(numbered: &Numbered) -> String {
    let tone = match numbered.state {
        NumberState::Issued => Tone::Plain,
        NumberState::Unknown => Tone::Care,
        NumberState::Revoked | NumberState::Superseded => Tone::Bad,
    };
    let (title, sentence) = words::number(numbered.state);
    let mut sentences = vec![filled(sentence, "number", numbered.number.as_deref().unwrap_or_default())];
    sentences.extend(numbered.superseded_by.as_ref().map(|by| filled(words::SUPERSEDED_BY, "number", by)));
    if numbered.state == NumberState::Issued {
        sentences.push(escaped(words::NOT_THE_PAPER));
    }
    verdict(tone, title, &sentences, "")
}

/// The answer's card. The sentences and `inside` are HTML already.
fn verdict(tone: Tone, title: &str, sentences: &[String], inside: &str) -> String {
    let sentences: String = sentences.iter().map(|sentence| format!("<p>{sentence}</p>")).collect();
    format!(
        "<section class=\"card {class}\" aria-labelledby=\"outcome\"><div class=\"outcome\">\
         <svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"11\"/>{icon}</svg>\
         <div><h2 id=\"outcome\">{title}</h2>{sentences}</div></div>{inside}</section>",
        class = tone.class(),
        icon = tone.icon(),
        title = escaped(title),
    )
}

fn facts(claims: &Says) -> String {
    let date = |date: &Option<PartialDate>| date.map(day);
    let issued = claims.issued_at.as_str().get(..10).and_then(|day| day.parse().ok());
    let rows = [
        (words::NAME, Some(claims.name.clone())),
        (words::BORN, date(&claims.birth_date)),
        (words::IDENTIFIER, claims.identifier.clone()),
        (words::FINDING, Some(words::verdict(claims.verdict).to_owned())),
        (words::FROM, date(&claims.from)),
        (words::UNTIL, date(&claims.until)),
        (words::KIND, Some(claims.kind.clone())),
        (words::NUMBER, Some(claims.number.clone())),
        (words::SIGNER, Some(claims.signer.clone())),
        (words::LICENCE, claims.licence.clone()),
        (words::ISSUER, Some(claims.issuer.clone())),
        (words::ISSUED, issued.map(day)),
    ];
    let row = |(name, value): (&str, Option<String>)| {
        let value = value?;
        Some(format!("<div><dt>{}</dt><dd>{}</dd></div>", escaped(name), escaped(&value)))
    };
    format!("<dl>{}</dl>", rows.into_iter().filter_map(row).collect::<String>())
}

fn asking(act: &str, first: bool) -> String {
    format!(
        "<form class=\"card\" method=\"post\" action=\"/verify\"><label for=\"text\">{field}</label>\
         <textarea id=\"text\" name=\"text\" rows=\"5\" maxlength=\"5000\" required spellcheck=\"false\" \
         autocapitalize=\"characters\" autocomplete=\"off\" aria-describedby=\"hint\"{focus}></textarea>\
         <p id=\"hint\" class=\"hint\">{hint}</p><button type=\"submit\">{act}</button></form>",
        field = escaped(words::FIELD),
        hint = escaped(words::HINT),
        act = escaped(act),
        focus = if first { " autofocus" } else { "" },
    )
}

fn keeping() -> String {
    format!(
        "<p class=\"keep\"><a href=\"/verify/offline\" download=\"check-certificates.html\">{}</a><br>{}</p>",
        escaped(words::OFFLINE),
        escaped(words::OFFLINE_HINT),
    )
}

fn whole(clinic: Option<&str>, title: &str, body: &str) -> String {
    let clinic = escaped(clinic.unwrap_or(words::NO_CLINIC));
    format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">\
         <title>{title} · {clinic}</title><link rel=\"icon\" href=\"/verify/mark.svg\">\
         <link rel=\"stylesheet\" href=\"/verify/verify.css\"></head><body><header>\
         <a href=\"/verify\"><img src=\"/verify/mark.svg\" alt=\"\" width=\"32\" height=\"32\">\
         <span>{clinic}</span></a></header><main><h1>{heading}</h1>{body}</main>\
         <footer>{privacy}</footer></body></html>",
        language = words::LANGUAGE,
        title = escaped(title),
        heading = escaped(words::TITLE),
        privacy = escaped(words::PRIVACY),
    )
}
