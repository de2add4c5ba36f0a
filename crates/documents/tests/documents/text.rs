use documents::DocumentError;
use documents::blocks::{Block, Run};
use documents::certificates::{CertificatePage, render};
use documents::{Format, Paper};
use proptest::prelude::*;

use crate::readers::Kept;
use crate::samples::{self, bold_date, date, paragraph, plain, run};

fn with_body(body: Vec<Block>) -> CertificatePage {
    CertificatePage { body, ..samples::on(Paper::portrait(Format::A4), samples::sick_leave()) }
}

fn copied(text: &str) -> String {
    Kept::new(&render(&with_body(vec![plain(text)])).unwrap().bytes).text()
}

fn assert_copied(texts: &[&str]) {
    for text in texts {
        let copied = copied(text);
        assert!(copied.contains(text), "{text} in {copied}");
    }
}

#[test]
fn vietnamese_names_are_copied_as_they_were_written() {
    assert_copied(&["Nguyễn Thị Ngọc Ánh", "Đặng Hữu Phước", "Trần Quỳnh Như, Lê Thuỵ Ưng Ổn"]);
}

#[test]
fn yoruba_names_are_copied_as_they_were_written() {
    assert_copied(&["Ọláníyì Adébáyọ̀, Ẹniọlá Ṣóyínká", "Àdùkẹ́ Ọ̀ṣúnlẹ́yẹ", "Fẹ́mi Kútì, Ṣẹ́gun"]);
}

#[test]
fn greek_and_cyrillic_names_are_copied_as_they_were_written() {
    assert_copied(&[
        "Παπαδόπουλος Γεώργιος, ἄνθρωπος",
        "Щербаков Юрий Фёдорович",
        "Їжак Ґалаґан, Әлия Қуанышқызы",
    ]);
}

#[test]
fn rare_latin_letters_are_copied_as_they_were_written() {
    assert_copied(&[
        "Łukasz Žižka, Şükrü Iğdır, Þórr, Ŵyn",
        "Ɓala Ƙwari, Ḥāmid, ʻOkina, M̱ahé",
        "office, fjord, 10:30",
    ]);
}

#[test]
fn devanagari_names_are_copied_as_they_were_written() {
    assert_copied(&["श्रीमती लक्ष्मी कृष्णमूर्ति", "विद्यार्थी, संजय श्रेष्ठ", "ज्ञानेश्वर द्विवेदी"]);
}

#[test]
fn arabic_names_are_copied_as_they_were_written() {
    for text in ["محمد عبد الرحمن السيد", "فاطمة الزهراء بنت لؤي", "پژمان گلچین"]
    {
        let page = with_body(vec![plain(text)]);
        let copied = Kept::new(&render(&page).unwrap().bytes).ask("pdftotext", &["@", "-"]);
        // The reader marks the direction with signs that have no ink.
        let plain: String = copied.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}')).collect();
        assert!(plain.contains(text), "{text} in {plain}");
    }
}

#[test]
fn a_letter_written_as_base_and_mark_is_printed_as_the_composed_letter() {
    assert!(copied("Me\u{301}jia, Nguye\u{302}\u{303}n").contains("Méjia, Nguyễn"));
}

#[test]
fn dates_never_break() {
    let mut runs = Vec::new();
    for day in 1..=28 {
        runs.push(run(&"on or ".repeat(day % 5)));
        runs.push(date(&format!("Sun {day:02} Nov 2026")));
        runs.push(run(", "));
        runs.push(bold_date(&format!("{day:02}-Dec-2026")));
        runs.push(run(" "));
    }
    for paper in [Paper::portrait(Format::A5), Paper::portrait(Format::A4)] {
        let page = samples::on(paper, with_body(vec![paragraph(&runs)]));
        let kept = Kept::new(&render(&page).unwrap().bytes);
        let text = kept.ask("pdftotext", &["-layout", "@", "-"]);
        for day in 1..=28 {
            assert!(text.contains(&format!("Sun {day:02} Nov 2026")), "{day} in {text}");
            assert!(text.contains(&format!("{day:02}-Dec-2026")), "{day} in {text}");
        }
    }
}

#[test]
fn a_date_amid_arabic_keeps_its_order() {
    let mut page = samples::arabic();
    page.body = vec![paragraph(&[run("المولود في "), date("1999-07-14"), run("، الطالب")])];
    let kept = Kept::new(&render(&page).unwrap().bytes);
    assert!(kept.text().contains("1999-07-14"), "{}", kept.text());
}

#[test]
fn what_is_kept_together_is_opened_only_when_it_is_wider_than_the_page() {
    let words = "indivisible ".repeat(20);
    let copied = Kept::new(&render(&with_body(vec![paragraph(&[date(&words)])])).unwrap().bytes).text();
    assert_eq!(copied.matches("indivisible").count(), 20);
}

#[test]
fn bold_words_are_set_in_the_semibold_face() {
    let page = with_body(vec![paragraph(&[run("plain "), samples::bold("heavy")])]);
    let fonts = Kept::new(&render(&page).unwrap().bytes).ask("pdffonts", &["@"]);
    assert!(fonts.contains("Inter-Regular") && fonts.contains("Inter-SemiBold"), "{fonts}");
}

/// Text over all that the faces are there for.
fn supported() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        5 => proptest::char::range(' ', '~'),
        2 => proptest::char::range('\u{a0}', '\u{24f}'),
        1 => proptest::char::range('\u{300}', '\u{36f}'),
        1 => proptest::char::range('\u{370}', '\u{52f}'),
        1 => proptest::char::range('\u{600}', '\u{6ff}'),
        1 => proptest::char::range('\u{900}', '\u{97f}'),
        1 => proptest::char::range('\u{1e00}', '\u{1eff}'),
        1 => proptest::char::range('\u{2000}', '\u{206f}'),
        1 => Just('\n'),
    ];
    prop::collection::vec(letter, 0..120).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_printed_or_its_character_is_named(
        first in supported(),
        second in supported(),
        keep in any::<bool>(),
        rightwards in any::<bool>(),
    ) {
        let begun = Run { keep_together: keep, bold: !keep, ..run(&first) };
        let mut page = with_body(vec![paragraph(&[begun, date(&second)])]);
        page.signer.name = second.clone();
        page.addressee = Some(first.clone());
        if !rightwards {
            page.language = "ar".to_owned();
        }
        match render(&page) {
            Ok(rendered) => prop_assert_eq!(rendered.bytes, render(&page).unwrap().bytes),
            Err(DocumentError::NoGlyph { .. } | DocumentError::DoesNotFit { .. }) => {}
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
