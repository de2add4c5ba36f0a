//! Certificates and sheets with invented people.

use documents::blocks::{Block, Boxes, Head, Run, Table};
use documents::certificates::{CertificatePage, Mark, Signer, Words};
use documents::secret::Secret;
use documents::sheets::{Document, Pages};
use documents::{Emblem, Format, Letterhead, Moment, Paper};

/// Shaped as a signed payload is: 400 characters of the code's own alphabet.
pub fn payload() -> String {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut state = 7_u32;
    let noise = (0..400).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(ALPHABET[(state >> 16) as usize % ALPHABET.len()])
    });
    format!("CD1:{}", noise.collect::<String>())
}

pub fn run(text: &str) -> Run {
    Run { text: text.to_owned(), bold: false, keep_together: false }
}

pub fn bold(text: &str) -> Run {
    Run { text: text.to_owned(), bold: true, keep_together: false }
}

pub fn date(text: &str) -> Run {
    Run { text: text.to_owned(), bold: false, keep_together: true }
}

pub fn bold_date(text: &str) -> Run {
    Run { text: text.to_owned(), bold: true, keep_together: true }
}

pub fn paragraph(runs: &[Run]) -> Block {
    Block::Paragraph(runs.to_vec())
}

pub fn plain(text: &str) -> Block {
    paragraph(&[run(text)])
}

pub fn moment() -> Moment {
    Moment { year: 2026, month: 11, day: 22, hour: 10, minute: 41, second: 5, offset_minutes: 480 }
}

/// The certificate of the drawn screen, issued.
pub fn sick_leave() -> CertificatePage {
    CertificatePage {
        paper: Paper::portrait(Format::A5),
        language: "en".to_owned(),
        letterhead: Letterhead {
            name: "University Clinic, Main Campus".to_owned(),
            lines: vec![
                "Medical and Dental Services".to_owned(),
                "P. del Rosario St. · clinic@example.edu".to_owned(),
            ],
            emblem: Emblem::Initials("UC".to_owned()),
        },
        form: Some("UC-MED-014 · effective 01-Jun-2026".to_owned()),
        number: Some("No. MC-26-0000417-K".to_owned()),
        date: "22-Nov-2026".to_owned(),
        title: "MEDICAL CERTIFICATE".to_owned(),
        addressee: None,
        body: vec![
            paragraph(&[
                run("This certifies that "),
                bold("Gustavo Mejía"),
                run(", born "),
                date("14-Jul-1999"),
                run(", student number "),
                date("2019-104-883"),
                run(", BS Tourism year 4, was examined at this clinic on "),
                date("22-Nov-2026"),
                run("."),
            ]),
            paragraph(&[
                run("Finding: "),
                bold("not fit"),
                run(" to attend classes from "),
                bold_date("Sat 21-Nov-2026"),
                run(" to "),
                bold_date("Mon 23-Nov-2026"),
                run(" (3\u{a0}days, 1\u{a0}class\u{a0}day). May return on "),
                date("Tue 24-Nov-2026"),
                run(". The day before the examination is by the patient’s account."),
            ]),
            plain("Recommendation: rest, fluids, and review at the clinic if fever continues."),
        ],
        signer: Signer {
            name: "Maria Reyes, MD".to_owned(),
            qualification: "Physician".to_owned(),
            licence: "Licence 0104417".to_owned(),
            signature: None,
        },
        code: Some(payload()),
        check_line: "Check: scan, or verify.example.edu".to_owned(),
        seal: Some("Seal".to_owned()),
        mark: Mark::None,
        words: Words {
            number_at_issue: "Number at issue".to_owned(),
            code_at_issue: "Code at issue".to_owned(),
            code: "Code that verifies this certificate".to_owned(),
            page: "Page {page} of {pages}".to_owned(),
        },
        author: "University Clinic, Main Campus".to_owned(),
        subject: "Sick leave, student".to_owned(),
        created: moment(),
    }
}

/// Spectacles: a table amid the text.
pub fn spectacles() -> CertificatePage {
    let head =
        |(at, label): (usize, &str)| Head { label: label.to_owned(), share: if at == 0 { 3 } else { 4 } };
    let heads = ["", "Sphere", "Cylinder", "Axis", "Addition", "Prism", "Acuity"];
    let row = |cells: [&str; 7]| cells.map(str::to_owned).to_vec();
    let table = Table {
        heads: heads.into_iter().enumerate().map(head).collect(),
        rows: vec![
            row(["Right", "−2.25", "−0.75", "90", "+2.50", "2 Δ in", "6/6−1"]),
            row(["Left", "−2.50", "−1.00", "180", "+2.50", "", "6/9"]),
        ],
    };
    CertificatePage {
        title: "SPECTACLES".to_owned(),
        body: vec![
            paragraph(&[
                run("For "),
                bold("Teresita Abellana"),
                run(", born "),
                date("08-Sep-1961"),
                run(", whose eyes were examined at this clinic on "),
                date("22-Nov-2026"),
                run(", spectacles are "),
                bold("prescribed for distance"),
                run(":"),
            ]),
            Block::Table(table),
            plain(
                "From pupil to pupil: 62\u{a0}mm, for near 59\u{a0}mm. Measured after drops at\u{a0}09:38.",
            ),
            paragraph(&[run("Valid until "), bold_date("Mon 22-Nov-2027"), run(".")]),
        ],
        subject: "Spectacles".to_owned(),
        ..sick_leave()
    }
}

/// The same certificate before issue.
pub fn draft() -> CertificatePage {
    CertificatePage {
        number: None,
        code: None,
        mark: Mark::Draft("DRAFT - NOT VALID".to_owned()),
        ..sick_leave()
    }
}

/// The certificate on another paper.
pub fn on(paper: Paper, page: CertificatePage) -> CertificatePage {
    CertificatePage { paper, ..page }
}

/// Names in every script that the faces cover.
pub fn many_scripts() -> CertificatePage {
    CertificatePage {
        body: vec![
            plain("Tiếng Việt: Nguyễn Thị Ngọc Ánh, Đặng Hữu Phước, Trần Quỳnh Như, Lê Thuỵ Ưng Ổn."),
            plain("Yorùbá: Ọláníyì Adébáyọ̀, Ẹniọlá Ṣóyínká, Àdùkẹ́ Ọ̀ṣúnlẹ́yẹ, Fẹ́mi Kútì, Ṣẹ́gun."),
            plain("Ελληνικά: Παπαδόπουλος Γεώργιος, Ευαγγελία Ρήγα-Φωκά, Άννα, Ώρα, ἄνθρωπος."),
            plain("Кириллица: Щербаков Юрий Фёдорович, Їжак Ґалаґан, Ђорђевић Љубица, Әлия Қуанышқызы."),
            plain("العربية: محمد عبد الرحمن السيد، فاطمة الزهراء بنت لؤي، رقم 2019-104 (A4)."),
            plain("فارسی و اردو: پژمان گلچین، کیخسرو؛ ٹیپو سلطان، ڈاکٹر ژوبین."),
            plain("हिन्दी: श्रीमती लक्ष्मी कृष्णमूर्ति, डॉ॰ विद्यार्थी, संजय श्रेष्ठ, ज्ञानेश्वर द्विवेदी।"),
            plain("中文、日本語: 王小明，歐陽娜娜，山田 太郎、さくら、カナ。"),
            plain("한국어: 김민준, 이서연. ไทย: สมชาย ใจดี, ปิยะนุช. עברית: לוי דוד, שָׁלוֹם."),
            plain(
                "Other Latin: Łukasz Žižka, Şükrü Iğdır, Ðorđe, Þórr, Ñuñez, Ŵyn, Ɓala Ƙwari, Ḥāmid, ʻOkina, M̱ahé.",
            ),
            paragraph(&[
                run("Amid English the name "),
                bold("محمد السيد"),
                run(" and "),
                bold("लक्ष्मी"),
                run(" stand in their place, fi ffi 10:30, 3 × 5 ≥ 2 µg, ₱500, €20, ₦9."),
            ]),
        ],
        ..on(Paper::portrait(Format::A4), sick_leave())
    }
}

/// A certificate written from right to left.
pub fn arabic() -> CertificatePage {
    CertificatePage {
        language: "ar".to_owned(),
        letterhead: Letterhead {
            name: "عيادة الجامعة، الحرم الرئيسي".to_owned(),
            lines: vec!["الخدمات الطبية وطب الأسنان".to_owned(), "clinic@example.edu".to_owned()],
            emblem: Emblem::Initials("ع".to_owned()),
        },
        title: "شهادة طبية".to_owned(),
        number: Some("رقم MC-26-0000417-K".to_owned()),
        date: "2026-11-22".to_owned(),
        body: vec![
            paragraph(&[
                run("تشهد العيادة بأن "),
                bold("محمد عبد الرحمن السيد"),
                run("، المولود في "),
                date("1999-07-14"),
                run("، رقم الطالب "),
                date("2019-104-883"),
                run("، قد فُحص في هذه العيادة بتاريخ "),
                date("2026-11-22"),
                run("."),
            ]),
            plain("التوصية: الراحة وشرب السوائل ومراجعة العيادة إذا استمرت الحمى (أكثر من 48 ساعة)."),
        ],
        signer: Signer {
            name: "د. ماريا رييس".to_owned(),
            qualification: "طبيبة".to_owned(),
            licence: "ترخيص 0104417".to_owned(),
            signature: None,
        },
        check_line: "للتحقق: امسح الرمز أو verify.example.edu".to_owned(),
        seal: Some("الختم".to_owned()),
        form: Some("UC-MED-014".to_owned()),
        ..sick_leave()
    }
}

/// Everything as long as life makes it: two pages.
pub fn long() -> CertificatePage {
    let sentence = "The patient is advised to rest, to drink enough, to avoid crowded places while feverish, \
                    and to return at once if breathing becomes difficult or the fever lasts beyond 48 hours. ";
    let mut page = sick_leave();
    page.letterhead.name =
        "University Clinic for Students, Faculty and Staff of the Main Campus and its Extension Programmes"
            .to_owned();
    page.addressee = Some("To: The Dean, College of Hospitality, Tourism and Property Management".to_owned());
    page.title = "MEDICAL CERTIFICATE FOR THE EXTENSION OF A LEAVE OF ABSENCE".to_owned();
    page.body.insert(
        1,
        paragraph(&[
            run("Also known as "),
            bold("Maria Magdalena Concepción Esperanza de los Ángeles Villanueva-Buenaventura y Katigbak-Macapagal de Dios Santísima Trinidad Evangelista"),
            run(", and as Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafewarenwohlgepflege."),
        ]),
    );
    for count in [4, 5, 3] {
        page.body.push(plain(&sentence.repeat(count)));
    }
    page.signer.name =
        "Maria Theodora Concepción Esperanza Villanueva-Buenaventura Reyes, MD, FPCP, MPH".to_owned();
    page.signer.qualification = "Physician, Internal Medicine and Infectious Diseases".to_owned();
    page
}

/// A small picture in the given format.
pub fn picture(format: image::ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let pixels = image::RgbaImage::from_fn(width, height, |x, y| {
        let ink = (i64::from(x) * i64::from(height) / i64::from(width) - i64::from(y)).abs() < 4;
        image::Rgba([11, 30, 121, if ink { 255 } else { 0 }])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::DynamicImage::from(pixels);
    let picture = if format == image::ImageFormat::Jpeg { picture.to_rgb8().into() } else { picture };
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The secret of a recovery sheet.
pub fn secret() -> Secret {
    let group = |text: &str| text.split(' ').map(str::to_owned).collect();
    Secret {
        label: "Recovery code".to_owned(),
        lines: vec![
            group("7K4QD M2XWA"),
            group("R9TFC 3HJ6B"),
            group("V8NPE 5SZGY"),
            group("2QLMA 0WXDK"),
            group("HT4RC 9B7FV"),
        ],
        code: "CR1:7K4QDM2XWAR9TFC3HJ6BV8NPE5SZGY2QLMA0WXDKHT4RC9B7FV".to_owned(),
        code_words: "The recovery code for a camera".to_owned(),
    }
}

/// A recovery sheet.
pub fn recovery() -> Document {
    recovery_of(
        secret(),
        vec![plain(
            "A sheet that was lost or seen by someone else is made worthless by printing a new one: Admin, People, New recovery sheet.",
        )],
    )
}

/// A recovery sheet of this secret, with this text behind it.
pub fn recovery_of(secret: Secret, after: Vec<Block>) -> Document {
    let before = vec![
        paragraph(&[
            run("This sheet opens the records of "),
            bold("Maria Reyes"),
            run(" on the workstation "),
            bold("Desk 1"),
            run(
                " when the password is forgotten. Whoever holds it can read them. Seal it in an envelope and keep it under lock, away from the workstation.",
            ),
        ]),
        plain(
            "To use it, choose “Forgotten password” on the sign-in screen and type the letters below, or hold the code before the camera. Capitals, spaces and hyphens make no difference.",
        ),
    ];
    let title = "Recovery sheet".to_owned();
    let boxes = Boxes::signatures(&["Received by", "Date", "Where it is kept", "Signature"]);
    let space = |units| vec![Block::Space(units)];
    let parts = [
        vec![Block::Space(8), Block::Title(title.clone()), Block::Space(3)],
        before,
        space(4),
        vec![Block::Secret(secret), Block::Space(5)],
        boxes,
        space(3),
        after,
    ];
    Document {
        paper: Paper::portrait(Format::A4),
        language: "en".to_owned(),
        letterhead: sick_leave().letterhead,
        title,
        blocks: parts.concat(),
        foot: "Printed 22-Nov-2026 10:41 · Sheet 2 for this person; sheet 1 no longer works".to_owned(),
        pages: Pages::One,
        author: "University Clinic, Main Campus".to_owned(),
        subject: "Recovery sheet".to_owned(),
        created: moment(),
    }
}
