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
from app.conversations.moderation.rules import Act, Answer, Category, Decision, Flag, Proposal, Wish
from app.conversations.moderation.service import (
    READ,
    Case,
    case_of,
    held_by,
    note_reading,
    place_for,
    sat_in,
)
from app.conversations.trail import store as trail
from app.kit.clock import day_of
from app.kit.database import ReadTx, WriteTx

ASKED = "ask-second"
PACK = "pack"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that waits: `kid` asks, or is asked. `day`: when the flag came."""

    flag: FlagId = field(repr=False)
    category: Category
    day: int
    kid: Kid = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody and `other` agreed to report, whose pack both may take until the end of `last_day`."""

    flag: FlagId = field(repr=False)
    category: Category
    day: int
    other: Kid = field(repr=False)
    last_day: int


@dataclass(frozen=True, slots=True)
class Questions:
    """Those that others put to somebody, their own, and what came of them that is still to be fetched."""

    asked: list[Question]
    mine: list[Question]
    reported: list[Reported]


async def ask(house: House, caller: StaffCaller, flag_id: FlagId, to: Kid, shown: bytes, wish: Wish) -> None:
    """Ask a second person by name, in place of one who was asked before; the flag waits. Repeats succeed.

    `shown`: the flag, sealed to that person's own key. `Unknown` without the flag, for somebody who is not
    listed, is the caller or sat in that room; `SecondNeeded` where nobody at all could be asked;
    `FlagFormat`; `Malformed` for an act that no second person is asked about, `Closed` once it is decided;
    `StaleEpoch` and `NConflict` for a line under another key or number than the present; `SlowDown` for who
    asked too often on this day.
    """
    rules.check_shown(shown)
    rules.check_note(wish.line.blob)
    rules.check_subject(wish.act, wish.subject)
    if wish.act not in rules.BY_TWO:
        raise Malformed
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await moderating(house, tx, caller)
        flag, waiting = await held_by(tx, bench, caller, flag_id, today)
        if waiting is not None and waiting.to == to and waiting.shown == shown:
            return
        line = await place_for(tx, bench, flag_id, wish.line)
        rules.check_often(await store.times(tx, flag_id, caller.kid, today, ASKED))
        sat = await sat_in(tx, flag.report.room)
        could = set(bench.deciders) - sat - {caller.kid}
        if not could:
            raise SecondNeeded
        if to not in could:
            raise Unknown
        rules.check_paused(wish.subject, sat, bench.peers)
        await second_store.withdraw(tx, flag_id, today)
        n = await second_store.add_note(tx, flag_id, caller.kid, "asked", line)
        proposal = Proposal(
            flag_id, n, caller.kid, to, wish.act, wish.subject, wish.reason, Answer.ASKED, today, shown
        )
        await second_store.put(tx, proposal)
        await store.give_back(tx, flag_id, keep_for=caller.kid, today=today)
        # Without its reason: whoever is asked may read the trail, and answers without knowing.
        await trail.note(tx, today, caller.kid, ASKED, flag_id, "")


async def questions(house: House, caller: StaffCaller) -> Questions:
    """What others ask this person, and what this person asks others, as long as an answer may come; and what
    two agreed to report, as long as its pack may be taken.
    """
    today = day_of(house.now)
    bench = look(house, caller, JUDGES)
    async with house.db.read() as tx:
        to_me = await second_store.asked(tx, caller.kid, of_whom="to")
        by_me = await second_store.asked(tx, caller.kid, of_whom="by")
        agreed = await second_store.reported(tx, caller.kid, today - rules.PACK_DAYS)
    # Two may agree twice about one flag: the later time counts.
    packs = {each.flag: _pack_of(caller.kid, each, category, day) for each, category, day in agreed}
    return Questions(
        [Question(each.flag, category, day, each.by) for each, category, day in _open(to_me, bench, today)],
        [Question(each.flag, category, day, each.to) for each, category, day in _open(by_me, bench, today)],
        list(packs.values()),
    )


def _pack_of(kid: Kid, proposal: Proposal, category: Category, day: int) -> Reported:
    other = proposal.to if kid == proposal.by else proposal.by
    return Reported(proposal.flag, category, day, other, proposal.day + rules.PACK_DAYS)


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
    that the answers differ. Repeats succeed. `Unknown`, `Closed`, `FlagFormat`, `Malformed`, `StaleEpoch`,
    `NConflict`.
    """
    rules.check_note(wish.line.blob)
    rules.check_subject(wish.act, wish.subject)
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await judging(house, tx, caller)
        given = await _given_before(tx, caller, flag_id, wish)
        if given is not None:
            return given
        flag, proposal = await _asked(tx, bench, caller, flag_id, today)
        line = await place_for(tx, bench, flag_id, wish.line)
        agreed = rules.same_wish(proposal, wish.act, wish.subject)
        # Rooms are locked before flags, by everybody.
        done = await _carry_out(house, tx, bench, flag, proposal) if agreed else Carried()
        await second_store.add_note(tx, flag_id, caller.kid, "answered", line)
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

    Each call is on the trail. `Unknown` for everybody else, `SlowDown` for too many calls in a day.
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
        rules.check_often(await store.times(tx, flag_id, caller.kid, today, PACK))
        await trail.note(tx, today, caller.kid, PACK, flag_id, agreed[0].reason)
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
        if note.n == last.n + 1 and hmac.compare_digest(note.line.blob, wish.line.blob):
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
