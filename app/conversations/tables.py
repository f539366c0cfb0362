"""The tables of this house (docs/protocol.md, 15).

Days and weeks count from 1970-01-01 UTC, moments are whole unix seconds. A message carries no
time; moments exist only while somebody waits (tickets, meetings) and on rows that expire.

SQLite: a table with a rowid keeps its rows in the order in which they were written, which tells
who came when. So every table is clustered by its random key, but `messages`: there clustering
costs four times the time, and the daily rewrite (purge.py) puts the order right instead.
"""

import json
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    event,
    false,
)

metadata = MetaData()


class TextList(TypeDecorator[tuple[str, ...]]):
    """A short tuple of strings, as compact JSON text on both engines."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(list(value), separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


def _clustered(name: str, *parts: Column[object] | Index) -> Table:
    return Table(name, metadata, *parts, sqlite_with_rowid=False)


rooms = _clustered(
    "rooms",
    Column("id", LargeBinary, primary_key=True),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("wrap", LargeBinary),
    Column("state", Text, nullable=False),
    Column("ke", Integer, nullable=False),
    Column("needs_rekey", Boolean, nullable=False),
    Column("opened_day", Integer, nullable=False),
    Column("closed_day", Integer),
    Column("expires_day", Integer, nullable=False),
    Index("rooms_expires_day", "expires_day"),
)
"""`wrap` is NULL and `state` "deleted" on a tombstone; `closed_day` is the day of closing or deleting."""

seats = _clustered(
    "seats",
    Column("room", LargeBinary, primary_key=True),
    Column("seat", LargeBinary, primary_key=True),
    Column("kid", LargeBinary),
    Column("open", Boolean, nullable=False),
    Column("alone_since_n", Integer),
    Index("seats_kid", "kid", "open"),
)
"""The client's row has no kid. `alone_since_n`, on a staff row: the client's n at the claim, for as
long as the client has not been here since; then NULL. It decides about sealing back."""

seals = _clustered(
    "seals",
    Column("room", LargeBinary, primary_key=True),
    Column("kid", LargeBinary, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("ke", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

meetings = _clustered(
    "meetings",
    Column("room", LargeBinary, primary_key=True),
    Column("kid", LargeBinary, nullable=False),
    Column("claimed_at", BigInteger, nullable=False),
    Column("deadline", BigInteger, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("resumable_until", BigInteger),
    Index("meetings_deadline", "deadline"),
    Index("meetings_kid", "kid"),
)
"""`deadline`: for the client's answer; after acceptance for the peer's upload, which may be made
up for until `resumable_until`."""

tickets = _clustered(
    "tickets",
    Column("room", LargeBinary, primary_key=True),
    Column("language", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("back", LargeBinary),
    Column("note", Boolean, nullable=False),
    Column("topics", TextList, nullable=False),
    Column("lived", TextList, nullable=False),
    Column("refused", TextList, nullable=False),
    Column("later", TextList, nullable=False),
    Column("peer_epoch", BigInteger, nullable=False),
    Column("waiting_since", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Index("tickets_line", "language", "urgent", "waiting_since"),
    Index("tickets_epoch", "peer_epoch"),
)
"""`refused` and `later` hold kids as base64url: those the client refused, and those whose meeting ran out."""

availability = _clustered(
    "availability",
    Column("kid", LargeBinary, primary_key=True),
    Column("state", Text, nullable=False),
    Column("room_limit", Integer, nullable=False),
    Column("buffer_until", BigInteger),
    Column("seen_at", BigInteger, nullable=False),
    Column("met_quarter", BigInteger),
)
"""What a peer said of the present shift; gone with it, and never of another one.

`kid`: whose it is. `state`: on, finishing, break or off; only who is on is offered anybody. `room_limit`: how
many rooms at once, so that any node can tell who is free. `buffer_until`: the end of the quiet minutes after
a room. `seen_at`: the last sign of the page, since nobody is offered to a page that is shut. `met_quarter`:
in quarter hours since 1970, when the last talk began, so that among equals it goes round; a moment would
say of an open room when its talk began.
"""

offers = _clustered(
    "offers",
    Column("room", LargeBinary, primary_key=True),
    Column("kid", LargeBinary, nullable=False),
    Column("deadline", BigInteger, nullable=False),
    Index("offers_kid", "kid", unique=True),
)
"""Who is shown to whom now; nothing is reserved by it. `room`: who waits, at one peer at a time. `kid`: that
peer, with one offer at a time. `deadline`: when it moves on."""

passes = _clustered(
    "passes",
    Column("room", LargeBinary, primary_key=True),
    Column("kid", LargeBinary, primary_key=True),
    Column("until", BigInteger, nullable=False),
    Index("passes_until", "until"),
)
"""Whom not to offer to whom for a few minutes. `room`, `kid`: which two. `until`: when it is forgotten; one
that passed and one that ran out look alike here, and neither is counted."""

messages = Table(
    "messages",
    metadata,
    Column("room", LargeBinary, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("seat", LargeBinary, nullable=False),
    Column("ke", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("com", LargeBinary, nullable=False),
    Column("ct", LargeBinary),
    Column("head", LargeBinary),
    Column("counts", LargeBinary),
    Index("messages_room_seq", "room", "seq", unique=True),
)
"""Append-only by trigger. `ct` is NULL once taken back or deleted. What the room had come to with this
message: `head`, the chain's head after it, and `counts`, each seat that had spoken (16 bytes) with its own
count (u32). Both are NULL in messages from before revision 0008, but for the last of each room."""

directories = Table(
    "directories",
    metadata,
    Column("serial", BigInteger, primary_key=True, autoincrement=False),
    Column("payload", LargeBinary, nullable=False),
    Column("sigs", Text, nullable=False),
    Column("replaced_day", Integer),
)

peer_epochs = _clustered(
    "peer_epochs",
    Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    Column("kid", LargeBinary, primary_key=True),
    Index("peer_epochs_kid", "kid"),
)
"""Who holds the private half of which peer-team key."""

samples = _clustered(
    "samples",
    Column("id", LargeBinary, primary_key=True),
    Column("language", Text, nullable=False),
    Column("quarter", BigInteger, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
"""Waits that ended well: `quarter` in quarter hours since 1970. Nothing here leads to a room."""

counters = _clustered(
    "counters",
    Column("week", Integer, primary_key=True, autoincrement=False),
    Column("language", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)

spent_salts = _clustered(
    "spent_salts",
    Column("salt", LargeBinary, primary_key=True),
    Column("expires", BigInteger, nullable=False),
)

flags = _clustered(
    "flags",
    Column("id", LargeBinary, primary_key=True),
    Column("room", LargeBinary, nullable=False),
    Column("seat", LargeBinary, nullable=False),
    Column("kid", LargeBinary),
    Column("category", Text, nullable=False),
    Column("opened_day", Integer, nullable=False),
    Column("team_kid", LargeBinary, nullable=False),
    Column("team_epoch", BigInteger, nullable=False),
    Column("lease_kid", LargeBinary),
    Column("lease_until", BigInteger),
    Column("decided_day", Integer),
    Column("act", Text),
    Column("reason", Text),
    Column("note", LargeBinary),
    Column("sealed", LargeBinary, nullable=False),
    Column("more", Text, nullable=False, server_default="none"),
    Column("asked_day", Integer),
    Column("more_kid", LargeBinary),
    Column("more_epoch", BigInteger),
    Column("more_sealed", LargeBinary),
    Column("kept_for", LargeBinary),
    Column("kept_day", Integer),
    Column("held", Boolean, nullable=False, server_default=false()),
    Column("reported_day", Integer),
    Index("flags_room", "room", "seat"),
    Index("flags_kid", "kid"),
    Index("flags_decided_day", "decided_day"),
    Index("flags_lease_kid", "lease_kid", unique=True),
)
"""`seat` and `kid`: who flagged; a client has no kid. `team_kid`, `team_epoch`: the moderation key it is
sealed to. A moderator has at most one lease, and a decided flag none. `more`: whether the reporter was asked
for more words (`asked_day`), and what came of it; `more_kid`, `more_epoch`: the key those are sealed to.
`kept_for`: whose the flag is again since `kept_day`, because an answer to them came. `held`: no purge takes
it. `reported_day`: when two agreed to report it to those whom the law names. `sealed`, `note` and
`more_sealed` hold nothing the server can read."""

flag_notes = _clustered(
    "flag_notes",
    Column("flag", LargeBinary, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("by_kid", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("team_kid", LargeBinary, nullable=False),
    Column("team_epoch", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""Lines that the moderation team left on an undecided flag, counted from 1: with a `kind` "hand-on", "asked"
or "answered". `team_kid`, `team_epoch`: the moderation key that `sealed` is for."""

proposals = _clustered(
    "proposals",
    Column("flag", LargeBinary, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("by_kid", LargeBinary, nullable=False),
    Column("to_kid", LargeBinary, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", LargeBinary),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("day", Integer, nullable=False),
    Column("shown", LargeBinary),
    Index("proposals_to_kid", "to_kid"),
    Index("proposals_by_kid", "by_kid"),
    Index("proposals_day", "day"),
)
"""What one moderator would do about a flag and may only do with a second person: `to_kid`, who is not told
which `act` before their own answer. `n`: the number of the proposer's line in `flag_notes`. `day`: of its
present `state`. `shown`: the flag, sealed to that one person; it goes a week later."""

evidence = _clustered(
    "evidence",
    Column("room", LargeBinary, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("seat", LargeBinary, nullable=False),
    Column("ke", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("com", LargeBinary, nullable=False),
)
"""The headers of a flagged room, so that its flags can be checked whatever becomes of the room.
Append-only by trigger until the room's last flag is gone."""

evidence_seats = _clustered(
    "evidence_seats",
    Column("room", LargeBinary, primary_key=True),
    Column("seat", LargeBinary, primary_key=True),
    Column("kid", LargeBinary),
)
"""Whose seats those are. Append-only like `evidence`."""

trail = _clustered(
    "trail",
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, nullable=False),
    Column("kid", LargeBinary, nullable=False),
    Column("act", Text, nullable=False),
    Column("flag", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Index("trail_flag", "flag"),
)
"""What moderators did, counted from 1; each `head` is a hash over the one before. Append-only for ever."""

notes = _clustered(
    "notes",
    Column("room", LargeBinary, primary_key=True),
    Column("kid", LargeBinary, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)
"""A peer's private notes on a room where they sit; they go with the seat."""

asks = _clustered(
    "asks",
    Column("room", LargeBinary, primary_key=True),
    Column("kid", LargeBinary, primary_key=True),
    Column("by_kid", LargeBinary, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("answer", Text),
    Column("until", BigInteger, nullable=False),
    Index("asks_kid", "kid"),
)
"""Whom a peer would bring into a talk. `kid`: that person; `by_kid`: who asks; `purpose`: handover or
company. `answer`: NULL, then "willing", or "refused" by the client, which is remembered until the talk
ends, so that nobody is asked about twice. `until`: when the ask is over, in unix seconds."""

lines = _clustered(
    "lines",
    Column("id", LargeBinary, primary_key=True),
    Column("room", LargeBinary, nullable=False),
    Column("by_kid", LargeBinary, nullable=False),
    Column("to_kid", LargeBinary, nullable=False),
    Column("day", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("lines_room", "room"),
    Index("lines_by", "by_kid"),
    Index("lines_to", "to_kid"),
)
"""Own lines that a peer (`by_kid`) showed to one colleague (`to_kid`), whose key alone opens them. They go
with the room's words, or two weeks after `day`."""

service = _clustered(
    "service",
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("hours", Text),
    Column("keep_days", Integer),
    Column("hold", Boolean, nullable=False),
)
"""What a coordinator set: one row, none before the first look. NULL: as the operator set it. `hours` is JSON,
"null" for always open; `hold`: the daily purge lets rooms and flags be."""

pauses = _clustered(
    "pauses",
    Column("kid", LargeBinary, primary_key=True),
    Column("id", LargeBinary, nullable=False),
    Column("flag", LargeBinary, nullable=False),
    Column("by_kid", LargeBinary, nullable=False),
    Column("second_kid", LargeBinary),
    Column("reason", Text, nullable=False),
    Column("since_day", Integer, nullable=False),
    Column("until", BigInteger),
    Column("appeal_to", LargeBinary),
    Column("appeal_sealed", LargeBinary),
    Column("appeal_day", Integer),
    Column("appeal_answer", Text),
)
"""Peers who take no new talks; the row goes with the end of the pause. `flag`: what it is about. `by_kid`,
`second_kid`: who asked for it, and who agreed. `until`: NULL where only somebody ends it. `appeal_…`: the
peer's own word to somebody new, sealed to that person; the answer is NULL or "upheld"."""

house = Table(
    "house",
    metadata,
    Column("store", LargeBinary, nullable=False),
    Column("purged_day", Integer, nullable=False, server_default="0"),
)
"""One row: the id of this database's life, and the day of its last purge. Locked shared by whoever relies
on the directory, exclusively by whoever replaces it."""

_SQLITE: Final = (
    # INSERT OR REPLACE would drop a row without asking the trigger on DELETE.
    """CREATE TRIGGER messages_no_replace BEFORE INSERT ON messages
WHEN EXISTS (SELECT 1 FROM messages WHERE room = NEW.room AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'messages are append-only'); END""",
    """CREATE TRIGGER messages_no_update BEFORE UPDATE ON messages
WHEN NEW.ct IS NOT NULL OR NEW.rowid IS NOT OLD.rowid
    OR (NEW.room, NEW.seq, NEW.seat, NEW.ke, NEW.n, NEW.com, NEW.head, NEW.counts)
    IS NOT (OLD.room, OLD.seq, OLD.seat, OLD.ke, OLD.n, OLD.com, OLD.head, OLD.counts)
BEGIN SELECT RAISE(ABORT, 'messages are append-only'); END""",
    """CREATE TRIGGER messages_no_delete BEFORE DELETE ON messages
WHEN EXISTS (SELECT 1 FROM rooms WHERE id = OLD.room AND state <> 'deleted')
BEGIN SELECT RAISE(ABORT, 'messages are append-only'); END""",
)

_POSTGRESQL: Final = (
    """CREATE FUNCTION messages_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.ct IS NULL AND (NEW.room, NEW.seq, NEW.seat, NEW.ke, NEW.n, NEW.com, NEW.head, NEW.counts)
            IS NOT DISTINCT FROM
            (OLD.room, OLD.seq, OLD.seat, OLD.ke, OLD.n, OLD.com, OLD.head, OLD.counts) THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM rooms WHERE id = OLD.room AND state <> 'deleted') THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'messages are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$""",
    """CREATE TRIGGER messages_no_change BEFORE UPDATE OR DELETE ON messages
FOR EACH ROW EXECUTE FUNCTION messages_append_only()""",
    """CREATE TRIGGER messages_no_truncate BEFORE TRUNCATE ON messages
FOR EACH STATEMENT EXECUTE FUNCTION messages_append_only()""",
)

_SQLITE_REVIEW: Final = (
    """CREATE TRIGGER evidence_no_replace BEFORE INSERT ON evidence
WHEN EXISTS (SELECT 1 FROM evidence WHERE room = NEW.room AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END""",
    """CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END""",
    """CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence
WHEN EXISTS (SELECT 1 FROM flags WHERE room = OLD.room)
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END""",
    """CREATE TRIGGER evidence_seats_no_replace BEFORE INSERT ON evidence_seats
WHEN EXISTS (SELECT 1 FROM evidence_seats WHERE room = NEW.room AND seat = NEW.seat)
BEGIN SELECT RAISE(ABORT, 'evidence_seats is append-only'); END""",
    """CREATE TRIGGER evidence_seats_no_update BEFORE UPDATE ON evidence_seats
BEGIN SELECT RAISE(ABORT, 'evidence_seats is append-only'); END""",
    """CREATE TRIGGER evidence_seats_no_delete BEFORE DELETE ON evidence_seats
WHEN EXISTS (SELECT 1 FROM flags WHERE room = OLD.room)
BEGIN SELECT RAISE(ABORT, 'evidence_seats is append-only'); END""",
    """CREATE TRIGGER trail_no_replace BEFORE INSERT ON trail
WHEN EXISTS (SELECT 1 FROM trail WHERE n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END""",
    """CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail
BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END""",
    """CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail
BEGIN SELECT RAISE(ABORT, 'trail is append-only'); END""",
)

_POSTGRESQL_REVIEW: Final = (
    """CREATE FUNCTION evidence_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM flags WHERE room = OLD.room) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$""",
    """CREATE FUNCTION trail_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'trail is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$""",
    """CREATE TRIGGER evidence_no_change BEFORE UPDATE OR DELETE ON evidence
FOR EACH ROW EXECUTE FUNCTION evidence_append_only()""",
    """CREATE TRIGGER evidence_no_truncate BEFORE TRUNCATE ON evidence
FOR EACH STATEMENT EXECUTE FUNCTION evidence_append_only()""",
    """CREATE TRIGGER evidence_seats_no_change BEFORE UPDATE OR DELETE ON evidence_seats
FOR EACH ROW EXECUTE FUNCTION evidence_append_only()""",
    """CREATE TRIGGER evidence_seats_no_truncate BEFORE TRUNCATE ON evidence_seats
FOR EACH STATEMENT EXECUTE FUNCTION evidence_append_only()""",
    """CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON trail
FOR EACH ROW EXECUTE FUNCTION trail_append_only()""",
    """CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON trail
FOR EACH STATEMENT EXECUTE FUNCTION trail_append_only()""",
)

_NEW_LIFE: Final = {
    "sqlite": "INSERT INTO house (store) VALUES (randomblob(16))",
    "postgresql": "INSERT INTO house (store) VALUES (uuid_send(gen_random_uuid()))",
}


def triggers(dialect: str) -> tuple[str, ...]:
    """The statements that make `messages` append-only on "sqlite" or "postgresql".

    UPDATE passes only where it empties `ct` and changes nothing else; DELETE only where the
    row's room is deleted or gone. Everything else fails as an integrity error.
    """
    return {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[dialect]


def drop_triggers(dialect: str) -> tuple[str, ...]:
    """The statements that undo `triggers`, for the way down of a migration."""
    if dialect == "sqlite":
        return tuple(f"DROP TRIGGER messages_{name}" for name in ("no_replace", "no_update", "no_delete"))
    return (
        "DROP TRIGGER messages_no_truncate ON messages",
        "DROP TRIGGER messages_no_change ON messages",
        "DROP FUNCTION messages_append_only()",
    )


def review_triggers(dialect: str) -> tuple[str, ...]:
    """The statements that make `evidence`, `evidence_seats` and `trail` append-only.

    Evidence may be deleted once its room has no flag; the trail never. They go with their tables;
    on PostgreSQL `drop_review_functions` takes what is left.
    """
    return {"sqlite": _SQLITE_REVIEW, "postgresql": _POSTGRESQL_REVIEW}[dialect]


def drop_review_functions(dialect: str) -> tuple[str, ...]:
    """What is left to drop once the tables of `review_triggers` are gone."""
    if dialect == "sqlite":
        return ()
    return ("DROP FUNCTION evidence_append_only()", "DROP FUNCTION trail_append_only()")


def new_life(dialect: str) -> str:
    """The statement that gives an empty store its random id."""
    return _NEW_LIFE[dialect]


@event.listens_for(metadata, "after_create")
def _finish(_: MetaData, connection: Connection, **__: object) -> None:
    dialect = connection.dialect.name
    for statement in (*triggers(dialect), *review_triggers(dialect), new_life(dialect)):
        connection.exec_driver_sql(statement)
