"""Flags that stay: held from the purge, sealed anew for a new team key; and the trail.

One function a use case, one transaction each (docs/protocol.md, 7 and 11).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.conversations.admission.callers import StaffCaller
from app.conversations.errors import Closed, StaleEpoch, Unknown
from app.conversations.house import House
from app.conversations.ids import FlagId, Kid
from app.conversations.moderation import rules, second_store, store
from app.conversations.moderation.door import COORDINATORS, JUDGES, judging, look, moderating
from app.conversations.moderation.rules import Decision, Flag, Note, Sealed
from app.conversations.moderation.service import note_reading, sat_in
from app.conversations.trail import store as trail
from app.conversations.trail.rules import Entry
from app.kit.clock import day_of

AT_ONCE = 20
"""Flags that one moderator's browser seals anew in one go."""

MOST_ENTRIES = 100
"""Entries of the trail in one answer."""


@dataclass(frozen=True, slots=True)
class Stale:
    """An undecided flag under an older moderation key, and which later words and lines are, too."""

    flag: Flag
    words: Sealed | None
    notes: Sequence[Note] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Resealed:
    """The same words for the key `team`: the flag, those given later, and lines by their number."""

    team: Kid = field(repr=False)
    sealed: bytes = field(repr=False)
    words: bytes | None = field(repr=False)
    notes: Mapping[int, bytes] = field(repr=False)


async def hold(house: House, caller: StaffCaller, flag_id: FlagId, held: bool, reason: str) -> None:
    """Keep a flag from the purge, or let it go again; the trail says who and why. Repeats succeed.

    `Unknown` for everybody but moderators and coordinators, or for no such flag.
    """
    async with house.db.write() as tx:
        await judging(house, tx, caller)
        flag = await store.find(tx, flag_id)
        if flag is None:
            raise Unknown
        if flag.held is held:
            return
        await store.hold(tx, flag_id, held)
        act = "hold-on" if held else "hold-off"
        await trail.note(tx, day_of(house.now), caller.kid, act, flag_id, reason)


async def kept(house: House, caller: StaffCaller) -> list[tuple[int, Flag, Decision]]:
    """What was decided and is still kept, with the day and the decision, newest first."""
    look(house, caller, JUDGES)
    async with house.db.read() as tx:
        return await store.decided(tx)


async def entries(house: House, caller: StaffCaller, before: int | None) -> list[Entry]:
    """What is on the trail, newest first, for coordinators; with `before`, from there on."""
    look(house, caller, COORDINATORS)
    async with house.db.read() as tx:
        return await trail.newest(tx, before, MOST_ENTRIES)


async def stale(house: House, caller: StaffCaller) -> list[Stale]:
    """Undecided flags under an older key, to be sealed anew; the trail says who had them for that."""
    today = day_of(house.now)
    async with house.db.write() as tx:
        bench = await moderating(house, tx, caller)
        found = []
        for flag in await store.stale(tx, caller.kid, bench.epoch, AT_ONCE):
            await note_reading(tx, today, caller.kid, flag.report.flag, "reseal")
            notes = await second_store.notes_of(tx, flag.report.flag)
            words = None if flag.words is None or flag.words.epoch == bench.epoch else flag.words
            found.append(Stale(flag, words, [note for note in notes if note.line.epoch < bench.epoch]))
        return found


async def reseal(house: House, caller: StaffCaller, flag_id: FlagId, old: Kid, new: Resealed) -> None:
    """Put a flag under the present moderation key, in place of what was sealed to `old`.

    Whoever comes second is answered `Closed`, as for a flag that is decided. `StaleEpoch` for a key that is
    not the present one, `Unknown` for no such flag or one of a room where the caller sat, `FlagFormat`.
    """
    rules.check_flag(new.sealed)
    if new.words is not None:
        rules.check_flag(new.words)
    for line in new.notes.values():
        rules.check_note(line)
    async with house.db.write() as tx:
        bench = await moderating(house, tx, caller)
        if new.team != bench.team:
            raise StaleEpoch
        flag = await store.find(tx, flag_id)
        if flag is None or caller.kid in await sat_in(tx, flag.report.room):
            raise Unknown
        if flag.epoch >= bench.epoch:
            # Nobody puts other words in the place of those that everybody can open.
            raise Closed
        needs_words = flag.words is not None and flag.words.epoch < bench.epoch
        if needs_words is not (new.words is not None):
            raise Closed
        if not await store.reseal(tx, flag_id, old, bench.sealed(new.sealed), new.words):
            raise Closed
        for n, line in new.notes.items():
            await second_store.reseal_note(tx, flag_id, n, bench.sealed(line))
        await trail.note(tx, day_of(house.now), caller.kid, "resealed", flag_id, "")
