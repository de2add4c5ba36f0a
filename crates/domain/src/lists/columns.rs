//! What the columns of a list mean: by the words above them, in English and Filipino, else by what stands in them.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::student::{Sexes, read_day};
use super::tidy;
use crate::choice;
use crate::patients::{is_telephone, plain};

choice! {
    /// What a column of a list may mean.
    pub enum Column {
        /// Student number.
        Number = "number",
        /// The whole name, family name first and a comma behind it.
        Name = "name",
        /// Family name.
        Family = "family",
        /// Given names.
        Given = "given",
        /// Middle name.
        Middle = "middle",
        /// `Jr`, `III`.
        Suffix = "suffix",
        /// Sex.
        Sex = "sex",
        /// Birth date.
        BirthDate = "birth_date",
        /// Course or programme.
        Programme = "programme",
        /// Year of the course.
        Year = "year",
        /// Section.
        Section = "section",
        /// Campus.
        Campus = "campus",
        /// E-mail address.
        Email = "email",
        /// Telephone.
        Phone = "phone",
        /// Guardian.
        Guardian = "guardian",
        /// The guardian's telephone.
        GuardianPhone = "guardian_phone",
    }
}

choice! {
    /// In which order a date of figures alone stands.
    pub enum DateOrder {
        /// 14/7/1999.
        DayFirst = "day_first",
        /// 7/14/1999.
        MonthFirst = "month_first",
    }
}

/// The words that stand above columns. Of two that fit, the longer is meant.
const WORDS: &[(Column, &[&str])] = &[
    (
        Column::Number,
        &[
            "student number",
            "student no",
            "student id",
            "student id no",
            "student id number",
            "stud no",
            "id no",
            "id number",
            "school id",
            "id",
            "number",
            "no student",
            "numero ng mag aaral",
            "numero ng estudyante",
            "blg ng mag aaral",
            "sr code",
            "usn",
            "matric no",
        ],
    ),
    (
        Column::Name,
        &[
            "name",
            "full name",
            "fullname",
            "student name",
            "name of student",
            "complete name",
            "pangalan",
            "buong pangalan",
            "pangalan ng mag aaral",
            "last name first name",
            "last name first name middle name",
        ],
    ),
    (Column::Family, &["family name", "last name", "lastname", "surname", "apelyido", "familyname"]),
    (
        Column::Given,
        &[
            "given name",
            "given names",
            "first name",
            "firstname",
            "first names",
            "givenname",
            "unang pangalan",
        ],
    ),
    (
        Column::Middle,
        &[
            "middle name",
            "middlename",
            "middle initial",
            "mi",
            "m i",
            "gitnang pangalan",
            "panggitnang pangalan",
        ],
    ),
    (
        Column::Suffix,
        &["suffix", "name extension", "ext name", "extension name", "ext", "name ext", "hulapi"],
    ),
    (Column::Sex, &["sex", "gender", "kasarian", "sex m f"]),
    (
        Column::BirthDate,
        &[
            "birth date",
            "birthdate",
            "date of birth",
            "dob",
            "birthday",
            "bday",
            "kapanganakan",
            "petsa ng kapanganakan",
            "araw ng kapanganakan",
            "born",
        ],
    ),
    (
        Column::Programme,
        &[
            "program",
            "programme",
            "course",
            "degree",
            "degree program",
            "course code",
            "kurso",
            "strand",
            "track",
        ],
    ),
    (
        Column::Year,
        &[
            "year",
            "year level",
            "yr",
            "yr level",
            "grade",
            "grade level",
            "level",
            "antas",
            "taon",
            "baitang",
        ],
    ),
    (Column::Section, &["section", "sec", "block", "class section", "seksyon", "pangkat"]),
    (Column::Campus, &["campus", "branch", "kampus", "college campus"]),
    (Column::Email, &["email", "e mail", "email address", "e mail address", "institutional email"]),
    (
        Column::Phone,
        &[
            "phone",
            "mobile",
            "telephone",
            "contact",
            "contact no",
            "contact number",
            "mobile no",
            "mobile number",
            "cellphone",
            "cellphone no",
            "cellphone number",
            "cp no",
            "cp number",
            "tel no",
            "phone number",
            "telepono",
            "numero ng telepono",
            "selpon",
        ],
    ),
    (
        Column::Guardian,
        &[
            "guardian",
            "guardian name",
            "name of guardian",
            "parent",
            "parent guardian",
            "parents",
            "magulang",
            "tagapag alaga",
            "magulang tagapag alaga",
        ],
    ),
    (
        Column::GuardianPhone,
        &[
            "guardian contact",
            "guardian contact no",
            "guardian contact number",
            "guardian phone",
            "guardian mobile",
            "guardian no",
            "parent contact",
            "parent contact no",
            "parent contact number",
            "emergency contact no",
            "emergency contact number",
            "telepono ng magulang",
        ],
    ),
];

/// Rows above which a header may stand: titles and the school's name come first in many lists.
const FIRST_ROWS: usize = 25;

/// What the words of a header say that its column means.
fn by_words(head: &str) -> Option<Column> {
    let plain = plain(&head.replace("'s", "").replace("’s", ""));
    let words = plain.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.collect::<Vec<_>>().join(" ");
    let words = words.strip_suffix(" s").unwrap_or(&words);
    WORDS.iter().find(|(_, known)| known.contains(&words)).map(|(column, _)| *column)
}

/// Which of the first rows is the header: the one with most words that are known, two at least.
pub fn header_row<'a>(rows: impl IntoIterator<Item = &'a [String]>) -> Option<usize> {
    let known = |row: &[String]| row.iter().filter(|cell| by_words(cell).is_some()).count();
    let counts = rows.into_iter().take(FIRST_ROWS).map(known).enumerate();
    let best = counts.max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)));
    best.filter(|(_, count)| *count >= 2).map(|(at, _)| at)
}

/// The words of a header, by which it is known again however it is spaced or capitalised.
#[must_use]
pub fn shape(header: &[String]) -> String {
    header.iter().map(|head| tidy(&plain(head))).collect::<Vec<_>>().join(" | ")
}

/// What each of `width` columns means: by its head, else by what stands in most of its cells.
#[must_use]
pub fn guess(header: &[String], rows: &[Vec<String>], width: usize, today: Date) -> Vec<Option<Column>> {
    let mut taken = BTreeSet::new();
    let mut columns: Vec<Option<Column>> = (0..width)
        .map(|at| header.get(at).and_then(|head| by_words(head)).filter(|column| taken.insert(*column)))
        .collect();
    for (at, column) in columns.iter_mut().enumerate().filter(|(_, column)| column.is_none()) {
        let cells: Vec<&str> = rows.iter().filter_map(|row| row.get(at)).map(String::as_str).collect();
        let cells: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        *column = by_content(&cells, today).filter(|column| taken.insert(*column));
    }
    // A whole name beside its parts says nothing more.
    if taken.contains(&Column::Family) {
        columns.iter_mut().filter(|column| **column == Some(Column::Name)).for_each(|column| *column = None);
    }
    columns
}

fn by_content(cells: &[&str], today: Date) -> Option<Column> {
    if cells.len() < 3 {
        return None;
    }
    let most =
        |fits: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| fits(cell)).count() * 10 >= cells.len() * 9;
    let is_day = |cell: &str| {
        [DateOrder::DayFirst, DateOrder::MonthFirst].iter().any(|order| {
            read_day(cell, *order, today)
                .is_ok_and(|date| date.exact().is_some_and(|day| day.year() < today.year()))
        })
    };
    let is_number = |cell: &str| {
        let digits = cell.chars().filter(char::is_ascii_digit).count();
        digits >= 4 && digits * 2 >= cell.chars().count() && !cell.contains(' ')
    };
    let differ = cells.iter().collect::<BTreeSet<_>>().len() == cells.len();
    if most(&|cell| cell.contains('@')) {
        Some(Column::Email)
    } else if most(&|cell| Sexes::read(cell).is_some()) {
        Some(Column::Sex)
    } else if most(&is_day) {
        Some(Column::BirthDate)
    } else if most(&|cell| is_telephone(cell) && cell.starts_with(['+', '0', '9', '(']) && cell.len() >= 10) {
        Some(Column::Phone)
    } else if differ && most(&is_number) {
        Some(Column::Number)
    } else if most(&|cell| cell.contains(", ") && !cell.contains(|sign: char| sign.is_ascii_digit())) {
        Some(Column::Name)
    } else {
        None
    }
}

/// In which order the dates of a column stand: month first only where some cannot be read otherwise and all can be so.
pub fn date_order<'a>(cells: impl IntoIterator<Item = &'a str>, today: Date) -> DateOrder {
    let (mut day, mut month) = (0, 0);
    for cell in cells {
        let reads = |order| read_day(cell, order, today).is_ok();
        match (reads(DateOrder::DayFirst), reads(DateOrder::MonthFirst)) {
            (true, false) => day += 1,
            (false, true) => month += 1,
            _ => {}
        }
    }
    if month > day { DateOrder::MonthFirst } else { DateOrder::DayFirst }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn columns_are_known_by_their_heads_in_english_and_filipino() {
        let today = date(2026, 11, 22);
        let header = texts(&[
            "Student No.",
            "APELYIDO",
            "Unang Pangalan",
            "M.I.",
            "Kasarian",
            "Kurso",
            "Yr. Level",
            "Guardian's Contact No.",
            "Remarks",
        ]);
        let right = [
            Some(Column::Number),
            Some(Column::Family),
            Some(Column::Given),
            Some(Column::Middle),
            Some(Column::Sex),
            Some(Column::Programme),
            Some(Column::Year),
            Some(Column::GuardianPhone),
            None,
        ];
        assert_eq!(guess(&header, &[], 9, today), right);
        let rows = [texts(&["University of the North"]), texts(&["Enrolled", "2026-2027"]), header];
        assert_eq!(header_row(rows.iter().map(Vec::as_slice)), Some(2));
        assert_eq!(header_row([texts(&["Name", "x"])].iter().map(Vec::as_slice)), None);
        assert_eq!(shape(&texts(&["Student  No.", "Name"])), shape(&texts(&["student no.", "NAME"])));
    }

    #[test]
    fn columns_without_a_head_are_known_by_what_stands_in_them() {
        let today = date(2026, 11, 22);
        let row = |at: usize| {
            texts(&[
                &format!("2021-0{at}"),
                "Peña, Ana",
                "F",
                &format!("0{at}/14/2004"),
                "0917 555 0101",
                "a@b.ph",
                "BSN",
            ])
        };
        let rows: Vec<Vec<String>> = (1..6).map(row).collect();
        let right = [
            Some(Column::Number),
            Some(Column::Name),
            Some(Column::Sex),
            Some(Column::BirthDate),
            Some(Column::Phone),
            Some(Column::Email),
            None,
        ];
        assert_eq!(guess(&[], &rows, 7, today), right);
        let order = |cells: &[&str]| date_order(cells.iter().copied(), today);
        assert_eq!(order(&["03/04/2004", "03/14/2004"]), DateOrder::MonthFirst);
        assert_eq!(order(&["03/04/2004", "14/03/2004"]), DateOrder::DayFirst);
        assert_eq!(order(&["2004-03-04", "03/04/2004"]), DateOrder::DayFirst);
    }
}
