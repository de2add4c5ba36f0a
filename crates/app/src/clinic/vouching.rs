//! A change of role of somebody who vouches for others: nobody may lose their place with it.

use domain::access::User;
use domain::record::Record;
use domain::{RecordId, Value};
use store::Draft;

use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::trust;

/// That nobody on whom the account of the person at the desk rests is `user`: if the one certified the other
/// anew, neither's certificates would lead to the root.
pub(crate) fn check_apart(seat: &Seat, user: RecordId) -> Result<(), Refusal> {
    let chain = trust::chain_of(seat.act, seat.sitting.user)?;
    let rests = chain.iter().filter_map(|signed| signed.claimed().ok()).any(|above| above.subject == user);
    if rests { Err(Refusal::new(Code::RestsOnThem)) } else { Ok(()) }
}

/// The steps by which the person at the desk vouches for everybody for whom `former` has vouched until now.
pub(crate) fn take_over(seat: &Seat, former: RecordId) -> Result<Vec<Draft>, Refusal> {
    let by = Some(seat.sitting.user);
    let mut drafts = Vec::new();
    for record in seat.act.records(User::KIND.name, None)? {
        let mut user: User = record.state.record();
        let is_theirs = trust::certifier(&user) == Some(former);
        if !is_theirs || trust::check_user(seat.act, seat.place, record.id, &user).is_err() {
            continue;
        }
        trust::certify_user(&seat.sitting.key, by, seat.place.clinic, record.id, &mut user, seat.moment.now);
        let certificate = user.certificate.map(|certificate| Value::text(&certificate.0));
        let patch = certificate.map(|certificate| ("certificate".to_owned(), certificate));
        drafts.push(Draft::patch::<User>(record.id, None, patch.into_iter().collect(), None));
    }
    Ok(drafts)
}
