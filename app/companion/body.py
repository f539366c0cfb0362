"""What stands inside a message: kinds, their fields, and who may say what (docs/protocol.md, 9)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from app.wire import fields
from app.wire.encoding import b64u, unb64u
from app.wire.errors import WireError
from app.wire.ids import CLIENT_SEAT, SeatId
from app.wire.sizes import BODY, EPOCHS, HASH, HEAD

Content = Mapping[str, Any]
"""A body's own fields, `k` and those of its kind, before time and `seen` are added."""

PACES = ("listen", "slowly", "ask")
NEEDS = ("heard", "ideas", "facts", "company", "unsure")
PAUSES = ("here", "away", "back")

_MAX_NAME = 200
_MAX_CODE = 32
_MAX_KIND = 32
_MAX_DRAWING = 12_000
_hex = re.compile(r"[0-9a-f]{32}", re.ASCII)
_OWN = {"k", "t", "seen"}

Say = Literal["both", "client", "staff"]


@dataclass(frozen=True, slots=True, repr=False)
class Body:
    """A message's parsed body.

    `minutes` is the sender's clock, in minutes since 1970; `seen` the last (seq, head) the sender had
    verified. `fields` holds those of the kind, as in JSON. `known` is false for a kind this version does not
    know, or one whose fields are not as they should be: it is shown as "cannot be shown here", and can still
    be flagged.
    """

    kind: str
    minutes: int
    seen: tuple[int, bytes]
    fields: Mapping[str, Any]
    known: bool

    def may_come_from(self, seat: SeatId) -> bool:
        """Whether this kind is one that `seat` may say: false for unknown kinds."""
        who = _KINDS[self.kind].who if self.known else None
        return who == "both" or who == ("client" if seat == CLIENT_SEAT else "staff")


def hello(alias: str | None = None) -> Content:
    """The first words. Staff give the alias of the directory; a client may give a name or none."""
    return {"k": "hello"} if alias is None else {"k": "hello", "alias": alias}


def text(x: str) -> Content:
    """Words."""
    return {"k": "text", "x": x}


def pace(v: str) -> Content:
    """How fast the client wants to go: one of PACES."""
    return {"k": "pace", "v": v}


def need(v: str) -> Content:
    """What the client wants today: one of NEEDS."""
    return {"k": "need", "v": v}


def pause(v: str) -> Content:
    """The client is `here`, `away` or `back`."""
    return {"k": "pause", "v": v}


def skip(of: int) -> Content:
    """The client passes over the question in message `of` (a seq)."""
    return {"k": "skip", "of": of}


def not_ready(of: int) -> Content:
    """The client is not ready for the question in message `of` (a seq)."""
    return {"k": "not-ready", "of": of}


def here() -> Content:
    """A peer is here."""
    return {"k": "here"}


def nod(of: int) -> Content:
    """A peer has read message `of` (a seq)."""
    return {"k": "nod", "of": of}


def leaving(at: int) -> Content:
    """A peer has to go at `at` (minutes since 1970)."""
    return {"k": "leaving", "at": at}


def take_back(of: int) -> Content:
    """The sender takes back their own message `of` (a seq)."""
    return {"k": "take-back", "of": of}


def handover(words: str, next_kid: bytes | None = None) -> Content:
    """What a peer who leaves would tell the next one, for the client to read first; `next_kid`: to whom."""
    return {"k": "handover", "text": words} | ({} if next_kid is None else {"next": next_kid.hex()})


def consent(of: int, words: str) -> Content:
    """What the client lets the next peer know; `of`: the seq of the handover it answers."""
    return {"k": "consent", "of": of, "text": words}


def rekey(epoch: int, hash_of_key: bytes) -> Content:
    """The client's word, in the old epoch, that `epoch` follows; `key_list.rekey_hash` gives the hash."""
    return {"k": "rekey", "e": epoch, "next": b64u(hash_of_key)}


def flagged() -> Content:
    """The sender showed words of this talk to the moderation team."""
    return {"k": "flagged"}


def bye() -> Content:
    """The sender goes."""
    return {"k": "bye"}


def write_body(content: Content, minutes: int, seen: tuple[int, bytes]) -> bytes:
    """The body's bytes. WireError: `malformed` where no receiver would know it as that kind, `too_long`."""
    own = {name: value for name, value in content.items() if name != "k"}
    kind = content.get("k")
    if not _fits(kind, own):
        raise WireError("malformed")
    data = fields.dump({"k": kind, "t": minutes, "seen": [seen[0], b64u(seen[1])], **own})
    if len(data) > BODY:
        raise WireError("too_long")
    return data


def parse_body(data: bytes) -> Body:
    """The body in a message that opened. WireError("msg_format") without kind, time and `seen`."""
    try:
        return _parse(data)
    except WireError:
        raise WireError("msg_format") from None


def _parse(data: bytes) -> Body:
    body = fields.mapping(fields.load(data))
    seen = fields.array(body.get("seen"), 2)
    if len(seen) != 2:
        raise WireError("malformed")
    kind = fields.line(body.get("k"), _MAX_KIND)
    own = {name: value for name, value in body.items() if name not in _OWN}
    return Body(
        kind=kind,
        minutes=fields.whole(body.get("t"), 0, fields.MAX_U32),
        seen=(fields.whole(seen[0], 0, fields.MAX_U32), unb64u(seen[1], HEAD)),
        fields=own,
        known=_fits(kind, own),
    )


class _Kind(NamedTuple):
    who: Say
    needs: dict[str, Callable[[Any], object]]
    may: dict[str, Callable[[Any], object]]


def _fits(kind: object, own: Mapping[str, Any]) -> bool:
    """Whether `own` holds what the kind needs, each field as it should be; others are passed over."""
    if not isinstance(kind, str) or kind not in _KINDS:
        return False
    rules = _KINDS[kind]
    checks = {**rules.needs, **{name: check for name, check in rules.may.items() if name in own}}
    try:
        for name, check in checks.items():
            check(own.get(name))
    except WireError:
        return False
    return True


def _words(value: Any) -> object:
    return fields.text(value, BODY)


def _name(value: Any) -> object:
    return fields.line(value, _MAX_NAME)


def _code(value: Any) -> object:
    return fields.line(value, _MAX_CODE)


def _seq(value: Any) -> object:
    return fields.whole(value, 1, fields.MAX_U32)


def _minutes(value: Any) -> object:
    return fields.whole(value, 0, fields.MAX_U32)


def _pause(value: Any) -> object:
    if value not in PAUSES:
        raise WireError("malformed")
    return value


def _epoch(value: Any) -> object:
    return fields.whole(value, 2, EPOCHS)


def _hash(value: Any) -> object:
    return unb64u(value, HASH)


def _kid(value: Any) -> object:
    if not isinstance(value, str) or _hex.fullmatch(value) is None:
        raise WireError("malformed")
    return value


def _lines(value: Any) -> object:
    return [_words(entry) for entry in fields.array(value, BODY)]


def _strokes(value: Any) -> object:
    if len(fields.dump(fields.array(value, BODY))) > _MAX_DRAWING:
        raise WireError("malformed")
    return value


def _operation(value: Any) -> object:
    return fields.mapping(value)


_KINDS: dict[str, _Kind] = {
    "hello": _Kind("both", {}, {"alias": _name}),
    "text": _Kind("both", {"x": _words}, {}),
    "pace": _Kind("client", {"v": _code}, {}),
    "need": _Kind("client", {"v": _code}, {}),
    "pause": _Kind("client", {"v": _pause}, {}),
    "skip": _Kind("client", {"of": _seq}, {}),
    "not-ready": _Kind("client", {"of": _seq}, {}),
    "here": _Kind("staff", {}, {}),
    "nod": _Kind("staff", {"of": _seq}, {}),
    "leaving": _Kind("staff", {"at": _minutes}, {}),
    "page": _Kind("client", {"lines": _lines}, {}),
    "drawing": _Kind("client", {"strokes": _strokes}, {"words": _words}),
    "step": _Kind("client", {"x": _words}, {}),
    "ours": _Kind("both", {"op": _operation}, {}),
    "take-back": _Kind("both", {"of": _seq}, {}),
    "handover": _Kind("staff", {"text": _words}, {"next": _kid}),
    "consent": _Kind("client", {"of": _seq, "text": _words}, {}),
    "rekey": _Kind("client", {"e": _epoch, "next": _hash}, {}),
    "flagged": _Kind("both", {}, {}),
    "bye": _Kind("both", {}, {}),
}
