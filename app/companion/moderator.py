"""A moderator: one flag at a time, read, checked and decided (docs/protocol.md, 11)."""

from collections.abc import Sequence
from typing import Any

from app.companion.answers import Act, Answer, Category, Outcome, Reason, Taken, TakenFlag, Told
from app.companion.api import ApiError
from app.companion.case import Case
from app.companion.judge import Judge
from app.companion.seals import seal_shown
from app.companion.staff_session import StaffSession
from app.wire.errors import WireError
from app.wire.ids import FlagId, Kid


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
        `second_needed` for what takes two, `n_conflict` where somebody left a line meanwhile: read it again.
        """
        told = await self._post(
            "flags/decide", lambda: self._decision(case, act, reason, line, subject), Told
        )
        return told.outcome

    async def ask_second(
        self, case: Case, to: Kid, act: Act, reason: Reason, line: str, subject: Kid | None = None
    ) -> None:
        """Ask a moderator or coordinator by name, who reads the same and is not told what one would do.

        WireError: `unknown` for who is not listed, `bad_commitment`. ApiError: `unknown`, `second_needed`.
        """
        member = self.session.trust.directory.member(to)
        if member is None:
            raise WireError("unknown")
        shown = seal_shown(member.pub, case.flag, case.place, case.reporter, case.words.to_json())

        def asking() -> dict[str, Any]:
            return {**self._decision(case, act, reason, line, subject), "to": to, "shown": shown}

        await self._post("flags/second", asking, Answer)

    async def hand_on(self, case: Case, line: str) -> None:
        """Leave it to another moderator, with a line. ApiError("second_needed") where there is none."""
        await self._post("flags/hand-on", lambda: self._line(case, line), Answer)

    async def ask_for_more(self, case: Case) -> None:
        """Ask the reporter once for more words. ApiError("closed") where they were asked before."""
        await self.session.post("flags/context", {"flag": case.flag}, Answer)
