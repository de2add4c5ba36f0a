//! Lists as other offices hand them over.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Cursor, Write};

use lists::{Format, List, RowFault, Unreadable, read};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEADER: [&str; 3] = ["Student No.", "Apelyido", "Kapanganakan"];

fn cells(list: &List) -> Vec<Vec<&str>> {
    list.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
}

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of one sheet with these rows; style 1 is a date.
fn xlsx(rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    zipped(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"r\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Notes\" sheetId=\"1\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"Enrolled\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet2.xml\"/><Relationship Id=\"r3\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"
            ),
        ),
        (
            "xl/worksheets/sheet2.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"Listahan\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("content.xml", content),
    ])
}

/// A workbook of Excel 97 with labels and numbers at these places.
fn xls(labels: &[(u16, u16, &str)], numbers: &[(u16, u16, f64)]) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    };
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = record(0x000a, &[]);
    let bound = |start: u32| record(0x0085, &[&start.to_le_bytes(), b"\0\0\x05\0Sheet".as_slice()].concat());
    let globals = begin(5).len() + bound(0).len() + end.len();
    let place = |row: u16, column: u16| [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    let mut sheet = begin(0x10);
    for (row, column, text) in labels {
        let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let count = u16::try_from(letters.len() / 2).unwrap().to_le_bytes();
        sheet.extend(record(0x0204, &[&place(*row, *column), &count[..], &[1], &letters].concat()));
    }
    for (row, column, number) in numbers {
        sheet.extend(record(0x0203, &[&place(*row, *column)[..], &number.to_le_bytes()].concat()));
    }
    let stream = [begin(5), bound(u32::try_from(globals).unwrap()), end.clone(), sheet, end].concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn one_list_reads_alike_in_whichever_letters_it_was_saved() {
    let text = "Student No.,Apelyido,Kapanganakan\r\n0021,Peña,14/7/1999\r\n";
    let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let latin: Vec<u8> = text.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect();
    for (bytes, format) in [
        (text.as_bytes().to_vec(), Format::Utf8),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Format::Utf8),
        ([b"\xff\xfe".as_slice(), &utf16(u16::to_le_bytes)].concat(), Format::Utf16),
        ([b"\xfe\xff".as_slice(), &utf16(u16::to_be_bytes)].concat(), Format::Utf16),
        (utf16(u16::to_le_bytes), Format::Utf16),
        (latin, Format::Windows1252),
    ] {
        let list = read(&bytes).unwrap();
        assert_eq!(list.format, format);
        assert_eq!(cells(&list), [HEADER.to_vec(), vec!["0021", "Peña", "14/7/1999"]], "{format:?}");
        assert_eq!(list.rows[1].line, 2);
    }
}

#[test]
fn whatever_stands_between_cells_is_found_and_a_quoted_one_parts_nothing() {
    for (text, right) in [
        ("a;b\n\"x;y\";2,5\n", ["x;y", "2,5"]),
        ("a\tb\nDela Cruz, Juan\t2\n", ["Dela Cruz, Juan", "2"]),
        ("a|b\nx|2\n", ["x", "2"]),
        ("sep=;\na;b\nx;1,2,3,4\n", ["x", "1,2,3,4"]),
        ("a,b\n\"O\"\"Brien\",2\n", ["O\"Brien", "2"]),
    ] {
        assert_eq!(read(text.as_bytes()).unwrap().rows.last().unwrap().cells, right, "{text}");
    }
}

#[test]
fn what_looks_like_a_formula_is_text_and_lines_are_those_of_the_file() {
    let list = read(b"\n\nno,name\n\n1,=cmd|'/c calc'!A1\n2,+1+1,,,\n").unwrap();
    assert_eq!(cells(&list), [vec!["no", "name"], vec!["1", "=cmd|'/c calc'!A1"], vec!["2", "+1+1"]]);
    assert_eq!(list.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 5, 6]);
}

#[test]
fn a_row_with_letters_that_cannot_be_read_says_so_and_the_others_stay() {
    let broken = [b"no,name\n1,Pe\xf1a \xe2\x80\x94\n2,\xc3\xb1u\xc3\xb1ez\n".as_slice()].concat();
    let faults = |bytes: &[u8]| read(bytes).unwrap().rows.iter().map(|row| row.fault).collect::<Vec<_>>();
    assert_eq!(faults(&broken), [None, Some(RowFault::Letters), None]);
    let long = format!("no,name\n1,\"{}\n2,x\n", "x".repeat(2_000));
    assert_eq!(faults(long.as_bytes()), [None, Some(RowFault::TooLong)]);
    assert_eq!(faults(b"no,name\n1,a\x02b\n"), [None, Some(RowFault::Letters)]);
}

#[test]
fn a_workbook_gives_days_digits_and_the_values_of_its_formulas() {
    let list = read(&xlsx(
        "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Student No.</t></is></c><c r=\"C2\" t=\"inlineStr\"><is><t>Born</t></is></c></row>\
         <row r=\"4\"><c r=\"A4\"><v>2021000123</v></c><c r=\"C4\" s=\"1\"><v>36355</v></c><c r=\"D4\" t=\"str\"><f>A1&amp;B1</f><v>Peña</v></c></row>",
    ))
    .unwrap();
    assert_eq!((list.format, list.sheet.as_deref()), (Format::Xlsx, Some("Enrolled")));
    assert_eq!(cells(&list), [vec!["Student No.", "", "Born"], vec!["2021000123", "", "1999-07-14", "Peña"]]);
    assert_eq!(list.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn an_opendocument_list_is_read_without_the_rows_that_only_repeat() {
    let list = read(&ods(
        "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Apelyido</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value-type=\"string\"><text:p>Born</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
         <table:table-row><table:table-cell office:value-type=\"string\"><office:annotation><text:p>ask</text:p></office:annotation><text:p>Pe&#241;a &amp;<text:s/>Co</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"2.1E3\"><text:p>2,100</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type=\"date\" office:date-value=\"1999-07-14T00:00:00\"><text:p>14/07/99</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
    ))
    .unwrap();
    assert_eq!((list.format, list.sheet.as_deref()), (Format::Ods, Some("Listahan")));
    assert_eq!(cells(&list), [vec!["Apelyido", "", "", "Born"], vec!["Peña & Co", "2100", "", "1999-07-14"]]);
    assert_eq!(list.rows[1].line, 4);
}

#[test]
fn a_workbook_of_excel_97_is_read_and_one_that_lies_about_its_size_is_refused() {
    let book = xls(&[(0, 0, "Student No."), (0, 1, "Apelyido"), (1, 1, "Peña")], &[(1, 0, 21.0)]);
    let list = read(&book).unwrap();
    assert_eq!(list.format, Format::Xls);
    assert_eq!(cells(&list), [vec!["Student No.", "Apelyido"], vec!["21", "Peña"]]);
    let wide = xls(&[(0, 0, "x"), (65_535, 65_535, "y")], &[]);
    assert_eq!(read(&wide), Err(Unreadable::TooManyCells));
}

#[test]
fn what_is_no_list_or_larger_than_any_is_refused_by_its_reason() {
    let cell = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let bomb = zipped(&[("content.xml", "x".repeat((200 << 20) + 1))]);
    for (bytes, reason) in [
        (b"".to_vec(), Unreadable::Empty),
        (b"\n , ,\n".to_vec(), Unreadable::Empty),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01".to_vec(), Unreadable::NoList),
        (zipped(&[("word.xml", "x".to_owned())]), Unreadable::NoList),
        (b"PK\x03\x04 and no more".to_vec(), Unreadable::Damaged),
        ([lists_begin(), b"and no more".to_vec()].concat(), Unreadable::Damaged),
        (ods(cell), Unreadable::TooManyCells),
        (bomb, Unreadable::Unpacked),
        ("a,b\n".repeat(500_001).into_bytes(), Unreadable::TooManyCells),
        (vec![b'x'; (50 << 20) + 1], Unreadable::TooLarge),
    ] {
        assert_eq!(read(&bytes), Err(reason));
    }
}

fn lists_begin() -> Vec<u8> {
    vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
}

proptest! {
    #[test]
    fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        drop(read(&bytes));
    }

    #[test]
    fn a_workbook_that_was_damaged_anywhere_is_read_or_refused(
        which in 0..3_usize, at in 0..4_000_usize, byte in any::<u8>(), cut in any::<bool>()
    ) {
        let row = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
        let table = "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
        let mut bytes = vec![xlsx(row), ods(table), xls(&[(0, 0, "x")], &[])].swap_remove(which);
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        drop(read(&bytes));
    }

    #[test]
    fn what_was_written_as_cells_is_read_as_those_cells(
        table in prop::collection::vec(prop::collection::vec("[A-Za-zñÑ',;]{1,12}", 3), 2..8)
    ) {
        let quoted = |row: &Vec<String>| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
        let text: Vec<String> = table.iter().map(quoted).collect();
        let list = read(text.join("\r\n").as_bytes()).unwrap();
        let read: Vec<Vec<String>> = list.rows.into_iter().map(|row| row.cells).collect();
        prop_assert_eq!(read, table);
    }
}
