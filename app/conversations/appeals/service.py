"""A pause as its peer sees it, an appeal to somebody new, and its end: one transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.conversations.admission.callers import StaffCaller
from app.conversations.appeals import rules
from app.conversations.appeals.rules import Answer, Standing
from app.conversations.availability import pauses
from app.conversations.availability.rules import Appeal, Pause
from app.conversations.errors import Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.queue import pausing
from app.conversations.trail import store as trail
from app.kit.clock import day_of
from app.kit.database import WriteTx


@dataclass(frozen=True, slots=True)
class OwnPause:
    """A pause, where the appeal stands, and to whom the peer may appeal still."""

    pause: Pause
    appeal: Standing | None
    whom: Sequence[Kid] = field(repr=False)


# The peer


async def mine(house: House, caller: StaffCaller) -> OwnPause | None:
    """One's own pause, None without one. `Unknown` for everybody but a peer."""
    _require(house, caller, "peer")
    async with house.db.read() as tx:
        pause = await pauses.of(tx, caller.kid, house.now)
    if pause is None:
        return None
    listed, today = _reviewers(house), day_of(house.now)
    appeal = rules.standing(rules.heard(pause, listed, today))
    return OwnPause(pause, appeal, rules.whom(pause, listed, today))


async def appeal(house: House, caller: StaffCaller, to: Kid, sealed: bytes) -> None:
    """Say to somebody new why the pause is not right, sealed to that person. An identical repeat succeeds.

    `Unknown` for everybody but a peer, `FlagFormat`, and as `rules.require_new`.
    """
    rules.check_word(sealed)
    word = Appeal(to, sealed, day_of(house.now))
    async with house.db.write() as tx:
        await _begin(house, tx, caller, "peer")
        found = await pauses.of(tx, caller.kid, house.now)
        pause = rules.require_new(found, word, _reviewers(house))
        if pause is not None:
            await pauses.appeal(tx, caller.kid, word)
            await trail.note(tx, word.day, caller.kid, "appealed", pause.flag, "")


# Moderators and coordinators


async def listed(house: House, caller: StaffCaller) -> list[tuple[Pause, Standing | None]]:
    """Every pause, and where its appeal stands. `Unknown` for peers."""
    _require(house, caller, *rules.REVIEWING)
    async with house.db.read() as tx:
        found = await pauses.running(tx, house.now)
    reviewers, today = _reviewers(house), day_of(house.now)
    return [(pause, rules.standing(rules.heard(pause, reviewers, today))) for pause in found]


async def named(house: House, caller: StaffCaller) -> list[Pause]:
    """The pauses whose open appeal is for the caller. `Unknown` for peers."""
    _require(house, caller, *rules.REVIEWING)
    async with house.db.read() as tx:
        found = await pauses.running(tx, house.now)
    return [
        pause
        for pause in found
        if pause.appeal is not None and pause.appeal.to == caller.kid and not pause.appeal.upheld
    ]


async def answer(house: House, caller: StaffCaller, kid: Kid, act: Answer, reason: str) -> None:
    """Let a peer's pause stand, or end it. `Unknown` for who is not asked, `Closed` once it stands."""
    async with house.db.write() as tx:
        await _begin(house, tx, caller, *rules.REVIEWING)
        pause = rules.require_named(await pauses.of(tx, kid, house.now), caller.kid)
        if act == "uphold":
            await pauses.uphold(tx, kid)
            await trail.note(tx, day_of(house.now), caller.kid, "appeal-upheld", pause.flag, reason)
            return
        changed = await _lift(house, tx, caller, pause, reason)
    pausing.tell(house, changed)


async def lift(house: House, caller: StaffCaller, kid: Kid, reason: str) -> None:
    """End a pause before its time. `Unknown` for peers, and for a peer who is not paused."""
    async with house.db.write() as tx:
        await _begin(house, tx, caller, *rules.REVIEWING)
        pause = await pauses.of(tx, kid, house.now)
        if pause is None:
            raise Unknown
        changed = await _lift(house, tx, caller, pause, reason)
    pausing.tell(house, changed)


async def _lift(
    house: House, tx: WriteTx[Conversations], caller: StaffCaller, pause: Pause, reason: str
) -> list[RoomId]:
    await trail.note(tx, day_of(house.now), caller.kid, "pause-lifted", pause.flag, reason)
    return await pausing.lift(tx, pause.kid)


async def _begin(house: House, tx: WriteTx[Conversations], caller: StaffCaller, *roles: str) -> None:
    """Rely on the directory; nobody else adds to the trail until the transaction ends."""
    await house.admission.rely(tx)
    _require(house, caller, *roles)
    await trail.one_at_a_time(tx)


def _require(house: House, caller: StaffCaller, *roles: str) -> None:
    if caller.role not in roles or not house.admission.still_listed(caller):
        raise Unknown


def _reviewers(house: House) -> set[Kid]:
    in_force = house.admission.in_force
    return set() if in_force is None else rules.reviewers(in_force.directory)
