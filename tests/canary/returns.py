"""A thousand returns of clients who all live alike, by the real services and a clock driven by hand."""

import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import JSON, Boolean, MetaData, Table, delete, insert
from sqlalchemy.types import TypeEngine

from app.companion.code import Slot, VaultKeys, code_root, make_code, slot, vault_keys
from app.companion.keys import StaffKey
from app.companion.pow import solve
from app.conversations.admission.callers import StaffCaller
from app.conversations.availability.rules import ShiftState
from app.conversations.ids import Conversations
from app.conversations.messages.rules import Envelope, Placed
from app.conversations.messages.sqlite import SqliteBatches
from app.conversations.purge import purge as purge_conversations
from app.conversations.queue.opening import Opening, open_room
from app.conversations.queue.proofs import Proof
from app.conversations.rooms import service as rooms
from app.conversations.tables import TextList
from app.conversations.tables import metadata as conversation_tables
from app.identity import proofs
from app.identity.ids import Identity, VaultId
from app.identity.opening import open_house
from app.identity.purge import purge as purge_identity
from app.identity.tables import metadata as identity_tables
from app.identity.vaults import service as vaults
from app.kit.clock import DAY, Clock, day_of
from app.kit.database import Database, sqlite_pragmas
from app.kit.migrations import upgrade
from app.settings import Settings
from app.wire.ids import CLIENT_SEAT, SeatId, seat_id
from app.wire.months import month_of
from app.wire.pow import issue
from app.wire.sizes import COM, CT_SIZES, ID, SEAL, VAULT_BOXES
from migrations import CONVERSATIONS, IDENTITY
from tests.builders import NOW, Guest, Stage, stage_on, ticket
from tests.canary.dumps import Dump, Row, dump
from tests.cast import INSTANCE, Cast
from tests.integration.identity.desk import Desk
from tests.integration.identity.people import Organisation, Person

CLIENTS = 250
VISITS = 5
"""Rooms that each client opens, one on each of so many different days."""
DAYS = 25
TALKS = 0.3
"""How often somebody meets a peer; the others' notes wait on."""
JOURNALS = 0.4
"""How many clients keep a journal with their code, and write in it on each visit."""
SHIFTS = 6
"""Days from one sign-in of the staff to the next."""
SEED = 20_261_122


@dataclass(frozen=True)
class Visit:
    """One client's room of one day."""

    client: int
    day: int
    place: Slot


@dataclass
class Diary:
    """A client's journal: what its code gives, and how often it was written."""

    keys: VaultKeys
    version: int = 0


@dataclass(frozen=True)
class Copies:
    """Both stores after the daily purge, and who the rooms belonged to: that is not in them."""

    identity: Dump
    conversations: Dump
    visits: list[Visit]
    until: Clock
    """When the month was over."""


async def simulate(conversations: str, identity: str, data: Path) -> Copies:
    """A month in SQLite stores; everybody draws days, languages, peers, talks and ends from one hat.

    All chance is seeded, the programs' own too: the same copies come out each time. Seals are bytes of
    chance of the right length, which is what a reader without the key has of them.
    """
    chance = random.Random(SEED)
    with (
        mock.patch("secrets.token_bytes", chance.randbytes),
        mock.patch("secrets.randbelow", chance.randrange),
        # No power is cut here, so nothing waits for the disk.
        mock.patch("app.kit.database.sqlite_pragmas", _hasty),
    ):
        visits, diaries = _draw(chance)
        cast = Cast(mara=_key(chance), sol=_key(chance))
        async with stage_on(conversations, cast, tickets_limit=10_000, notes_limit=10_000) as stage:
            for peer in (cast.mara, cast.sol):
                await stage.queue.offering.say(_caller(stage, peer), ShiftState.ON, 10_000)
            batches = SqliteBatches(str(stage.db.url.database))
            async with _staff(stage, identity, data) as desk:
                for day in range(DAYS):
                    if day % SHIFTS == 0:
                        await _staff_sign_in(desk, stage)
                    today = [visit for visit in visits if visit.day == day]
                    await _day(stage, batches, chance, today)
                    await _write(desk, chance, [diaries[v.client] for v in today if v.client in diaries])
                    stage.clock.advance(DAY - stage.clock.now() % DAY)
                await batches.close()
                await _staff_sign_in(desk, stage)
                await purge_conversations(stage.db, stage.clock, 90)
                await purge_identity(desk.house.database, stage.clock)
                until = stage.clock
        return Copies(await dump(identity), await dump(conversations), visits, until)


async def moved(copies: Copies, conversations: str, identity: str) -> Copies:
    """The same month in empty PostgreSQL stores: rows in the order they came, then PostgreSQL's own purge.

    The values are made by the same services; what an engine adds is the place where it puts a row.
    """
    order = {visit.place.room: at for at, visit in enumerate(sorted(copies.visits, key=lambda v: v.day))}

    def came(row: Row) -> int:
        return order.get(row["room" if "room" in row else "id"], 0) if {"room", "id"} & row.keys() else 0

    houses: list[tuple[str, Dump, MetaData, Path]] = [
        (conversations, copies.conversations, conversation_tables, CONVERSATIONS),
        (identity, copies.identity, identity_tables, IDENTITY),
    ]
    for url, rows, metadata, history in houses:
        await upgrade(url, history)
        database = Database[object](url)
        async with database.write() as tx:
            for table in metadata.sorted_tables:
                await tx.connection.execute(delete(table)) if table.name == "house" else None
                if found := sorted(rows[table.name], key=came):
                    await tx.connection.execute(insert(table), [_typed(table, row) for row in found])
        await database.close()
    theirs, ours = Database[Conversations](conversations), Database[Identity](identity)
    await purge_conversations(theirs, copies.until, 90)
    await purge_identity(ours, copies.until)
    await theirs.close()
    await ours.close()
    return replace(copies, identity=await dump(identity), conversations=await dump(conversations))


def _typed(table: Table, row: Row) -> Row:
    """A row as SQLite shows it, as the tables' own types take it."""
    read = {name: column.type for name, column in table.columns.items()}
    return {name: _value(read[name], value) for name, value in row.items()}


def _value(kind: TypeEngine[Any], value: Any) -> Any:
    if value is not None and isinstance(kind, Boolean):
        return bool(value)
    if value is not None and isinstance(kind, JSON | TextList):
        return json.loads(value)
    return value


def _hasty(read_only: bool) -> tuple[str, ...]:
    return *sqlite_pragmas(read_only), "PRAGMA synchronous=OFF"


def _key(chance: random.Random) -> StaffKey:
    """A peer's key by seeded chance: a seat's id, and so a room's head, comes from it."""
    return StaffKey(ec.derive_private_key(chance.getrandbits(250) + 1, ec.SECP256R1()))


def _draw(chance: random.Random) -> tuple[list[Visit], dict[int, Diary]]:
    visits, diaries = [], {}
    for client in range(CLIENTS):
        root = code_root(make_code(1), INSTANCE, iterations=1)
        if chance.random() < JOURNALS:
            diaries[client] = Diary(vault_keys(root))
        taken: dict[int, int] = {}
        for day in sorted(chance.sample(range(DAYS), VISITS)):
            month = month_of(NOW + day * DAY)
            k = taken[month] = taken.get(month, -1) + 1
            visits.append(Visit(client, day, slot(root, month, k)))
    chance.shuffle(visits)
    return visits, diaries


async def _write(desk: Desk, chance: random.Random, diaries: list[Diary]) -> None:
    """Some of those who came write in their journals, in any order."""
    for diary in chance.sample(diaries, len(diaries)):
        diary.version += 1
        challenge = proofs.issue(desk.house)
        proof = vaults.Proof(challenge, solve(challenge))
        key = vaults.Key(VaultId(diary.keys.id), diary.keys.token)
        await vaults.put(desk.house, key, diary.version, chance.randbytes(min(VAULT_BOXES)), proof)


async def _day(stage: Stage, batches: SqliteBatches, chance: random.Random, visits: list[Visit]) -> None:
    """All open with a note and leave; the peers come, answer, and everybody goes."""
    guests = []
    for visit in visits:
        stage.clock.advance(chance.randrange(1, 60))
        place = visit.place
        guest = Guest(place.room, place.secret, place.wrap_key, {1: chance.randbytes(32)})
        team = stage.cast.peer_team.kid
        wish = ticket(chance.choice(["en", "es", "fr"]), note=True)
        opening = Opening(
            guest.room, guest.secret, guest.wrap(), team, chance.randbytes(SEAL), wish, guest.next_frame()
        )
        await open_room(stage.house, opening, _proof(stage, chance))
        guests.append(guest)
    stage.clock.advance(600)
    envelopes: list[Envelope] = []
    for guest in guests:
        if chance.random() < TALKS:
            envelopes += await _talk(stage, chance, guest)
    chance.shuffle(envelopes)
    envelopes.sort(key=lambda envelope: envelope.n)
    outcomes = await batches.commit(envelopes, day_of(stage.clock.now()) + 30)
    assert all(isinstance(outcome, Placed) for outcome in outcomes)
    for guest in chance.sample(guests, len(guests)):
        end = chance.choice([rooms.rest, rooms.close, None, None])
        if end is not None:
            await end(stage.house, guest.caller)


def _proof(stage: Stage, chance: random.Random) -> Proof:
    """A proof of work that asks for none."""
    challenge = issue(stage.house.proof_key, chance.randbytes(ID), 1, 0, 1, stage.now + 60)
    return Proof(challenge, [0])


async def _talk(stage: Stage, chance: random.Random, guest: Guest) -> list[Envelope]:
    """A peer meets the one who left a note, and both write a few messages of any length."""
    key = chance.choice([stage.cast.mara, stage.cast.sol])
    peer = _caller(stage, key)
    await stage.queue.claim(peer, guest.room)
    await stage.queue.narrow(peer, guest.room, 1, chance.randbytes(SEAL))
    seats: list[tuple[SeatId, int]] = [(CLIENT_SEAT, 2), (seat_id(guest.room, key.kid), 1)]
    return [
        Envelope(guest.room, seat, 1, first + n, chance.randbytes(COM), chance.randbytes(_size(chance)))
        for seat, first in seats
        for n in range(chance.randrange(6))
    ]


def _size(chance: random.Random) -> int:
    return chance.choices(CT_SIZES, (20, 4, 1))[0]


def _caller(stage: Stage, key: StaffKey) -> StaffCaller:
    return StaffCaller(key.kid, "peer", 10_000, ("en",), int(stage.clock.now()) + 600)


@asynccontextmanager
async def _staff(stage: Stage, identity: str, data: Path) -> AsyncIterator[Desk]:
    """The identity house of the same two peers, by the same clock."""
    await upgrade(identity, IDENTITY)
    database = Database[Identity](identity)
    settings = Settings(data=data, identity_url=identity, proof_cost=1, proof_bits=1, proof_puzzles=1)
    house = await open_house(settings, database, stage.clock)
    try:
        async with Desk(house, Organisation(Person("cora", "coordinator")), stage.clock) as desk:
            await desk.found()
            for name, key in (("mara", stage.cast.mara), ("sol", stage.cast.sol)):
                await desk.staff(Person(name, "peer", key))
            yield desk
    finally:
        await database.close()


async def _staff_sign_in(desk: Desk, stage: Stage) -> None:
    for person in desk.listed:
        browser = await desk.browser()
        status, _ = await browser.sign_in(person)
        assert status == httpx.codes.OK
