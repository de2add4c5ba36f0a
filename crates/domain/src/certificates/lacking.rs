//! What a certificate must say before it is issued.

use jiff::civil::Date;

use super::{Certificate, Days, PaperSize, Template, Verdict, lenses};
use crate::PartialDate;

/// More characters than this in one text would not leave it a certificate.
const LONGEST: usize = 1_000;

/// The fields that are still lacking before `certificate` can be issued on `template`, in the order in
/// which a form shows them.
#[must_use]
pub fn lacking(certificate: &Certificate, template: &Template) -> Vec<&'static str> {
    let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let verdict = certificate.verdict;
    let offered = template.verdicts.as_deref().unwrap_or_default();
    let prints = |field: &str| template.text.as_deref().unwrap_or_default().contains(field);
    let reasoned = verdict == Some(Verdict::NotFit) || certificate.reason_agreed == Some(true);
    let dated = |field: &str| verdict == Some(Verdict::NotFit) || prints(field);
    let rules = [
        ("template", certificate.template.is_none() || template.active != Some(true)),
        ("verdict", !verdict.is_some_and(|verdict| offered.iter().any(|word| word == verdict.word()))),
        ("examined", certificate.examined.is_none()),
        ("from", certificate.from.is_none() && dated("{from}")),
        ("until", certificate.until.is_none() && dated("{until}")),
        ("limits", verdict == Some(Verdict::FitWithLimits) && !given(&certificate.limits)),
        ("came_at", !given(&certificate.came_at) && prints("{came}")),
        ("left_at", !given(&certificate.left_at) && prints("{left}")),
        ("sent_to", certificate.sent_to.is_none() && prints("{sent}")),
        ("reason", reasoned && !given(&certificate.reason)),
        ("diagnosis", certificate.diagnosis_agreed == Some(true) && !given(&certificate.diagnosis)),
    ];
    let fields = rules.into_iter().filter(|(_, lacks)| *lacks).map(|(field, _)| field);
    let lenses = if certificate.prescribes() { lenses::lacking(certificate) } else { Vec::new() };
    fields.chain(lenses).collect()
}

/// The field whose value cannot be so, if there is one: a day that is not known to the day, the last before
/// the first, an examination that lies ahead, a time that is none or of leaving before coming on one day, a text of a
/// book's length, a paper that no certificate has.
#[must_use]
pub fn wrong(certificate: &Certificate, today: Date) -> Option<&'static str> {
    let vague =
        |date: Option<PartialDate>| date.is_some_and(|date| date.exact().is_none() || date.is_estimated());
    let long = |text: &Option<String>| text.as_deref().is_some_and(|text| text.chars().count() > LONGEST);
    let ends = certificate.from.is_some() && certificate.until.is_some();
    let one_day = certificate.from == certificate.until;
    let no_time = |time: &Option<String>| time.as_deref().is_some_and(|time| !is_time(time));
    let ends_before = |came: &Option<String>, left: &Option<String>| {
        came.as_ref().zip(left.as_ref()).is_some_and(|(came, left)| left < came)
    };
    let paper = certificate.paper.as_deref();
    let rules = [
        ("examined", vague(certificate.examined)),
        ("from", vague(certificate.from)),
        ("until", vague(certificate.until)),
        ("examined", certificate.examined.is_some_and(|day| day.earliest() > today)),
        ("until", ends && Days::of(certificate, None).is_none()),
        ("came_at", no_time(&certificate.came_at)),
        ("left_at", no_time(&certificate.left_at)),
        ("left_at", one_day && ends_before(&certificate.came_at, &certificate.left_at)),
        ("sent_with", long(&certificate.sent_with)),
        ("limits", long(&certificate.limits)),
        ("reason", long(&certificate.reason)),
        ("recommendation", long(&certificate.recommendation)),
        ("diagnosis", long(&certificate.diagnosis)),
        ("addressee", long(&certificate.addressee)),
        ("paper", paper.is_some_and(|paper| PaperSize::ALL.iter().all(|size| size.word() != paper))),
    ];
    let field = rules.into_iter().find(|(_, is_wrong)| *is_wrong).map(|(field, _)| field);
    field.or_else(|| lenses::wrong(certificate))
}

/// Whether `text` is a time of the day as a clock of 24 hours shows it, `09:10`.
fn is_time(text: &str) -> bool {
    let [one, two, b':', three, four] = text.as_bytes() else { return false };
    let figures = [one, two, three, four].iter().all(|sign| sign.is_ascii_digit());
    figures && (one, two) < (&b'2', &b'4') && *three < b'6'
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::RecordId;
    use crate::record::Told;

    fn template(text: &str) -> Template {
        let verdicts = [Verdict::Fit, Verdict::FitWithLimits, Verdict::NotFit];
        Template {
            text: Some(text.to_owned()),
            verdicts: Some(verdicts.map(|verdict| verdict.word().to_owned()).to_vec()),
            active: Some(true),
            ..Template::default()
        }
    }

    fn written(verdict: Verdict) -> Certificate {
        Certificate {
            template: Some(RecordId::new(1, &[1; 10])),
            verdict: Some(verdict),
            examined: "2026-11-22".parse().ok(),
            ..Certificate::default()
        }
    }

    #[test]
    fn each_verdict_asks_for_what_it_rests_on() {
        let plain = template("{name} is {verdict}");
        assert_eq!(lacking(&Certificate::default(), &plain), ["template", "verdict", "examined"]);
        assert_eq!(lacking(&written(Verdict::Fit), &plain), [""; 0]);
        assert_eq!(lacking(&written(Verdict::FitWithLimits), &plain), ["limits"]);
        assert_eq!(lacking(&written(Verdict::NotFit), &plain), ["from", "until", "reason"]);
        let dated = template("{verdict} from {from} until {until}");
        assert_eq!(lacking(&written(Verdict::Fit), &dated), ["from", "until"]);
        let blank = Certificate { limits: Some(" ".to_owned()), ..written(Verdict::FitWithLimits) };
        assert_eq!(lacking(&blank, &plain), ["limits"]);
        let agreed = Certificate { diagnosis_agreed: Some(true), ..written(Verdict::Fit) };
        assert_eq!(lacking(&agreed, &plain), ["diagnosis"]);
    }

    #[test]
    fn a_slip_asks_for_its_times_and_where_to_and_a_time_is_one() {
        let slip = template("{name} was here from {came} to {left}. {sent} {reason}");
        assert_eq!(lacking(&written(Verdict::Fit), &slip), ["came_at", "left_at", "sent_to"]);
        let agreed = Certificate { reason_agreed: Some(true), ..written(Verdict::Fit) };
        assert_eq!(lacking(&agreed, &template("{reason}")), ["reason"]);
        let times = |came: &str, left: &str| Certificate {
            came_at: Some(came.to_owned()),
            left_at: Some(left.to_owned()),
            ..written(Verdict::Fit)
        };
        let today = date(2026, 11, 22);
        for (came, left, at) in [
            ("09:10", "09:40", None),
            ("00:00", "23:59", None),
            ("24:00", "23:59", Some("came_at")),
            ("9:10", "09:40", Some("came_at")),
            ("09:10", "09:60", Some("left_at")),
            ("09:10", "09:05", Some("left_at")),
        ] {
            assert_eq!(wrong(&times(came, left), today), at, "{came} {left}");
        }
        let over_night = Certificate {
            from: "2026-11-21".parse().ok(),
            until: "2026-11-22".parse().ok(),
            ..times("23:10", "06:30")
        };
        assert_eq!(wrong(&over_night, today), None);
    }

    #[test]
    fn a_verdict_that_the_template_does_not_give_and_a_closed_template_lack() {
        let only = Template { verdicts: Some(vec!["fit".to_owned()]), ..template("") };
        assert_eq!(lacking(&written(Verdict::FitWithLimits), &only), ["verdict", "limits"]);
        let closed = Template { active: Some(false), ..template("") };
        assert_eq!(lacking(&written(Verdict::Fit), &closed), ["template"]);
    }

    #[test]
    fn what_cannot_be_so_is_named() {
        let today = date(2026, 11, 22);
        let wrong_with = |change: &dyn Fn(&mut Certificate)| {
            let mut certificate = written(Verdict::NotFit);
            change(&mut certificate);
            wrong(&certificate, today)
        };
        assert_eq!(wrong_with(&|_| {}), None);
        assert_eq!(
            wrong_with(&|certificate| certificate.examined = "2026-11-23".parse().ok()),
            Some("examined")
        );
        assert_eq!(wrong_with(&|certificate| certificate.from = "2026-11".parse().ok()), Some("from"));
        assert_eq!(wrong_with(&|certificate| certificate.until = "~2026-11-22".parse().ok()), Some("until"));
        assert_eq!(wrong_with(&|certificate| certificate.paper = Some("a3".to_owned())), Some("paper"));
        assert_eq!(wrong_with(&|certificate| certificate.limits = Some("x".repeat(1_001))), Some("limits"));
        let backwards = |certificate: &mut Certificate| {
            certificate.from = "2026-11-23".parse().ok();
            certificate.until = "2026-11-22".parse().ok();
        };
        assert_eq!(wrong_with(&backwards), Some("until"));
    }

    #[test]
    fn nobody_writes_what_is_the_programs() {
        for field in ["status", "number", "facts", "payload", "pdf", "signer", "issued_at", "patient"] {
            assert!(!Certificate::WRITTEN.contains(&field), "{field}");
        }
    }
}
