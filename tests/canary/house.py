"""A founded service in a process of its own, whose staff have names and passwords that nothing else has."""

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from app.companion.answers import Role, Site
from app.companion.api import Api
from app.companion.coordinator import Coordinator, found
from app.companion.keys import StaffKey
from app.companion.newcomer import Account, Invitation, Newcomer
from app.companion.staff import invite_keys, key_file, secret_words
from app.companion.staff_session import StaffSession
from app.companion.trust import current_directory
from app.conversations.admission.passes import MAX_ROOMS
from app.identity.keys import open_keys
from app.identity.opening import KEY_FILE
from app.main import Server
from app.settings import Settings
from app.wire.directory import Profile
from app.wire.encoding import b64u
from tests import serving
from tests.canary.needles import Needle, words
from tests.canary.tap import Tap
from tests.cast import Cast
from tests.integration.companion.served import QUICK_PROOFS, Served
from tests.talkers import SECONDS, Town

WHOLE_CAST: tuple[tuple[Role, str], ...] = (
    ("coordinator", "Wren"),
    ("peer", "Mara"),
    ("peer", "Sol"),
    ("moderator", "Ife"),
)


@dataclass(frozen=True, repr=False)
class Login:
    """How one of the staff signs in."""

    name: str
    password: str
    secret: bytes

    async def at(self, api: Api) -> StaffSession:
        return await StaffSession.sign_in(api, self.name, self.password, self.secret)


@dataclass
class House:
    """The service, its stores, who works there, and every secret of theirs."""

    served: Served
    identity: str
    conversations: str
    data: Path
    log_began: tuple[str, int] = ("", 0)
    """Where PostgreSQL's write-ahead log was when the stores were empty."""
    staff: dict[str, Login] = field(default_factory=dict)
    needles: list[Needle] = field(default_factory=list)
    targets: list[bytes] = field(default_factory=list)
    """What was asked for while the service was founded."""
    cast: Cast = field(default_factory=Cast)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.served.port}"

    @property
    def is_sqlite(self) -> bool:
        return self.conversations.startswith("sqlite")

    @property
    def log(self) -> bytes:
        """All that the server's process has written so far."""
        return self.data.with_suffix(".log").read_bytes()

    @property
    def settings(self) -> dict[str, str]:
        return settings_of(self.identity, self.conversations)

    def purge(self) -> None:
        """The daily purge, as an operator runs it; what it writes joins the server's log."""
        own = {"BESIDE_DATA": str(self.data), "PATH": "/usr/bin:/bin"}
        with self.data.with_suffix(".log").open("ab") as log:
            command = [sys.executable, "-m", "app.cli", "purge"]
            subprocess.run(command, env=own | self.settings, stdout=log, stderr=log, check=True)

    def tap(self) -> Tap:
        return Tap(self.served.port)


def settings_of(identity: str, conversations: str) -> dict[str, str]:
    """The environment of a server on these stores."""
    return {**QUICK_PROOFS, "BESIDE_IDENTITY_URL": identity, "BESIDE_CONVERSATIONS_URL": conversations}


async def found_house(house: House) -> None:
    """Found the service, invite and admit its peers, and note every secret on the way."""
    code = house.served.setup_code
    house.needles.append(words("set-up code", code))
    async with house.tap() as tap:
        async with Api(tap.url) as api:
            [(_, founder), *others] = WHOLE_CAST
            account, login = _account(house, founder)
            await found(api, code, account, login.name, login.password, _profile(founder))
            session = await login.at(api)
            coordinator = Coordinator(session)
            keys = {
                alias: await _join(house, tap.url, alias, await coordinator.invite(role))
                for role, alias in others
            }
            await coordinator.admit((await coordinator.in_tray()).ready)
            teams = dict(session.team_keys)
            root = teams["root", 1]
            await session.sign_out()
        for alias in ("Mara", "Ife"):
            async with Api(tap.url) as api:
                session = await house.staff[alias].at(api)
                teams |= session.team_keys
                await session.sign_out()
        house.targets += tap.targets
    for (team, epoch), key in teams.items():
        house.needles.append(Needle(f"private key {epoch} of team {team}", _scalar(key)))
    newest = max(epoch for team, epoch in teams if team == "peer")
    house.cast = Cast(
        root=root,
        peer_team=teams["peer", newest],
        moderation_team=teams["moderation", newest],
        mara=keys["Mara"],
        sol=keys["Sol"],
        moderator=keys["Ife"],
    )


@asynccontextmanager
async def street(house: House, url: str | None = None) -> AsyncIterator["Street"]:
    """The served house's doors for people who speak frames and JSON; over `url` where a tap is wanted."""
    settings = Settings(data=house.data, identity_url=house.identity, conversations_url=house.conversations)
    # Never opened: it lends its clock and settings, the server itself is another process.
    closed = Server(settings)
    signing = open_keys(house.data / KEY_FILE, founded=True).signing
    at = url or house.url
    async with Api(house.url) as api:
        signed = await current_directory(api)
        instance = (await api.get("/site.json", Site)).instance
    async with httpx.AsyncClient(base_url=at, trust_env=False, timeout=SECONDS) as http:
        place = Street(serving.Served(closed, at), house.cast, http, signing, signed)
        place.instance = instance
        if url is None:
            # Not over a tap: what it hears is to be one person's.
            await place.on_shift()
        yield place


class Street(Town):
    """A town whose staff hold passes for this house's instance, and as many rooms as any pass may give."""

    instance: bytes

    def token(self, key: StaffKey, **claims: Any) -> str:
        return super().token(key, **{"instance": b64u(self.instance), "limit": MAX_ROOMS, **claims})


async def _join(house: House, url: str, alias: str, invitation: Invitation) -> StaffKey:
    keys = invite_keys(invitation.secret)
    house.needles += [
        Needle(f"invite secret of {alias}", invitation.secret),
        words(f"invite words of {alias}", invitation.words),
        Needle(f"invite token of {alias}", keys.token),
        Needle(f"invite MAC key of {alias}", keys.mac_key),
    ]
    account, login = _account(house, alias)
    async with Api(url) as api:
        newcomer = await Newcomer.open(api, invitation)
        await newcomer.submit(account, login.name, login.password, _profile(alias))
    return account.keyring.key


def _account(house: House, alias: str) -> tuple[Account, Login]:
    account = Account.make()
    login = Login(
        f"zqx-sign-in-{alias.lower()}-name", f"zqx pass phrase of {alias.lower()} 4417", account.secret
    )
    house.staff[alias] = login
    house.needles += [
        words(f"sign-in name of {alias}", login.name),
        words(f"password of {alias}", login.password),
        Needle(f"staff secret of {alias}", account.secret),
        words(f"staff secret of {alias} in words", " ".join(secret_words(account.secret))),
        words(f"key file of {alias}", key_file(account.secret)),
        Needle(f"private key of {alias}", _scalar(account.keyring.key)),
        Needle(f"note key of {alias}", account.keyring.note_key),
    ]
    return account, login


def _scalar(key: StaffKey) -> bytes:
    """The private number itself, as every encoding of the key contains it."""
    return key.private.private_numbers().private_value.to_bytes(32, "big")


def _profile(alias: str) -> Profile:
    return Profile(alias, "1", "Here to listen.", ("en",), (), ())
