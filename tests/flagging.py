"""Talks with real words in a stage's rooms, and flags of them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from app.companion import body
from app.companion.answers import EvidenceRow, EvidenceSeat
from app.companion.flag import Flag
from app.companion.keys import StaffKey
from app.companion.seals import seal_flag, seal_flag_note
from app.companion.transcript import Received, Transcript
from app.conversations import tables
from app.conversations.admission.callers import Caller, StaffCaller
from app.conversations.messages.rules import Envelope
from app.conversations.messages.store import append
from app.conversations.moderation import service
from app.conversations.moderation.rules import Act, Category, Line, Outcome, Reason, Wish
from app.conversations.moderation.service import Case
from app.conversations.queue.directory import publish
from app.wire.directory import Directory, holders, parse_directory
from app.wire.ids import CLIENT_SEAT, FlagId, SeatId, seat_id
from tests.builders import NOW, Guest, Stage, opened, talking
from tests.cast import member


@dataclass
class Talk:
    """A client and a peer who talk: each verifies what it hears, as a page does."""

    stage: Stage
    guest: Guest
    peer_key: StaffKey
    client: Transcript = field(init=False)
    peer: Transcript = field(init=False)

    def __post_init__(self) -> None:
        room, keys = self.guest.room, self.guest.keys
        self.client = Transcript(room, CLIENT_SEAT, keys)
        self.peer = Transcript(room, seat_id(room, self.peer_key.kid), keys)

    async def says(self, who: Transcript, words: str) -> Received:
        """Say words from one side; what the client's page makes of them."""
        frame = who.compose(who.next_n, body.text(words), NOW // 60)
        async with self.stage.db.write() as tx:
            item = await append(
                tx, Envelope(frame.room, who.own_seat, frame.ke, frame.n, frame.com, frame.ct)
            )
        self.peer.receive(item)
        return self.client.receive(item)

    @property
    def peer_caller(self) -> StaffCaller:
        return self.stage.staff(self.peer_key)


async def talk(stage: Stage, peer: StaffKey | None = None) -> Talk:
    """A talk with the peer (Mara) that has just begun."""
    guest = await opened(stage)
    key = peer or stage.cast.mara
    await talking(stage, guest, key)
    return Talk(stage, guest, key)


def new_flag() -> FlagId:
    return FlagId(secrets.token_bytes(16))


def sealed_flag(
    stage: Stage, guest: Guest, flag: FlagId, said: Sequence[Received] = (), seat: SeatId = CLIENT_SEAT
) -> bytes:
    """A flag of these words, for the moderation team."""
    content = Flag.of(said).to_json() if said else {"v": 1}
    return seal_flag(stage.cast.moderation_team.pub, flag, guest.room, seat, content)


async def flagged(
    stage: Stage,
    guest: Guest,
    *said: Received,
    by: Caller | None = None,
    category: Category = Category.OTHER,
    flag: FlagId | None = None,
) -> FlagId:
    """Flag as the client, or as `by`."""
    flag = flag or new_flag()
    seat = seat_id(guest.room, by.kid) if isinstance(by, StaffCaller) else CLIENT_SEAT
    sealed = sealed_flag(stage, guest, flag, said, seat)
    team = stage.cast.moderation_team.kid
    took = await service.open_flag(stage.house, by or guest.caller, guest.room, flag, category, team, sealed)
    assert took is Outcome.OPEN
    return flag


def moderator(stage: Stage, key: StaffKey | None = None) -> StaffCaller:
    """The cast's moderator, or another, as a good pass makes one."""
    return stage.house.admission.staff(stage.token(key or stage.cast.moderator, "moderator"))


async def published(stage: Stage, directory: Directory) -> None:
    """Put a directory in force, with those in each team whose work it is."""
    teams = {
        name: replace(team, members=tuple(holders(name, directory.staff)))
        for name, team in directory.teams.items()
    }
    stage.signed = stage.cast.sign(replace(directory, teams=teams))
    await publish(stage.house, stage.signed)


async def more_moderators(stage: Stage, count: int) -> list[StaffKey]:
    """The cast's moderator and more of them, in a new directory under the same team keys."""
    keys = [StaffKey.generate() for _ in range(count - 1)]
    directory = parse_directory(stage.signed.payload)
    joined = tuple(member(key, "moderator", f"Moderator {at}", "en") for at, key in enumerate(keys))
    await published(stage, replace(directory, serial=directory.serial + 1, staff=(*directory.staff, *joined)))
    return [stage.cast.moderator, *keys]


def decision(
    stage: Stage,
    flag: FlagId,
    act: Act = Act.NONE,
    reason: Reason = "nothing-wrong",
    line: str = "Read.",
    number: int = 1,
) -> Wish:
    """A decision with its sealed line."""
    return Wish(act, None, reason, line_on(stage, flag, number, line))


async def decided(stage: Stage, flag: FlagId, act: Act = Act.NONE) -> Outcome:
    """The cast's moderator takes the next flag, which must be this one, and decides it."""
    taken = await service.take(stage.house, moderator(stage))
    assert taken is not None
    assert taken.flag.report.flag == flag
    return await service.decide(stage.house, moderator(stage), flag, decision(stage, flag, act))


def evidence_of(case: Case) -> tuple[list[EvidenceRow], list[EvidenceSeat]]:
    """The evidence as a moderator's page gets it."""
    rows = [EvidenceRow(seq=r.seq, ke=r.ke, seat=r.seat, n=r.n, com=r.com) for r in case.rows]
    return rows, [EvidenceSeat(seat=s.seat, kid=s.kid) for s in case.seats]


async def all_rows(stage: Stage, table: Any) -> list[Any]:
    """Every row of a table."""
    async with stage.db.read() as tx:
        return list((await tx.connection.execute(select(table))).all())


async def trail(stage: Stage) -> list[Any]:
    """The trail, in its order."""
    return sorted(await all_rows(stage, tables.trail), key=lambda row: row.n)


def line_on(stage: Stage, flag: FlagId, number: int = 1, words: str = "Read.") -> Line:
    """A line on a flag, for the moderation team."""
    team = stage.cast.moderation_team
    return Line(team.kid, number, seal_flag_note(team.pub, flag, number, {"line": words}))


def coordinator(stage: Stage) -> StaffCaller:
    """The cast's coordinator, as a good pass makes one."""
    return stage.staff(stage.cast.coordinator, role="coordinator")


async def left(stage: Stage, *keys: StaffKey) -> None:
    """These are in the directory no more."""
    in_force = stage.house.admission.in_force
    assert in_force is not None
    now, gone = in_force.directory, {key.kid for key in keys}
    staff = tuple(each for each in now.staff if each.kid not in gone)
    await published(stage, replace(now, serial=now.serial + 1, staff=staff))


async def back(stage: Stage, directory: Directory) -> None:
    """Everybody whom an earlier directory listed is listed again."""
    in_force = stage.house.admission.in_force
    assert in_force is not None
    await published(stage, replace(directory, serial=in_force.directory.serial + 1))
