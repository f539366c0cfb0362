"""A flag: words that somebody picked, with the key that shows they were said (docs/protocol.md, 11)."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.companion.answers import Category, Told
from app.companion.api import AnAnswer, ApiError
from app.companion.live import Sleep
from app.companion.seals import seal_flag
from app.companion.transcript import Received
from app.companion.trust import Trust
from app.wire import fields
from app.wire.encoding import b64u, unb64u
from app.wire.errors import WireError
from app.wire.ids import FlagId, RoomId, SeatId, kid_of
from app.wire.sizes import BODY, ID, KEY

MOST_ITEMS = 20
"""Messages in a flag; whoever is asked for more may show as many again."""

MOST_REASON = 200
MOST_NOTE = 1_000
"""Characters of the two texts beside the words."""

BETWEEN = "\n\n"
"""What stands between the note of a flag and the one of what was sent later."""

TRIES = 4
VERSION = 1


class Post(Protocol):
    """A request that shows who flags."""

    async def __call__(self, path: str, request: Mapping[str, Any], answer: type[AnAnswer]) -> AnAnswer: ...


@dataclass(frozen=True, slots=True, repr=False)
class Disclosed:
    """One message: its number in the room, the key of its commitment (32 bytes), its body's own bytes."""

    seq: int
    kf: bytes
    body: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Flag:
    """What the moderation team gets to read: 1 to 20 messages in their order, a reason and a note."""

    items: tuple[Disclosed, ...]
    reason: str = ""
    note: str = ""

    @classmethod
    def of(cls, picked: Iterable[Received], *, reason: str = "", note: str = "") -> "Flag":
        """A flag of messages that this seat has verified. WireError("flag_format") where one has no words."""
        items = []
        for received in picked:
            if received.opened is None:
                raise WireError("flag_format")
            items.append(Disclosed(received.seq, received.opened.kf, received.opened.body))
        return cls.read(cls(tuple(sorted(items, key=lambda item: item.seq)), reason, note).to_json())

    @classmethod
    def read(cls, data: Mapping[str, object], *, whole: bool = False) -> "Flag":
        """The flag in its JSON, `whole` with what was sent later. WireError("flag_format")."""
        most = 2 * MOST_ITEMS if whole else MOST_ITEMS
        most_note = 2 * MOST_NOTE + len(BETWEEN) if whole else MOST_NOTE
        try:
            if data.get("v") != VERSION:
                raise WireError("malformed")
            items = tuple(_disclosed(entry) for entry in fields.array(data.get("items"), most))
            reason = fields.text(data.get("reason"), MOST_REASON)
            note = fields.text(data.get("note"), most_note)
        except WireError:
            raise WireError("flag_format") from None
        numbers = [item.seq for item in items]
        if not items or numbers != sorted(set(numbers)):
            raise WireError("flag_format")
        return cls(items, reason, note)

    def with_more(self, later: "Flag") -> "Flag":
        """With words that were given later: every message once, and both notes."""
        items = {item.seq: item for item in (*later.items, *self.items)}
        note = BETWEEN.join(note for note in (self.note, later.note) if note)
        return Flag(tuple(items[seq] for seq in sorted(items)), self.reason, note)

    def to_json(self) -> dict[str, object]:
        items = [{"seq": item.seq, "kf": b64u(item.kf), "body": b64u(item.body)} for item in self.items]
        return {"v": VERSION, "items": items, "reason": self.reason, "note": self.note}

    def __repr__(self) -> str:
        return f"<Flag {len(self.items)} items>"


def _disclosed(entry: object) -> Disclosed:
    item = fields.mapping(entry)
    body = unb64u(item.get("body"))
    if len(body) > BODY:
        raise WireError("malformed")
    return Disclosed(fields.whole(item.get("seq"), 1, fields.MAX_U32), unb64u(item.get("kf"), KEY), body)


@dataclass(frozen=True, slots=True, repr=False)
class Reporter:
    """Somebody who flags: a seat of a room, and the way in which it shows that it may."""

    trust: Trust
    post: Post
    room: RoomId
    seat: SeatId
    sleep: Sleep

    async def send(self, flag: Flag, category: Category) -> FlagId:
        """Seal a flag to the moderation team and hand it in; its id.

        One that may have got lost is sent again as it was; for another moderation key it is sealed
        anew. ApiError, WireError("too_long").
        """
        flag_id = FlagId(secrets.token_bytes(ID))
        await self._post("flags/open", lambda: {**self._sealed(flag_id, flag), "category": category})
        return flag_id

    async def give_more(self, flag_id: FlagId, more: Flag | None) -> None:
        """Answer a moderator who asked for more words about one's flag; None: rather not.

        ApiError("closed") where nobody asks any more, WireError("too_long").
        """
        await self._post("flags/more", lambda: self._sealed(flag_id, more))

    async def _post(self, path: str, make: Callable[[], dict[str, object]]) -> None:
        request = make()
        for attempt in range(TRIES - 1):
            try:
                await self.post(path, request, Told)
            except ApiError as error:
                match error.code:
                    case "stale_epoch":
                        await self.trust.refresh(even_expired=True)
                        request = make()
                    case "unreachable" | "unavailable":
                        await self.sleep(2.0**attempt)
                    case _:
                        raise
            else:
                return
        await self.post(path, request, Told)

    def _sealed(self, flag_id: FlagId, flag: Flag | None) -> dict[str, object]:
        team = self.trust.directory.teams["moderation"].pub
        sealed = None if flag is None else seal_flag(team, flag_id, self.room, self.seat, flag.to_json())
        return {"room": self.room, "flag": flag_id, "kid": kid_of(team), "sealed": sealed}
