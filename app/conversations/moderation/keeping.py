"""Flags that stay: held from the purge, sealed anew for a new team key; and the trail.

One function a use case, one transaction each (docs/protocol.md, 7 and 11).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.conversations.admission import store as admission_store
from app.conversations.admission.callers import StaffCaller
from app.conversations.errors import Closed, StaleEpoch, Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, FlagId, Kid
from app.conversations.moderation import rules, second_store, store
from app.conversations.moderation.door import COORDINATORS, JUDGES, MODERATORS, TEAM, judging, look
from app.conversations.moderation.rules import Flag, Note, Sealed
from app.conversations.moderation.service import note_reading, sat_in
from app.conversations.trail import store as trail
from app.conversations.trail.rules import Entry
from app.kit.clock import day_of
from app.kit.database import ReadTx
from app.wire.directory import parse_directory

AT_ONCE = 20
"""Flags that one browser seals anew in one go."""

MOST_LINES = 200
"""Lines on one flag that are sealed anew at once; the others come with the next look."""

HOLD = "hold-on"
LET_GO = "hold-off"

MOST_ENTRIES = 100
"""Entries of the trail in one answer."""


@dataclass(frozen=True, slots=True)
class Stale:
    """An undecided flag of which something is under an older moderation key: the flag itself (`whole`), its
    later words, and lines.
    """

    flag: Flag
    whole: bool
    words: Sealed | None
    notes: Sequence[Note] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Resealed:
    """The same words for the key `team`: the flag and those given later, and lines by their number.

    `sealed` is None where the flag stays as it is.
    """

    team: Kid = field(repr=False)
    sealed: bytes | None = field(repr=False)
    words: bytes | None = field(repr=False)
    notes: Mapping[int, bytes] = field(repr=False)


async def hold(house: House, caller: StaffCaller, flag_id: FlagId, held: bool, reason: str) -> None:
    """Keep a flag from the purge, or let it go again; the trail says who and why. Repeats succeed.

    `Unknown` for everybody but moderators and coordinators, or for no such flag, also where the purge takes
    it in this moment; `SlowDown` for who turned it too often on this day.
    """
    today = day_of(house.now)
    async with house.db.write() as tx:
        await judging(house, tx, caller)
        flag = await store.find(tx, flag_id)
        if flag is None:
            raise Unknown
        if flag.held is held:
            return
        rules.check_often(await store.times(tx, flag_id, caller.kid, today, HOLD, LET_GO))
        if not await store.hold(tx, flag_id, held):
            raise Unknown
        await trail.note(tx, today, caller.kid, HOLD if held else LET_GO, flag_id, reason)


async def kept(house: House, caller: StaffCaller, before: FlagId | None) -> list[tuple[Flag, int | None]]:
    """What is held, also undecided, and what was decided and is still kept; from `before` on.

    Each with the day of its decision.
    """
    look(house, caller, JUDGES)
    async with house.db.read() as tx:
        return await store.kept(tx, before)


async def entries(house: House, caller: StaffCaller, before: int | None) -> list[Entry]:
    """What is on the trail, newest first, for coordinators; with `before`, from there on."""
    look(house, caller, COORDINATORS)
    async with house.db.read() as tx:
        return await trail.newest(tx, before, MOST_ENTRIES)


async def stale(house: House, caller: StaffCaller, after: FlagId | None = None) -> list[Stale]:
    """Undecided flags of which something is under an older key, to be sealed anew; the trail says who had
    them for that. `after`: from this flag on, as one that opens for nobody keeps its place.

    For moderators all of them; for coordinators those that came while they stood in for a team of nobody.
    """
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await judging(house, tx, caller)
        found = []
        given = await _stood_in(tx, caller)
        for flag in await store.stale(tx, caller.kid, bench.epoch, given, after, AT_ONCE):
            await note_reading(tx, today, caller.kid, flag.report.flag, "reseal")
            notes = await second_store.notes_of(tx, flag.report.flag)
            theirs = [note for note in notes if given is None or note.line.epoch in given]
            old = [note for note in theirs if note.line.epoch < bench.epoch]
            whole = flag.epoch < bench.epoch and (given is None or flag.epoch in given)
            words = flag.words if whole and flag.words and flag.words.epoch < bench.epoch else None
            found.append(Stale(flag, whole, words, old[:MOST_LINES]))
        return found


async def reseal(house: House, caller: StaffCaller, flag_id: FlagId, old: Kid, new: Resealed) -> None:
    """Put a flag under the present moderation key, in place of what was sealed to `old`.

    Whoever comes second is answered `Closed`, as for a flag that is decided. `StaleEpoch` for a key that is
    not the present one, `Unknown` for no such flag, one of a room where the caller sat, or one under a key
    that this coordinator was never given; `FlagFormat`.
    """
    for words in (new.sealed, new.words):
        if words is not None:
            rules.check_flag(words)
    for line in new.notes.values():
        rules.check_note(line)
    async with house.db.write() as tx:
        bench = await judging(house, tx, caller)
        if new.team != bench.team:
            raise StaleEpoch
        flag = await store.find(tx, flag_id)
        if flag is None or caller.kid in await sat_in(tx, flag.report.room):
            raise Unknown
        given = await _stood_in(tx, caller)
        if given is not None and (flag.epoch not in given if new.sealed is not None else not given):
            raise Unknown
        if flag.decision is not None:
            raise Closed
        if new.sealed is not None:
            # Nobody puts other words in the place of those that everybody can open.
            needs_words = flag.words is not None and flag.words.epoch < bench.epoch
            if flag.epoch >= bench.epoch or needs_words is not (new.words is not None):
                raise Closed
            if not await store.reseal(tx, flag_id, old, bench.sealed(new.sealed), new.words):
                raise Closed
        elif new.words is not None:
            raise Closed
        lines = [
            await second_store.reseal_note(tx, flag_id, n, bench.sealed(line), given)
            for n, line in new.notes.items()
        ]
        if new.sealed is None and not any(lines):
            raise Closed
        await trail.note(tx, day_of(house.now), caller.kid, "resealed", flag_id, "")


async def _stood_in(tx: ReadTx[Conversations], caller: StaffCaller) -> set[int] | None:
    """Epochs whose key this coordinator was given, by the directories still stored; None for a moderator."""
    if caller.role in MODERATORS:
        return None
    teams = [parse_directory(payload).teams[TEAM] for payload in await admission_store.payloads(tx)]
    return {team.epoch for team in teams if caller.kid in team.members}
