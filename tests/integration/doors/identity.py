"""The doors of the identity house, in an order in which they tell a story."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyotp

from app.identity.ids import Identity
from app.identity.opening import open_house
from app.kit.clock import ManualClock
from app.kit.database import Database
from app.kit.migrations import upgrade
from app.wire.encoding import b64u
from app.wire.sizes import ID, KEY, STAFF_KEYS_BOX, VAULT_BOXES
from migrations import IDENTITY
from tests.integration.doors.table import (
    CALLERS,
    CLIENT,
    COORDINATOR,
    DEPARTED,
    MODERATOR,
    NOBODY,
    OTHER,
    PAUSED,
    PEER,
    STAFF,
    Body,
    Caller,
    Door,
    anyone,
    let_in,
)
from tests.integration.identity.desk import Browser, Desk
from tests.integration.identity.people import NOW, Organisation, Person
from tests.serving import settings_for

NO_VAULT = (200, {"version": 0, "blob": None})
"""What is told of a journal that does not exist, and of one to whoever does not hold its token."""


@dataclass
class Team:
    """Everybody signed in who can be; a client has a journal; somebody is invited."""

    desk: Desk
    people: dict[Caller, Person]
    browsers: dict[Caller, Browser]
    newcomer: Person
    late: Person
    vault: tuple[bytes, bytes]
    founding: dict[str, Any]
    seconds: dict[Caller, str] = field(default_factory=dict)
    """The second factors that people began, in base32."""

    def kid(self, caller: Caller) -> str:
        return b64u(self.people[caller].kid)

    def auth(self, caller: Caller) -> str:
        return b64u(self.people[caller].auth if caller in self.people else secrets.token_bytes(KEY))

    def code(self, caller: Caller) -> str:
        """What this person's app shows now."""
        known = self.seconds.get(caller)
        return "000000" if known is None else pyotp.TOTP(known).at(int(self.desk.clock.now()))

    async def begin_seconds(self) -> None:
        """Each begins a second factor, and knows its secret."""
        for caller in STAFF:
            begun = await self.browsers[caller].ok("staff/second/begin", {"auth": self.auth(caller)})
            self.seconds[caller] = begun["secret"]

    async def next_codes(self) -> None:
        """A code counts once: half a minute later the apps show others."""
        self.desk.clock.advance(30)

    async def about_sol(self) -> None:
        """Somebody is to be suspended."""
        body = {"kid": self.kid(OTHER), "reason": "conduct"}
        await self.browsers[COORDINATOR].ok("enrolment/suspend", body)

    async def suspend_lin(self) -> None:
        """Two have agreed, and the next directory leaves the peer out."""
        stay = [person for person in self.desk.listed if person is not self.people[PAUSED]]
        await self.desk.publish(stay)


@asynccontextmanager
async def team_in(folder: Path) -> AsyncIterator[Team]:
    settings, clock = settings_for(folder), ManualClock(NOW)
    await upgrade(settings.identity_store, IDENTITY)
    database = Database[Identity](settings.identity_store)
    house = await open_house(settings, database, clock)
    founder = Person("noor", "coordinator")
    async with Desk(house, Organisation(founder), clock) as desk:
        founding = desk.founding()
        await desk.found()
        people: dict[Caller, Person] = {
            PEER: Person("mara", "peer"),
            OTHER: Person("sol", "peer"),
            PAUSED: Person("lin", "peer"),
            DEPARTED: Person("ash", "peer"),
            MODERATOR: Person("ife", "moderator"),
        }
        browsers = {caller: await desk.browser() for caller in CALLERS}
        for caller, person in people.items():
            browsers[caller] = await desk.enrol(person)
        await desk.admit(*people.values())
        for caller, person in people.items():
            assert (await browsers[caller].sign_in(person))[0] == 200
        people[COORDINATOR], browsers[COORDINATOR] = founder, desk.coordinator
        ash = people[DEPARTED]
        await browsers[DEPARTED].ok("staff/me", {})
        await desk.publish([person for person in desk.listed if person is not ash])

        newcomer, late = Person("lee", "peer"), Person("kim", "peer")
        await desk.coordinator.ok("enrolment/invite", desk.invitation(newcomer))
        vault = secrets.token_bytes(ID), secrets.token_bytes(KEY)
        journal = {"version": 1, "blob": b64u(bytes(min(VAULT_BOXES)))}
        client = browsers[CLIENT]
        made = {"id": b64u(vault[0]), "token": b64u(vault[1]), **journal, "proof": await client.proof()}
        await client.ok("vault/put", made)
        yield Team(desk, people, browsers, newcomer, late, vault, founding)
    await database.close()


def identity_doors() -> list[Door[Team]]:
    return [*_everybody(), *_own(), *_enrolment(), *_leaving()]


def _nothing(_: Team, __: Caller) -> Body:
    return {}


def _everybody() -> list[Door[Team]]:
    async def signing_in(t: Team, c: Caller) -> Body:
        auth = t.auth(c if c == PEER else NOBODY)
        return {"name": t.people[PEER].name, "auth": auth, "proof": await t.browsers[NOBODY].proof()}

    def journal(t: Team, c: Caller, **more: Any) -> Body:
        token = t.vault[1] if c == CLIENT else secrets.token_bytes(KEY)
        return {"id": b64u(t.vault[0]), "token": b64u(token), **more}

    blob = b64u(bytes(min(VAULT_BOXES)))
    return [
        Door("directory", _nothing, anyone(), method="get"),
        Door("staff/challenge", _nothing, anyone()),
        Door("staff/salt", lambda t, c: {"name": t.people[PEER].name}, anyone()),
        # Whoever knows what opens the account, and nobody else's sign-in opens it.
        Door("staff/sign-in", signing_in, let_in(PEER)),
        Door("vault/challenge", _nothing, anyone()),
        Door("vault/get", journal, let_in(CLIENT), refusal=NO_VAULT),
        Door(
            "vault/put",
            lambda t, c: journal(t, c, version=2, blob=blob),
            let_in(CLIENT),
            refusal=(409, {"code": "v_conflict"}),
        ),
        # Told as if it were done, and nothing is.
        Door("vault/delete", journal, let_in(CLIENT), refusal=(200, {})),
    ]


def _own() -> list[Door[Team]]:
    def password(t: Team, c: Caller) -> Body:
        new = {"salt": b64u(bytes(ID)), "auth_hash": b64u(bytes(KEY)), "keys": b64u(bytes(STAFF_KEYS_BOX))}
        return {"auth": t.auth(c), "code": t.code(c), **new}

    def removal(t: Team, c: Caller) -> Body:
        return {"auth": t.auth(c), "code": t.code(c)}

    return [
        *(Door(f"staff/{path}", _nothing, let_in(*STAFF)) for path in ("me", "pass", "sessions", "trail")),
        Door("staff/second/begin", lambda t, c: {"auth": t.auth(c)}, let_in(*STAFF)),
        Door(
            "staff/second/confirm",
            lambda t, c: {"code": t.code(c)},
            let_in(*STAFF),
            before=lambda t: t.begin_seconds(),
        ),
        Door("staff/second/reset", lambda t, c: {"kid": t.kid(PEER)}, let_in(COORDINATOR)),
        # One of them has none to remove any more.
        Door(
            "staff/second/remove",
            removal,
            {**let_in(*STAFF), PEER: "unknown"},
            before=lambda t: t.next_codes(),
        ),
        Door("staff/password", password, let_in(*STAFF)),
    ]


def _enrolment() -> list[Door[Team]]:
    def token(t: Team, c: Caller) -> str:
        return b64u(t.newcomer.token if c == NOBODY else secrets.token_bytes(KEY))

    def about(caller: Caller, **more: Any) -> Callable[[Team, Caller], Body]:
        return lambda t, _: {"kid": t.kid(caller), **more}

    async def directory(t: Team, _: Caller) -> Body:
        held = await t.browsers[NOBODY].http.get("/api/directory")
        return {"directory": held.json(), "team_keys": []}

    judging = let_in(MODERATOR, COORDINATOR)
    return [
        # The service is founded once, also for whoever has the code.
        Door("enrolment/found", lambda t, c: t.founding, {}),
        # Whoever holds the link, whatever else they are.
        Door("enrolment/open", lambda t, c: {"token": token(t, c)}, let_in(NOBODY)),
        Door(
            "enrolment/submit",
            lambda t, c: t.desk.submission(t.newcomer, token=token(t, c)),
            let_in(NOBODY),
        ),
        Door("enrolment/invite", lambda t, c: t.desk.invitation(t.late), let_in(COORDINATOR)),
        Door("enrolment/waiting", _nothing, let_in(COORDINATOR)),
        Door("enrolment/withdraw", lambda t, c: {"staff": b64u(t.late.staff)}, let_in(COORDINATOR)),
        Door("enrolment/members", _nothing, let_in(COORDINATOR)),
        Door("enrolment/limit", about(PEER, limit=3), let_in(COORDINATOR)),
        Door("enrolment/suspend", about(PAUSED, reason="safety"), let_in(COORDINATOR)),
        Door("enrolment/proposals", _nothing, judging),
        # Whoever asked is not the second person.
        Door("enrolment/agree", about(PAUSED), let_in(MODERATOR)),
        # The second to refuse finds nothing asked any more.
        Door(
            "enrolment/refuse",
            about(OTHER),
            {**let_in(MODERATOR), COORDINATOR: "unknown"},
            before=lambda t: t.about_sol(),
        ),
        Door("directory/publish", directory, let_in(COORDINATOR)),
    ]


def _leaving() -> list[Door[Team]]:
    still = tuple(each for each in STAFF if each != PAUSED)
    return [
        Door(
            "enrolment/last-listed",
            lambda t, c: {"kid": t.kid(PAUSED)},
            let_in(COORDINATOR),
            before=lambda t: t.suspend_lin(),
        ),
        Door("enrolment/forget", lambda t, c: {"kid": t.kid(PAUSED)}, let_in(COORDINATOR)),
        Door("staff/sign-out-everywhere", _nothing, let_in(*still)),
        Door("staff/sign-out", _nothing, anyone()),
    ]
