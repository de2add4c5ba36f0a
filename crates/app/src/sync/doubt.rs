//! Whether an answer is the clinic's server's own word on this very question. Nothing weaker is taken: a server that does
//! not sign its answers has to be updated first, and one that did and does so no more is not believed.

use ::sync::{Unreached, pack};
use crypto::Signed;
use crypto::exchange::{Unanswered, answered};
use domain::sync::{Answer, PROTOCOL};
use domain::{Digest, Value};
use store::{Act, AuditNote, Outcome, Unbelieved};

use crate::findings;
use crate::place::Place;
use crate::refusal::{Code, Refusal};
use crate::sitting::{Moment, floor, unseated};
use crate::sync::{WRONG_VERSION, key};
use crate::world::World;

/// The protocol in which the server has answered.
const SPOKEN: &str = "protocol";

/// An answer on its way into the records.
pub(crate) struct Opened {
    pub(crate) answer: Answer,
    /// As it came, where a key signed it that is not known here: it counts if it brings that key itself, in the record
    /// of the server that an administrator signed.
    unproven: Option<Signed<Answer>>,
}

/// The answer to `question`, signed by the server whose key is known here or will be by what it brings.
///
/// # Errors
/// [`Code::ServerNotBelieved`] with the reason.
pub(crate) fn opened(act: &Act, question: &Digest, body: &[u8]) -> Result<Opened, Refusal> {
    let Ok(signed) = pack::unpack::<Signed<Answer>>(body) else {
        return Err(match pack::unpack::<Answer>(body) {
            Ok(_) => older(act)?,
            Err(unreached) => unreached.into(),
        });
    };
    match proven(act, question, &signed) {
        Ok(answer) => Ok(Opened { answer, unproven: None }),
        Err(refusal) if refusal == doubted(OTHER_KEY) => {
            let answer = signed.claimed().map_err(|_| Unreached::Answer)?;
            Ok(Opened { answer, unproven: Some(signed) })
        }
        Err(refusal) => Err(refusal),
    }
}

impl Opened {
    /// That the answer is the server's, once its pages were taken in.
    ///
    /// # Errors
    /// [`Code::ServerNotBelieved`]: nothing of it may stay.
    pub(crate) fn prove(&self, act: &Act, place: &Place, question: &Digest) -> Result<(), Refusal> {
        let Some(signed) = &self.unproven else { return Ok(()) };
        key::follow(act, place)?;
        proven(act, question, signed).map(drop)
    }

    /// What it means that its pages were not believed, where that says who sent it.
    pub(crate) fn stranger(&self) -> Option<Refusal> {
        self.unproven.as_ref().map(|_| doubted(OTHER_KEY))
    }
}

const OTHER_KEY: &str = "other_key";

fn proven(act: &Act, question: &Digest, signed: &Signed<Answer>) -> Result<Answer, Refusal> {
    let key = key::known(act)?;
    let answer = key.map_or(Err(Unanswered::OtherKey), |key| answered(&key, question, signed));
    answer.map_err(|fault| match fault {
        Unanswered::OtherKey => doubted(OTHER_KEY),
        Unanswered::NotSigned => doubted("not_signed"),
        Unanswered::OtherQuestion => doubted("other_question"),
        Unanswered::OtherVersion => Unreached::Answer.into(),
    })
}

/// What it means that the server refused or was not reached.
pub(crate) fn refused<T>(act: &Act, unreached: Unreached) -> Result<T, Refusal> {
    match unreached {
        Unreached::Refused(reason) if reason == WRONG_VERSION => Err(older(act)?),
        unreached => Err(unreached.into()),
    }
}

/// Notes that the server signs its answers: it may not do less from here on.
pub(crate) fn spoke(act: &Act) -> Result<(), Refusal> {
    Ok(act.set_local(SPOKEN, &PROTOCOL.to_be_bytes())?)
}

/// A server that speaks an older protocol: it was not updated yet, or it is not what it was.
fn older(act: &Act) -> Result<Refusal, Refusal> {
    Ok(match act.local(SPOKEN)? {
        Some(_) => doubted("older"),
        None => Refusal::new(Code::ServerRefused).with("reason", WRONG_VERSION),
    })
}

/// That a page is not believed.
pub(crate) fn unbelieved(fault: &Unbelieved) -> Refusal {
    let refusal = Refusal::new(Code::ServerNotBelieved).with("fault", fault.to_string());
    match fault.word() {
        Some(reason) => refusal.with("reason", reason),
        None => refusal,
    }
}

/// What the trail keeps of an answer that was not believed.
pub(crate) fn said(moment: &Moment, refusal: &Refusal) -> AuditNote {
    let reason = refusal.fields.get("reason").and_then(serde_json::Value::as_str);
    let detail = reason.map(|reason| Value::Map([("reason".to_owned(), Value::text(reason))].into()));
    AuditNote {
        outcome: Outcome::Refused(refusal.code.word().to_owned()),
        detail,
        ..unseated(moment, "doubt_server")
    }
}

/// Enters that the server limited the stamps of `ops` entries to times at which it cannot have had them. They keep their own,
/// and the rest of its answer was taken in; it is told until somebody has seen it.
pub(crate) fn dated_back(act: &Act, place: &Place, world: &mut World, ops: u64) -> Result<(), Refusal> {
    if ops == 0 {
        return Ok(());
    }
    let moment = Moment::at(floor(act, world.clock.now())?, &place.zone);
    act.audit(&place.key, &mut *world.entropy, said(&moment, &doubted(findings::DATED_BACK)))?;
    findings::dated_back(act, &moment, ops)
}

/// That the server is not believed, for a reason in one word.
pub(crate) fn doubted(reason: &str) -> Refusal {
    Refusal::new(Code::ServerNotBelieved).with("reason", reason)
}
