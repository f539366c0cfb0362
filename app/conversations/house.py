"""What every use case of this house stands on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.conversations.admission.service import Admission
from app.conversations.ids import Conversations, Kid
from app.conversations.notices import Notices
from app.conversations.service.rules import ServiceRules
from app.conversations.service.service import Service
from app.conversations.store import Life
from app.kit.clock import Clock
from app.kit.database import Database
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Pinned:
    """The instance and the root public keys (points of 65 bytes by key id) of site.json."""

    instance: bytes
    roots: Mapping[Kid, bytes]


@dataclass(frozen=True, slots=True)
class House:
    """Built once by the composition root; tests build their own.

    `pinned` answers None before the founding. `proof_key` (32 bytes) signs proof-of-work challenges.
    """

    db: Database[Conversations]
    clock: Clock
    admission: Admission
    service: Service
    life: Life
    notices: Notices
    settings: Settings
    pinned: Callable[[], Pinned | None]
    proof_key: bytes = field(repr=False)

    @property
    def rules(self) -> ServiceRules:
        """What holds for the service now, as this process knows it."""
        return self.service.rules

    @property
    def now(self) -> int:
        """Whole unix seconds."""
        return int(self.clock.now())
