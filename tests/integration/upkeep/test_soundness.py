"""`beside check` finds what is wrong in the stores: each damage, done to a sound village and undone."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import make_url, text

from app.conversations import soundness as conversations
from app.identity import soundness as identity
from app.kit.database import Database, WriteTx
from tests.canary.test_lengths import LENGTHS
from tests.integration.upkeep.village import Village

TALK = "(SELECT id FROM rooms WHERE state = 'talking')"
WAITS = "(SELECT min(id) FROM rooms WHERE state = 'waiting')"
MEETS = "(SELECT id FROM rooms WHERE state = 'meeting')"
RESTS = "(SELECT id FROM rooms WHERE state = 'resting')"
GONE = "(SELECT id FROM rooms WHERE state = 'deleted' AND length(secret_hash) > 0)"
BURIED = "(SELECT id FROM rooms WHERE state = 'deleted' AND length(secret_hash) = 0)"
STAFF = "kid IS NOT NULL"
LAST = f"(SELECT max(seq) FROM messages WHERE room = {TALK})"

DAMAGE = {
    "a message missing in the middle": (f"DELETE FROM messages WHERE room = {TALK} AND seq = 2", "gap"),
    "a message missing at the beginning": (f"DELETE FROM messages WHERE room = {TALK} AND seq = 1", "gap"),
    "a number skipped": (f"UPDATE messages SET seq = seq + 1 WHERE room = {TALK} AND seq = {LAST}", "gap"),
    "another commitment": (f"UPDATE messages SET com = :bytes32 WHERE room = {TALK} AND seq = 1", "head"),
    "another head": (f"UPDATE messages SET head = :bytes32 WHERE room = {TALK} AND seq = {LAST}", "head"),
    "no head": (f"UPDATE messages SET head = NULL WHERE room = {TALK} AND seq = {LAST}", "head"),
    "another seat": (
        f"UPDATE messages SET seat = (SELECT seat FROM seats WHERE room = {TALK} AND {STAFF})"
        f" WHERE room = {TALK} AND seq = 1",
        "head",
    ),
    "a sender's count": (f"UPDATE messages SET n = n + 1 WHERE room = {TALK} AND seq = 1", "count"),
    "a seat's count": (
        f"UPDATE messages SET counts = (SELECT counts FROM messages WHERE room = {TALK} AND seq = 1)"
        f" WHERE room = {TALK} AND seq = {LAST}",
        "count",
    ),
    "a count of somebody who has no seat": (
        f"UPDATE messages SET counts = :bytes20 WHERE room = {TALK} AND seq = {LAST}",
        "count",
    ),
    "a message of a later epoch": (f"UPDATE messages SET ke = 2 WHERE room = {TALK} AND seq = 1", "epoch"),
    "a seat missing": (f"DELETE FROM seats WHERE room = {TALK} AND {STAFF}", "lack a seat"),
    "the client's seat missing": (f"DELETE FROM seats WHERE room = {WAITS}", "lack a seat"),
    "a seat of another key": (f"UPDATE seats SET kid = :bytes16 WHERE room = {TALK} AND {STAFF}", "owner's"),
    "a room missing": ("DELETE FROM rooms WHERE state = 'talking'", "rows of messages without a room"),
    "a seal of no room": (
        f"UPDATE seals SET room = :bytes16 WHERE room = {TALK}",
        "rows of seals without a room",
    ),
    "a ticket of no room": ("UPDATE tickets SET room = :bytes16 WHERE room = " + WAITS, "rows of tickets"),
    "a meeting of no room": ("UPDATE meetings SET room = :bytes16", "rows of meetings without a room"),
    "an offer of no room": ("UPDATE offers SET room = :bytes16", "rows of offers without a room"),
    "a pass of no room": ("UPDATE passes SET room = :bytes16", "rows of passes without a room"),
    "notes of no room": ("UPDATE notes SET room = :bytes16", "rows of notes without a room"),
    "an ask of no room": ("UPDATE asks SET room = :bytes16", "rows of asks without a room"),
    "lines of no room": ("UPDATE lines SET room = :bytes16", "rows of lines without a room"),
    "a flag missing": ("DELETE FROM flags", "rows of evidence without a flag"),
    "a note on no flag": ("UPDATE flag_notes SET flag = :bytes16", "rows of flag_notes without a flag"),
    "a proposal on no flag": ("UPDATE proposals SET flag = :bytes16", "rows of proposals without a flag"),
    "a ticket of a room that rests": (
        f"UPDATE tickets SET room = {RESTS} WHERE room = {WAITS}",
        "tickets of rooms that are not in line",
    ),
    "a room in line without a ticket": (f"DELETE FROM tickets WHERE room = {WAITS}", "without a ticket"),
    "a meeting in a talk": (f"UPDATE meetings SET room = {TALK}", "meetings of rooms that are in none"),
    "a meeting that nobody has": ("DELETE FROM meetings", "rooms in a meeting that nobody has"),
    "an offer of a talk": (f"UPDATE offers SET room = {TALK}", "offers of rooms that do not wait"),
    "a state that is none": ("UPDATE rooms SET state = 'lost' WHERE state = 'resting'", "no known state"),
    "a seal of another epoch": (f"UPDATE seals SET ke = 2 WHERE room = {TALK}", "another key epoch"),
    "a team's seal in a talk": (f"UPDATE seals SET purpose = 'team-peer' WHERE room = {TALK}", "to the team"),
    "a seal to a closed seat": (f"UPDATE seats SET open = false WHERE room = {TALK}", "does not sit there"),
    "a seal for nothing": (f"UPDATE seals SET purpose = 'other' WHERE room = {TALK}", "no known purpose"),
    "somebody in a closed room": ("UPDATE rooms SET state = 'closed' WHERE state = 'talking'", "nobody sits"),
    "a deleted room with its wrap": (
        f"UPDATE rooms SET wrap = (SELECT wrap FROM rooms WHERE id = {TALK}) WHERE id = {GONE}",
        "can still be opened",
    ),
    "a room without its wrap": ("UPDATE rooms SET wrap = NULL WHERE state = 'talking'", "nobody can open"),
    "words in a deleted room": (
        f"UPDATE messages SET ct = (SELECT ct FROM messages WHERE room = {TALK} AND seq = 1)"
        f" WHERE room = {GONE}",
        "words left",
    ),
    "lines of a deleted room": (f"UPDATE lines SET room = {GONE}", "lines left"),
    "a buried room with a seat": (f"UPDATE seats SET room = {BURIED} WHERE room = {WAITS}", "half gone"),
    "a living room without its secret": (
        f"UPDATE rooms SET secret_hash = :empty WHERE id = {RESTS}",
        "half gone",
    ),
    "evidence with a gap": ("DELETE FROM evidence WHERE seq = 2", "evidence has a gap"),
    "evidence that says otherwise": (
        "UPDATE evidence SET com = :bytes32 WHERE seq = 1",
        "that are not as",
    ),
    "evidence without its seats": (
        f"DELETE FROM evidence_seats WHERE {STAFF}",
        "evidence from nobody's seat",
    ),
    "a flag by nobody": ("UPDATE flags SET seat = :bytes16", "without the seat that flagged"),
    "a decided flag on lease": (
        "UPDATE flags SET decided_day = 1, lease_kid = :bytes16, lease_until = 1",
        "decided and under review",
    ),
    "a longer ciphertext": (
        f"UPDATE messages SET ct = :bytes1041 WHERE room = {TALK} AND seq = 1",
        "wrong length in messages.ct",
    ),
    "a short id": ("UPDATE samples SET id = :bytes15", "wrong length in samples.id"),
    "two lives": ("INSERT INTO house (store, purged_day) SELECT store, purged_day FROM house", "in house"),
    "no life": ("DELETE FROM house", "in house"),
    "two directories in force": (
        "INSERT INTO directories (serial, payload, sigs) SELECT serial - 1, payload, sigs FROM directories",
        "beside the newest",
    ),
}
"""By name: what is done, and words of the kind that must be found."""

IDENTITY_DAMAGE = {
    "two foundings": ("INSERT INTO house (instance, roots) SELECT :bytes16, roots FROM house", "in house"),
    "no directory": ("DELETE FROM directories", "too many or too few"),
    "two directories in force": (
        "INSERT INTO directories (serial, payload, sigs, hash)"
        " SELECT serial + 1, payload, sigs, hash FROM directories",
        "beside the newest",
    ),
    "another directory": ("UPDATE directories SET hash = :bytes32", "what their hash says"),
    "nobody remembers them": ("UPDATE suspended SET serial = 99", "no kept directory lists"),
    "sign-ins that were cut": (
        "INSERT INTO sign_ins_cut (n, head) SELECT max(n), :bytes32 FROM sign_ins",
        "before the cut",
    ),
    "a longer journal": ("UPDATE vaults SET blob = :bytes1041", "wrong length in vaults.blob"),
}

VALUES: dict[str, Any] = {
    "bytes15": b"x" * 15,
    "bytes16": b"x" * 16,
    "bytes20": b"x" * 20,
    "bytes32": b"x" * 32,
    "bytes1041": b"x" * 1041,
    "empty": b"",
}


@asynccontextmanager
async def at_the_files(url: str) -> AsyncIterator[WriteTx[Any]]:
    """A transaction of somebody whom no trigger stops: who has the files, or is PostgreSQL's superuser.

    It is not committed.
    """
    at = make_url(url)
    is_sqlite = at.get_backend_name() == "sqlite"
    if not is_sqlite:
        at = at.set(username="postgres")
    database = Database[Any](at.render_as_string(hide_password=False))
    try:
        async with database.write() as tx:
            if is_sqlite:
                names = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for name in (await tx.connection.execute(names)).scalars().all():
                    await tx.connection.execute(text(f"DROP TRIGGER {name}"))
            else:
                await tx.connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield tx
            await tx.connection.rollback()
    finally:
        await database.close()


async def missed(url: str, house: Any, damages: dict[str, tuple[str, str]]) -> dict[str, Counter[str]]:
    """Damages that were not found as what they are, and what was found instead."""
    wrong = {}
    async with at_the_files(url) as tx:
        wrong["none"] = await house.faults(tx)
        for name, (statement, kind) in damages.items():
            used = {value: VALUES[value] for value in VALUES if f":{value}" in statement}
            done = await tx.connection.begin_nested()
            assert (await tx.connection.execute(text(statement), used)).rowcount > 0, name
            found = await house.faults(tx)
            await done.rollback()
            if not any(kind in each for each in found):
                wrong[name] = found
    return wrong


async def test_each_damage_to_conversations_is_found_and_a_sound_store_has_none(village: Village) -> None:
    assert await missed(village.settings.conversations_store, conversations, DAMAGE) == {"none": {}}


async def test_each_damage_to_identity_is_found_and_a_sound_store_has_none(village: Village) -> None:
    assert await missed(village.settings.identity_store, identity, IDENTITY_DAMAGE) == {"none": {}}


def test_the_lengths_that_are_checked_are_those_of_the_protocol() -> None:
    buried = {"rooms.secret_hash"}
    for name, house in (("conversations", conversations), ("identity", identity)):
        expected = {column: set(sizes) for column, sizes in LENGTHS[name].items()}
        checked = {column: set(sizes) for column, sizes in house.LENGTHS.items()}
        assert checked.pop("directories.payload", None) is None
        del expected["directories.payload"]
        for column in buried & checked.keys():
            checked[column] -= {0}
        assert checked == expected
