"""One socket's state machine, without a socket."""

import json
from typing import Any

import pytest

from app.conversations.availability.rules import ShiftState
from app.live import session as intents
from app.live.frames import MAX_TEXT, CloseCode
from app.live.session import ROOMS_OF_CLIENT, STRIKES, Session, Side
from app.wire.encoding import b64u
from app.wire.frames import Ack, Erase, Send
from app.wire.ids import CLIENT_SEAT, Kid, RoomId, SeatId

ROOM = RoomId(b"r" * 16)
SECRET = b"s" * 32
SEND = Send(ROOM, 1, 1, b"c" * 32, b"x" * 1040)
ERASE = Erase(ROOM, 1, 1, 2, b"c" * 32, b"x" * 1040)
PEER = SeatId(b"p" * 16)


def frame(type_: str, **fields: Any) -> str:
    return json.dumps(
        {"type": type_, **{k: b64u(v) if isinstance(v, bytes) else v for k, v in fields.items()}}
    )


def greeted(side: Side, *rooms: tuple[RoomId, SeatId]) -> Session:
    session = Session()
    session.greeted(side)
    for room, seat in rooms:
        session.entered(room, seat)
    return session


def test_the_first_frame_is_a_hello_and_any_other_hangs_up() -> None:
    assert Session().text(frame("hello", v=1)) == intents.Greet(None)
    assert Session().text(frame("hello", v=1, **{"pass": "token"})) == intents.Greet("token")
    for first in (frame("ping"), frame("enter", room=ROOM, secret=SECRET), "{", frame("hello", v=2)):
        assert Session().text(first) == intents.HangUp(CloseCode.MALFORMED)
    assert Session().binary(SEND.pack()) == intents.HangUp(CloseCode.MALFORMED)


def test_a_second_hello_is_malformed() -> None:
    assert greeted(Side.CLIENT).text(frame("hello", v=1)) == intents.Answer("malformed")


def test_a_client_enters_with_a_secret_and_staff_without() -> None:
    with_secret = frame("enter", room=ROOM, secret=SECRET, after=3)
    without = frame("enter", room=ROOM, after=3)
    assert greeted(Side.CLIENT).text(with_secret) == intents.Enter(ROOM, SECRET, None, 3)
    assert greeted(Side.CLIENT).text(without) == intents.Answer("unknown", ROOM)
    assert greeted(Side.STAFF).text(without) == intents.Enter(ROOM, None, None, 3)
    assert greeted(Side.STAFF).text(with_secret) == intents.Answer("unknown", ROOM)


def test_a_message_is_taken_for_an_entered_room_only() -> None:
    assert greeted(Side.CLIENT, (ROOM, CLIENT_SEAT)).binary(SEND.pack()) == intents.Post(CLIENT_SEAT, SEND)
    assert greeted(Side.CLIENT).binary(SEND.pack()) == intents.Answer("unknown", ROOM, 1)


def test_a_left_room_takes_no_message() -> None:
    session = greeted(Side.CLIENT, (ROOM, CLIENT_SEAT))
    session.left(ROOM)
    assert session.binary(SEND.pack()) == intents.Answer("unknown", ROOM, 1)


def test_the_client_takes_back_and_staff_cannot_empty_a_row() -> None:
    assert greeted(Side.CLIENT, (ROOM, CLIENT_SEAT)).binary(ERASE.pack()) == intents.Post(CLIENT_SEAT, ERASE)
    assert greeted(Side.STAFF, (ROOM, PEER)).binary(ERASE.pack()) == intents.Answer("unknown", ROOM, 2)


def test_frames_of_the_other_side_are_refused_beside_their_accepted_twin() -> None:
    staff, client = greeted(Side.STAFF, (ROOM, PEER)), greeted(Side.CLIENT, (ROOM, CLIENT_SEAT))
    signal = frame("signal", room=ROOM, kind="writing")
    assert staff.text(signal) == intents.Signal(ROOM, PEER)
    assert client.text(signal) == intents.Answer("unknown", ROOM)
    meet = frame("meet", room=ROOM, kid=b"k" * 16, answer="refuse")
    assert client.text(meet) == intents.AnswerMeet(ROOM, Kid(b"k" * 16), False)
    assert staff.text(meet) == intents.Answer("unknown", ROOM)
    availability = frame("availability", state="on")
    assert staff.text(availability) == intents.SetAvailability(ShiftState.ON, None, False)
    ready = frame("availability", state="finishing", limit=1, ready=True)
    assert staff.text(ready) == intents.SetAvailability(ShiftState.FINISHING, 1, True)
    assert client.text(availability) == intents.Answer("unknown")
    renew = frame("renew", **{"pass": "token"})
    assert staff.text(renew) == intents.Renew("token")
    assert client.text(renew) == intents.Answer("unknown")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "{" * 100,
        '{"type":"nothing"}',
        '{"type":"ping","extra":1}',
        frame("enter", room=b"short", secret=SECRET),
        frame("enter", room=ROOM, secret=SECRET, after=-1),
        frame("enter", room=ROOM, secret=SECRET, after=2**32),
        frame("enter", room=ROOM, secret=SECRET, after="1"),
        frame("ping") + " " * MAX_TEXT,
    ],
)
def test_a_malformed_text_frame_is_answered_and_the_next_good_one_is_taken(text: str) -> None:
    session = greeted(Side.CLIENT)
    assert session.text(text) == intents.Answer("malformed")
    assert session.text(frame("ping")) == intents.Pong()


@pytest.mark.parametrize(
    "data", [b"", b"\x01", SEND.pack()[:-1], SEND.pack() + b"x", Ack(ROOM, 1, 1).pack(), b"\xff" * 99]
)
def test_a_malformed_binary_frame_is_answered_and_the_next_good_one_is_taken(data: bytes) -> None:
    session = greeted(Side.CLIENT, (ROOM, CLIENT_SEAT))
    assert session.binary(data) == intents.Answer("malformed")
    assert session.binary(SEND.pack()) == intents.Post(CLIENT_SEAT, SEND)


def test_too_many_malformed_frames_hang_up() -> None:
    session = greeted(Side.CLIENT)
    for _ in range(STRIKES):
        assert session.text("{") == intents.Answer("malformed")
    assert session.text("{") == intents.HangUp(CloseCode.MALFORMED)


def test_one_socket_follows_a_bounded_number_of_rooms() -> None:
    rooms = [RoomId(bytes([i]) * 16) for i in range(ROOMS_OF_CLIENT)]
    session = greeted(Side.CLIENT, *((room, CLIENT_SEAT) for room in rooms))
    assert session.text(frame("enter", room=ROOM, secret=SECRET)) == intents.Answer("slow_down", ROOM)
    assert isinstance(session.text(frame("enter", room=rooms[0], secret=SECRET)), intents.Enter)
