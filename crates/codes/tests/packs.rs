//! What a clinic takes in: each kind of file, its faults by line, and what is refused.

use codes::pack::{Fault, Format, Left, MOST_BYTES, Unreadable, read, read_rows};
use codes::{ICD_10, ICD_10_CM, Index, Set, Term, starter};

const CLAML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ClaML SYSTEM "ClaML.dtd">
<ClaML version="2.0.0">
  <Title name="ICD-10" version="2019-en"/>
  <Class code="J00-J06" kind="block"><Rubric kind="preferred"><Label>Upper airways</Label></Rubric></Class>
  <Class code="J03" kind="category">
    <SubClass code="J03.0"/><SubClass code="J03.9"/>
    <Rubric kind="preferred"><Label xml:lang="en">Sore tonsils</Label></Rubric>
  </Class>
  <Class code="J03.9" kind="category">
    <SuperClass code="J03"/>
    <Rubric kind="preferred"><Label xml:lang="en">Sore tonsils, <Para>cause &amp; kind</Para> not said <Reference>J03.0</Reference></Label></Rubric>
    <Rubric kind="inclusion"><Label>Angina &#102;ollicular</Label></Rubric>
    <Rubric kind="exclusion"><Label>Quinsy</Label></Rubric>
  </Class>
  <Class code="J99.9" kind="category"></Class>
</ClaML>"#;

fn term(name: &str, code: &str, also: &[&str]) -> Term {
    Term {
        name: name.into(),
        code: Some(code.into()),
        also: also.iter().map(|also| (*also).into()).collect(),
    }
}

#[test]
fn of_claml_the_finest_categories_are_read_with_their_labels() {
    let pack = read(CLAML).unwrap();
    assert_eq!(
        (pack.format, pack.system.as_deref(), pack.version.as_deref()),
        (Format::Claml, Some("ICD-10"), Some("2019-en"))
    );
    assert_eq!(pack.terms, [term("Sore tonsils, cause & kind not said", "J03.9", &["Angina follicular"])]);
    assert_eq!(pack.left, [Left { line: 16, fault: Fault::NoName }]);
}

#[test]
fn xml_brings_nothing_from_elsewhere_and_does_not_grow() {
    let with = |doctype: &str, label: &str| {
        format!(
            "<!DOCTYPE ClaML {doctype}><ClaML><Class code=\"A00\" kind=\"category\"><Rubric kind=\"preferred\">\
             <Label>{label}</Label></Rubric></Class></ClaML>"
        )
    };
    assert_eq!(read(&with("SYSTEM \"ClaML.dtd\"", "x")).unwrap().terms, [term("x", "A00", &[])]);
    for (doctype, label) in [
        ("[<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;\">]", "&b;"),
        ("[<!ENTITY file SYSTEM \"file:///etc/passwd\">]", "&file;"),
        ("SYSTEM \"ClaML.dtd\"", "&unknown;"),
    ] {
        assert_eq!(read(&with(doctype, label)), Err(Unreadable::Entities), "{doctype}");
    }
    let deep = format!("<ClaML>{}", "<a>".repeat(100_000));
    for broken in [deep.as_str(), "<ClaML><Class code=\"A00\" kind=\"category\">", "<html></html>", "<"] {
        assert_eq!(read(broken), Err(Unreadable::NotCodes));
    }
}

#[test]
fn a_table_is_read_by_its_header_whatever_parts_its_columns() {
    let expected = [term("Sore tonsils", "J03.9", &["tonsils", "angina"]), term("Cold, common", "J00", &[])];
    for text in [
        "code,name,also\nJ03.9,Sore tonsils,tonsils; angina\nJ00,\"Cold, common\",\n",
        "\u{feff}Synonyms;Title;ICD10\r\ntonsils | angina;Sore tonsils;J03.9\r\n;Cold, common;J00\r\n",
        "Code\tDescription\tSynonyms\nJ03.9\tSore tonsils\ttonsils;angina\nJ00\tCold, common\t\n",
    ] {
        let pack = read(text).unwrap();
        assert_eq!((pack.format, pack.terms), (Format::Table, expected.to_vec()));
        assert_eq!(pack.left, []);
    }
}

#[test]
fn a_line_that_cannot_be_read_is_left_out_and_told_by_its_number() {
    let long = "x".repeat(401);
    let text =
        format!("code,name\nA00,Cholera\n,Nothing\nA01,\nA 02,Space\nA00,Again\nA03\nA04,{long}\nA05,Food\n");
    let pack = read(&text).unwrap();
    let codes: Vec<_> = pack.terms.iter().filter_map(|term| term.code.as_deref()).collect();
    assert_eq!(codes, ["A00", "A05"]);
    let left: Vec<_> = pack.left.iter().map(|left| (left.line, left.fault)).collect();
    assert_eq!(
        left,
        [
            (3, Fault::NoCode),
            (4, Fault::NoName),
            (5, Fault::BadCode),
            (6, Fault::Twice),
            (7, Fault::Short),
            (8, Fault::LongName),
        ]
    );
}

#[test]
fn of_an_order_file_what_may_be_used_is_read_with_its_dot() {
    let line = |number: &str, code: &str, usable: &str, short: &str, long: &str| {
        format!("{number} {code:<7} {usable} {short:<60} {long}\n")
    };
    let text = [
        line("00001", "J03", "0", "Tonsils", "Tonsils, all"),
        line("00002", "J0390", "1", "Tonsils, sore, once", "Sore tonsils, for the first time"),
        line("00003", "J00", "1", "Cold", "The common cold"),
        "broken\n".to_owned(),
    ]
    .concat();
    let pack = read(&text).unwrap();
    assert_eq!((pack.format, pack.system.as_deref()), (Format::OrderFile, Some(ICD_10_CM)));
    assert_eq!(
        pack.terms,
        [
            term("Sore tonsils, for the first time", "J03.90", &["Tonsils, sore, once"]),
            term("The common cold", "J00", &["Cold"])
        ]
    );
    assert_eq!(pack.left, [Left { line: 4, fault: Fault::Short }]);
}

#[test]
fn of_a_code_system_every_concept_is_read_however_deep() {
    let text = format!(
        r#"{{"resourceType":"CodeSystem","url":"{ICD_10}","version":"2019","concept":[
            {{"code":"J03","display":"Tonsils","concept":[
                {{"code":"J03.9","display":"Sore tonsils","designation":[{{"value":"angina"}}]}}]}},
            {{"code":"J00"}}]}}"#
    );
    let pack = read(&text).unwrap();
    assert_eq!(
        (pack.format, pack.system.as_deref(), pack.version.as_deref()),
        (Format::CodeSystem, Some(ICD_10), Some("2019"))
    );
    assert_eq!(pack.terms, [term("Tonsils", "J03", &[]), term("Sore tonsils", "J03.9", &["angina"])]);
    assert_eq!(pack.left, [Left { line: 3, fault: Fault::NoName }]);
    let deep = format!("{{\"resourceType\":\"CodeSystem\",\"concept\":{}", "[{\"concept\":".repeat(100_000));
    for broken in [deep.as_str(), r#"{"resourceType":"ValueSet"}"#, "{"] {
        assert_eq!(read(broken), Err(Unreadable::NotCodes));
    }
}

#[test]
fn what_is_no_file_of_codes_is_refused_with_its_reason() {
    for (text, why) in [
        ("", Unreadable::NoNames),
        ("  \n ", Unreadable::NoNames),
        ("code,name\n", Unreadable::NoNames),
        ("code,name\n,\n", Unreadable::NoNames),
        ("Dear colleague,\nplease find", Unreadable::NoColumns),
        ("code,price\nA00,3\n", Unreadable::NoColumns),
    ] {
        assert_eq!(read(text), Err(why), "{text}");
    }
    assert_eq!(read(&" ".repeat(MOST_BYTES + 1)), Err(Unreadable::TooManyBytes));
    let many: String = std::iter::once("code,name\n".to_owned())
        .chain((0..300_001).map(|at| format!("A{at},x\n")))
        .collect();
    assert_eq!(read(&many), Err(Unreadable::TooMany));
}

#[test]
fn a_pack_gives_codes_to_names_without_and_is_not_listed_twice() {
    let pack = || Set {
        system: ICD_10.into(),
        version: "2016".into(),
        terms: vec![
            term("Acute tonsillitis, unspecified", "J03.9", &["angina follicular"]),
            term("Something rare", "Q99.9", &[]),
        ],
    };
    // Our own name keeps its words, and what the pack calls it leads to it.
    let both = Index::of(starter::set(), vec![pack()]);
    assert_eq!(both.len(), starter::set().terms.len() + 1);
    let first = |index: &Index, text: &str| {
        let found = index.find(text, 5).first().cloned().unwrap();
        (
            index.term(found.term).unwrap().clone(),
            index.system(found.term).map(|(system, version)| (system.to_owned(), version.to_owned())),
        )
    };
    for text in ["angina follicular", "J03.9", "acute tonsillitis unspecified"] {
        assert_eq!(first(&both, text).0.name, "Acute tonsillitis", "{text}");
    }
    assert_eq!(first(&both, "something rare").1, Some((ICD_10.to_owned(), "2016".to_owned())));
    // Without our file of codes, the clinic's own gives them.
    let bare = Index::of(starter::without_codes(), vec![pack()]);
    let (found, system) = first(&bare, "tonsilitis ac");
    assert_eq!((found.name.as_str(), found.code.as_deref()), ("Acute tonsillitis", Some("J03.9")));
    assert_eq!(system, Some((ICD_10.to_owned(), "2016".to_owned())));
}

#[test]
fn rows_of_a_sheet_are_read_as_a_table_is_and_what_lacks_is_told_by_its_line() {
    let rows = |rows: &[(u64, &[&str])]| {
        let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        read_rows(rows.iter().map(|(line, row)| (*line, cells(row))).collect::<Vec<_>>())
    };
    let pack = rows(&[
        (1, &["Title", "ICD10", "Synonyms"]),
        (2, &["Sore tonsils", "J03.9", "angina; tonsil pain"]),
        (4, &["No code"]),
        (5, &["", "J04"]),
    ]);
    let pack = pack.unwrap();
    assert_eq!(pack.format, Format::Table);
    assert_eq!(pack.terms, [term("Sore tonsils", "J03.9", &["angina", "tonsil pain"])]);
    assert_eq!(pack.left, [Left { line: 4, fault: Fault::Short }, Left { line: 5, fault: Fault::NoName }]);
    assert_eq!(rows(&[(1, &["Code", "Price"]), (2, &["A", "1"])]), Err(Unreadable::NoColumns));
    assert_eq!(rows(&[(1, &["Code", "Name"])]), Err(Unreadable::NoNames));
    assert_eq!(rows(&[]), Err(Unreadable::NoNames));
}
