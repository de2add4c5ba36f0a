//! `docs/formats/backup.md`.

use std::collections::BTreeMap;

use crypto::backup::{Object, blob_name};
use crypto::log::{EntryBytes, check_entry};
use crypto::sheet::Sheet;
use crypto::slot::open_sheet_slot;
use crypto::{Frontier, Secret, Signed, SigningKey, sha256};
use domain::backup::{
    BlobRow, Local, LogRow, Point, Segment, Stream, TrailRow, covering, point_name, read_segment_name,
};
use domain::fold::fold;
use domain::op::Op;
use domain::wire::{Bytes, Message, Wire};
use domain::{RecordId, Value, kinds};
use serde_json::Value as Json;

use crate::messages;
use crate::vectors::{Vectors, array, bytes, text};

/// The folder of the vectors, opened by its sheet.
struct Folder {
    vectors: Vectors,
    files: BTreeMap<String, Vec<u8>>,
    key: Secret<32>,
}

impl Folder {
    fn open() -> Self {
        let vectors = Vectors::read(include_str!("../vectors/backup.json"));
        let file = |item: &Json| (text(&item["name"]).to_owned(), bytes(&item["bytes"]));
        let files: BTreeMap<_, _> = vectors.list("folder").iter().map(file).collect();
        let lines: Vec<&str> = vectors.list("sheet").iter().map(text).collect();
        let sheet = Sheet::parse(&lines.join("\n")).unwrap();
        let workstation = RecordId::from_value(&Value::Bytes(files["slots/workstation"].clone())).unwrap();
        let (store, _) = open_sheet_slot(&sheet, workstation, &files["slots/sheet"]).unwrap();
        let key = store.derive(domain::backup::KEY);
        assert_eq!(*key.expose(), array(vectors.get("key")));
        Self { vectors, files, key }
    }

    fn point(&self) -> Point {
        let key = SigningKey::from_seed(Secret::new(&array(&self.vectors.get("signer")["seed"])));
        let signed = Signed::<Point>::from_bytes(&self.files[&point_name(1)]).unwrap();
        let point = signed.open(key.public()).unwrap();
        assert_eq!(Signed::new(&key, &point).to_bytes(), self.files[&point_name(1)]);
        point
    }

    fn opened(&self, object: Object, sealed: &[u8]) -> Vec<u8> {
        let plain = object.open(&self.key, self.point().incarnation, sealed).unwrap();
        zstd::decode_all(plain.as_slice()).unwrap()
    }

    fn rows(&self, stream: Stream) -> Vec<Bytes> {
        let names = self.files.keys().filter_map(|name| read_segment_name(name));
        let covered = covering(names, stream, self.point().through(stream)).unwrap();
        let segment = |(from, through)| {
            let name = domain::backup::segment_name(stream, from, through);
            Segment::from_bytes(&self.opened(Object::Segment(stream, from), &self.files[&name])).unwrap()
        };
        covered.into_iter().flat_map(|places| segment(places).rows).collect()
    }
}

#[test]
fn every_message_has_the_same_bytes() {
    messages::agree(Folder::open().vectors.list("messages"));
}

#[test]
fn sheet_and_folder_give_the_chart_and_the_log_that_was_signed() {
    let folder = Folder::open();
    let (mut frontier, mut records) = (Frontier::default(), BTreeMap::<RecordId, Vec<Op>>::new());
    for row in folder.rows(Stream::Log) {
        let row = LogRow::from_bytes(&row.0).unwrap();
        let entry = EntryBytes::from_sent(&row.entry.0).unwrap();
        entry.ops.iter().for_each(|op| frontier.append(&op.header.0));
        for op in check_entry(&entry, None).unwrap().ops {
            records.entry(op.header.record).or_default().push(op);
        }
    }
    let mut trail = Frontier::default();
    for row in folder.rows(Stream::Trail) {
        trail.append(&TrailRow::from_bytes(&row.0).unwrap().entry.0);
    }
    let ends: Vec<_> = folder.point().logs.iter().map(|end| (end.size, end.root)).collect();
    assert_eq!(ends, [(frontier.size(), frontier.root()), (trail.size(), trail.root())]);
    for chart in folder.vectors.list("chart") {
        let record: RecordId = text(&chart["record"]).parse().unwrap();
        let kind = kinds::kind(text(&chart["kind"])).unwrap();
        assert_eq!(serde_json::to_value(fold(kind, record, &records[&record])).unwrap(), chart["state"]);
    }
    assert_eq!(folder.rows(Stream::Sessions).len(), 1);
}

#[test]
fn what_no_log_has_and_the_blob_open_as_what_they_are() {
    let folder = Folder::open();
    let point = folder.point();
    let local = Local::from_bytes(&folder.opened(Object::Local(1), &point.local.0)).unwrap();
    assert_eq!(local.tables["local"][0]["name"], Value::text("site"));
    let digest = array(folder.vectors.get("blob"));
    let sealed = &folder.files[&blob_name(&folder.key, &digest)];
    let blob = BlobRow::from_bytes(&folder.opened(Object::Blob(&digest), sealed)).unwrap();
    let Value::Bytes(content) = &blob.row["bytes"] else { panic!("{blob:?}") };
    assert_eq!(sha256(&[content]), digest);
}

#[test]
fn a_segment_that_is_not_the_one_does_not_open() {
    let folder = Folder::open();
    let own = folder.point().incarnation;
    let changed =
        folder.vectors.list("refused").iter().filter(|case| text(&case["file"]).starts_with("log/"));
    let mut refused = 0;
    for case in changed.filter(|case| !case["bytes"].is_null()) {
        let object = Object::Segment(Stream::Log, 2);
        assert!(object.open(&folder.key, own, &bytes(&case["bytes"])).is_err(), "{}", text(&case["why"]));
        refused += 1;
    }
    assert_eq!(refused, 3);
}
