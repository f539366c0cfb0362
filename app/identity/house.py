"""What every use case of this house stands on."""

from dataclasses import dataclass, field

from app.identity.directory.store import CurrentDirectory
from app.identity.ids import Identity
from app.identity.keys import Keys
from app.identity.limits import Limits
from app.kit.clock import Clock
from app.kit.database import Database
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class IdentityHouse:
    """One node of the identity house. `opening.open_house` makes it."""

    settings: Settings
    database: Database[Identity]
    clock: Clock
    keys: Keys
    limits: Limits
    current: CurrentDirectory = field(default_factory=CurrentDirectory)

    @property
    def now(self) -> int:
        """Unix seconds."""
        return int(self.clock.now())
