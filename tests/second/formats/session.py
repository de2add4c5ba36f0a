"""Who sat where: docs/formats/session.md."""

from . import signed
from .wire import Message, each, u64, uid, word

Reach = Message(scope=uid, size=u64)
Session = Message(
    v=u64, clinic=uid, incarnation=uid, number=u64, session=uid, user=uid, turn=word("open", "end"), logs=each(Reach),
)
SORT = "clinicdesk/session/1"


def claimed(encoded):
    """The message of a signed one, whoever signed it."""
    return Session.decode(signed.Parts.decode(encoded)["message"])


def reach(said, scope):
    return next((log["size"] for log in said["logs"] if log["scope"] == scope), 0)


def before(told, scope, first):
    """Of signed messages with the scope to whose log each was told, the one that speaks of the op `first`."""
    def place(item):
        to, encoded = item
        said = claimed(encoded)
        return to, reach(said, to), said["number"]

    def is_before(item):
        return reach(claimed(item[1]), scope) < first

    here = [item for item in told if item[0] == scope and is_before(item)]
    if here:
        return max(here, key=place)[1]
    return next((encoded for to, encoded in sorted(told, key=place)[:1] if is_before((to, encoded))), None)


def seated(told, transaction, author):
    """Whether the author of a transaction sat where it was written; none where nothing is asked."""
    encoded = before(told, transaction["scope"], transaction["first"])
    if encoded is None:
        return None
    try:
        said = signed.open_signed(author, SORT, Session, encoded)
    except signed.Refused:
        return False
    theirs = [said["incarnation"], said["session"], said["user"]]
    return said["turn"] == "open" and theirs == [transaction[key] for key in ("incarnation", "session", "author")]
