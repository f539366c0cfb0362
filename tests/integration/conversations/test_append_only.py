"""Invariant 9: through the app's own connection, what was said can be emptied and nothing else."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Delete, Insert, Update, delete, insert, text, update
from sqlalchemy.exc import IntegrityError

from app.conversations import tables
from app.conversations.rooms import service as rooms
from tests.builders import Guest, Stage, opened, rows


async def run(stage: Stage, statement: Update | Delete | Insert | str) -> None:
    async with stage.db.write() as tx:
        await tx.connection.execute(text(statement) if isinstance(statement, str) else statement)


async def cts(stage: Stage, guest: Guest) -> Sequence[bytes | None]:
    return [row.ct for row in await rows(stage, tables.messages, guest.room)]


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 2},
        {"n": 7},
        {"ke": 2},
        {"seat": bytes(range(16))},
        {"com": bytes(32)},
        {"room": bytes(16)},
        {"ct": b"other"},
        {"ct": b""},
        {"ct": None, "n": 7},
        {"ct": None, "com": bytes(32)},
        {"ct": None, "head": bytes(32)},
        {"ct": None, "counts": bytes(20)},
    ],
    ids=str,
)
async def test_a_message_cannot_be_changed(stage: Stage, change: dict[str, object]) -> None:
    guest = await opened(stage, words=True)
    before = await rows(stage, tables.messages, guest.room)
    with pytest.raises(IntegrityError):
        await run(stage, update(tables.messages).values(**change))
    assert await rows(stage, tables.messages, guest.room) == before


async def test_a_message_can_be_emptied_and_not_filled_again(stage: Stage) -> None:
    guest = await opened(stage, words=True)
    await run(stage, update(tables.messages).values(ct=None))
    await run(stage, update(tables.messages).values(ct=None))
    assert await cts(stage, guest) == [None]
    with pytest.raises(IntegrityError):
        await run(stage, update(tables.messages).values(ct=b"words"))


async def test_messages_go_only_with_their_room(stage: Stage) -> None:
    guest, other = await opened(stage, words=True), await opened(stage, words=True)
    with pytest.raises(IntegrityError):
        await run(stage, delete(tables.messages))
    await rooms.close(stage.house, other.caller)
    with pytest.raises(IntegrityError):
        await run(stage, delete(tables.messages).where(tables.messages.c.room == other.room))
    await rooms.delete(stage.house, other.caller)
    await run(stage, delete(tables.messages).where(tables.messages.c.room == other.room))
    assert await cts(stage, other) == []
    assert len(await cts(stage, guest)) == 1


async def test_a_message_cannot_be_put_in_anothers_place(stage: Stage) -> None:
    guest = await opened(stage, words=True)
    [row] = await rows(stage, tables.messages, guest.room)
    twin = {**row._mapping, "com": bytes(32)}
    with pytest.raises(IntegrityError):
        await run(stage, insert(tables.messages).values(**twin))
    replacing = "INSERT OR REPLACE" if stage.db.is_sqlite else "INSERT"
    columns = ", ".join(twin)
    with pytest.raises(IntegrityError):
        await run(
            stage,
            f"{replacing} INTO messages ({columns}) SELECT {columns} FROM messages",
        )
    assert await rows(stage, tables.messages, guest.room) == [row]


async def test_the_table_cannot_be_emptied_at_once(stage: Stage) -> None:
    guest = await opened(stage, words=True)
    with pytest.raises(IntegrityError):
        await run(stage, "DELETE FROM messages" if stage.db.is_sqlite else "TRUNCATE messages")
    assert len(await cts(stage, guest)) == 1
