"""What a client lets the service know while they wait: tags only (docs/protocol.md, 8)."""

from dataclasses import dataclass

from app.wire.ids import Kid
from app.wire.topics import Topic


@dataclass(frozen=True, slots=True)
class Ticket:
    """`back` asks for one peer again, `note` says that words are ready, `refused` who was said no to."""

    language: str = "en"
    urgent: bool = False
    back: Kid | None = None
    note: bool = False
    topics: tuple[Topic, ...] = ()
    lived: tuple[Topic, ...] = ()
    refused: tuple[Kid, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The ticket as the queue takes it."""
        return {name: getattr(self, name) for name in self.__slots__}
