//! What belongs to this workstation alone: its own secrets, marks, and typing that is no record yet.

use crypto::certify::{KeyCertificate, Subject};
use domain::wire::Message;
use domain::{Incarnation, RecordId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::StoreError;
use crate::act::Act;
use crate::row::Col;

/// Typing as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scratch {
    /// The patient whom it concerns; of a registration, whoever types it.
    pub patient: RecordId,
    /// What it will become: a kind of record and, where there is one, its id.
    pub subject: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// The text.
    pub text: String,
}

/// Keeps the local value `name`.
pub(crate) fn set(connection: &Connection, name: &str, value: &[u8]) -> Result<(), StoreError> {
    connection
        .prepare_cached("insert or replace into local (name, value) values (?1, ?2)")?
        .execute((name, value))?;
    Ok(())
}

/// The record of the workstation whose installation `incarnation` is: this one, or one that was introduced.
pub(crate) fn workstation(
    connection: &Connection,
    incarnation: Incarnation,
) -> Result<Option<RecordId>, StoreError> {
    let read = |name: &str| -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = connection.prepare_cached("select value from local where name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    };
    if read("incarnation")?.as_deref() == Some(incarnation.0.as_bytes().as_slice()) {
        return Ok(read("workstation")?.and_then(|id| Uuid::from_slice(&id).ok()).map(RecordId));
    }
    let mut statement = connection.prepare_cached("select certificate from peer where incarnation = ?1")?;
    let certificate: Option<Vec<u8>> =
        statement.query_row([Col(incarnation)], |row| row.get(0)).optional()?;
    let certificate = certificate.and_then(|bytes| KeyCertificate::from_bytes(&bytes).ok());
    Ok(certificate.filter(|said| said.kind == Subject::Workstation).map(|said| said.subject))
}

impl Act<'_> {
    /// The local value `name`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn local(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.transaction.prepare_cached("select value from local where name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Keeps the local value `name`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_local(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        set(&self.transaction, name, value)
    }

    /// Forgets the local value `name`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_local(&self, name: &str) -> Result<(), StoreError> {
        self.transaction.prepare_cached("delete from local where name = ?1")?.execute([name])?;
        Ok(())
    }

    /// Keeps what `author` is typing about `subject`; empty text forgets it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn keep_scratch(&self, author: RecordId, scratch: &Scratch) -> Result<(), StoreError> {
        if scratch.text.is_empty() {
            return self.forget_scratch(author, scratch.patient, &scratch.subject);
        }
        self.transaction
            .prepare_cached("insert or replace into scratch (patient, subject, author, at, text) values (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![Col(scratch.patient), scratch.subject, Col(author), scratch.at, scratch.text])?;
        Ok(())
    }

    /// Forgets what `author` typed about `subject`, once it is a record.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_scratch(
        &self,
        author: RecordId,
        patient: RecordId,
        subject: &str,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("delete from scratch where patient = ?1 and subject = ?2 and author = ?3")?
            .execute(params![Col(patient), subject, Col(author)])?;
        Ok(())
    }

    /// What `author` left unfinished, latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn scratches(&self, author: RecordId) -> Result<Vec<Scratch>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select patient, subject, at, text from scratch where author = ?1 order by at desc, subject",
        )?;
        let scratches = statement.query_map([Col(author)], |row| {
            Ok(Scratch {
                patient: row.get::<_, Col<RecordId>>(0)?.0,
                subject: row.get(1)?,
                at: row.get(2)?,
                text: row.get(3)?,
            })
        })?;
        Ok(scratches.collect::<Result<_, _>>()?)
    }

    /// Remembers that `user` opened the chart of `patient`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn opened(&self, user: RecordId, patient: RecordId, at: i64) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("insert or replace into opened (user, patient, at) values (?1, ?2, ?3)")?
            .execute(params![Col(user), Col(patient), at])?;
        Ok(())
    }

    /// The charts that `user` opened last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn recent(&self, user: RecordId, limit: u32) -> Result<Vec<RecordId>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("select patient from opened where user = ?1 order by at desc limit ?2")?;
        let people = statement.query_map(params![Col(user), limit], |row| row.get::<_, Col<RecordId>>(0))?;
        Ok(people.map(|column| column.map(|column| column.0)).collect::<Result<_, _>>()?)
    }

    /// Keeps the certificate that vouches for another workstation's key.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn keep_peer(&self, incarnation: Incarnation, certificate: &[u8]) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("insert or ignore into peer (incarnation, certificate) values (?1, ?2)")?
            .execute((Col(incarnation), certificate))?;
        Ok(())
    }

    /// The certificate that vouches for another workstation's key.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn peer(&self, incarnation: Incarnation) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("select certificate from peer where incarnation = ?1")?;
        Ok(statement.query_row([Col(incarnation)], |row| row.get(0)).optional()?)
    }

    /// The certificates that vouch for the keys of all other workstations.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn peers(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("select certificate from peer order by incarnation")?;
        let certificates = statement.query_map([], |row| row.get(0))?;
        Ok(certificates.collect::<Result<_, _>>()?)
    }
}
