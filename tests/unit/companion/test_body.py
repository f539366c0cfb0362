"""Bodies: what each kind needs, who may say it, and what becomes of the rest."""

import json
from typing import Any

import pytest

from app.companion import body
from app.companion.body import Content, parse_body, write_body
from app.wire.encoding import b64u
from app.wire.errors import WireError
from app.wire.ids import CLIENT_SEAT, SeatId
from app.wire.sizes import BODY

STAFF = SeatId(b"s" * 16)
SEEN = (3, b"h" * 32)
NO_SEEN: list[object] = [[], [1], [1, "AA"], [-1, b64u(bytes(32))], [3, b64u(bytes(32)), 1], {}, None]
NOW = 29_000_000
BASE = {"k": "text", "t": NOW, "seen": [3, b64u(b"h" * 32)], "x": "hello"}

BUILT = [
    (body.hello(), "both"),
    (body.hello("Mara"), "both"),
    (body.text("hello\nyou"), "both"),
    (body.pace("slowly"), "client"),
    (body.need("heard"), "client"),
    (body.pause("away"), "client"),
    (body.skip(2), "client"),
    (body.not_ready(2), "client"),
    (body.here(), "staff"),
    (body.nod(2), "staff"),
    (body.leaving(NOW + 10), "staff"),
    (body.take_back(2), "both"),
    (body.rekey(2, bytes(32)), "client"),
    (body.bye(), "both"),
    ({"k": "page", "lines": ["one", "two"]}, "client"),
    ({"k": "drawing", "strokes": [[1, 2]], "words": "a tree"}, "client"),
    ({"k": "step", "x": "went out"}, "client"),
    ({"k": "ours", "op": {}}, "both"),
    (body.handover("May I?"), "staff"),
    (body.handover("May I?", bytes(16)), "staff"),
    (body.consent(2, "Yes"), "client"),
    ({"k": "flagged"}, "both"),
]


@pytest.mark.parametrize(
    ("content", "who"), BUILT, ids=lambda part: part["k"] if isinstance(part, dict) else ""
)
def test_a_body_is_read_as_it_was_written_and_obeyed_from_its_own_seats(content: Content, who: str) -> None:
    parsed = parse_body(write_body(content, NOW, SEEN))
    assert (parsed.kind, parsed.minutes, parsed.seen, parsed.known) == (content["k"], NOW, SEEN, True)
    assert {"k": parsed.kind, **parsed.fields} == content
    assert parsed.may_come_from(CLIENT_SEAT) == (who in ("both", "client"))
    assert parsed.may_come_from(STAFF) == (who in ("both", "staff"))


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"k": "dance"},
        {"k": 7},
        {"k": "text"},
        {"k": "text", "x": 7},
        {"k": "text", "x": "\ud800"},
        {"k": "hello", "alias": "\x1b[2J"},
        {"k": "pause", "v": "gone"},
        {"k": "skip", "of": 0},
        {"k": "take-back", "of": True},
        {"k": "rekey", "e": 1, "next": b64u(bytes(32))},
        {"k": "rekey", "e": 16, "next": b64u(bytes(32))},
        {"k": "rekey", "e": 2, "next": "AAAA"},
        {"k": "drawing", "strokes": ["x" * 12_000]},
        {"k": "drawing", "strokes": [float("inf")]},
        {"k": "page", "lines": [1]},
        {"k": "ours", "op": "x"},
        {"k": "handover", "text": "May I?", "next": "0" * 31},
        {"k": "handover", "text": "May I?", "next": "A" * 32},
    ],
    ids=str,
)
def test_what_no_receiver_would_know_is_not_written(content: Content) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        write_body(content, NOW, SEEN)


def test_a_text_fills_the_largest_size_and_not_one_byte_more() -> None:
    room = BODY - len(write_body(body.text(""), NOW, SEEN))
    assert len(write_body(body.text("x" * room), NOW, SEEN)) == BODY
    with pytest.raises(WireError, match=r"^too_long$"):
        write_body(body.text("x" * (room + 1)), NOW, SEEN)


@pytest.mark.parametrize(
    "change",
    [{"k": "dance"}, {"x": 7}, {"k": "rekey", "e": 99}, {"k": "drawing", "strokes": [[[[[]]]]] * 9000}],
    ids=["unknown kind", "ill-typed field", "epoch beyond the last", "drawing too large"],
)
def test_a_body_of_an_unknown_form_is_kept_but_obeyed_from_nobody(change: dict[str, Any]) -> None:
    parsed = parse_body(json.dumps(BASE | change).encode())
    assert not parsed.known
    assert not parsed.may_come_from(CLIENT_SEAT)
    assert not parsed.may_come_from(STAFF)
    assert parsed.seen == SEEN


def test_a_field_of_a_later_time_is_passed_over() -> None:
    assert parse_body(json.dumps(BASE | {"later": 1}).encode()).known


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"{",
        b"[]",
        b"[" * 16_000,
        json.dumps(BASE).replace('"k": "text"', '"k": "text", "k": "bye"').encode(),
        *(
            json.dumps({name: part for name, part in BASE.items() if name != gone}).encode()
            for gone in ("k", "t", "seen")
        ),
        *(
            json.dumps(BASE | change).encode()
            for change in ({"k": 1}, {"k": "x" * 33}, {"t": -1}, {"t": 1.5}, {"t": "1"})
        ),
        *(json.dumps(BASE | {"seen": seen}).encode() for seen in NO_SEEN),
    ],
)
def test_a_body_without_kind_time_and_seen_is_msg_format(data: bytes) -> None:
    assert parse_body(json.dumps(BASE).encode()).known
    with pytest.raises(WireError, match=r"^msg_format$"):
        parse_body(data)


def test_a_body_does_not_print() -> None:
    parsed = parse_body(json.dumps(BASE).encode())
    assert repr(parsed) == object.__repr__(parsed)
