"""The stores that a setting names, each with its history and its tables."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import MetaData

from app.conversations import tables as conversations
from app.identity import tables as identity
from app.kit import migrations
from app.settings import Settings
from migrations import CONVERSATIONS, IDENTITY

House = Literal["identity", "conversations"]
Side = Literal["both", "identity", "conversations"]


@dataclass(frozen=True, slots=True)
class Store:
    """One house's store as it is kept."""

    name: House
    url: str
    history: Path
    metadata: MetaData

    @property
    def is_embedded(self) -> bool:
        """Whether it is a SQLite file, whose only user is the server beside it."""
        return self.url.startswith("sqlite")


def stores(settings: Settings) -> tuple[Store, ...]:
    """The stores of the settings' side, conversations first."""
    both = (
        Store("conversations", settings.conversations_store, CONVERSATIONS, conversations.metadata),
        Store("identity", settings.identity_store, IDENTITY, identity.metadata),
    )
    return tuple(store for store in both if settings.side in ("both", store.name))


async def migrate(settings: Settings) -> None:
    """Bring the stores to the revision of this program."""
    for store in stores(settings):
        await migrations.upgrade(store.url, store.history)


async def migrate_embedded(settings: Settings) -> None:
    """The same for SQLite, whose only user is this server; a shared store has a step of its own."""
    for store in stores(settings):
        if store.is_embedded:
            await migrations.upgrade(store.url, store.history)


async def require_migrated(settings: Settings) -> None:
    """NotReady where a store is not at this program's revision."""
    for store in stores(settings):
        await migrations.require_head(store.url, store.history)
