"""Two stores with something in every table, as the services write it, and what an operator finds in them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import MetaData, Table, insert, select

from app.conversations import tables
from app.conversations.ids import FlagId
from app.conversations.keys import KEY_FILE as PROOF_KEY_FILE
from app.conversations.keys import open_proof_key
from app.conversations.notes import service as notes
from app.conversations.notes.store import Note
from app.conversations.purge import purge
from app.conversations.queue.directory import publish
from app.conversations.rooms import service as rooms
from app.conversations.trail import store as trail
from app.identity import tables as people
from app.identity.ids import Identity
from app.identity.opening import open_house
from app.kit.clock import DAY, ManualClock
from app.kit.database import Database
from app.settings import Settings
from app.wire.sizes import FLAG_NOTE_SEALS, FLAG_SEALS, ID, NOTE_BOX, TEAM_KEY_SEAL, VAULT_BOXES
from tests.builders import NOW, Guest, Stage, another_node, meeting, on_shift, opened
from tests.cast import Cast
from tests.flagging import Talk, flagged, talk
from tests.integration.identity.desk import Desk
from tests.integration.identity.people import Organisation, Person

Contents = dict[str, list[tuple[Any, ...]]]
"""By table, its rows in one order on every engine."""


@dataclass(frozen=True)
class Village:
    """Full stores, their data folder, the words of a living room and those of a deleted one."""

    settings: Settings
    kept: list[bytes]
    deleted: list[bytes]


async def settle(settings: Settings) -> Village:
    """Fill migrated, empty stores."""
    await _people(settings)
    open_proof_key(settings.data / PROOF_KEY_FILE)
    clock = ManualClock(NOW)
    async with another_node(
        settings.conversations_store, Cast(), Ed25519PrivateKey.generate(), clock
    ) as stage:
        await publish(stage.house, stage.signed)
        buried = await opened(stage, words=True)
        await rooms.delete(stage.house, buried.caller)
        await purge(stage.db, ManualClock(NOW + 8 * DAY), 90)
        for peer in (stage.cast.mara, stage.cast.sol):
            await on_shift(stage, peer)
        return await _talks(stage, settings)


async def _talks(stage: Stage, settings: Settings) -> Village:
    for _ in range(2):
        await opened(stage, words=True)
    await meeting(stage, await opened(stage, words=True), stage.cast.sol)
    for end in (rooms.rest, rooms.close):
        await end(stage.house, (await opened(stage, words=True)).caller)
    gone = await opened(stage, words=True)
    deleted = await _words(stage, gone)
    await rooms.delete(stage.house, gone.caller)
    talk_ = await talk(stage)
    for n in range(2):
        await talk_.says(talk_.client, f"said {n}")
        await talk_.says(talk_.peer, f"heard {n}")
    said = await talk_.says(talk_.client, "said at last")
    flag = await flagged(stage, talk_.guest, said)
    await notes.put(stage.house, talk_.peer_caller, talk_.guest.room, Note(1, secrets.token_bytes(NOTE_BOX)))
    await _rest(stage, talk_, flag)
    return Village(settings, await _words(stage, talk_.guest), deleted)


async def _words(stage: Stage, guest: Guest) -> list[bytes]:
    async with stage.db.read() as tx:
        query = select(tables.messages.c.ct).where(tables.messages.c.room == guest.room)
        return list((await tx.connection.execute(query)).scalars())


async def _rest(stage: Stage, talk_: Talk, flag: FlagId) -> None:
    """One row for each table that those use cases left empty."""
    room, mara, sol = talk_.guest.room, stage.cast.mara.kid, stage.cast.sol.kid
    async with stage.db.read() as tx:
        waiting = (
            (await tx.connection.execute(select(tables.rooms.c.id).where(tables.rooms.c.state == "waiting")))
            .scalars()
            .first()
        )
    async with stage.db.write() as tx:
        await trail.one_at_a_time(tx)
        for act in ("read", "none"):
            await trail.note(tx, NOW // DAY, mara, act, flag, "")
    own = {"team_kid": stage.cast.moderation_team.kid, "team_epoch": 1}
    line = secrets.token_bytes(min(FLAG_NOTE_SEALS))
    await fill(
        stage.db,
        {
            tables.offers: {"room": waiting, "kid": sol, "deadline": NOW + 60},
            tables.passes: {"room": waiting, "kid": mara, "until": NOW + 600},
            tables.asks: {"room": room, "kid": sol, "by_kid": mara, "purpose": "company", "until": NOW + 60},
            tables.lines: {
                "id": secrets.token_bytes(ID),
                "room": room,
                "by_kid": mara,
                "to_kid": sol,
                "day": NOW // DAY,
                "sealed": secrets.token_bytes(min(FLAG_SEALS)),
            },
            tables.samples: {
                "id": secrets.token_bytes(ID),
                "language": "en",
                "quarter": NOW // 900,
                "minutes": 3,
                "expires_at": NOW + 7_200,
            },
            tables.flag_notes: {
                "flag": flag,
                "n": 1,
                "by_kid": mara,
                "kind": "hand-on",
                "sealed": line,
                **own,
            },
            tables.proposals: {
                "flag": flag,
                "n": 1,
                "by_kid": mara,
                "to_kid": sol,
                "act": "close",
                "reason": "other",
                "state": "asked",
                "day": NOW // DAY,
            },
            tables.service: {"one": 1, "hours": "null", "keep_days": 20, "hold": True},
            tables.pauses: {
                "kid": sol,
                "id": secrets.token_bytes(ID),
                "flag": flag,
                "by_kid": mara,
                "reason": "other",
                "since_day": NOW // DAY,
            },
        },
    )


async def _people(settings: Settings) -> None:
    clock = ManualClock(NOW)
    database = Database[Identity](settings.identity_store)
    organisation = Organisation(Person("cora", "coordinator"))
    async with Desk(await open_house(settings, database, clock), organisation, clock) as desk:
        await desk.found()
        assert (await desk.coordinator.sign_in(organisation.founder))[0] == 200
    kid = organisation.founder.kid
    await fill(
        database,
        {
            people.invitations: {
                "staff": secrets.token_bytes(ID),
                "role": "peer",
                "token_hash": bytes(32),
                "secret_box": bytes(97),
                "expires_at": NOW + DAY,
                "submitted": False,
                "profile": None,
            },
            people.proposals: {"kid": kid, "reason": "other", "by_kid": kid, "day": NOW // DAY},
            people.suspended: {
                "kid": secrets.token_bytes(ID),
                "serial": 1,
                "reason": "other",
                "by_kid": kid,
                "second_kid": kid,
                "day": NOW // DAY,
            },
            people.second_factors: {
                "staff": organisation.founder.staff,
                "secret": secrets.token_bytes(20),
                "confirmed": True,
                "step": 1,
                "wrong": 0,
                "wrong_from": 0,
            },
            people.sealed_team_keys: {
                "team": "peer",
                "epoch": 1,
                "kid": kid,
                "sealed": secrets.token_bytes(TEAM_KEY_SEAL),
            },
            people.vaults: {
                "id": secrets.token_bytes(ID),
                "token_hash": bytes(32),
                "version": 1,
                "blob": secrets.token_bytes(min(VAULT_BOXES)),
                "expires_quarter": NOW // DAY // 91 + 4,
            },
        },
    )
    await database.close()


async def fill(database: Database[Any], rows: Mapping[Table, dict[str, Any]]) -> None:
    """One row more in each of these tables, where it is empty."""
    async with database.write() as tx:
        for table, row in rows.items():
            if (await tx.connection.execute(select(table).limit(1))).first() is None:
                await tx.connection.execute(insert(table).values(row))


async def contents(url: str, metadata: MetaData) -> Contents:
    """What a store holds, whatever engine keeps it."""
    database = Database[object](url)
    try:
        async with database.read() as tx:
            return {
                table.name: sorted(
                    (tuple(row) for row in await tx.connection.execute(select(table))), key=repr
                )
                for table in metadata.sorted_tables
            }
    finally:
        await database.close()


async def both(settings: Settings) -> Contents:
    """What both stores hold."""
    talks = await contents(settings.conversations_store, tables.metadata)
    team = await contents(settings.identity_store, people.metadata)
    return {**talks, **{f"identity.{name}": rows for name, rows in team.items()}}
