//! Which of the messages between a workstation and the server are signed.

use domain::sync::{Deposit, Question, Receipt, Ticket};

use crate::signed::Signs;

impl Signs for Question {
    const SORT: &'static str = "clinicdesk/question/1";
}

impl Signs for Deposit {
    const SORT: &'static str = "clinicdesk/deposit/1";
}

impl Signs for Receipt {
    const SORT: &'static str = "clinicdesk/receipt/1";
}

impl Signs for Ticket {
    const SORT: &'static str = "clinicdesk/ticket/1";
}
