"""What proves a flag: it cannot be changed, outlives its room, and shows every lie about it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from app.companion.evidence import Evidence, Gap, Proof, Shown
from app.companion.flag import Flag
from app.companion.seals import open_flag
from app.companion.transcript import Received
from app.conversations import tables
from app.conversations.errors import Unknown
from app.conversations.ids import Conversations, RoomId
from app.conversations.moderation import service, store
from app.conversations.moderation.rules import Act, Category, Outcome
from app.conversations.purge import HEADER_DAYS, purge
from app.conversations.rooms import service as rooms
from app.kit.clock import DAY
from app.kit.database import WriteTx
from app.wire.errors import WireError
from app.wire.ids import CLIENT_SEAT, FlagId
from tests.builders import Stage, another_node, opened, rows
from tests.flagging import (
    Talk,
    all_rows,
    decided,
    decision,
    evidence_of,
    flagged,
    moderator,
    new_flag,
    sealed_flag,
    talk,
)


async def run(stage: Stage, *statements: str) -> None:
    async with stage.db.write() as tx:
        for statement in statements:
            await tx.connection.execute(text(statement))


async def spoken(stage: Stage) -> tuple[Talk, list[Received]]:
    """A talk of six messages, turn by turn."""
    here = await talk(stage)
    said = []
    for turn in range(3):
        said.append(await here.says(here.client, f"zqx client {turn}"))
        said.append(await here.says(here.peer, f"zqx peer {turn}"))
    return here, said


async def reviewed(stage: Stage, flag: FlagId) -> tuple[Shown | Gap, ...]:
    """What the moderator's page makes of the flag it took."""
    taken = await service.take(stage.house, moderator(stage))
    assert taken is not None
    assert taken.flag.report.flag == flag
    case = await service.read(stage.house, moderator(stage), flag)
    report = case.flag.report
    words = open_flag(stage.cast.moderation_team, flag, report.room, report.seat, report.sealed)
    rows_, seats = evidence_of(case)
    return Evidence(report.room, rows_, seats).check(Flag.read(words).items)


def proofs(items: Sequence[Shown | Gap]) -> list[Proof | int]:
    return [item.count if isinstance(item, Gap) else item.proof for item in items]


async def test_a_moderator_sees_what_was_said_by_whom_and_how_much_was_left_out(stage: Stage) -> None:
    here, said = await spoken(stage)
    flag = await flagged(stage, here.guest, said[1], said[3], said[4])
    items = await reviewed(stage, flag)
    assert proofs(items) == [1, "ok", 1, "ok", "ok", 1]
    shown = [item for item in items if isinstance(item, Shown)]
    assert [item.body and item.body.fields["x"] for item in shown] == [
        "zqx peer 0",
        "zqx peer 1",
        "zqx client 2",
    ]
    assert [item.kid for item in shown] == [stage.cast.mara.kid, stage.cast.mara.kid, None]
    assert [item.seat for item in shown] == [here.peer.own_seat, here.peer.own_seat, CLIENT_SEAT]


async def erased(stage: Stage, here: Talk) -> None:
    async with stage.db.write() as tx:
        await tx.connection.execute(
            update(tables.messages).where(tables.messages.c.room == here.guest.room).values(ct=None)
        )


async def deleted(stage: Stage, here: Talk) -> None:
    await rooms.delete(stage.house, here.guest.caller)


async def buried(stage: Stage, here: Talk) -> None:
    await rooms.delete(stage.house, here.guest.caller)
    stage.clock.advance(HEADER_DAYS * DAY)
    await purge(stage.db, stage.clock, 90)
    assert await rows(stage, tables.messages, here.guest.room) == []


async def retained(stage: Stage, here: Talk) -> None:
    stage.clock.advance(400 * DAY)
    await purge(stage.db, stage.clock, 90)
    assert await rows(stage, tables.seats, here.guest.room) == []


async def forgotten(stage: Stage, here: Talk) -> None:
    for _ in range(2):
        stage.clock.advance(500 * DAY)
        await purge(stage.db, stage.clock, 90)
    assert await rows(stage, tables.rooms, here.guest.room) == []


@pytest.mark.parametrize("happens", [erased, deleted, buried, retained, forgotten])
async def test_a_flag_stays_provable_whatever_becomes_of_its_room(
    stage: Stage, happens: Callable[[Stage, Talk], Awaitable[None]]
) -> None:
    here, said = await spoken(stage)
    flag = await flagged(stage, here.guest, said[3])
    await happens(stage, here)
    assert proofs(await reviewed(stage, flag)) == [3, "ok", 2]
    done = await service.decide(stage.house, moderator(stage), flag, decision(stage, flag, Act.CLOSE))
    assert done is Outcome.CLOSED


FORGED: dict[str, tuple[str, list[Proof | int]]] = {
    "another commitment": ("UPDATE evidence SET com = (SELECT com FROM evidence WHERE seq = 1) WHERE seq = 4",
        [3, "bad", 2]),
    "another seat": ("UPDATE evidence SET seat = (SELECT seat FROM evidence WHERE seq = 1) WHERE seq = 4",
        [3, "bad", 2]),
    "another count": ("UPDATE evidence SET n = 7 WHERE seq = 4", [3, "bad", 2]),
    "another epoch": ("UPDATE evidence SET ke = 2 WHERE seq = 4", [3, "bad", 2]),
    "words before it that were never said": (
        "UPDATE evidence SET com = (SELECT com FROM evidence WHERE seq = 1) WHERE seq = 2", [3, "bad", 2]),
    "another epoch before it": ("UPDATE evidence SET ke = 2 WHERE seq = 3", [3, "bad", 2]),
    "another count before it": ("UPDATE evidence SET n = 5 WHERE seq = 3", [3, "bad", 2]),
    "a message behind it": (
        "INSERT INTO evidence SELECT room, 7, seat, ke, 4, com FROM evidence WHERE seq = 5", [3, "ok", 3]),
    "one before it taken away": ("DELETE FROM evidence WHERE seq = 2", [3, "wait", 2]),
    "itself taken away": ("DELETE FROM evidence WHERE seq = 4", [3, "wait", 2]),
    "itself and all behind it taken away": ("DELETE FROM evidence WHERE seq >= 4", [3, "bad"]),
}  # fmt: skip


def silenced(stage: Stage) -> list[str]:
    """What only the owner of the database can do."""
    names = ("evidence", "evidence_seats")
    if stage.db.is_sqlite:
        return [f"DROP TRIGGER {t}_no_{what}" for t in names for what in ("update", "delete", "replace")]
    return [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in names]


@pytest.mark.parametrize("lie", FORGED)
async def test_rows_that_somebody_forged_prove_nothing(stage: Stage, lie: str) -> None:
    """By whoever owns the database: the triggers are silenced first."""
    here, said = await spoken(stage)
    flag = await flagged(stage, here.guest, said[3])
    statement, expected = FORGED[lie]
    await run(stage, *silenced(stage), statement)
    assert proofs(await reviewed(stage, flag)) == expected


@pytest.mark.parametrize(
    "lie",
    [
        "UPDATE evidence_seats SET kid = seat WHERE kid IS NOT NULL",
        "UPDATE evidence_seats SET kid = NULL",
        "DELETE FROM evidence_seats",
    ],
)
async def test_whose_seat_it_is_is_not_the_servers_word(stage: Stage, lie: str) -> None:
    here, said = await spoken(stage)
    flag = await flagged(stage, here.guest, said[3])

    async def speaker() -> bytes | None:
        [shown] = [item for item in await reviewed(stage, flag) if isinstance(item, Shown)]
        assert (shown.proof, shown.seat) == ("ok", here.peer.own_seat)
        return shown.kid

    assert await speaker() == stage.cast.mara.kid
    await run(stage, *silenced(stage), lie)
    assert await speaker() is None


async def test_a_flag_with_flipped_bits_is_kept_and_opens_for_nobody(stage: Stage) -> None:
    here, said = await spoken(stage)
    kid = stage.cast.moderation_team.kid
    for at in (0, 1, 64, 65, 2000, 4160, 4176):
        guest, flag = here.guest, new_flag()
        sealed = bytearray(sealed_flag(stage, guest, flag, [said[3]]))
        sealed[at] ^= 1
        args = flag, Category.OTHER, kid, bytes(sealed)
        assert await service.open_flag(stage.house, guest.caller, guest.room, *args) is Outcome.OPEN
        with pytest.raises(WireError, match=r"^aead$"):
            await reviewed(stage, flag)
        await service.decide(stage.house, moderator(stage), flag, decision(stage, flag, reason="not-clear"))


async def test_a_flag_moved_to_another_room_seat_or_id_opens_for_nobody(stage: Stage) -> None:
    here, said = await spoken(stage)
    other = await opened(stage, words=True)
    flag = await flagged(stage, here.guest, said[3])
    [row] = await all_rows(stage, tables.flags)
    for change in (
        {"room": other.room},
        {"seat": here.peer.own_seat},
        {"id": new_flag()},
    ):
        async with stage.db.write() as tx:
            await tx.connection.execute(update(tables.flags).values(**change))
        with pytest.raises(WireError, match=r"^aead$"):
            await reviewed(stage, FlagId(change.get("id", flag)))
        async with stage.db.write() as tx:
            await tx.connection.execute(update(tables.flags).values(**row._mapping))
    assert proofs(await reviewed(stage, flag)) == [3, "ok", 2]


CHANGES = {
    "evidence": [
        "UPDATE evidence SET com = com",
        "UPDATE evidence SET seq = seq + 100",
        "UPDATE evidence SET n = n + 1",
        "DELETE FROM evidence WHERE seq = 1",
        "DELETE FROM evidence",
        "INSERT INTO evidence SELECT * FROM evidence WHERE seq = 1",
    ],
    "evidence_seats": [
        "UPDATE evidence_seats SET kid = NULL",
        "DELETE FROM evidence_seats",
        "INSERT INTO evidence_seats SELECT * FROM evidence_seats",
    ],
    "trail": [
        "UPDATE trail SET reason = ''",
        "UPDATE trail SET n = n + 100",
        "DELETE FROM trail WHERE n = 2",
        "DELETE FROM trail",
        "INSERT INTO trail SELECT * FROM trail WHERE n = 1",
    ],
}
ON_SQLITE = {
    "evidence": [
        "INSERT OR REPLACE INTO evidence SELECT room, seq, seat, ke, n + 1, com FROM evidence WHERE seq = 1",
        "UPDATE OR REPLACE evidence SET seq = 2 WHERE seq = 1",
        "INSERT INTO evidence SELECT * FROM evidence WHERE seq = 1 ON CONFLICT DO UPDATE SET n = 9",
    ],
    "evidence_seats": ["INSERT OR REPLACE INTO evidence_seats SELECT room, seat, NULL FROM evidence_seats"],
    "trail": [
        "INSERT OR REPLACE INTO trail SELECT n, day, kid, act, flag, 'other', head FROM trail WHERE n = 1",
        "UPDATE OR REPLACE trail SET n = 1 WHERE n = 2",
    ],
}


@pytest.mark.parametrize("table", CHANGES)
async def test_no_statement_changes_evidence_or_trail(stage: Stage, table: str) -> None:
    here, said = await spoken(stage)
    await decided(stage, await flagged(stage, here.guest, said[0]))
    flag = await flagged(stage, here.guest, said[1])
    await reviewed(stage, flag)
    await service.decide(stage.house, moderator(stage), flag, decision(stage, flag))
    held = tables.metadata.tables[table]
    before = await all_rows(stage, held)
    assert len(before) >= 2
    statements = CHANGES[table] + (
        ON_SQLITE[table] if stage.db.is_sqlite else [f"TRUNCATE {table}", f"TRUNCATE flags, {table}"]
    )
    for statement in statements:
        with pytest.raises(IntegrityError):
            await run(stage, statement)
        assert await all_rows(stage, held) == before, statement


async def test_decided_flags_go_after_their_days_and_evidence_with_the_last_of_a_room(stage: Stage) -> None:
    here, said = await spoken(stage)
    first = await flagged(stage, here.guest, said[0])
    await decided(stage, first)
    stage.clock.advance(10 * DAY)
    second = await flagged(stage, here.guest, said[1])
    await decided(stage, second)
    other = await opened(stage, words=True)
    waits = await flagged(stage, other)
    room = here.guest.room

    stage.clock.advance(79 * DAY)
    await purge(stage.db, stage.clock, 90)
    assert len(await rows(stage, tables.flags, room)) == 2
    stage.clock.advance(DAY)
    await purge(stage.db, stage.clock, 90)
    [left] = await rows(stage, tables.flags, room)
    assert left.id == second
    assert len(await rows(stage, tables.evidence, room)) == 6
    stage.clock.advance(10 * DAY)
    await purge(stage.db, stage.clock, 90)
    for table in (tables.flags, tables.evidence, tables.evidence_seats):
        assert await rows(stage, table, room) == []
    # What nobody has read yet stays, however long it takes.
    stage.clock.advance(1_000 * DAY)
    await purge(stage.db, stage.clock, 1)
    assert [row.id for row in await all_rows(stage, tables.flags)] == [waits]
    assert len(await rows(stage, tables.evidence, other.room)) == 1
    assert len(await all_rows(stage, tables.trail)) == 2


async def test_a_room_flagged_again_after_its_flags_went_has_all_its_evidence(stage: Stage) -> None:
    here, said = await spoken(stage)
    await decided(stage, await flagged(stage, here.guest, said[0]))
    stage.clock.advance(DAY)
    await purge(stage.db, stage.clock, 1)
    assert await rows(stage, tables.evidence, here.guest.room) == []
    flag = await flagged(stage, here.guest, said[3])
    assert proofs(await reviewed(stage, flag)) == [3, "ok", 2]


async def test_a_flag_that_comes_while_the_rooms_last_one_goes_keeps_its_evidence(
    stage: Stage, engine_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, said = await spoken(stage)
    await decided(stage, await flagged(stage, here.guest, said[0]))
    stage.clock.advance(DAY)
    purges: list[asyncio.Task[int]] = []
    keep_evidence = store.keep_evidence

    async def purged_meanwhile(tx: WriteTx[Conversations], room: RoomId) -> None:
        await keep_evidence(tx, room)
        purges.append(asyncio.create_task(purge(node.db, node.clock, 1)))
        # It has to wait for this flag's room, so it does not end before the flag is there.
        done, _ = await asyncio.wait(purges, timeout=0.5)
        assert not done

    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        monkeypatch.setattr(store, "keep_evidence", purged_meanwhile)
        flag = await flagged(stage, here.guest, said[3])
        await asyncio.gather(*purges)
    assert [row.id for row in await all_rows(stage, tables.flags)] == [flag]
    assert proofs(await reviewed(stage, flag)) == [3, "ok", 2]


async def test_after_the_purge_flags_and_evidence_lie_in_the_order_of_their_keys(stage: Stage) -> None:
    for _ in range(5):
        here, said = await spoken(stage)
        await flagged(stage, here.guest, said[0])
        await rooms.close(stage.house, here.guest.caller)
    await purge(stage.db, stage.clock, 90)
    for table, key in (("flags", "id"), ("evidence", "room, seq"), ("evidence_seats", "room, seat")):
        # SQLite keeps these tables by their key from the start: only PostgreSQL has an order to look at.
        question = (
            f"SELECT 1 FROM sqlite_master WHERE name = '{table}' AND sql LIKE '%WITHOUT ROWID%'"
            if stage.db.is_sqlite
            else f"SELECT {key} FROM {table} ORDER BY ctid"
        )
        async with stage.db.read() as tx:
            keys = [tuple(row) for row in await tx.connection.exec_driver_sql(question)]
        assert keys
        assert keys == sorted(keys)


async def test_who_may_not_flag_leaves_no_evidence(stage: Stage) -> None:
    here, _ = await spoken(stage)
    with pytest.raises(Unknown):
        await flagged(stage, here.guest, by=stage.staff(stage.cast.sol))
    assert await all_rows(stage, tables.evidence) == []
