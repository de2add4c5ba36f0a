//! What one row says, or why it says nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Column, DateOrder, signs};
use crate::date::FIRST_YEAR;
use crate::patients::{Category, Contact, Identifier, Patient, Relation, Sex, is_telephone, plain};
use crate::record::Entries;
use crate::{DateTrouble, PartialDate, Span, choice, read_date};

/// A row as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(default)]
pub struct Student {
    /// Student number.
    pub number: String,
    /// Family name, or the one name of somebody who has one.
    pub family: Option<String>,
    /// Given names.
    pub given: Option<String>,
    /// Middle name.
    pub middle: Option<String>,
    /// `Jr`, `III`.
    pub suffix: Option<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Birth date.
    pub birth_date: Option<PartialDate>,
    /// Course or programme.
    pub programme: Option<String>,
    /// Year of the course.
    pub year: Option<String>,
    /// Section.
    pub section: Option<String>,
    /// Campus.
    pub campus: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Guardian.
    pub guardian: Option<String>,
    /// The guardian's telephone.
    pub guardian_phone: Option<String>,
}

choice! {
    /// Why a row cannot be taken.
    pub enum WhyBad {
        /// A cell is longer than anything that is meant.
        TooLong = "too_long",
        /// Letters cannot be read.
        Letters = "letters",
        /// There is no student number.
        NoNumber = "no_number",
        /// The number stands in an earlier row too.
        NumberTwice = "number_twice",
        /// The person stands in an earlier row with another number.
        PersonTwice = "person_twice",
        /// The number is shorter than those of the others: a leading zero may be lost.
        ZeroLost = "zero_lost",
        /// There is no name.
        NoName = "no_name",
        /// A name of several words without a comma: nobody can tell the family name.
        NameOrder = "name_order",
        /// The birth date is none.
        Date = "date",
        /// The calendar has no such day.
        NoSuchDay = "no_such_day",
        /// A month stands where the day belongs.
        MonthFirst = "month_first",
        /// The year of birth has not four digits.
        ShortYear = "short_year",
        /// The birth date lies ahead.
        Future = "future",
        /// Nobody alive was born so long ago.
        TooLongAgo = "too_long_ago",
        /// The sex is none that is known.
        Sex = "sex",
        /// The telephone number is none.
        Phone = "phone",
        /// The e-mail address is none.
        Email = "email",
        /// The registration of this number was withdrawn here.
        Withdrawn = "withdrawn",
    }
}

/// The entry of a person's numbers, contacts and relations that a list writes: the same at every workstation.
pub(super) const NUMBER: &str = "student";
pub(super) const EMAIL: &str = "registrar-email";
pub(super) const PHONE: &str = "registrar-phone";
pub(super) const GUARDIAN: &str = "registrar-guardian";

/// How lists write a sex.
pub(super) struct Sexes;

impl Sexes {
    const FEMALE: [&str; 5] = ["f", "female", "babae", "woman", "girl"];
    const MALE: [&str; 5] = ["m", "male", "lalaki", "man", "boy"];

    /// The sex that is written, and none where any sign makes the word doubtful: `boy?`, `M/F`.
    pub(super) fn read(written: &str) -> Option<Sex> {
        let word = written.trim().trim_end_matches('.').to_lowercase();
        if Self::FEMALE.contains(&word.as_str()) {
            Some(Sex::Female)
        } else if Self::MALE.contains(&word.as_str()) {
            Some(Sex::Male)
        } else {
            None
        }
    }
}

/// What stands behind a name; `V` is left where it stands, because it is an initial more often.
const SUFFIXES: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];

/// The length that four of five numbers of figures alone have, where there are enough of them to tell.
pub fn usual_length<'a>(numbers: impl IntoIterator<Item = &'a str>) -> Option<usize> {
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    for number in numbers.into_iter().filter(|number| is_figures(number)) {
        *lengths.entry(number.len()).or_default() += 1;
    }
    let all: usize = lengths.values().sum();
    let (length, count) = lengths.into_iter().max_by_key(|(_, count)| *count)?;
    (all >= 5 && count * 5 >= all * 4).then_some(length)
}

fn is_figures(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How the cells of a list are read.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// What the columns mean.
    pub columns: &'a [Option<Column>],
    /// In which order dates stand.
    pub dates: DateOrder,
    /// How long the numbers are.
    pub length: Option<usize>,
    /// Whether a shorter number has lost its zeros: nobody has said so yet.
    pub zeros_lost: Option<bool>,
    /// The day.
    pub today: Date,
}

/// Reads a row.
///
/// # Errors
/// [`WhyBad`] it cannot be taken: the first reason in the order of its cells' meaning.
pub fn student(cells: &[String], reading: &Reading) -> Result<Student, WhyBad> {
    let cell = |column: Column| cell(cells, reading, column);
    let text = |column: Column| cell(column).map(ToOwned::to_owned);
    let number = number(cell(Column::Number).ok_or(WhyBad::NoNumber)?, reading)?;
    let mut read = Student {
        number,
        programme: text(Column::Programme),
        year: text(Column::Year),
        section: text(Column::Section),
        campus: text(Column::Campus),
        guardian: text(Column::Guardian),
        ..named(cells, reading)?
    };
    read.sex = cell(Column::Sex).map(|sex| Sexes::read(sex).ok_or(WhyBad::Sex)).transpose()?;
    let phone = |column| {
        let written = cell(column);
        written.map(|phone| is_telephone(phone).then(|| phone.to_owned()).ok_or(WhyBad::Phone)).transpose()
    };
    (read.phone, read.guardian_phone) = (phone(Column::Phone)?, phone(Column::GuardianPhone)?);
    let is_address = |email: &str| {
        let parts = email.split_once('@');
        parts.is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !at.contains('@'))
            && !email.contains(char::is_whitespace)
    };
    let email = cell(Column::Email);
    read.email =
        email.map(|email| is_address(email).then(|| email.to_owned()).ok_or(WhyBad::Email)).transpose()?;
    Ok(read)
}

/// The name and the birth of a row alone: who it is about, also where the rest cannot be read.
///
/// # Errors
/// [`WhyBad`] they cannot be read.
pub fn named(cells: &[String], reading: &Reading) -> Result<Student, WhyBad> {
    let cell = |column: Column| cell(cells, reading, column);
    let text = |column: Column| cell(column).map(ToOwned::to_owned);
    let mut read = Student {
        family: text(Column::Family),
        given: text(Column::Given),
        middle: text(Column::Middle),
        suffix: text(Column::Suffix),
        ..Student::default()
    };
    if let Some(name) = cell(Column::Name).filter(|_| read.family.is_none() && read.given.is_none()) {
        whole_name(name, &mut read)?;
    }
    if read.family.is_none() {
        // Somebody with one name has it as a family name.
        read.family = read.given.take();
    }
    let name = read.family.as_deref().ok_or(WhyBad::NoName)?;
    if signs(name).is_empty() {
        return Err(WhyBad::NoName);
    }
    read.birth_date = cell(Column::BirthDate).map(|born| birth(born, reading)).transpose()?;
    Ok(read)
}

fn cell<'a>(cells: &'a [String], reading: &Reading, column: Column) -> Option<&'a str> {
    let at = reading.columns.iter().position(|known| *known == Some(column))?;
    cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

fn number(written: &str, reading: &Reading) -> Result<String, WhyBad> {
    if signs(written).is_empty() {
        return Err(WhyBad::NoNumber);
    }
    let is_short = is_figures(written) && reading.length.is_some_and(|length| written.len() < length);
    match reading.zeros_lost {
        _ if !is_short => Ok(written.to_owned()),
        None => Err(WhyBad::ZeroLost),
        Some(false) => Ok(written.to_owned()),
        Some(true) => Ok(format!("{written:0>width$}", width = reading.length.unwrap_or_default())),
    }
}

/// The parts of `Dela Cruz, Juan Miguel, Jr.`; one word alone is the name of somebody who has one.
fn whole_name(name: &str, read: &mut Student) -> Result<(), WhyBad> {
    let mut parts = name.split(',').map(str::trim).filter(|part| !part.is_empty());
    let Some(family) = parts.next() else { return Err(WhyBad::NoName) };
    let mut given: Vec<&str> = parts.flat_map(str::split_whitespace).collect();
    if given.is_empty() && family.contains(' ') {
        return Err(WhyBad::NameOrder);
    }
    let mut family: Vec<&str> = family.split_whitespace().collect();
    let is_suffix = |word: &&str| SUFFIXES.contains(&signs(word).as_str());
    for words in [&mut given, &mut family].into_iter().filter(|words| words.len() > 1) {
        if let Some(suffix) = words.iter().rposition(is_suffix).filter(|at| *at > 0) {
            let suffix = words.remove(suffix).to_owned();
            read.suffix.get_or_insert(suffix);
        }
    }
    let is_initial = |word: &str| signs(word).chars().count() == 1;
    if read.middle.is_none() && given.len() > 1 && given.last().is_some_and(|word| is_initial(word)) {
        // `Juan M.`: the initial of the middle name, as lists of one name column write it.
        read.middle = given.pop().map(ToOwned::to_owned);
    }
    read.family = Some(family.join(" "));
    read.given = Some(given.join(" ")).filter(|given| !given.is_empty());
    Ok(())
}

fn birth(written: &str, reading: &Reading) -> Result<PartialDate, WhyBad> {
    let date = read_day(written, reading.dates, reading.today).map_err(|trouble| match trouble {
        DateTrouble::Unreadable => WhyBad::Date,
        DateTrouble::NoSuchDay => WhyBad::NoSuchDay,
        DateTrouble::DayFirst => WhyBad::MonthFirst,
        DateTrouble::ShortYear => WhyBad::ShortYear,
        DateTrouble::Future => WhyBad::Future,
        DateTrouble::TooLongAgo => WhyBad::TooLongAgo,
    })?;
    if date.year() < FIRST_YEAR { Err(WhyBad::TooLongAgo) } else { Ok(date) }
}

/// Reads a date as the fields of the window do; one of figures whose month stands first is turned before.
pub(super) fn read_day(written: &str, order: DateOrder, today: Date) -> Result<PartialDate, DateTrouble> {
    let figures: Vec<&str> = written.split(['/', '-', '.']).map(str::trim).collect();
    match figures.as_slice() {
        [month, day, year]
            if order == DateOrder::MonthFirst
                && [month, day].iter().all(|part| part.len() <= 2 && is_figures(part)) =>
        {
            read_date(&format!("{day}/{month}/{year}"), today, Span::Past)
        }
        _ => read_date(written, today, Span::Past),
    }
}

impl Student {
    /// The person whom a row makes known.
    #[must_use]
    pub fn patient(&self) -> Patient {
        let entry = |id: &str| id.to_owned();
        let contact = |value: &String, system: &str| Contact {
            value: Some(value.clone()),
            system: Some(system.to_owned()),
            ..Contact::default()
        };
        let mut contacts = BTreeMap::new();
        contacts.extend(self.email.as_ref().map(|email| (entry(EMAIL), contact(email, "email"))));
        contacts.extend(self.phone.as_ref().map(|phone| (entry(PHONE), contact(phone, "phone"))));
        let guardian = (self.guardian.is_some() || self.guardian_phone.is_some()).then(|| Relation {
            name: self.guardian.clone(),
            relation: Some("guardian".to_owned()),
            phone: self.guardian_phone.clone(),
            ..Relation::default()
        });
        let number =
            Identifier { system: Some(NUMBER.to_owned()), value: Some(self.number.clone()), label: None };
        Patient {
            family: self.family.clone(),
            given: self.given.clone(),
            middle: self.middle.clone(),
            suffix: self.suffix.clone(),
            birth_date: self.birth_date,
            sex: self.sex,
            category: Some(Category::Student),
            course: self.programme.clone(),
            year_level: self.year.clone(),
            identifiers: Some(Entries([(entry(NUMBER), number)].into())),
            contacts: Some(Entries(contacts)).filter(|contacts| !contacts.0.is_empty()),
            relations: guardian.map(|guardian| Entries([(entry(GUARDIAN), guardian)].into())),
            source: Some(format!("registrar {}", self.number)),
            ..Patient::default()
        }
    }

    /// Who it is by name and birth, as two rows are compared; nothing where the birth is not known to the day.
    #[must_use]
    pub fn who(&self) -> Option<String> {
        let born = self.birth_date.filter(|born| born.exact().is_some())?;
        let names = [&self.family, &self.given, &self.middle, &self.suffix]
            .map(|name| name.as_deref().unwrap_or_default());
        Some(format!("{} {born}", plain(&names.join(" "))))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const COLUMNS: [Option<Column>; 5] = [
        Some(Column::Number),
        Some(Column::Name),
        Some(Column::BirthDate),
        Some(Column::Sex),
        Some(Column::Phone),
    ];

    fn read(cells: [&str; 5], zeros_lost: Option<bool>) -> Result<Student, WhyBad> {
        let reading = Reading {
            columns: &COLUMNS,
            dates: DateOrder::DayFirst,
            length: Some(7),
            zeros_lost,
            today: date(2026, 11, 22),
        };
        student(&cells.map(ToOwned::to_owned), &reading)
    }

    #[test]
    fn a_name_is_parted_at_its_comma_and_one_word_is_the_name_of_somebody_who_has_one() {
        for (name, right) in [
            ("Peña, Ana Luz", ("Peña", Some("Ana Luz"), None, None)),
            ("DELA CRUZ, JUAN M. JR.", ("DELA CRUZ", Some("JUAN"), Some("M."), Some("JR."))),
            ("DELA CRUZ, JUAN M.", ("DELA CRUZ", Some("JUAN"), Some("M."), None)),
            ("Reyes, J", ("Reyes", Some("J"), None, None)),
            ("Reyes III, Jose", ("Reyes", Some("Jose"), None, Some("III"))),
            ("Suharto", ("Suharto", None, None, None)),
        ] {
            let read = read(["2021001", name, "", "", ""], None).unwrap();
            let [given, middle, suffix] = [&read.given, &read.middle, &read.suffix].map(Option::as_deref);
            let names = (read.family.as_deref().unwrap(), given, middle, suffix);
            assert_eq!(names, right, "{name}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_taken_says_why() {
        for (cells, why) in [
            (["", "Peña, Ana", "", "", ""], WhyBad::NoNumber),
            (["--", "Peña, Ana", "", "", ""], WhyBad::NoNumber),
            (["21001", "Peña, Ana", "", "", ""], WhyBad::ZeroLost),
            (["2021001", "", "", "", ""], WhyBad::NoName),
            (["2021001", "Juan dela Cruz", "", "", ""], WhyBad::NameOrder),
            (["2021001", "Peña, Ana", "soon", "", ""], WhyBad::Date),
            (["2021001", "Peña, Ana", "31/2/2004", "", ""], WhyBad::NoSuchDay),
            (["2021001", "Peña, Ana", "7/14/2004", "", ""], WhyBad::MonthFirst),
            (["2021001", "Peña, Ana", "14/7/04", "", ""], WhyBad::ShortYear),
            (["2021001", "Peña, Ana", "14/7/2027", "", ""], WhyBad::Future),
            (["2021001", "Peña, Ana", "14/7/1804", "", ""], WhyBad::TooLongAgo),
            (["2021001", "Peña, Ana", "", "x", ""], WhyBad::Sex),
            (["2021001", "Peña, Ana", "", "boy?", ""], WhyBad::Sex),
            (["2021001", "Peña, Ana", "", "(F)", ""], WhyBad::Sex),
            (["2021001", "Peña, Ana", "", "Babae", "none"], WhyBad::Phone),
        ] {
            assert_eq!(read(cells, None), Err(why), "{cells:?}");
        }
    }

    #[test]
    fn zeros_that_a_spreadsheet_dropped_come_back_once_somebody_says_so() {
        assert_eq!(read(["21001", "Peña, Ana", "", "", ""], Some(true)).unwrap().number, "0021001");
        assert_eq!(read(["21001", "Peña, Ana", "", "", ""], Some(false)).unwrap().number, "21001");
        assert_eq!(read(["A-1", "Peña, Ana", "", "", ""], None).unwrap().number, "A-1");
        assert_eq!(usual_length(["2021001", "2021002", "2021003", "2021004", "21005"]), Some(7));
        assert_eq!(usual_length(["2021001", "21002", "2021003", "21004", "21005"]), None);
        assert_eq!(usual_length(["1", "2"]), None);
    }

    #[test]
    fn a_month_that_stands_first_is_read_so_and_a_named_one_wherever_it_stands() {
        let day =
            |written: &str, order| read_day(written, order, date(2026, 11, 22)).map(|date| date.to_string());
        assert_eq!(day("07/14/2004", DateOrder::MonthFirst).as_deref(), Ok("2004-07-14"));
        assert_eq!(day("03/04/2004", DateOrder::MonthFirst).as_deref(), Ok("2004-03-04"));
        assert_eq!(day("03/04/2004", DateOrder::DayFirst).as_deref(), Ok("2004-04-03"));
        assert_eq!(day("2004-07-14", DateOrder::MonthFirst).as_deref(), Ok("2004-07-14"));
        assert_eq!(day("14-Jul-2004", DateOrder::MonthFirst).as_deref(), Ok("2004-07-14"));
    }
}
