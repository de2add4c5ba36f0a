//! How sharply an eye sees: what was said of a chart, as a number that can be compared.
//!
//! logMAR = log10(line / distance), and 0.02 for each letter more or less (Holladay 2004); letters = 85 - 50 logMAR
//! (Gregori 2010). Counting fingers, hand movements, light and no light lie below all numbers and have none (Lange 2009).

/// What was seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen {
    /// On a chart: logMAR.
    LogMar(f64),
    /// Below every chart.
    Below(Below),
    /// Something that is no number, of a chart that has none.
    Words,
}

/// What lies below every chart, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Below {
    /// No perception of light.
    NoLight,
    /// Perception of light.
    Light,
    /// Movements of a hand.
    Hand,
    /// Counting fingers.
    Fingers,
}

/// What was said is not how this chart is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongNotation {
    /// The chart that is read so, where there is one.
    pub chart: Option<&'static str>,
}

impl Below {
    const ALL: [(Self, &'static str, &'static [&'static str]); 4] = [
        (Self::NoLight, "npl", &["NPL", "NLP"]),
        (Self::Light, "pl", &["PL", "LP"]),
        (Self::Hand, "hm", &["HM"]),
        (Self::Fingers, "cf", &["CF"]),
    ];

    /// The code that is kept.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(below, ..)| *below == self).map_or("", |(_, code, _)| code)
    }

    /// The rank of a code: 0 of no light, 3 of counting fingers; the numbers rank above.
    #[must_use]
    pub fn ranked(code: &str) -> Option<i64> {
        (0..).zip(Self::ALL).find(|(_, (_, known, _))| *known == code).map(|(rank, _)| rank)
    }

    fn of(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(.., said)| said.contains(&text)).map(|(below, ..)| *below)
    }
}

impl Seen {
    /// Its logMAR, where it is a number.
    #[must_use]
    pub fn log_mar(self) -> Option<f64> {
        match self {
            Self::LogMar(number) => Some(number),
            Self::Below(_) | Self::Words => None,
        }
    }
}

/// What `text` says of `chart`, which was read at `centimetres`, where that was said.
///
/// # Errors
/// [`WrongNotation`].
pub fn acuity(text: &str, chart: &str, centimetres: Option<f64>) -> Result<Seen, WrongNotation> {
    let text = text.trim().to_uppercase();
    if let Some(below) = Below::of(&text) {
        return Ok(Seen::Below(below));
    }
    // The line of a chart holds for the distance for which it was drawn.
    let moved = |design: f64| {
        centimetres.filter(|tested| *tested > 0.0).map_or(0.0, |tested| (design / tested).log10())
    };
    let number = || number(&text);
    let read = match chart {
        "snellen_m" | "snellen_ft" => fraction(&text)
            .filter(|(distance, _)| (*distance > 10.0) == (chart == "snellen_ft"))
            .map(|(_, seen)| seen),
        "hotv" | "tumbling_e" | "cardiff" => fraction(&text).map(|(_, seen)| seen),
        "decimal" => number()
            .filter(|number| (0.001..=3.0).contains(number))
            .map(|number| -number.log10() + moved(600.0)),
        "lea" | "landolt" => fraction(&text).map(|(_, seen)| seen).or_else(|| {
            let design = if chart == "lea" { 300.0 } else { 600.0 };
            number()
                .filter(|number| (0.001..=3.0).contains(number))
                .map(|number| -number.log10() + moved(design))
        }),
        "logmar" => {
            number().filter(|number| (-0.5..=3.0).contains(number)).map(|number| number + moved(400.0))
        }
        "kay" => number().filter(|number| (-0.5..=3.0).contains(number)).map(|number| number + moved(300.0)),
        // The score of letters holds its distance already.
        "etdrs" => {
            whole(&text).filter(|letters| *letters <= 100).map(|letters| f64::from(85 - letters) / 50.0)
        }
        // Cycles a degree: 30 of them are a minute of arc a bar.
        "grating" => {
            number().filter(|cycles| (0.1..=60.0).contains(cycles)).map(|cycles| (30.0 / cycles).log10())
        }
        _ => return Ok(Seen::Words),
    };
    read.map(|number| Seen::LogMar(rounded(number))).ok_or_else(|| WrongNotation { chart: read_so(&text) })
}

/// The chart that is read as `text` is.
fn read_so(text: &str) -> Option<&'static str> {
    let (distance, _) = fraction(text)?;
    Some(if distance > 10.0 { "snellen_ft" } else { "snellen_m" })
}

/// How `chart`, or a size of print, is written.
#[must_use]
pub(super) fn example(chart: &str) -> &'static str {
    match chart {
        "snellen_ft" => "20/40",
        "decimal" | "lea" | "landolt" => "0.5",
        "logmar" | "kay" => "0.30",
        "etdrs" => "70",
        "grating" => "12",
        "n" => "N8",
        "m" => "1.0",
        _ => "6/9",
    }
}

/// The distance of a fraction and its logMAR, with the letters of `6/9-2` or `6/9+1`: each is 0.02.
fn fraction(text: &str) -> Option<(f64, f64)> {
    let (distance, rest) = text.split_once('/')?;
    let sign = rest.find(['+', '-']);
    let (line, letters) = sign.map_or((rest, ""), |at| rest.split_at(at));
    let (distance, line) = (number(distance)?, number(line)?);
    let letters: f64 = match letters {
        "" => 0.0,
        letters => {
            let more = letters.starts_with('+');
            let count = whole(letters.get(1..)?).filter(|count| (1..=9).contains(count))?;
            f64::from(if more { count } else { -count })
        }
    };
    let fits = (0.1..=40.0).contains(&distance) && (0.5..=2_000.0).contains(&line);
    fits.then(|| (distance, (line / distance).log10() - 0.02 * letters))
}

fn whole(text: &str) -> Option<i32> {
    text.parse().ok().filter(|_| text.bytes().all(|sign| sign.is_ascii_digit()))
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<crate::Decimal>().ok()?.as_str().parse().ok()
}

/// A logMAR is written in thousandths.
fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

/// The letters of a logMAR: 85 - 50 logMAR (Gregori 2010), never below none.
#[must_use]
pub fn letters(log_mar: f64) -> i64 {
    use rust_decimal::prelude::ToPrimitive;
    (85.0 - 50.0 * log_mar).round().max(0.0).to_i64().unwrap_or_default()
}

/// The logMAR of the smallest print that was read at `centimetres`: log10(M / metres), where M = N/8. Jaeger's sizes are
/// words.
///
/// # Errors
/// [`WrongNotation`].
pub fn near(text: &str, notation: &str, centimetres: Option<f64>) -> Result<Seen, WrongNotation> {
    let text = text.trim().to_uppercase();
    if let Some(below) = Below::of(&text) {
        return Ok(Seen::Below(below));
    }
    let size = |letter: char| number(text.trim_matches(letter)).filter(|size| (0.1..=100.0).contains(size));
    let of_size = |metres: f64| match centimetres.filter(|tested| *tested > 0.0) {
        Some(tested) => Seen::LogMar(rounded((metres * 100.0 / tested).log10())),
        None => Seen::Words,
    };
    let read = match notation {
        "n" => size('N').map(|points| of_size(points / 8.0)),
        "m" => size('M').map(of_size),
        "logmar" => number(&text)
            .filter(|number| (-0.5..=3.0).contains(number))
            .map(|number| Seen::LogMar(rounded(number))),
        _ => return Ok(Seen::Words),
    };
    read.ok_or(WrongNotation { chart: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_read_as_its_example() {
        let fractions = ["snellen_m", "snellen_ft", "cardiff", "hotv", "tumbling_e"];
        let numbers = ["decimal", "logmar", "etdrs", "kay", "lea", "landolt", "grating"];
        for chart in fractions.into_iter().chain(numbers) {
            assert!(acuity(example(chart), chart, None).is_ok(), "{chart}");
        }
        for print in ["n", "m", "logmar"] {
            assert!(near(example(print), print, None).is_ok(), "{print}");
        }
    }

    fn seen(text: &str, chart: &str) -> f64 {
        acuity(text, chart, None).unwrap().log_mar().unwrap()
    }

    #[test]
    fn the_lines_of_a_chart_have_the_log_mar_of_the_sources() {
        for (line, log_mar) in [
            ("6/6", 0.000),
            ("6/9", 0.176),
            ("6/12", 0.301),
            ("6/18", 0.477),
            ("6/24", 0.602),
            ("6/36", 0.778),
            ("6/60", 1.000),
            ("3/60", 1.301),
            ("1/60", 1.778),
        ] {
            assert!((seen(line, "snellen_m") - log_mar).abs() < 1e-9, "{line}");
        }
        for (line, letters_read) in [("6/6", 85), ("6/12", 70), ("6/60", 35), ("1/60", 0)] {
            let counted = letters(seen(line, "snellen_m"));
            assert_eq!(counted, letters_read, "{line}");
        }
        assert_eq!(letters(2.0), 0);
    }

    #[test]
    fn each_letter_is_two_hundredths_and_each_chart_is_read_its_own_way() {
        for (text, chart, cm, log_mar) in [
            ("6/9-2", "snellen_m", None, 0.216),
            ("6/9+1", "snellen_m", None, 0.156),
            ("20/40", "snellen_ft", None, 0.301),
            ("0.5", "decimal", None, 0.301),
            ("1.0", "decimal", None, 0.0),
            ("0.5", "decimal", Some(300.0), 0.602),
            ("0.30", "logmar", None, 0.3),
            ("-0.10", "logmar", Some(400.0), -0.1),
            ("0.30", "logmar", Some(200.0), 0.601),
            ("70", "etdrs", None, 0.3),
            ("85", "etdrs", None, 0.0),
            ("30", "grating", None, 0.0),
            ("0.2", "kay", None, 0.2),
            ("3/6", "lea", None, 0.301),
        ] {
            let read = acuity(text, chart, cm).unwrap().log_mar().unwrap();
            assert!((read - log_mar).abs() < 0.001, "{text} {chart} {read}");
        }
        assert_eq!(acuity("fixes and follows", "behaviour", None), Ok(Seen::Words));
    }

    #[test]
    fn what_lies_below_every_chart_has_a_rank_and_no_number() {
        let below = |text| match acuity(text, "snellen_m", None) {
            Ok(Seen::Below(below)) => below,
            other => panic!("{other:?}"),
        };
        assert!(below("cf") > below("HM") && below("HM") > below("PL") && below("LP") > below("npl"));
        assert_eq!(below("CF").code(), "cf");
        assert_eq!(Seen::Below(Below::Fingers).log_mar(), None);
    }

    #[test]
    fn a_fraction_in_a_log_mar_chart_is_refused_and_its_chart_named() {
        let wrong = |text, chart| acuity(text, chart, None).unwrap_err().chart;
        assert_eq!(wrong("6/12", "logmar"), Some("snellen_m"));
        assert_eq!(wrong("20/40", "logmar"), Some("snellen_ft"));
        assert_eq!(wrong("20/40", "snellen_m"), Some("snellen_ft"));
        assert_eq!(wrong("0.30", "snellen_m"), None);
        for text in ["6/", "/6", "6/0", "6/9-", "6/9-12", "6/9--2", "", "abc"] {
            assert!(acuity(text, "snellen_m", None).is_err(), "{text}");
        }
        assert!(acuity("101", "etdrs", None).is_err() && acuity("-1", "etdrs", None).is_err());
    }

    #[test]
    fn print_is_read_by_its_size_and_its_distance() {
        let read = |text, notation, cm| near(text, notation, cm).unwrap().log_mar();
        assert_eq!(read("N8", "n", Some(100.0)), Some(0.0));
        assert_eq!(read("N8", "n", Some(40.0)), Some(0.398));
        assert_eq!(read("0.4M", "m", Some(40.0)), Some(0.0));
        assert_eq!(read("N5", "n", None), None);
        assert_eq!(near("J2", "jaeger", Some(40.0)), Ok(Seen::Words));
        assert!(near("J2", "n", Some(40.0)).is_err());
    }
}
