"""Every frame that a browser may send, and who is let in by each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from app.wire.frames import Erase, Send
from tests.builders import Guest
from tests.integration.doors.conversations import Rooms
from tests.integration.doors.table import (
    CALLERS,
    CLIENT,
    DEPARTED,
    OTHER,
    PAUSED,
    PEER,
    STAFF,
    Caller,
    Expected,
    let_in,
)
from tests.talkers import said_by

Frame = dict[str, Any] | Send | Erase


@dataclass(frozen=True)
class FrameDoor:
    """`lets_in`: "ok", or the code of the error; everybody else hears `unknown`.

    `entered`: whoever can enter the room has done so before; `at`: which of the world's rooms it is.
    """

    type: str
    frame: Callable[[Rooms, Caller], Frame]
    lets_in: Expected
    entered: bool = True
    at: Literal["talk", "line", "paused"] = "talk"


def frame_table() -> list[FrameDoor]:
    here = [each for each in CALLERS if each != DEPARTED]
    return [
        FrameDoor("ping", lambda w, c: {"type": "ping"}, let_in(*here), entered=False),
        FrameDoor("renew", lambda w, c: {"type": "renew", "pass": w.token(c)}, let_in(*STAFF), entered=False),
        FrameDoor("enter", lambda w, c: w.entering(c, w.talk), let_in(CLIENT, PEER), entered=False),
        FrameDoor("leave", lambda w, c: {"type": "leave", "room": w.talk.room}, let_in(CLIENT, PEER)),
        FrameDoor(
            "signal", lambda w, c: {"type": "signal", "room": w.talk.room, "kind": "writing"}, let_in(PEER)
        ),
        FrameDoor("send", _message, let_in(CLIENT, PEER)),
        # A paused peer takes no new talks; the one they are in goes on.
        FrameDoor(
            "enter", lambda w, c: w.entering(c, w.paused), let_in(CLIENT, PAUSED), entered=False, at="paused"
        ),
        FrameDoor(
            "signal",
            lambda w, c: {"type": "signal", "room": w.paused.room, "kind": "writing"},
            let_in(PAUSED),
            at="paused",
        ),
        FrameDoor("send", _message_with_the_paused, let_in(CLIENT, PAUSED), at="paused"),
        FrameDoor("erase", _erasure, let_in(CLIENT)),
        FrameDoor(
            "meet",
            lambda w, c: {
                "type": "meet",
                "room": w.line.room,
                "kid": w.place.cast.sol.kid,
                "answer": "accept",
            },
            let_in(CLIENT),
            at="line",
        ),
        FrameDoor(
            "availability",
            lambda w, c: {"type": "availability", "state": "on"},
            {**let_in(PEER, OTHER), PAUSED: "paused"},
            entered=False,
        ),
        FrameDoor(
            "hello",
            lambda w, c: {"type": "hello", "v": 1},
            dict.fromkeys(here, "malformed"),
            entered=False,
        ),
    ]


def _message(world: Rooms, caller: Caller) -> Send:
    return _said_in(world.talk, world, caller)


def _message_with_the_paused(world: Rooms, caller: Caller) -> Send:
    return _said_in(world.paused, world, caller)


def _said_in(guest: Guest, world: Rooms, caller: Caller) -> Send:
    if caller in STAFF:
        return said_by(guest, world.keys[caller], 1)
    return world.once(f"words in {guest.room.hex()}", guest.next_frame)


def _erasure(world: Rooms, caller: Caller) -> Erase:
    words = world.once("taken back", world.talk.next_frame)
    return Erase(words.room, 1, words.ke, words.n, words.com, words.ct)
