//! A server on an empty database, a clinic with its root and its people, and the way to ask.

use std::io::Read;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crypto::certify::{FORMAT, KeyCertificate, Subject};
use crypto::exchange::digest_of;
use crypto::root::Root;
use crypto::testing::TestEntropy;
use crypto::{SealingKey, Signed, SigningKey};
use domain::access::{Role, User};
use domain::certificates::Issuer;
use domain::clinic::{Clinic, Site, Workstation};
use domain::record::{Hex, Verb};
use domain::sync::{Answer, DICTIONARY, Introduction, PROTOCOL, Question, Ticket, VERSION, Welcome};
use domain::wire::{Bytes, Message};
use domain::{ClinicId, Hlc, RecordId, Scope};
use server::clock::Clock;
use server::media::Media;
use server::settings::A_DAY;
use server::{Server, claim, database};
use tests::postgres::Database;
use tokio::net::TcpListener;

use crate::desk::{Desk, clinic, step};

/// When everything happens, in milliseconds since 1970.
pub const NOW: u64 = 1_795_334_400_000;

/// The clinic that everybody names.
#[derive(Clone, Copy)]
pub struct Ids {
    pub clinic: ClinicId,
    pub scope: Scope,
    pub site: Scope,
}

/// Somebody who works here.
#[derive(Clone)]
pub struct Person {
    pub id: RecordId,
    pub key: SigningKey,
    pub certificate: Signed<KeyCertificate>,
    pub user: User,
}

/// A clock that a test sets.
pub struct Hands(AtomicU64);

impl Clock for Hands {
    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A server and its clinic.
pub struct World {
    pub database: Database<'static>,
    pub address: String,
    pub http: reqwest::Client,
    pub clock: Arc<Hands>,
    pub root: Root,
    pub ids: Ids,
    pub administrator: Person,
}

/// A refusal: its status and its problem details.
#[derive(Debug)]
pub struct Refused {
    pub status: u16,
    pub code: String,
    pub body: serde_json::Value,
}

impl World {
    /// A server that belongs to nobody, and keeps no files.
    pub async fn empty() -> Self {
        Self::with_media(None, A_DAY).await
    }

    /// A server that belongs to nobody and keeps files in `media`, so many megabytes a day of each workstation.
    pub async fn with_media(media: Option<Media>, files_a_day: NonZeroU32) -> Self {
        tests::choose_tls();
        let database = tests::postgres::database().unwrap();
        let pool = database::pool(&database.url(), 24).unwrap();
        server::migrate(&pool).await.unwrap();
        let clock = Arc::new(Hands(AtomicU64::new(NOW)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Server::new(pool, clock.clone()).media(media, files_a_day);
        tokio::spawn(server::serve(listener, server, std::future::pending()));
        let root = Root::random(&mut TestEntropy::new(1));
        let ids =
            Ids { clinic: clinic(), scope: Scope::derived(b"clinic scope"), site: Scope::derived(b"site") };
        let administrator = person("administrator", Role::Administrator, &root.signing(), None);
        Self { database, address, http: reqwest::Client::new(), clock, root, ids, administrator }
    }

    /// A server that a clinic has claimed, with its first workstation, which has pushed the founding.
    pub async fn founded() -> (Self, Desk) {
        Self::empty().await.found().await
    }

    /// The same of this server.
    pub async fn found(self) -> (Self, Desk) {
        let mut desk = self.claimed().await;
        desk.write(&self.administrator, self.founding(&desk));
        let answer = desk.sync(&self).await;
        assert!(answer.verdicts.iter().all(|judged| judged.fault.is_none()), "{:?}", answer.verdicts);
        (self, desk)
    }

    /// Claims the server for a first workstation.
    pub async fn claimed(&self) -> Desk {
        let desk = Desk::new(self.ids, "first", self.ids.site);
        let code = self.claim_code().await;
        let welcome = self.introduce(&self.introduction(&desk, Some(&code))).await.unwrap();
        assert_eq!((welcome.clinic, welcome.now), (self.ids.clinic, self.now()));
        desk
    }

    pub async fn claim_code(&self) -> String {
        let pool = database::pool(&self.database.url(), 1).unwrap();
        let entropy = &mut crypto::SystemEntropy::new();
        claim::give_out(&pool.get().await.unwrap(), entropy, self.now()).await.unwrap()
    }

    /// The first records of the clinic.
    pub fn founding(&self, desk: &Desk) -> Vec<crypto::log::Draft> {
        let root = Hex::of(self.root.signing().public());
        let name = |name: &str| Some(name.to_owned());
        let clinic = Clinic { name: name("University Clinic"), root: Some(root), ..Clinic::default() };
        let site = Site {
            name: name("Site"),
            code: name("MAIN"),
            time_zone: name("Europe/Berlin"),
            ..Site::default()
        };
        vec![
            step(RecordId::derived(b"clinic record"), Verb::Create, &clinic, &[]),
            step(RecordId::derived(b"site"), Verb::Create, &site, &[]),
            workstation(desk),
            step(self.administrator.id, Verb::Create, &self.administrator.user, &[]),
        ]
    }

    /// Somebody whom the administrator makes at `desk`; the record is not pushed yet.
    pub fn employ(&self, desk: &mut Desk, name: &str, role: Role) -> Person {
        let by = &self.administrator;
        let person = person(name, role, &by.key, Some(by.id));
        desk.write(by, vec![step(person.id, Verb::Create, &person.user, &[])]);
        person
    }

    /// One more workstation, which joins by a ticket of the administrator.
    pub async fn join(&self, name: &str, site_scope: Scope) -> Desk {
        let desk = Desk::new(self.ids, name, site_scope);
        self.introduce(&self.joining(&desk, &self.ticket(&desk))).await.unwrap();
        desk
    }

    /// The seed that the code for a workstation holds.
    pub fn seed(desk: &Desk) -> SigningKey {
        let seed = desk.record.0.as_bytes().iter().map(|byte| u64::from(*byte)).sum();
        SigningKey::random(&mut TestEntropy::new(seed))
    }

    /// A ticket for `desk`.
    pub fn ticket(&self, desk: &Desk) -> Ticket {
        Ticket {
            v: VERSION,
            clinic: self.ids.clinic,
            root: *self.root.signing().public(),
            clinic_scope: self.ids.scope,
            site: RecordId::derived(b"site"),
            site_scope: desk.site_scope,
            workstation: desk.record,
            seed: *Self::seed(desk).public(),
            clinic_key: Bytes(vec![1; 60]),
            by: self.administrator.id,
            until: self.now() + 600_000,
            server: None,
        }
    }

    /// The introduction of a workstation that holds the seed of `ticket`.
    pub fn joining(&self, desk: &Desk, ticket: &Ticket) -> Introduction {
        let certificate = certificate(desk, Some(self.administrator.id));
        let signed = Signed::new(&Self::seed(desk), &certificate);
        Introduction {
            chain: vec![Bytes(self.administrator.certificate.to_bytes()), Bytes(signed.to_bytes())],
            ticket: Some(Bytes(Signed::new(&self.administrator.key, ticket).to_bytes())),
            ..self.introduction(desk, None)
        }
    }

    /// The introduction of a workstation that the root itself certifies.
    pub fn introduction(&self, desk: &Desk, code: Option<&str>) -> Introduction {
        let root = self.root.signing();
        Introduction {
            v: VERSION,
            clinic: self.ids.clinic,
            root: *root.public(),
            clinic_scope: self.ids.scope,
            workstation: desk.record,
            site_scope: desk.site_scope,
            chain: vec![Bytes(Signed::new(&root, &certificate(desk, None)).to_bytes())],
            claim: code.map(claim::digest),
            ticket: None,
            formers: None,
        }
    }

    pub fn now(&self) -> u64 {
        self.clock.now()
    }

    pub fn pass(&self, milliseconds: u64) {
        self.clock.0.fetch_add(milliseconds, Ordering::Relaxed);
    }

    pub async fn introduce(&self, introduction: &Introduction) -> Result<Welcome, Refused> {
        self.post("/introduce", introduction).await.map(|bytes| Welcome::from_bytes(&bytes).unwrap())
    }

    pub async fn ask(&self, desk: &Desk, question: &Question) -> Result<Answer, Refused> {
        let asked = Signed::new(&desk.key, question);
        let bytes = self.post("/sync", &asked).await?;
        let answer = Signed::<Answer>::from_bytes(&bytes).unwrap().claimed().unwrap();
        assert_eq!((answer.v, answer.question), (PROTOCOL, Some(digest_of(&asked))));
        Ok(answer)
    }

    pub async fn post(&self, path: &str, message: &impl Message) -> Result<Vec<u8>, Refused> {
        let packed = zstd::encode_all(message.to_bytes().as_slice(), 3).unwrap();
        self.send(path, packed).await
    }

    /// Sends a body as it is, and unpacks what comes back.
    pub async fn send(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, Refused> {
        self.answer(self.http.post(format!("{}{path}", self.address)).body(body)).await
    }

    /// What a request is answered: a message, unpacked, or the bytes of a file as they are.
    pub async fn answer(&self, request: reqwest::RequestBuilder) -> Result<Vec<u8>, Refused> {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let kind =
            response.headers().get("content-type").map_or("", |kind| kind.to_str().unwrap()).to_owned();
        let body = response.bytes().await.unwrap();
        if status == 200 {
            assert!(body.is_empty() || kind == "application/zstd", "{kind}");
            let mut plain = Vec::new();
            if !body.is_empty() {
                let decoder = zstd::stream::read::Decoder::with_dictionary(&*body, DICTIONARY);
                decoder.unwrap().read_to_end(&mut plain).unwrap();
            }
            return Ok(plain);
        }
        if status == 206 {
            return Ok(body.to_vec());
        }
        assert_eq!(kind, "application/problem+json", "{}", String::from_utf8_lossy(&body));
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        Err(Refused { status, code: body["code"].as_str().unwrap().to_owned(), body })
    }

    /// A connection to the database behind the server.
    pub async fn sql(&self) -> tokio_postgres::Client {
        let (client, connection) =
            tokio_postgres::connect(&self.database.url(), tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }
}

/// The record of a workstation.
pub fn workstation(desk: &Desk) -> crypto::log::Draft {
    let workstation = Workstation {
        name: Some("1".to_owned()),
        site: Some(RecordId::derived(b"site")),
        block: Some("01".to_owned()),
        signs_with: Some(Hex::of(desk.key.public())),
        issues_with: Some(Hex::of(desk.issuing.public())),
        incarnation: Some(desk.incarnation.to_string()),
        active: Some(true),
        ..Workstation::default()
    };
    step(desk.record, Verb::Create, &workstation, &[])
}

/// The record of the key with which `person` issues at `desk`, whose numbers begin with `block`.
pub fn issuer(desk: &Desk, person: &Person, block: &str) -> crypto::log::Draft {
    let certificate = KeyCertificate {
        kind: Subject::Issuer,
        issues_with: Some(*desk.issuing.public()),
        incarnation: Some(desk.incarnation),
        block: Some(block.to_owned()),
        ..blank(person.id, Some(person.id))
    };
    let issuer = Issuer {
        user: Some(person.id),
        workstation: Some(desk.record),
        incarnation: Some(desk.incarnation.to_string()),
        block: Some(block.to_owned()),
        issues_with: Some(Hex::of(desk.issuing.public())),
        certificate: Some(Hex::of(&Signed::new(&person.key, &certificate).to_bytes())),
    };
    step(desk.issuer(), Verb::Create, &issuer, &[])
}

/// Somebody certified by the owner of `signer`.
pub fn person(name: &str, role: Role, signer: &SigningKey, by: Option<RecordId>) -> Person {
    let entropy = &mut TestEntropy::new(name.bytes().map(u64::from).sum());
    let (key, sealing) = (SigningKey::random(entropy), SealingKey::random(entropy));
    let id = RecordId::derived(name.as_bytes());
    let certificate = KeyCertificate {
        kind: Subject::User,
        signs_with: Some(*key.public()),
        seals_with: Some(*sealing.public()),
        role: Some(role.word().to_owned()),
        ..blank(id, by)
    };
    let certificate = Signed::new(signer, &certificate);
    let user = User {
        sign_in: Some(name.to_owned()),
        name: Some(name.to_owned()),
        role: Some(role),
        active: Some(true),
        signs_with: Some(Hex::of(key.public())),
        seals_with: Some(Hex::of(sealing.public())),
        certificate: Some(Hex::of(&certificate.to_bytes())),
        ..User::default()
    };
    Person { id, key, certificate, user }
}

/// What vouches for the keys of a workstation.
pub fn certificate(desk: &Desk, by: Option<RecordId>) -> KeyCertificate {
    KeyCertificate {
        signs_with: Some(*desk.key.public()),
        incarnation: Some(desk.incarnation),
        ..blank(desk.record, by)
    }
}

fn blank(subject: RecordId, by: Option<RecordId>) -> KeyCertificate {
    KeyCertificate {
        v: FORMAT,
        clinic: clinic(),
        kind: Subject::Workstation,
        subject,
        signs_with: None,
        seals_with: None,
        issues_with: None,
        block: None,
        incarnation: None,
        role: None,
        issued: Hlc::at(NOW),
        by,
    }
}
