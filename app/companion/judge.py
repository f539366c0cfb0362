"""A moderator or a coordinator: second answers, report packs, holds, seals anew and the trail.

docs/protocol.md, 7 and 11.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.companion.answers import (
    Act,
    Agreed,
    Answer,
    FlagNote,
    FlagRead,
    KeptFlag,
    KeptFlags,
    Questions,
    Reason,
    StaleFlag,
    StaleFlags,
    Trail,
    TrailEntry,
)
from app.companion.api import AnAnswer, ApiError
from app.companion.case import MOST_LINE, Case, key_of, open_case, read_line
from app.companion.keys import StaffKey
from app.companion.seals import open_flag, seal_flag, seal_flag_note
from app.companion.staff_session import StaffSession
from app.wire.errors import WireError
from app.wire.fields import line as one_line
from app.wire.ids import FlagId, Kid, RoomId, SeatId, kid_of

TEAM = "moderation"

KEPT_AT_ONCE = 200
"""Flags in one answer."""


class Judge:
    """A signed-in moderator or coordinator."""

    def __init__(self, session: StaffSession) -> None:
        if session.role not in ("moderator", "coordinator"):
            raise ApiError("unknown")
        self.session = session

    async def questions(self) -> Questions:
        """What others ask one to answer, what one asks others, and what two agreed to report."""
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
        told = await self._post(
            "flags/second-answer", lambda: self._decision(case, act, reason, line, subject), Agreed
        )
        return told.agreed

    async def pack(self, flag: FlagId) -> Case:
        """A flag that two agreed to report, for those two, for a week; each call is on the trail."""
        return await self._read("flags/pack", flag)

    async def hold(self, flag: FlagId, reason: str, *, held: bool) -> None:
        """Keep a flag beyond its time, or let it go when its time comes."""
        await self.session.post("flags/hold", {"flag": flag, "hold": held, "reason": reason}, Answer)

    async def kept(self) -> tuple[KeptFlag, ...]:
        """What is held, also undecided, then what was decided and is still kept, newest first."""
        found: list[KeptFlag] = []
        while True:
            request = {"before": found[-1].flag if found else None}
            page = (await self.session.post("flags/kept", request, KeptFlags)).flags
            found += page
            if len(page) < KEPT_AT_ONCE:
                return tuple(found)

    async def trail(self, before: int | None = None) -> tuple[TrailEntry, ...]:
        """What staff did about flags and pauses, newest first; for coordinators alone."""
        return (await self.session.post("flags/trail", {"before": before}, Trail)).entries

    async def reseal(self) -> int:
        """Seal undecided flags anew for the present moderation key; how many were done.

        Those that this person cannot open are left to the next one. A coordinator gets those of a time
        without moderators.
        """
        await self.session.refresh()
        done, last = 0, None
        while stale := await self._stale(last):
            for flag in stale:
                done += await self._seal_anew(flag)
            last = stale[-1].flag
        return done

    async def _post(
        self, path: str, make: Callable[[], Mapping[str, Any]], answer: type[AnAnswer]
    ) -> AnAnswer:
        """Post what holds a line, sealed anew where the moderation team has another key by now."""
        try:
            return await self.session.post(path, make(), answer)
        except ApiError as error:
            if error.code != "stale_epoch":
                raise
        await self.session.refresh()
        return await self.session.post(path, make(), answer)

    def _decision(
        self, case: Case, act: Act, reason: Reason, line: str, subject: Kid | None
    ) -> dict[str, Any]:
        if act != "none" and not case.holds:
            raise WireError("bad_commitment")
        return {**self._line(case, line), "act": act, "subject": subject, "reason": reason}

    def _line(self, case: Case, line: str) -> dict[str, Any]:
        team = self.session.trust.directory.teams[TEAM].pub
        sealed = seal_flag_note(team, case.flag, case.number, {"line": one_line(line, MOST_LINE)})
        return {"flag": case.flag, "kid": kid_of(team), "note": case.number, "sealed": sealed}

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

    async def _stale(self, after: bytes | None) -> tuple[StaleFlag, ...]:
        return (await self.session.post("flags/stale", {"after": after}, StaleFlags)).flags

    async def _seal_anew(self, stale: StaleFlag) -> bool:
        team, keys = self.session.trust.directory.teams[TEAM].pub, self._keys()
        flag, room, reporter = FlagId(stale.flag), RoomId(stale.room), SeatId(stale.reporter)

        def anew(kid: bytes, sealed: bytes) -> bytes:
            words = open_flag(key_of(keys, kid), flag, room, reporter, sealed)
            return seal_flag(team, flag, room, reporter, words)

        lines = [entry for note in stale.notes if (entry := self._line_anew(flag, note)) is not None]
        sealed = more = None
        try:
            if stale.sealed is not None:
                sealed = anew(stale.kid, stale.sealed)
            if stale.more is not None and stale.more_kid is not None:
                more = anew(stale.more_kid, stale.more)
        except WireError:
            # Lines that can be read are not kept back by words that cannot.
            sealed = more = None
        if sealed is None and not lines:
            return False
        request = {
            "flag": flag,
            "from": stale.kid,
            "kid": kid_of(team),
            "sealed": sealed,
            "more": more,
            "notes": lines,
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
