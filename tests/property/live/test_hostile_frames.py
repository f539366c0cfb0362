"""Whatever a socket is sent ends in a documented intent, and a good frame after it is still taken."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.live import session as intents
from app.live.frames import CloseCode
from app.live.session import Session, Side
from app.wire.encoding import b64u
from app.wire.frames import Erase, Send
from app.wire.ids import CLIENT_SEAT, RoomId
from app.wire.sizes import CT_SIZES

ROOM = RoomId(b"r" * 16)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
kinds = st.sampled_from(
    ["hello", "renew", "enter", "leave", "ping", "signal", "meet", "availability", "queue", "", "welcome"]
)
fields = st.fixed_dictionaries(
    {"type": kinds},
    optional={
        "room": st.sampled_from([b64u(ROOM), b64u(b"x"), "", "=", None]) | json_values,
        "secret": st.sampled_from([b64u(bytes(32)), "!"]) | json_values,
        "after": st.integers(-(2**40), 2**40) | json_values,
        "v": json_values,
        "pass": st.text(max_size=30) | json_values,
        "kind": json_values,
        "answer": json_values,
        "kid": json_values,
        "state": json_values,
    },
)
texts = st.text(max_size=200) | json_values.map(json.dumps) | fields.map(json.dumps)
binaries = st.binary(max_size=80) | st.builds(
    lambda kind, body: bytes([kind]) + body,
    st.integers(0, 5),
    st.sampled_from(CT_SIZES).flatmap(lambda size: st.binary(min_size=size, max_size=size + 60)),
)


def entered(side: Side) -> Session:
    session = Session()
    session.greeted(side)
    session.entered(ROOM, CLIENT_SEAT)
    return session


@given(st.sampled_from([Side.CLIENT, Side.STAFF]), st.lists(texts | binaries, max_size=8))
def test_hostile_frames_end_in_an_intent_and_harm_no_later_frame(
    side: Side, hostile: list[str | bytes]
) -> None:
    session = entered(side)
    for frame in hostile:
        intent = session.text(frame) if isinstance(frame, str) else session.binary(frame)
        assert isinstance(intent, intents.Intent)
        if isinstance(intent, intents.HangUp):
            assert intent.code is CloseCode.MALFORMED
            return
    assert session.text('{"type":"ping"}') == intents.Pong()


@given(texts | binaries)
def test_before_a_hello_nothing_but_a_hello_is_taken(first: str | bytes) -> None:
    intent = Session().text(first) if isinstance(first, str) else Session().binary(first)
    assert isinstance(intent, intents.Greet) or intent == intents.HangUp(CloseCode.MALFORMED)


@given(
    st.binary(min_size=16, max_size=16),
    st.integers(0, 2**16 - 1),
    st.integers(0, 2**32 - 1),
    st.binary(min_size=32, max_size=32),
    st.sampled_from(CT_SIZES),
    st.booleans(),
)
def test_every_well_formed_message_is_posted_or_named_in_its_refusal(
    room: bytes, ke: int, n: int, com: bytes, size: int, own: bool
) -> None:
    target = ROOM if own else RoomId(room)
    frame = Send(target, ke, n, com, bytes(size))
    expected = intents.Post(CLIENT_SEAT, frame) if target == ROOM else intents.Answer("unknown", target, n)
    assert entered(Side.CLIENT).binary(frame.pack()) == expected


@given(st.integers(0, 2**32 - 1))
def test_a_take_back_of_any_row_is_posted_for_the_store_to_judge(seq: int) -> None:
    frame = Erase(ROOM, seq, 1, 1, bytes(32), bytes(1040))
    assert entered(Side.CLIENT).binary(frame.pack()) == intents.Post(CLIENT_SEAT, frame)
