"""A moderator or a coordinator: second answers, report packs, holds and the trail (docs/protocol.md, 11)."""

from typing import Any

from app.companion.answers import (
    Act,
    Agreed,
    Answer,
    FlagRead,
    KeptFlag,
    KeptFlags,
    Questions,
    Reason,
    Trail,
    TrailEntry,
)
from app.companion.api import ApiError
from app.companion.case import MOST_LINE, Case, open_case
from app.companion.keys import StaffKey
from app.companion.seals import seal_flag_note
from app.companion.staff_session import StaffSession
from app.wire.errors import WireError
from app.wire.fields import line as one_line
from app.wire.ids import FlagId, Kid

TEAM = "moderation"


class Judge:
    """A signed-in moderator or coordinator."""

    def __init__(self, session: StaffSession) -> None:
        if session.role not in ("moderator", "coordinator"):
            raise ApiError("unknown")
        self.session = session

    async def questions(self) -> Questions:
        """What others ask one to answer, and what one asks others."""
        return await self.session.post("flags/asked", {}, Questions)

    async def read_as_second(self, flag: FlagId) -> Case:
        """A flag that somebody asks one about: never what they would do. ApiError, WireError."""
        return await self._read("flags/second-read", flag)

    async def answer(
        self, case: Case, act: Act, reason: Reason, line: str, subject: Kid | None = None
    ) -> bool:
        """What one would do, as a second person: whether it is the same. Then it is done.

        WireError("bad_commitment") where not every proof holds, for all but "none". ApiError.
        """
        request = self._decision(case, act, reason, line, subject)
        return (await self.session.post("flags/second-answer", request, Agreed)).agreed

    async def pack(self, flag: FlagId) -> Case:
        """A flag that two agreed to report, for those two, for a week; each call is on the trail."""
        return await self._read("flags/pack", flag)

    async def hold(self, flag: FlagId, reason: str, *, held: bool) -> None:
        """Keep a flag beyond its time, or let it go when its time comes."""
        await self.session.post("flags/hold", {"flag": flag, "hold": held, "reason": reason}, Answer)

    async def kept(self) -> tuple[KeptFlag, ...]:
        """What was decided and is still kept, newest first."""
        return (await self.session.post("flags/kept", {}, KeptFlags)).flags

    async def trail(self, before: int | None = None) -> tuple[TrailEntry, ...]:
        """What staff did about flags and pauses, newest first; for coordinators alone."""
        return (await self.session.post("flags/trail", {"before": before}, Trail)).entries

    def _decision(
        self, case: Case, act: Act, reason: Reason, line: str, subject: Kid | None
    ) -> dict[str, Any]:
        if act != "none" and not case.holds:
            raise WireError("bad_commitment")
        return {
            "flag": case.flag,
            "act": act,
            "subject": subject,
            "reason": reason,
            "sealed": self._line(case, line),
        }

    def _line(self, case: Case, line: str) -> bytes:
        team = self.session.trust.directory.teams[TEAM].pub
        return seal_flag_note(team, case.flag, case.number, {"line": one_line(line, MOST_LINE)})

    async def _read(self, path: str, flag: FlagId) -> Case:
        found = await self.session.post(path, {"flag": flag}, FlagRead)
        held = self._keys()
        if found.kid not in {key.kid for key in held}:
            # A key that was made since sign-in.
            await self.session.refresh()
        return open_case(self._keys(), flag, found)

    def _keys(self) -> list[StaffKey]:
        """One's own key, and the moderation keys that one holds."""
        held = self.session.team_keys
        return [self.session.keyring.key, *(key for (team, _), key in held.items() if team == TEAM)]
