"""A signed-in staff member: own keys, team keys, passes (docs/protocol.md, 6 and 7)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from app.companion.answers import Answer, Challenged, Pass, Role, Salted, SignedIn
from app.companion.api import AnAnswer, Api, ApiError
from app.companion.keyring import Keyring
from app.companion.keys import StaffKey
from app.companion.pow import solve
from app.companion.seals import TeamName, open_team_key
from app.companion.staff import staff_keys
from app.companion.trust import Trust, server_time
from app.wire.directory import TEAMS
from app.wire.errors import WireError
from app.wire.ids import Kid, StaffId

FRESH = 60
"""Seconds that a pass must still be good for, to be used once more."""


class StaffSession:
    """One staff member at one service. Any call raises ApiError("unknown") once they are let go."""

    def __init__(self, api: Api, trust: Trust, staff: StaffId, role: Role, keyring: Keyring) -> None:
        self.api = api
        self.trust = trust
        self.staff = staff
        self.role = role
        self.keyring = keyring
        self.team_keys: dict[tuple[str, int], StaffKey] = {}
        self._pass: Pass | None = None

    @classmethod
    async def sign_in(
        cls,
        api: Api,
        name: str,
        password: str,
        secret: bytes,
        ask_code: Callable[[], Awaitable[str]] | None = None,
    ) -> "StaffSession":
        """Sign in with name, password and staff secret (16 bytes).

        `ask_code` gives the six digits, and is called only where this person's sign-in asks for them.
        ApiError("unknown") where any of the three is wrong, or the directory does not list this person;
        where they are right: "code_needed" without `ask_code`, "code_wrong", "slow_down";
        WireError where the keys that the server kept do not open.
        """
        trust = await Trust.pin(api)
        salt = (await api.post("staff/salt", {"name": name}, Salted)).salt
        derived = await asyncio.to_thread(staff_keys, password, salt, secret)
        try:
            answer = await _shown(api, {"name": name, "auth": derived.auth})
        except ApiError as error:
            if error.code != "code_needed" or ask_code is None:
                raise
            code = await ask_code()
            answer = await _shown(api, {"name": name, "auth": derived.auth, "code": code})
        keyring = Keyring.open(derived.wrap, StaffId(answer.staff), answer.keys)
        if keyring.key.kid != answer.kid:
            raise WireError("keys_format")
        await trust.refresh(even_expired=True)
        session = cls(api, trust, StaffId(answer.staff), answer.role, keyring)
        session._take_team_keys(answer)
        return session

    @property
    def kid(self) -> Kid:
        return self.keyring.key.kid

    @property
    def alias(self) -> str:
        """The name that clients see, as the directory has it."""
        member = self.trust.directory.member(self.kid)
        return "" if member is None else member.profile.alias

    async def refresh(self) -> None:
        """Look for a newer directory and newer team keys."""
        await self.trust.refresh(even_expired=True)
        self._take_team_keys(await self.api.post("staff/me", {}, SignedIn))

    async def fresh_pass(self) -> Pass:
        """A new pass for the conversation side."""
        self._pass = await self.api.post("staff/pass", {}, Pass)
        return self._pass

    async def bearer(self) -> str:
        """The token of a pass that is good for some time yet."""
        held = self._pass
        if held is None or held.expires - await server_time(self.api) < FRESH:
            held = await self.fresh_pass()
        return held.token

    async def post(self, path: str, request: Mapping[str, Any], answer: type[AnAnswer]) -> AnAnswer:
        """A request to the conversation side with a pass; one that ended on the way is replaced once."""
        try:
            return await self.api.post(path, request, answer, bearer=await self.bearer())
        except ApiError as error:
            if error.code != "pass_expired":
                raise
        token = (await self.fresh_pass()).token
        return await self.api.post(path, request, answer, bearer=token)

    async def sign_out(self) -> None:
        """End the session at the server."""
        await self.api.post("staff/sign-out", {}, Answer)

    def _take_team_keys(self, answer: SignedIn) -> None:
        """Open the sealed team keys. WireError("key_fork") for a present one that is not the signed."""
        for entry in answer.team_keys:
            if entry.team not in TEAMS:
                continue
            key = open_team_key(self.keyring.key, cast(TeamName, entry.team), entry.epoch, entry.sealed)
            team = self.trust.directory.teams[entry.team]
            if entry.epoch == team.epoch and key.pub != team.pub:
                raise WireError("key_fork")
            self.team_keys[entry.team, entry.epoch] = key


async def _shown(api: Api, credentials: Mapping[str, Any]) -> SignedIn:
    """The answer to a sign-in; each try has a proof of work of its own."""
    challenge = (await api.post("staff/challenge", {}, Challenged)).challenge
    proof = {"challenge": challenge, "solution": await asyncio.to_thread(solve, challenge)}
    return await api.post("staff/sign-in", {**credentials, "proof": proof}, SignedIn)
