"""What a workstation and the server say to each other: docs/formats/sync.md."""

from .wire import Maybe, Message, data, digest, each, flag, raw, text, u64, uid, word

ruling = word("accepted", "accepted-with-conflict", "quarantined")

Push = Message(**{"scope": uid, "from": u64, "entries": each(data), "head": data})
Cursor = Message(scope=uid, position=u64)
AuditPush = Message(**{"from": u64, "entries": each(data), "head": data})
Question = Message(
    v=u64, clinic=uid, workstation=uid, incarnation=uid, schema=u64, epoch=u64, pushes=each(Push),
    cursors=each(Cursor), audit=Maybe(AuditPush), budget=u64,
)
Received = Message(scope=uid, through=u64, root=digest)
Judged = Message(incarnation=uid, scope=uid, first=u64, verdict=ruling, fault=Maybe(text))
Fed = Message(position=u64, entry=data, verdict=ruling, fault=Maybe(text), clamp=Maybe(u64))
Page = Message(scope=uid, entries=each(Fed), heads=each(data), next=u64, more=flag)
Present = Message(incarnation=uid, chain=each(data), ticket=Maybe(data))
TrailFork = Message(incarnation=uid, seq=u64, known=data, told=data)
Answer = Message(
    v=u64, epoch=u64, now=u64, received=each(Received), verdicts=each(Judged), pages=each(Page),
    present=each(Present), audit=u64, receipt=Maybe(data), forks=Maybe(each(TrailFork)),
)
Receipt = Message(v=u64, clinic=uid, incarnation=uid, received=each(Received), now=u64)
Introduction = Message(
    v=u64, clinic=uid, root=raw(32), clinic_scope=uid, workstation=uid, site_scope=uid, chain=each(data),
    claim=Maybe(digest), ticket=Maybe(data),
)
Ticket = Message(
    v=u64, clinic=uid, root=raw(32), clinic_scope=uid, site=uid, site_scope=uid, workstation=uid,
    seed=raw(32), clinic_key=data, by=uid, until=u64,
)
Welcome = Message(v=u64, clinic=uid, server=raw(32), epoch=u64, now=u64)
Leave = Message(ticket=data, chain=each(data))
Deposit = Message(v=u64, clinic=uid, workstation=uid, incarnation=uid, leave=Leave)

#: The sorts under which messages are signed.
SORTS = {
    "Question": "clinicdesk/question/1", "Deposit": "clinicdesk/deposit/1", "Receipt": "clinicdesk/receipt/1",
    "Ticket": "clinicdesk/ticket/1",
}
