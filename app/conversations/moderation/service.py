"""Flagging, and what one moderator does with a flag: one function a use case, one transaction each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from app.conversations.admission.callers import Caller, ClientCaller, StaffCaller
from app.conversations.errors import Closed, SecondNeeded, StaleEpoch, Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, FlagId, Kid, RoomId, SeatId, kid_of
from app.conversations.moderation import carrying, rules, second_store, store
from app.conversations.moderation.carrying import Pausing
from app.conversations.moderation.door import TEAM, Bench, moderating
from app.conversations.moderation.rules import (
    Answer,
    Category,
    Flag,
    Line,
    More,
    Note,
    Outcome,
    Proposal,
    Report,
    Sealed,
    Wish,
)
from app.conversations.moderation.store import Row, Sitter, Taker
from app.conversations.rooms import store as rooms_store
from app.conversations.rooms.rules import State
from app.conversations.trail import store as trail
from app.kit.clock import day_of
from app.kit.database import ReadTx, WriteTx
from app.wire.ids import seat_id

READ = "read"


@dataclass(frozen=True, slots=True)
class Taken:
    """A flag that a moderator has; `handed_on`: another one asked for a second opinion."""

    flag: Flag
    handed_on: bool


@dataclass(frozen=True, slots=True)
class Case:
    """What a moderator gets to read: the flag, where its room stands, its evidence, and what colleagues said.

    `next_note` is the number of the next line; `second`: the last question to a second person.
    """

    flag: Flag
    state: State
    rows: Sequence[Row] = field(repr=False)
    seats: Sequence[Sitter] = field(repr=False)
    notes: Sequence[Note] = ()
    next_note: int = 1
    second: Proposal | None = None


# Whoever flags


async def open_flag(
    house: House, caller: Caller, room_id: RoomId, flag: FlagId, category: Category, team: Kid, sealed: bytes
) -> Outcome:
    """Take a flag, and keep the headers and seats of its room with it. An identical repeat succeeds.

    In any state of the room, also deleted while its header rows are there. `Unknown` for who is not
    its client and never had a seat there as a peer, `FlagFormat`, `SlotTaken`, `StaleEpoch` for
    another key than the present moderation team's, `SlowDown` above three that are not decided, or ten a day.
    """
    rules.check_flag(sealed)
    today = day_of(house.now)
    async with house.db.write() as tx:
        in_force = await house.admission.rely(tx)
        seat, kid = await _reporter(house, tx, caller, room_id)
        report = Report(flag, room_id, seat, kid, category, team, sealed)
        held = await store.find(tx, flag)
        if held is not None:
            return rules.repeated(held, report)
        present = in_force.directory.teams[TEAM]
        undecided, of_today = await store.undecided(tx, room_id, seat), await store.of_day(tx, report, today)
        rules.check_report(report, kid_of(present.pub), undecided, of_today)
        await store.add(tx, report, present.epoch, today)
        await store.keep_evidence(tx, room_id)
    return Outcome.OPEN


async def give_more(
    house: House, caller: Caller, room_id: RoomId, flag_id: FlagId, team: Kid, sealed: bytes | None
) -> Outcome:
    """More words of the same room for a moderator who asked, or a refusal (None). Repeats succeed.

    `Unknown` for a flag of somebody else, `Closed` where nobody asks, or it was answered otherwise;
    `FlagFormat` and `StaleEpoch` as in `open_flag`.
    """
    if sealed is not None:
        rules.check_flag(sealed)
    today = day_of(house.now)
    async with house.db.write() as tx:
        in_force = await house.admission.rely(tx)
        seat, _ = await _reporter(house, tx, caller, room_id)
        flag = await store.find(tx, flag_id)
        if flag is None or (flag.report.room, flag.report.seat) != (room_id, seat):
            raise Unknown
        if _is_answered_so(flag, sealed):
            return rules.outcome(flag)
        present = in_force.directory.teams[TEAM]
        if team != kid_of(present.pub):
            raise StaleEpoch
        words = None if sealed is None else Sealed(team, present.epoch, sealed)
        if not await store.take_more(tx, flag_id, words, today):
            raise Closed
        if words is not None:
            await store.keep_evidence(tx, room_id)
    return Outcome.OPEN if flag.reported_day is None else Outcome.REPORTED


def _is_answered_so(flag: Flag, sealed: bytes | None) -> bool:
    if sealed is None:
        return flag.more is More.REFUSED
    return flag.words is not None and flag.words.blob == sealed


async def _reporter(
    house: House, tx: WriteTx[Conversations], caller: Caller, room_id: RoomId
) -> tuple[SeatId, Kid | None]:
    """Which seat flags, in a room that is locked and still known; a peer's may be closed by now."""
    room = await rooms_store.lock(tx, room_id)
    if room is None or not room.secret_hash:
        raise Unknown
    if isinstance(caller, ClientCaller):
        if caller.room != room_id:
            raise Unknown
        return caller.seat, None
    if caller.role != "peer" or not house.admission.still_listed(caller):
        raise Unknown
    if not any(seat.kid == caller.kid for seat in await rooms_store.seats_of(tx, room_id)):
        raise Unknown
    return seat_id(room_id, caller.kid), caller.kid


async def mine(house: House, caller: Caller) -> list[Flag]:
    """One's own flags, newest first: a client's in its room, a peer's in every room that is still known."""
    async with house.db.read() as tx:
        if isinstance(caller, ClientCaller):
            return await store.of_client(tx, caller.room)
        if caller.role != "peer":
            raise Unknown
        return await store.of_staff(tx, caller.kid)


# A moderator


async def take(house: House, caller: StaffCaller, skips: Collection[Category] = ()) -> Taken | None:
    """The flag this moderator has, for another half hour, or else the next that is free; None for none.

    `skips`: what they would rather not read today; a flag of such a category goes back.
    """
    now = house.now
    async with house.db.write() as tx:
        bench = await moderating(house, tx, caller)
        held = await store.leased(tx, caller.kid)
        if held is not None and held.report.category in skips:
            await store.give_back(tx, held.report.flag, keep_for=None, today=day_of(now))
            held = None
        if held is not None:
            flag = await store.renew(tx, caller.kid, now + rules.LEASE)
        else:
            taker = Taker(caller.kid, bench.moderators, bench.deciders, skips)
            flag = await store.lease_next(tx, taker, now, day_of(now), now + rules.LEASE)
        if flag is None:
            return None
        if held is None:
            # A question whose second person left, or never came, must not come alive again under another.
            await second_store.withdraw(tx, flag.report.flag, day_of(now))
        notes = await second_store.notes_of(tx, flag.report.flag)
        return Taken(flag, any(note.kind == "hand-on" for note in notes))


async def read(house: House, caller: StaffCaller, flag_id: FlagId) -> Case:
    """What was flagged, sealed as it came, its evidence, and lines of colleagues. The trail remembers each
    reader and day.

    `Unknown` without the lease, `Closed` once the flag is decided.
    """
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await moderating(house, tx, caller)
        flag, waiting = await held_by(tx, bench, caller, flag_id, today)
        await note_reading(tx, today, caller.kid, flag_id, READ)
        notes = await second_store.notes_of(tx, flag_id)
        last = waiting or await second_store.latest(tx, flag_id)
        told = last if last is not None and (last == waiting or last.state in _ANSWERED) else None
        return await case_of(tx, flag, notes=notes, next_note=len(notes) + 1, second=told)


_ANSWERED = (Answer.AGREED, Answer.DIFFERS)


async def case_of(
    tx: ReadTx[Conversations],
    flag: Flag,
    *,
    notes: Sequence[Note] = (),
    next_note: int,
    second: Proposal | None = None,
) -> Case:
    """A flag with its room and evidence."""
    room = await rooms_store.find(tx, flag.report.room)
    return Case(
        flag,
        State.DELETED if room is None else room.state,
        await store.rows_of(tx, flag.report.room),
        await store.sitters_of(tx, flag.report.room),
        notes,
        next_note,
        second,
    )


async def note_reading(tx: WriteTx[Conversations], today: int, kid: Kid, flag: FlagId, act: str) -> None:
    """Put a reading on the trail, once for each person, flag and day."""
    if not await store.times(tx, flag, kid, today, act):
        await trail.note(tx, today, kid, act, flag, "")


async def held_by(
    tx: ReadTx[Conversations], bench: Bench, caller: StaffCaller, flag_id: FlagId, today: int
) -> tuple[Flag, Proposal | None]:
    """The flag that is this moderator's, and their question that waits. `Unknown`, `Closed`."""
    last = await second_store.latest(tx, flag_id)
    waits = last is not None and last.by == caller.kid and last.waits(today, bench.moderators, bench.deciders)
    waiting = last if waits else None
    return rules.require_held(await store.find(tx, flag_id), caller.kid, waiting), waiting


async def place_for(tx: ReadTx[Conversations], bench: Bench, flag_id: FlagId, line: Line) -> Sealed:
    """A line as it is kept, where it is the next one of its flag. `StaleEpoch`, `NConflict`."""
    rules.check_place(line, bench.team, await second_store.next_number(tx, flag_id))
    return bench.sealed(line.blob)


async def sat_in(tx: ReadTx[Conversations], room: RoomId) -> set[Kid]:
    """Whose seats the evidence names."""
    return {seat.kid for seat in await store.sitters_of(tx, room) if seat.kid is not None}


async def decide(house: House, caller: StaffCaller, flag_id: FlagId, wish: Wish) -> Outcome:
    """Decide a flag, and do what was decided, in one transaction. Repeats succeed.

    `FlagFormat` for a line of another length, `Unknown` without the lease or for a subject who did not sit
    there as a peer, `Closed` for another decision than the one taken, `SecondNeeded` for what takes two;
    `StaleEpoch` and `NConflict` for a line under another key or number than the present.
    """
    decision, subject = wish.decision, wish.subject
    rules.check_note(decision.note)
    rules.check_subject(decision.act, subject)
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await moderating(house, tx, caller)
        held = await store.find(tx, flag_id)
        if rules.is_repeat(held, decision):
            return rules.outcome_of(decision.act)
        flag, _ = await held_by(tx, bench, caller, flag_id, today)
        await place_for(tx, bench, flag_id, wish.line)
        sat = await sat_in(tx, flag.report.room)
        rules.check_alone(decision.act, flag.report.category, set(bench.deciders) - sat - {caller.kid})
        rules.check_paused(subject, sat, bench.peers)
        until = house.now + rules.ALONE
        whom = None if subject is None else Pausing(subject, caller.kid, None, until)
        done = await carrying.carry_out(house, tx, flag, decision.act, decision.reason, whom)
        await second_store.withdraw(tx, flag_id, today)
        await store.decide(tx, flag_id, decision, today)
        await trail.note(tx, today, caller.kid, decision.act.value, flag_id, decision.reason)
    done.tell(house)
    house.notices.report_decided(flag.report.room, flag.report.seat)
    return rules.outcome_of(decision.act)


async def hand_on(house: House, caller: StaffCaller, flag_id: FlagId, line: Line) -> None:
    """Ask for a second opinion: the line stays, and another moderator takes the flag.

    `SecondNeeded` where there is none who has not handed it on, or who did not sit in that room.
    `FlagFormat`, `Unknown`, `Closed`, `StaleEpoch` and `NConflict` as in `decide`.
    """
    rules.check_note(line.blob)
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await moderating(house, tx, caller)
        flag, _ = await held_by(tx, bench, caller, flag_id, today)
        sealed = await place_for(tx, bench, flag_id, line)
        notes = await second_store.notes_of(tx, flag_id)
        handed = {note.by for note in notes if note.kind == "hand-on"} | {caller.kid}
        if not set(bench.moderators) - await sat_in(tx, flag.report.room) - handed:
            raise SecondNeeded
        await second_store.withdraw(tx, flag_id, today)
        await second_store.add_note(tx, flag_id, caller.kid, "hand-on", sealed)
        await store.give_back(tx, flag_id, keep_for=None, today=today)
        await trail.note(tx, today, caller.kid, "hand-on", flag_id, "")


async def ask_for_more(house: House, caller: StaffCaller, flag_id: FlagId) -> None:
    """Ask the reporter once for more words; the flag waits, and is kept for who asked. Repeats succeed.

    `Closed` where they were asked before, `Unknown` without the lease.
    """
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await moderating(house, tx, caller)
        found = await store.find(tx, flag_id)
        if (
            found is not None
            and found.more is More.ASKED
            and await store.is_kept_for(tx, flag_id, caller.kid)
        ):
            return
        flag, _ = await held_by(tx, bench, caller, flag_id, today)
        if flag.more is not More.NONE:
            raise Closed
        await second_store.withdraw(tx, flag_id, today)
        await store.ask_more(tx, flag_id, today)
        await store.give_back(tx, flag_id, keep_for=caller.kid, today=today)
        await trail.note(tx, today, caller.kid, "ask-context", flag_id, "")
    house.notices.report_decided(flag.report.room, flag.report.seat)
