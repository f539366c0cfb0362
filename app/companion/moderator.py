"""A moderator: one flag at a time, read, checked and decided (docs/protocol.md, 11)."""

from dataclasses import dataclass

from app.companion.answers import Act, Category, FlagRead, Outcome, Reason, State, Taken, TakenFlag, Told
from app.companion.api import ApiError
from app.companion.evidence import Evidence, Gap, Shown
from app.companion.flag import Flag
from app.companion.keys import StaffKey
from app.companion.seals import open_flag, seal_flag_note
from app.companion.staff_session import StaffSession
from app.wire.errors import WireError
from app.wire.fields import line as one_line
from app.wire.ids import CLIENT_SEAT, FlagId, RoomId, SeatId

MOST_LINE = 500
"""Characters of a moderator's line."""

TEAM = "moderation"
FIRST_NOTE = 1
"""The number of the note that a decision brings along."""


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """A flag that was opened and checked. `day` counts from 1970."""

    flag: FlagId
    category: Category
    day: int
    from_client: bool
    reason: str
    note: str
    items: tuple[Shown | Gap, ...]
    room: State

    @property
    def holds(self) -> bool:
        """Whether all that was shown was said as shown: only then may somebody be acted against."""
        return all(item.proof == "ok" for item in self.items if isinstance(item, Shown))

    def __repr__(self) -> str:
        return f"<Case {self.category} {len(self.items)} items>"


class Moderator:
    """A signed-in moderator."""

    def __init__(self, session: StaffSession) -> None:
        if session.role != "moderator":
            raise ApiError("unknown")
        self._session = session

    async def take(self) -> TakenFlag | None:
        """One's own flag again, for longer, or the next that waits; None where none does."""
        return (await self._session.post("flags/take", {}, Taken)).flag

    async def read(self, flag: FlagId) -> Case:
        """A flag that was taken, opened and checked.

        ApiError: `unknown` without the lease, `closed` once it is decided. WireError: `unknown_epoch` where
        it is sealed to a key this moderator does not hold, `aead`, `flag_format`.
        """
        found = await self._session.post("flags/read", {"flag": flag}, FlagRead)
        if found.flag != flag:
            raise WireError("unknown")
        room, reporter = RoomId(found.room), SeatId(found.reporter)
        key = await self._team_key(found.epoch)
        if key is None or key.kid != found.kid:
            raise WireError("unknown_epoch")
        words = Flag.read(open_flag(key, flag, room, reporter, found.sealed))
        return Case(
            flag=flag,
            category=found.category,
            day=found.day,
            from_client=reporter == CLIENT_SEAT,
            reason=words.reason,
            note=words.note,
            items=Evidence(room, found.rows, found.seats).check(words.items),
            room=found.state,
        )

    async def decide(self, case: Case, act: Act, reason: Reason, line: str) -> Outcome:
        """Decide a flag, with a line for the moderation team alone.

        To end a room every proof must hold: WireError("bad_commitment") otherwise. ApiError: `unknown`
        where somebody else has the flag by now, `closed` where it was decided otherwise.
        """
        if act != "none" and not case.holds:
            raise WireError("bad_commitment")
        team = self._session.trust.directory.teams["moderation"].pub
        sealed = seal_flag_note(team, case.flag, FIRST_NOTE, {"line": one_line(line, MOST_LINE)})
        request = {"flag": case.flag, "act": act, "reason": reason, "sealed": sealed}
        return (await self._session.post("flags/decide", request, Told)).outcome

    async def _team_key(self, epoch: int) -> StaffKey | None:
        """The moderation key of this epoch, if one holds it; those made since sign-in are fetched."""
        held = self._session.team_keys
        if (TEAM, epoch) not in held:
            await self._session.refresh()
        return held.get((TEAM, epoch))
