"""Flagging, and what becomes of a flag: one function a use case, one transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.conversations.admission.callers import Caller, ClientCaller, StaffCaller
from app.conversations.admission.service import InForce
from app.conversations.errors import Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, FlagId, Kid, RoomId, SeatId, kid_of
from app.conversations.moderation import rules, store
from app.conversations.moderation.rules import Act, Category, Decision, Flag, Outcome, Report
from app.conversations.moderation.store import Row, Sitter
from app.conversations.rooms import service as rooms
from app.conversations.rooms import store as rooms_store
from app.conversations.rooms.rules import State
from app.conversations.rooms.store import Room
from app.kit.clock import day_of
from app.kit.database import WriteTx
from app.wire.ids import seat_id

TEAM = "moderation"
READ = "read"


@dataclass(frozen=True, slots=True)
class Case:
    """What a moderator gets to read: the flag, where its room stands, and its evidence."""

    flag: Flag
    state: State
    rows: Sequence[Row] = field(repr=False)
    seats: Sequence[Sitter] = field(repr=False)


# Whoever flags


async def open_flag(
    house: House, caller: Caller, room_id: RoomId, flag: FlagId, category: Category, team: Kid, sealed: bytes
) -> Outcome:
    """Take a flag, and keep the headers and seats of its room with it. An identical repeat succeeds.

    In any state of the room, also deleted while its header rows are there. `Unknown` for who is not
    its client and never had a seat there as a peer, `FlagFormat`, `SlotTaken`, `StaleEpoch` for
    another key than the present moderation team's, `SlowDown` above three that are not decided.
    """
    rules.check_flag(sealed)
    async with house.db.write() as tx:
        in_force = await house.admission.rely(tx)
        room = await rooms_store.lock(tx, room_id)
        if room is None or not room.secret_hash:
            raise Unknown
        seat, kid = await _reporter(house, tx, caller, room.id)
        report = Report(flag, room.id, seat, kid, category, team, sealed)
        held = await store.find(tx, flag)
        if held is not None:
            return rules.repeated(held, report)
        present = in_force.directory.teams[TEAM]
        rules.check_report(report, kid_of(present.pub), await store.undecided(tx, room.id, seat))
        await store.add(tx, report, present.epoch, day_of(house.now))
        await store.keep_evidence(tx, room.id)
    return Outcome.OPEN


async def _reporter(
    house: House, tx: WriteTx[Conversations], caller: Caller, room: RoomId
) -> tuple[SeatId, Kid | None]:
    """Which seat flags; a peer's may be closed by now."""
    if isinstance(caller, ClientCaller):
        if caller.room != room:
            raise Unknown
        return caller.seat, None
    if caller.role != "peer" or not house.admission.still_listed(caller):
        raise Unknown
    if not any(seat.kid == caller.kid for seat in await rooms_store.seats_of(tx, room)):
        raise Unknown
    return seat_id(room, caller.kid), caller.kid


async def mine(house: House, caller: Caller) -> list[Flag]:
    """One's own flags, newest first: a client's in its room, a peer's in every room that is still known."""
    async with house.db.read() as tx:
        if isinstance(caller, ClientCaller):
            return await store.of_client(tx, caller.room)
        if caller.role != "peer":
            raise Unknown
        return await store.of_staff(tx, caller.kid)


# A moderator


async def take(house: House, caller: StaffCaller) -> Flag | None:
    """The flag this moderator has, for another half hour, or else the next that nobody has; None for none."""
    now = house.now
    async with house.db.write() as tx:
        in_force = await _moderating(house, tx, caller)
        mine = await store.renew(tx, caller.kid, now + rules.LEASE)
        if mine is not None:
            return mine
        moderators = [member.kid for member in in_force.directory.staff if "moderator" in member.roles]
        return await store.lease_next(tx, caller.kid, moderators, now, now + rules.LEASE)


async def read(house: House, caller: StaffCaller, flag_id: FlagId) -> Case:
    """What was flagged, sealed as it came, and its evidence. The trail remembers each reader and day.

    `Unknown` without the lease, `Closed` once the flag is decided.
    """
    today = day_of(house.now)
    async with house.db.write() as tx:
        await _moderating(house, tx, caller)
        flag = rules.require_held(await store.find(tx, flag_id), caller.kid)
        if not await store.has_read(tx, flag_id, caller.kid, today):
            await store.note(tx, today, caller.kid, READ, flag_id, "")
        room = await rooms_store.find(tx, flag.report.room)
        return Case(
            flag,
            State.DELETED if room is None else room.state,
            await store.rows_of(tx, flag.report.room),
            await store.sitters_of(tx, flag.report.room),
        )


async def decide(house: House, caller: StaffCaller, flag_id: FlagId, decision: Decision) -> Outcome:
    """Decide a flag, and end its room where that is the decision, in one transaction. Repeats succeed.

    `FlagFormat` for a note of another length, `Unknown` without the lease, `Closed` for another
    decision than the one taken.
    """
    rules.check_note(decision.note)
    today = day_of(house.now)
    ended: Room | None = None
    async with house.db.write() as tx:
        await _moderating(house, tx, caller)
        held = await store.find(tx, flag_id)
        if rules.is_repeat(held, decision):
            return rules.outcome(decision)
        flag = rules.require_held(held, caller.kid)
        if decision.act is Act.CLOSE:
            ended = await _end(house, tx, flag.report.room)
        await store.decide(tx, flag_id, decision, today)
        await store.note(tx, today, caller.kid, decision.act.value, flag_id, decision.reason)
    if ended is not None:
        rooms.tell(house, ended)
    house.notices.report_decided(flag.report.room, flag.report.seat)
    return rules.outcome(decision)


async def _moderating(house: House, tx: WriteTx[Conversations], caller: StaffCaller) -> InForce:
    """The directory in force. `Unknown` for everybody but a moderator it lists, under a moderator's pass."""
    in_force = await house.admission.rely(tx)
    if caller.role != "moderator" or not house.admission.still_listed(caller):
        raise Unknown
    await store.one_at_a_time(tx)
    return in_force


async def _end(house: House, tx: WriteTx[Conversations], room_id: RoomId) -> Room | None:
    """End a room for good, as its client could; None where that is done, or the room is gone."""
    room = await rooms_store.lock(tx, room_id)
    if room is None or room.state in (State.CLOSED, State.DELETED):
        return None
    await rooms.end(house, tx, room)
    return room
