"""A moderator: one flag at a time, read, checked and decided (docs/protocol.md, 11)."""

from collections.abc import Sequence

from app.companion.answers import (
    Act,
    Answer,
    Category,
    FlagNote,
    Outcome,
    Reason,
    StaleFlag,
    StaleFlags,
    Taken,
    TakenFlag,
    Told,
)
from app.companion.api import ApiError
from app.companion.case import Case, key_of, read_line
from app.companion.judge import TEAM, Judge
from app.companion.seals import open_flag, seal_flag, seal_flag_note
from app.companion.staff_session import StaffSession
from app.wire.errors import WireError
from app.wire.ids import FlagId, Kid, RoomId, SeatId, kid_of


class Moderator(Judge):
    """A signed-in moderator."""

    def __init__(self, session: StaffSession) -> None:
        if session.role != "moderator":
            raise ApiError("unknown")
        super().__init__(session)

    async def take(self, skip: Sequence[Category] = ()) -> TakenFlag | None:
        """One's own flag again, for longer, or the next that waits; None where none does."""
        return (await self.session.post("flags/take", {"skip": list(skip)}, Taken)).flag

    async def read(self, flag: FlagId) -> Case:
        """A flag that was taken, opened and checked.

        ApiError: `unknown` without the lease, `closed` once it is decided. WireError: `unknown_epoch` where
        it is sealed to a key this moderator does not hold, `aead`, `flag_format`.
        """
        return await self._read("flags/read", flag)

    async def decide(
        self, case: Case, act: Act, reason: Reason, line: str, subject: Kid | None = None
    ) -> Outcome:
        """Decide a flag, with a line for the moderation team alone; `subject`: whom a pause is about.

        To act against somebody every proof must hold: WireError("bad_commitment") otherwise. ApiError:
        `unknown` where somebody else has the flag by now, `closed` where it was decided otherwise,
        `second_needed` for what takes two.
        """
        request = self._decision(case, act, reason, line, subject)
        return (await self.session.post("flags/decide", request, Told)).outcome

    async def ask_second(
        self, case: Case, to: Kid, act: Act, reason: Reason, line: str, subject: Kid | None = None
    ) -> None:
        """Ask a moderator or coordinator by name, who reads the same and is not told what one would do.

        WireError: `unknown` for who is not listed, `bad_commitment`. ApiError: `unknown`, `second_needed`.
        """
        member = self.session.trust.directory.member(to)
        if member is None:
            raise WireError("unknown")
        shown = seal_flag(member.pub, case.flag, case.place, case.reporter, case.words.to_json())
        request = {**self._decision(case, act, reason, line, subject), "to": to, "shown": shown}
        await self.session.post("flags/second", request, Answer)

    async def hand_on(self, case: Case, line: str) -> None:
        """Leave it to another moderator, with a line. ApiError("second_needed") where there is none."""
        request = {"flag": case.flag, "sealed": self._line(case, line)}
        await self.session.post("flags/hand-on", request, Answer)

    async def ask_for_more(self, case: Case) -> None:
        """Ask the reporter once for more words. ApiError("closed") where they were asked before."""
        await self.session.post("flags/context", {"flag": case.flag}, Answer)

    async def reseal(self) -> int:
        """Seal undecided flags anew for the present moderation key; how many were done.

        Those that this moderator cannot open are left to the next one.
        """
        await self.session.refresh()
        done, tried = 0, set[bytes]()
        while stale := [flag for flag in await self._stale() if flag.flag not in tried]:
            for flag in stale:
                tried.add(flag.flag)
                done += await self._seal_anew(flag)
        return done

    async def _stale(self) -> tuple[StaleFlag, ...]:
        return (await self.session.post("flags/stale", {}, StaleFlags)).flags

    async def _seal_anew(self, stale: StaleFlag) -> bool:
        team, keys = self.session.trust.directory.teams[TEAM].pub, self._keys()
        flag, room, reporter = FlagId(stale.flag), RoomId(stale.room), SeatId(stale.reporter)

        def anew(kid: bytes, sealed: bytes) -> bytes:
            words = open_flag(key_of(keys, kid), flag, room, reporter, sealed)
            return seal_flag(team, flag, room, reporter, words)

        try:
            sealed = anew(stale.kid, stale.sealed)
            more = None
            if stale.more is not None and stale.more_kid is not None:
                more = anew(stale.more_kid, stale.more)
        except WireError:
            return False
        request = {
            "flag": flag,
            "from": stale.kid,
            "kid": kid_of(team),
            "sealed": sealed,
            "more": more,
            "notes": [entry for note in stale.notes if (entry := self._line_anew(flag, note)) is not None],
        }
        try:
            await self.session.post("flags/reseal", request, Answer)
        except ApiError as error:
            if error.code not in ("closed", "stale_epoch"):
                raise
            return False
        return True

    def _line_anew(self, flag: FlagId, note: FlagNote) -> dict[str, object] | None:
        """The same line for the present key; None where it cannot be read, which keeps nothing else back."""
        try:
            words = read_line(key_of(self._keys(), note.kid), flag, note.n, note.sealed)
        except WireError:
            return None
        team = self.session.trust.directory.teams[TEAM].pub
        return {"n": note.n, "sealed": seal_flag_note(team, flag, note.n, {"line": words})}
