//! Enrolments in columns of their own: who studies where is asked of all people at once.

use domain::RecordId;
use domain::enrolment::{Enrolment, EnrolmentStatus};
use domain::record::{Kind, Record};

use crate::StoreError;
use crate::act::Act;
use crate::projection::{Projection, Shown};
use crate::row::{Col, blob};
use crate::table::{Row, Table};

/// The table of enrolments.
pub(crate) struct Enrolments;

impl Projection for Enrolments {
    fn tables(&self) -> &'static [Table] {
        &[Table {
            name: "enrolment",
            key: "id",
            columns: &["patient", "school_year", "since", "term", "programme", "campus", "status"],
        }]
    }

    fn shows(&self, kind: &Kind) -> bool {
        kind.name == Enrolment::KIND.name
    }

    fn rows(&self, shown: &Shown) -> Result<Vec<Vec<Row>>, StoreError> {
        let Some(patient) = shown.patient.filter(|_| shown.state.voided.is_none()) else {
            return Ok(vec![Vec::new()]);
        };
        let enrolment: Enrolment = shown.state.record();
        let (school_year, since, term) = enrolment.order();
        Ok(vec![vec![vec![
            blob(patient),
            school_year.to_owned().into(),
            since.map(|since| since.to_string()).unwrap_or_default().into(),
            term.to_owned().into(),
            enrolment.programme.into(),
            enrolment.campus.into(),
            enrolment.status.map(|status| status.word().to_owned()).into(),
        ]]])
    }
}

/// Somebody's latest enrolment, where it says that they study here.
#[derive(Clone, Debug, PartialEq)]
pub struct Enrolled {
    /// The enrolment.
    pub id: RecordId,
    /// Who.
    pub patient: RecordId,
    /// What it says of year, term, first day, programme and campus.
    pub enrolment: Enrolment,
    /// Whether a row of the list in hand is about them.
    pub is_on_list: bool,
}

impl Act<'_> {
    /// Of everybody whose latest enrolment ([`Enrolment::order`]) says that they study here, that enrolment, in the order of
    /// its id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn enrolled(&self) -> Result<Vec<Enrolled>, StoreError> {
        self.reads(Enrolment::KIND.name);
        let mut statement = self.transaction.prepare_cached(
            "select id, patient, school_year, since, term, programme, campus,
                    exists (select 1 from list_row where list_row.patient = latest.patient)
             from (select *, row_number() over
                       (partition by patient order by school_year desc, since desc, term desc, id) as place
                   from enrolment) as latest
             where place = 1 and status = ?1 and exists (select 1 from patient where patient.id = latest.patient)
             order by id",
        )?;
        let enrolled = statement.query_map([EnrolmentStatus::Enrolled.word()], |row| {
            let said = |text: String| Some(text).filter(|text| !text.is_empty());
            Ok(Enrolled {
                id: row.get::<_, Col<RecordId>>(0)?.0,
                patient: row.get::<_, Col<RecordId>>(1)?.0,
                enrolment: Enrolment {
                    school_year: said(row.get(2)?),
                    from: row.get::<_, String>(3)?.parse().ok(),
                    term: said(row.get(4)?),
                    programme: row.get(5)?,
                    campus: row.get(6)?,
                    status: Some(EnrolmentStatus::Enrolled),
                    ..Enrolment::default()
                },
                is_on_list: row.get(7)?,
            })
        })?;
        Ok(enrolled.collect::<Result<_, _>>()?)
    }
}
