//! The file that checks without a network, in a browser: it agrees with `crypto::cose` on every vector.

use std::path::Path;

use crypto::cose::{Claims, issue};
use crypto::issuing::IssuingKey;
use domain::Value;
use domain::clinic::Workstation;
use domain::record::{Record, Verb};
use serde_json::{Value as Json, json};
use tests::axe;
use tests::browser::Browser;
use tests::papers::{NUMBER, claims};
use tests::shot::Scheme;
use tests::{root, shot};
use thirtyfour::By;

use super::{PDF, Story};
use crate::desk::patch_of;

/// The page as it is saved, opened from the disk.
struct File {
    folder: tempfile::TempDir,
    browser: Browser,
}

impl File {
    async fn save(story: &Story) -> Self {
        let response =
            story.world.http.get(format!("{}/verify/offline", story.world.address)).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("check.html"), response.bytes().await.unwrap()).unwrap();
        let file = Self { folder, browser: Browser::open().await.unwrap() };
        file.open().await;
        file
    }

    async fn open(&self) {
        let path = self.folder.path().join("check.html");
        self.browser.driver().goto(format!("file://{}", path.display())).await.unwrap();
    }

    /// Types a text, asks, and reads title and name.
    async fn asked(&self, text: &str) -> (String, Option<String>) {
        let driver = self.browser.driver();
        let ask = "const done = arguments[1];
            document.getElementById('answer').hidden = true;
            document.getElementById('text').value = arguments[0];
            document.getElementById('form').requestSubmit();
            const wait = () => document.getElementById('answer').hidden ? setTimeout(wait, 5) : done([
                document.getElementById('outcome').textContent,
                document.querySelector('#facts:not([hidden]) dd')?.textContent ?? null]);
            wait();";
        driver.execute_async(ask, vec![json!(text)]).await.unwrap().convert().unwrap()
    }

    /// Chooses a file with these bytes, and reads the title.
    async fn given(&self, bytes: &[u8]) -> String {
        // A browser tells nobody that the same file was chosen again.
        let name = domain::hex::encode(&crypto::sha256(&[bytes]));
        let path = self.folder.path().join(format!("{name}.pdf"));
        std::fs::write(&path, bytes).unwrap();
        let driver = self.browser.driver();
        driver.execute("document.getElementById('answer').hidden = true", vec![]).await.unwrap();
        driver.find(By::Id("file")).await.unwrap().send_keys(path.to_str().unwrap()).await.unwrap();
        let wait = "const done = arguments[0];
            const wait = () => document.getElementById('answer').hidden ? setTimeout(wait, 5) : done(
                document.getElementById('outcome').textContent);
            wait();";
        driver.execute_async(wait, vec![]).await.unwrap().convert().unwrap()
    }

    /// What the script itself says of a code, on this day, by this key alone.
    async fn verified(&self, text: &str, key: &Json, today: &str) -> Json {
        let ask = "const done = arguments[3];
            verify(arguments[0], { keys: [arguments[1]], names: [], papers: new Map() }, arguments[2], 2e9)
                .then(done, (fault) => done(String(fault)));";
        let driver = self.browser.driver();
        let answer = driver.execute_async(ask, vec![json!(text), key.clone(), json!(today)]).await.unwrap();
        answer.json().clone()
    }

    async fn quiet(self) {
        assert_eq!(self.browser.errors().await.unwrap(), [""; 0]);
        let asked = self.browser.requests().await.unwrap();
        // The browser's own first page is no page of ours.
        let foreign =
            |url: &&String| !["file://", "data:", "chrome://"].iter().any(|own| url.starts_with(own));
        assert_eq!(asked.iter().filter(foreign).collect::<Vec<_>>(), Vec::<&String>::new());
        self.browser.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_file_says_what_was_signed_and_since_when_revocation_was_not_checked() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    let file = File::save(&story).await;
    let driver = file.browser.driver();
    let stranger = issue(&claims(), &IssuingKey::generate().unwrap()).unwrap();
    let unrecorded = issue(&Claims { issued_at: 1_795_334_400, ..claims() }, &story.desk.issuing).unwrap();
    let gustavo = Some("Gustavo Mejía".to_owned());
    // The browser's own day is long after its last.
    let expired = "The code is genuine, but expired".to_owned();
    assert_eq!(file.asked(&paper.code).await, (expired, gustavo.clone()));
    let revocation = driver.find(By::Id("revocation")).await.unwrap().text().await.unwrap();
    assert_eq!(revocation, "Revocation not checked since 22\u{2011}Nov\u{2011}2026.");
    let compare = driver.find(By::Id("compare")).await.unwrap().text().await.unwrap();
    assert!(compare.starts_with("The paper must read as follows."), "{compare}");
    take(&file, "genuine").await;
    assert_eq!(file.asked(&unrecorded).await, ("Not in the records".to_owned(), gustavo.clone()));
    take(&file, "unrecorded").await;
    assert_eq!(file.asked(&stranger).await, ("Unknown issuer".to_owned(), None));
    assert_eq!(file.asked(NUMBER).await, ("Nothing to check".to_owned(), None));
    let at = paper.code.len() / 2;
    let changed = format!("{}{}{}", &paper.code[..at], "7X", &paper.code[at + 2..]);
    assert_eq!(file.asked(&changed).await, ("Not genuine".to_owned(), None));
    take(&file, "not-genuine").await;
    file.quiet().await;
}

async fn take(file: &File, name: &str) {
    let pictures = root().join("target/shots/verify");
    for scheme in Scheme::BOTH {
        file.browser.wear(scheme).await.unwrap();
        assert_eq!(axe::violations(file.browser.driver()).await.unwrap(), []);
        let name = format!("offline-{name}-{}", scheme.name());
        shot::take(file.browser.driver(), Path::new(&pictures), &name).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_file_compares_a_pdf_with_the_one_that_was_issued_byte_for_byte() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    let file = File::save(&story).await;
    assert_eq!(file.given(PDF).await, "The file is the one that was issued");
    take(&file, "file-issued").await;
    let mut changed = PDF.to_vec();
    changed[12] ^= 1;
    assert_eq!(file.given(&changed).await, "Not a file of the records");
    take(&file, "file-unknown").await;
    file.quiet().await;
    story.end(&paper, "revoked").await;
    let file = File::save(&story).await;
    assert_eq!(file.given(PDF).await, "Revoked");
    file.quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_and_refuses_what_the_vectors_say() {
    let story = Story::begin().await;
    let file = File::save(&story).await;
    let vectors: Json = serde_json::from_str(include_str!("../../vectors/certificate-code.json")).unwrap();
    let public = vectors["key"].as_str().unwrap();
    let kid = domain::hex::encode(&crypto::signed::key_id(&domain::hex::decode(public).unwrap()));
    let key = json!({
        "kid": kid, "key": public, "since": 0, "block": null, "ended": false, "told": null,
    });
    for case in vectors["codes"].as_array().unwrap() {
        let answer = file.verified(case["text"].as_str().unwrap(), &key, "1970-01-01").await;
        assert_eq!(answer["outcome"], "unrecorded", "{case}");
        for (ours, theirs) in [
            ("name", "name"),
            ("number", "number"),
            ("verdict", "verdict"),
            ("from", "from"),
            ("issuedAt", "issued_at"),
        ] {
            assert_eq!(answer["claims"].get(ours).unwrap_or(&Json::Null), &case["claims"][theirs], "{ours}");
        }
    }
    let refused = vectors["refused"].as_array().unwrap();
    assert!(refused.len() > 10);
    for case in refused {
        let answer = file.verified(case["text"].as_str().unwrap(), &key, "1970-01-01").await;
        let fault = case["fault"].as_str().unwrap().replace(' ', "_");
        assert_eq!(answer["outcome"], fault, "{}", case["why"]);
    }
    file.quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_changed_codes_the_file_accepts_none() {
    let story = Story::begin().await;
    let file = File::save(&story).await;
    let code = story.code(NUMBER);
    let ask = "const [code, done] = arguments;
        const { keys } = JSON.parse(document.getElementById('held').textContent);
        const held = { keys, names: [], papers: new Map() };
        const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
        let state = 7;
        const below = (limit) => (state = (state * 48271) % 2147483647) % limit;
        (async () => {
            let accepted = 0;
            for (let round = 0; round < 10000; round += 1) {
                const at = below(code.length);
                const letter = letters[below(45)];
                const changed = code.slice(0, at) + (round % 3 ? letter : '') + code.slice(at + (round % 3 === 1 ? 0 : 1));
                const { outcome } = await verify(changed, held, '2026-11-22', 2e9);
                if (changed !== code && ['genuine', 'expired', 'unrecorded'].includes(outcome)) accepted += 1;
            }
            const { outcome } = await verify(code, held, '2026-11-22', 2e9);
            done([accepted, outcome]);
        })();";
    let answer = file.browser.driver().execute_async(ask, vec![json!(code)]).await.unwrap();
    assert_eq!(answer.json(), &json!([0, "unrecorded"]));
    file.quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_judges_as_the_page_does_by_the_records_and_the_last_words_of_its_day() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    let next = story.issue("MAIN-01-26-00418-T", None).await;
    story.end(&next, "revoked").await;
    let number = "MAIN-01-26-00419-R".to_owned();
    let code = |change: &dyn Fn(&mut Claims)| {
        let mut claims =
            Claims { issued_at: 1_795_334_400, number: super::checked("MAIN-01-26-00419"), ..claims() };
        change(&mut claims);
        issue(&claims, &story.desk.issuing).unwrap()
    };
    let odd = [
        paper.code.clone(),
        next.code.clone(),
        code(&|_| {}),
        code(&|claims| claims.issued_at -= 3_600),
        code(&|claims| claims.issued_at = 4_000_000_000),
        code(&|claims| claims.number = "MAIN-02-26-00001-K".to_owned()),
        code(&|claims| claims.number = number.replace("419", "420")),
        code(&|claims| claims.issuer = "Ministry of Health".to_owned()),
    ];
    let file = File::save(&story).await;
    let ask = "const [text, done] = arguments;
        const held = JSON.parse(document.getElementById('held').textContent);
        verify(text, { ...held, papers: papersOf(held.papers) }, '2026-11-22', 1795340000)
            .then((said) => done(said.outcome), (fault) => done(String(fault)));";
    let mut said = Vec::new();
    for text in &odd {
        let answer = file.browser.driver().execute_async(ask, vec![json!(text)]).await.unwrap();
        assert_eq!(answer.json(), &json!(story.outcome(text).await), "{said:?}");
        said.push(answer.json().as_str().unwrap().to_owned());
    }
    let (no, expected) = ("not_genuine", ["genuine", "revoked", "unrecorded"]);
    assert_eq!(said, [&expected[..], &[no; 5]].concat());
    file.quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_key_vouches_for_what_the_records_of_the_day_hold_and_for_nothing_else() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    let patch = [("active".to_owned(), Value::Bool(false))].into();
    // The founding wrote the record as the third op of the clinic's scope.
    let base = [domain::OpId { incarnation: story.desk.incarnation, scope: story.world.ids.scope, seq: 3 }];
    let draft = patch_of(Workstation::KIND, story.desk.record, Verb::Patch, patch, &base);
    story.desk.write(&story.world.administrator, vec![draft]);
    story.sync().await;
    let file = File::save(&story).await;
    let unrecorded = issue(&Claims { issued_at: 1_795_334_400, ..claims() }, &story.desk.issuing).unwrap();
    assert_eq!(file.asked(&unrecorded).await, ("Not genuine".to_owned(), None));
    assert_eq!(file.asked(&paper.code).await.0, "The code is genuine, but expired");
    file.quiet().await;
}
