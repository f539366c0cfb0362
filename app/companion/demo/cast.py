"""A coordinator, two peers and a moderator, enrolled like anybody else."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app.companion.answers import Role
from app.companion.api import Api
from app.companion.coordinator import Coordinator, found
from app.companion.newcomer import Account, Invitation, Newcomer
from app.companion.staff import secret_words
from app.companion.staff_session import StaffSession
from app.wire.directory import Profile
from app.wire.encoding import b64u
from app.wire.topics import Topic

PASSWORD_BYTES = 15


@dataclass(frozen=True, slots=True)
class Card:
    """How one of the cast signs in. `secret` is in twelve words; `link` carries it in its fragment."""

    role: Role
    alias: str
    name: str
    password: str
    link: str
    secret: str

    def __repr__(self) -> str:
        return f"<Card {self.role}>"


@dataclass(frozen=True, slots=True)
class Character:
    """Who somebody is, before they have a key or a password."""

    role: Role
    alias: str
    stone: int
    line: str
    languages: tuple[str, ...] = ("en",)
    topics: tuple[Topic, ...] = ()
    lived: tuple[Topic, ...] = ()

    @property
    def profile(self) -> Profile:
        return Profile(self.alias, str(self.stone), self.line, self.languages, self.topics, self.lived)


FOUNDER = Character("coordinator", "Wren", 0, "I look after the service.")
CAST = (
    Character(
        "peer",
        "Mara",
        2,
        "Nights were the hard part for me. I like quiet starts.",
        ("en", "es"),
        ("grief", "worry", "family"),
        ("grief", "low-mood"),
    ),
    Character(
        "peer",
        "Sol",
        5,
        "I came here new once. We can talk about small things first.",
        ("en",),
        ("loneliness", "work-school", "money"),
        ("loneliness", "immigration"),
    ),
    Character("moderator", "Ash", 6, "I read what somebody chose to flag, and nothing else."),
)


async def make_cast(url: str, setup_code: str) -> list[Card]:
    """Found the service at `url` and enrol the cast; how each of them signs in."""
    account, password = Account.make(), new_password()
    async with Api(url) as api:
        await found(api, setup_code, account, FOUNDER.alias.lower(), password, FOUNDER.profile)
        session = await StaffSession.sign_in(api, FOUNDER.alias.lower(), password, account.secret)
        coordinator = Coordinator(session)
        cards = [_card(url, FOUNDER, password, account.secret)]
        for character in CAST:
            invitation = await coordinator.invite(character.role)
            cards.append(await _join(url, character, invitation))
        await coordinator.admit((await coordinator.in_tray()).ready)
        await session.sign_out()
    return cards


def write_cards(path: Path, url: str, cards: list[Card]) -> None:
    """The cast as JSON, for its owner's eyes only, whole or not at all."""
    text = json.dumps({"url": url, "staff": [asdict(card) for card in cards]}, indent=2)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_cards(path: Path, url: str) -> list[Card]:
    """The cast that `write_cards` wrote, its links leading to `url` now. ValueError for any other file."""
    entries = json.loads(path.read_text("utf-8"))["staff"]
    cards = [Card(**entry) for entry in entries]
    return [_at(url, card) for card in cards]


def new_password() -> str:
    """A password nobody has used before."""
    return secrets.token_urlsafe(PASSWORD_BYTES)


async def _join(url: str, character: Character, invitation: Invitation) -> Card:
    account, password = Account.make(), new_password()
    async with Api(url) as api:
        newcomer = await Newcomer.open(api, invitation)
        await newcomer.submit(account, character.alias.lower(), password, character.profile)
    return _card(url, character, password, account.secret)


def _card(url: str, character: Character, password: str, secret: bytes) -> Card:
    link = f"{url}/{character.role}.html#secret={b64u(secret)}"
    words = " ".join(secret_words(secret))
    return Card(character.role, character.alias, character.alias.lower(), password, link, words)


def _at(url: str, card: Card) -> Card:
    _, page, rest = card.link.partition(f"/{card.role}.html")
    return replace(card, link=f"{url}{page}{rest}")
