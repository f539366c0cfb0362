"""What another chat server must offer to be measured beside this one (tests/load/peers)."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from tests.load.figures import Round


class Running(Protocol):
    """A peer that runs, with its people joined."""

    @property
    def configuration(self) -> str:
        """One sentence for the report: version, engine, what was switched on."""

    async def round(self, seconds: float, warm_up: float) -> Round:
        """All rooms talk in a closed loop: a message counts once it is stored and delivered."""


class Peer(Protocol):
    """A chat server that keeps messages."""

    @property
    def name(self) -> str: ...

    @property
    def goal(self) -> float:
        """So many times its messages a second on one core Beside must reach."""

    def why_not_here(self) -> str | None:
        """What is missing on this machine; None where it can run. Starts nothing."""

    def running(self, scratch: Path, core: int | None, rooms: int) -> AbstractAsyncContextManager[Running]:
        """The peer and its own database on `core`, their files in the empty folder `scratch`, `rooms` rooms
        of two joined; all of it ended with the block."""
