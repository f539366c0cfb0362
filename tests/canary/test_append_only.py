"""docs/protocol.md, 18.9: the app's own connection cannot change who said what, where and in which order."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.conversations.ids import Conversations
from app.kit.database import Database
from tests.builders import Guest
from tests.canary.dumps import Row, dump, of_room
from tests.canary.house import House, Street
from tests.talkers import said_by, seat

HERE = "WHERE room = :room AND seq = 2"
COLUMNS = "room, seq, seat, ke, n, com, ct, head, counts"
CHANGES = {
    "another number": f"UPDATE messages SET seq = 9 {HERE}",
    "another seat": f"UPDATE messages SET seat = :other {HERE}",
    "another count": f"UPDATE messages SET n = n + 7 {HERE}",
    "another commitment": f"UPDATE messages SET com = :com {HERE}",
    "another room": f"UPDATE messages SET room = :other {HERE}",
    "another epoch": f"UPDATE messages SET ke = ke + 1 {HERE}",
    "other words": f"UPDATE messages SET ct = :ct {HERE}",
    "emptied, and another count": f"UPDATE messages SET ct = NULL, n = n + 7 {HERE}",
    "emptied, and another commitment": f"UPDATE messages SET ct = NULL, com = :com {HERE}",
    "another head": f"UPDATE messages SET ct = NULL, head = :com {HERE}",
    "other counts": f"UPDATE messages SET ct = NULL, counts = :com {HERE}",
    "no value": f"UPDATE messages SET com = NULL {HERE}",
    "the same values for all": "UPDATE messages SET com = com, ct = :ct",
    "gone": f"DELETE FROM messages {HERE}",
    "all gone": "DELETE FROM messages",
    "a twin": f"INSERT INTO messages ({COLUMNS})"
    f" SELECT room, seq, :other, ke, n, :com, ct, head, counts FROM messages {HERE}",
}
ON_SQLITE = {
    "replaced": f"INSERT OR REPLACE INTO messages ({COLUMNS})"
    f" SELECT room, seq, :other, ke, n, :com, ct, head, counts FROM messages {HERE}",
    "replaced by its neighbour": f"UPDATE OR REPLACE messages SET seq = 1 {HERE}",
    "another row id": f"UPDATE messages SET rowid = rowid + 100 {HERE}",
    "put in by conflict": f"INSERT INTO messages ({COLUMNS})"
    f" SELECT room, seq, :other, ke, n, :com, ct, head, counts"
    f" FROM messages {HERE} ON CONFLICT (room, seq) DO UPDATE SET com = excluded.com",
}
ON_POSTGRESQL = {
    "emptied at once": "TRUNCATE messages",
    "emptied with all others": "TRUNCATE rooms, messages",
    "put in by conflict": f"INSERT INTO messages ({COLUMNS})"
    f" SELECT room, seq, :other, ke, n, :com, ct, head, counts"
    f" FROM messages {HERE} ON CONFLICT (room, seq) DO UPDATE SET com = excluded.com",
    "triggers silenced": "SET session_replication_role = replica",
}

REFUSED = ("append-only", "duplicate key", "permission denied")


def _by_rule(answer: str | None) -> bool:
    return answer is not None and any(word in answer for word in REFUSED)


async def said(house: House, guest: Guest) -> list[Row]:
    rows = of_room(await dump(house.conversations), guest.room)["messages"]
    return sorted(rows, key=lambda row: int(row["seq"]))


async def talk(place: Street) -> Guest:
    """A room with words from both seats."""
    guest, mara = await place.talking(), place.cast.mara
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        for n in (1, 2):
            await client.send(guest.next_frame())
            await client.ack()
            await peer.send(said_by(guest, mara, n))
            await peer.ack()
    return guest


class _Refused(Exception):
    pass


async def refusal(database: Database[Conversations], guest: Guest, statement: str) -> str | None:
    """The store's own words where it refuses a statement of the app's own connection."""
    given = {"room": guest.room, "other": bytes(range(16)), "com": bytes(32), "ct": bytes(1040)}
    used = {name: value for name, value in given.items() if f":{name}" in statement}
    try:
        async with database.write() as tx:
            try:
                await tx.connection.execute(text(statement), used)
            except DBAPIError as error:
                raise _Refused(str(error.orig)) from None
    except _Refused as refused:
        return str(refused)
    return None


@pytest.mark.parametrize("purged", [False, True], ids=["as written", "after the daily rewrite"])
async def test_no_statement_changes_a_message(house: House, place: Street, purged: bool) -> None:
    guest = await talk(place)
    if purged:
        house.purge()
    before = await said(house, guest)
    assert [row["seq"] for row in before] == [1, 2, 3, 4]
    database = Database[Conversations](house.conversations)
    try:
        statements = CHANGES | (ON_SQLITE if database.is_sqlite else ON_POSTGRESQL)
        answers = {name: await refusal(database, guest, change) for name, change in statements.items()}
        # A statement that is refused for a slip of its own would show nothing.
        assert {name: said for name, said in answers.items() if not _by_rule(said)} == {}
        assert await said(house, guest) == before

        # The twin: words may be emptied, and nothing else of the row changes with them.
        assert await refusal(database, guest, f"UPDATE messages SET ct = NULL {HERE}") is None
    finally:
        await database.close()
    after = await said(house, guest)
    assert [row["ct"] is None for row in after] == [False, True, False, False]
    assert [{**row, "ct": None} for row in after] == [{**row, "ct": None} for row in before]
    await place.done("rooms/delete", seat(guest))
