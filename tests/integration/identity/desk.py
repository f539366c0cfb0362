"""Browsers at the identity house: each person has a cookie jar of their own."""

import json
import secrets
from contextlib import AsyncExitStack
from typing import Any, Self

import httpx
from fastapi import FastAPI

from app.companion.pow import solve
from app.companion.staff import enrol_mac
from app.identity.directory.rules import TeamSeal
from app.identity.enrolment.setup_code import SetupCode
from app.identity.house import IdentityHouse
from app.kit.clock import ManualClock
from app.web.errors import install
from app.web.identity_app import build_app
from app.wire.directory import SignedDirectory
from app.wire.encoding import b64u
from app.wire.pow import Challenge
from app.wire.sizes import KEY
from tests.integration.identity.people import PROFILE, Organisation, Person, account_json, seals_json

Answer = tuple[int, dict[str, Any]]
"""Status and body."""


class Browser:
    """One cookie jar."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def raw(self, path: str, body: object) -> httpx.Response:
        # Dumped here: httpx would refuse the lone surrogates that a hostile browser may send.
        headers = {"content-type": "application/json"}
        return await self.http.post(f"/api/{path}", content=json.dumps(body), headers=headers)

    async def post(self, path: str, body: object) -> Answer:
        response = await self.raw(path, body)
        return response.status_code, response.json()

    async def ok(self, path: str, body: object) -> dict[str, Any]:
        status, answer = await self.post(path, body)
        assert status == 200, answer
        return answer

    async def proof(self) -> dict[str, Any]:
        """A solved challenge."""
        challenge = (await self.ok("staff/challenge", {}))["challenge"]
        return {"challenge": challenge, "solution": solve(Challenge.from_json(challenge))}

    async def sign_in(self, person: Person, *, auth: bytes | None = None, code: str | None = None) -> Answer:
        body = {"name": person.name, "auth": b64u(auth or person.auth), "proof": await self.proof()}
        return await self.post("staff/sign-in", body if code is None else {**body, "code": code})


class Desk:
    """A service over HTTP and the coordinator who founded it."""

    def __init__(self, house: IdentityHouse, organisation: Organisation, clock: ManualClock) -> None:
        self.house = house
        self.organisation = organisation
        self.clock = clock
        self.listed = [organisation.founder]
        self._serial = 1
        self._apps: dict[int, FastAPI] = {}
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.coordinator = await self.browser()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def browser(self, house: IdentityHouse | None = None) -> Browser:
        """One more browser, at this node or another."""
        node = house or self.house
        if (app := self._apps.get(id(node))) is None:
            app = self._apps[id(node)] = build_app(node)
            install(app)
        url = "https://beside.example" if self.house.settings.https else "http://localhost"
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        return Browser(
            await self._open.enter_async_context(httpx.AsyncClient(transport=transport, base_url=url))
        )

    def founding(self) -> dict[str, Any]:
        """The body that founds the service."""
        organisation, founder = self.organisation, self.organisation.founder
        return {
            **account_json(founder),
            "code": SetupCode(self.house.settings.data).path.read_text().strip(),
            "root": b64u(organisation.root.pub),
            "instance": b64u(organisation.instance),
            "staff": b64u(founder.staff),
            "directory": organisation.sign(organisation.last).to_json(),
            "team_keys": seals_json(organisation.seals([founder])),
        }

    async def found(self) -> None:
        await self.coordinator.ok("enrolment/found", self.founding())
        assert (await self.coordinator.sign_in(self.organisation.founder))[0] == 200

    def invitation(self, person: Person) -> dict[str, Any]:
        return {
            "staff": b64u(person.staff),
            "role": person.role,
            "token_hash": b64u(person.token_hash),
            "secret_box": b64u(person.secret_box),
        }

    def submission(self, person: Person, **changes: Any) -> dict[str, Any]:
        mac = enrol_mac(
            secrets.token_bytes(KEY), self.organisation.instance, person.staff, person.role, person.key.pub
        )
        return {
            **account_json(person),
            "token": b64u(person.token),
            "mac": b64u(mac),
            "profile": PROFILE,
            **changes,
        }

    async def enrol(self, person: Person, *, replaces: Person | None = None) -> Browser:
        """Invite somebody and let them submit; they are not admitted yet."""
        body = self.invitation(person)
        if replaces is not None:
            body["replaces"] = b64u(replaces.kid)
        await self.coordinator.ok("enrolment/invite", body)
        theirs = await self.browser()
        await theirs.ok("enrolment/submit", self.submission(person))
        return theirs

    def next_directory(self, people: list[Person]) -> tuple[SignedDirectory, list[TeamSeal]]:
        """The next directory, with new epochs of peer and moderation, and its sealed keys."""
        self.organisation.new_epoch("peer", "moderation")
        directory = self.organisation.directory(people, serial=self._serial + 1, issued=self.house.now)
        newcomers = [person for person in people if person not in self.listed]
        seals = [
            *self.organisation.seals(people, only=("peer", "moderation")),
            *self.organisation.seals(newcomers, only=("root",)),
        ]
        return self.organisation.sign(directory), seals

    async def publish(self, people: list[Person]) -> SignedDirectory:
        """Put the next directory into force: it lists exactly these."""
        signed, seals = self.next_directory(people)
        await self.coordinator.ok("directory/publish", publication(signed, seals))
        self._serial += 1
        self.listed = people
        return signed

    async def admit(self, *people: Person) -> None:
        await self.publish([*self.listed, *people])

    async def staff(self, person: Person) -> Browser:
        """Enrol, admit and sign somebody in."""
        theirs = await self.enrol(person)
        await self.admit(person)
        assert (await theirs.sign_in(person))[0] == 200
        return theirs


def publication(signed: SignedDirectory, seals: list[TeamSeal]) -> dict[str, Any]:
    return {"directory": signed.to_json(), "team_keys": seals_json(seals)}
