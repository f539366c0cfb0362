"""What takes two: a second person reads and answers before hearing what the first would do.

One function a use case, one transaction each (docs/protocol.md, 11).
"""

import hmac
from dataclasses import dataclass, field, replace

from app.conversations.admission.callers import StaffCaller
from app.conversations.errors import Closed, Malformed, SecondNeeded, Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, FlagId, Kid
from app.conversations.moderation import carrying, rules, second_store, store
from app.conversations.moderation.carrying import Carried, Pausing
from app.conversations.moderation.door import JUDGES, Bench, judging, look, moderating
from app.conversations.moderation.rules import Act, Answer, Category, Decision, Flag, Proposal, Reason
from app.conversations.moderation.service import READ, Case, case_of, held_by, note_reading, sat_in
from app.conversations.trail import store as trail
from app.kit.clock import day_of
from app.kit.database import ReadTx, WriteTx


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would do about a flag; `line`: why, sealed to the moderation team."""

    act: Act
    subject: Kid | None = field(repr=False)
    reason: Reason
    line: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that waits: `kid` asks, or is asked. `day`: when the flag came."""

    flag: FlagId = field(repr=False)
    category: Category
    day: int
    kid: Kid = field(repr=False)


@dataclass(frozen=True, slots=True)
class Questions:
    """Those that others put to somebody, and their own."""

    asked: list[Question]
    mine: list[Question]


async def ask(house: House, caller: StaffCaller, flag_id: FlagId, to: Kid, shown: bytes, wish: Wish) -> None:
    """Ask a second person by name, in place of one who was asked before; the flag waits. Repeats succeed.

    `shown`: the flag, sealed to that person's own key. `Unknown` without the flag, for somebody who is not
    listed, is the caller or sat in that room; `SecondNeeded` where nobody at all could be asked;
    `FlagFormat`; `Malformed` for an act that no second person is asked about, `Closed` once it is decided.
    """
    rules.check_flag(shown)
    rules.check_note(wish.line)
    rules.check_subject(wish.act, wish.subject)
    if wish.act not in rules.BY_TWO:
        raise Malformed
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await moderating(house, tx, caller)
        flag, waiting = await held_by(tx, bench, caller, flag_id, today)
        if waiting is not None and waiting.to == to and waiting.shown == shown:
            return
        sat = await sat_in(tx, flag.report.room)
        could = set(bench.deciders) - sat - {caller.kid}
        if not could:
            raise SecondNeeded
        if to not in could:
            raise Unknown
        rules.check_paused(wish.subject, sat, bench.peers)
        await second_store.withdraw(tx, flag_id, today)
        n = await second_store.add_note(tx, flag_id, caller.kid, "asked", bench.sealed(wish.line))
        proposal = Proposal(
            flag_id, n, caller.kid, to, wish.act, wish.subject, wish.reason, Answer.ASKED, today, shown
        )
        await second_store.put(tx, proposal)
        await store.give_back(tx, flag_id, keep_for=caller.kid, today=today)
        await trail.note(tx, today, caller.kid, "ask-second", flag_id, wish.reason)


async def questions(house: House, caller: StaffCaller) -> Questions:
    """What others ask this person, and what this person asks others, as long as an answer may come."""
    today = day_of(house.now)
    bench = look(house, caller, JUDGES)
    async with house.db.read() as tx:
        to_me = await second_store.asked(tx, caller.kid, of_whom="to")
        by_me = await second_store.asked(tx, caller.kid, of_whom="by")
    return Questions(
        [Question(each.flag, category, day, each.by) for each, category, day in _open(to_me, bench, today)],
        [Question(each.flag, category, day, each.to) for each, category, day in _open(by_me, bench, today)],
    )


def _open(
    found: list[tuple[Proposal, Category, int]], bench: Bench, today: int
) -> list[tuple[Proposal, Category, int]]:
    return [each for each in found if each[0].waits(today, bench.moderators, bench.deciders)]


async def read(house: House, caller: StaffCaller, flag_id: FlagId) -> Case:
    """What a second person reads: the flag as it was sealed to them, and its evidence. Never what the first
    would do, nor any line about it.

    `Unknown` where nobody asks them, `Closed` once the flag is decided.
    """
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await judging(house, tx, caller)
        flag, proposal = await _asked(tx, bench, caller, flag_id, today)
        await note_reading(tx, today, caller.kid, flag_id, READ)
        number = await second_store.next_number(tx, flag_id)
        return await case_of(tx, _shown_to(flag, proposal), next_note=number)


async def answer(house: House, caller: StaffCaller, flag_id: FlagId, wish: Wish) -> bool:
    """A second person says what they would do: whether it is the same act about the same peer.

    Then it is done at once, for the first one's reason. Otherwise the flag is the first one's again, who sees
    that the answers differ. Repeats succeed. `Unknown`, `Closed`, `FlagFormat`, `Malformed`.
    """
    rules.check_note(wish.line)
    rules.check_subject(wish.act, wish.subject)
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await judging(house, tx, caller)
        given = await _given_before(tx, caller, flag_id, wish)
        if given is not None:
            return given
        flag, proposal = await _asked(tx, bench, caller, flag_id, today)
        agreed = rules.same_wish(proposal, wish.act, wish.subject)
        # Rooms are locked before flags, by everybody.
        done = await _carry_out(house, tx, bench, flag, proposal) if agreed else Carried()
        await second_store.add_note(tx, flag_id, caller.kid, "answered", bench.sealed(wish.line))
        await trail.note(tx, today, caller.kid, "agree" if agreed else "differ", flag_id, wish.reason)
        await second_store.settle(tx, proposal, Answer.AGREED if agreed else Answer.DIFFERS, today)
        if agreed:
            await _write_down(tx, flag, proposal, today)
        if not agreed or proposal.act is Act.REPORT:
            await store.give_back(tx, flag_id, keep_for=proposal.by, today=today)
    done.tell(house)
    if agreed:
        house.notices.report_decided(flag.report.room, flag.report.seat)
    return agreed


async def pack(house: House, caller: StaffCaller, flag_id: FlagId) -> Case:
    """The flag once more, for the two who agreed to report it, for a week, also when it is decided.

    Each call is on the trail. `Unknown` for everybody else.
    """
    today = day_of(house.now)
    async with house.db.write() as tx:
        await judging(house, tx, caller)
        flag = await store.find(tx, flag_id)
        agreed = [
            each for each in await second_store.of(tx, flag_id) if _is_reported(each, caller.kid, today)
        ]
        if flag is None or not agreed:
            raise Unknown
        await trail.note(tx, today, caller.kid, "pack", flag_id, agreed[0].reason)
        if agreed[0].to == caller.kid:
            flag = _shown_to(flag, agreed[0])
        number = await second_store.next_number(tx, flag_id)
        return await case_of(tx, flag, next_note=number)


def _is_reported(proposal: Proposal, kid: Kid, today: int) -> bool:
    return (
        proposal.act is Act.REPORT
        and proposal.state is Answer.AGREED
        and proposal.day >= today - rules.PACK_DAYS
        and kid in (proposal.by, proposal.to)
    )


async def _asked(
    tx: ReadTx[Conversations], bench: Bench, caller: StaffCaller, flag_id: FlagId, today: int
) -> tuple[Flag, Proposal]:
    """The flag that somebody asks this person about, and the question."""
    flag, last = await store.find(tx, flag_id), await second_store.latest(tx, flag_id)
    if flag is None or last is None or last.to != caller.kid:
        raise Unknown
    if flag.decision is not None:
        raise Closed
    if not last.waits(today, bench.moderators, bench.deciders):
        raise Unknown
    return flag, last


async def _given_before(
    tx: ReadTx[Conversations], caller: StaffCaller, flag_id: FlagId, wish: Wish
) -> bool | None:
    """What this very answer came to, where it was given before."""
    last = await second_store.latest(tx, flag_id)
    if last is None or last.to != caller.kid or last.state not in (Answer.AGREED, Answer.DIFFERS):
        return None
    for note in await second_store.notes_of(tx, flag_id):
        if note.n == last.n + 1 and hmac.compare_digest(note.line.blob, wish.line):
            return last.state is Answer.AGREED
    return None


def _shown_to(flag: Flag, proposal: Proposal) -> Flag:
    """The flag as one person was shown it: sealed to their own key, with all words in one."""
    if proposal.shown is None:
        raise Unknown
    report = replace(flag.report, team=proposal.to, sealed=proposal.shown)
    return replace(flag, report=report, epoch=0, words=None)


async def _carry_out(
    house: House, tx: WriteTx[Conversations], bench: Bench, flag: Flag, proposal: Proposal
) -> Carried:
    whom = None
    # Who left meanwhile is offered nobody, paused or not.
    if proposal.subject is not None and proposal.subject in bench.peers:
        whom = Pausing(proposal.subject, proposal.by, proposal.to, None)
    return await carrying.carry_out(house, tx, flag, proposal.act, proposal.reason, whom)


async def _write_down(tx: WriteTx[Conversations], flag: Flag, proposal: Proposal, today: int) -> None:
    """Put what two agreed on in the first one's name: a decision, or a report of a flag that stays open."""
    flag_id = flag.report.flag
    if proposal.act is Act.REPORT:
        await store.report(tx, flag_id, today)
    else:
        [line] = [each.line for each in await second_store.notes_of(tx, flag_id) if each.n == proposal.n]
        await store.decide(tx, flag_id, Decision(proposal.act, proposal.reason, line.blob), today)
    await trail.note(tx, today, proposal.by, proposal.act.value, flag_id, proposal.reason)
