"""A case opens only as it was sealed: invariant 8, also for later words and a second person's copy."""

import json
import secrets
from typing import Any

import pytest

from app.companion import body
from app.companion.answers import FlagRead
from app.companion.case import Case, open_case
from app.companion.envelope import Place, encrypt
from app.companion.flag import MOST_ITEMS, Disclosed, Flag
from app.companion.keys import StaffKey
from app.companion.seals import seal_flag, seal_flag_note
from app.wire.encoding import b64u, unb64u
from app.wire.errors import WireError
from app.wire.ids import CLIENT_SEAT, FlagId, RoomId, seat_id
from app.wire.transcript import chain_next, chain_start

OLD, NEW, PEER = StaffKey.generate(), StaffKey.generate(), StaffKey.generate()
FLAG, ROOM = FlagId(b"f" * 16), RoomId(b"r" * 16)
SEAT = seat_id(ROOM, PEER.kid)


def told() -> dict[str, Any]:
    """A flag of the peer's first words under the old key, the second ones and a line under the new one."""
    head = chain_start(ROOM)
    rows, items = [], []
    for n in (1, 2):
        place = Place(ROOM, 1, SEAT, n)
        words = body.write_body(body.text(f"words {n}"), 1, (n - 1, head))
        kf = secrets.token_bytes(32)
        com, _ = encrypt(bytes(32), place, words, kf)
        head = chain_next(head, n, place.header, com)
        rows.append({"seq": n, "ke": 1, "seat": b64u(SEAT), "n": n, "com": b64u(com)})
        items.append(Disclosed(n, kf, words))
    first, later = Flag((items[0],), "why", "a note"), Flag((items[1],), "", "another")
    return {
        "flag": b64u(FLAG), "room": b64u(ROOM), "reporter": b64u(CLIENT_SEAT), "category": "abuse", "day": 1,
        "kid": b64u(OLD.kid), "epoch": 1,
        "sealed": b64u(seal_flag(OLD.pub, FLAG, ROOM, CLIENT_SEAT, first.to_json())),
        "more": b64u(seal_flag(NEW.pub, FLAG, ROOM, CLIENT_SEAT, later.to_json())),
        "more_kid": b64u(NEW.kid), "more_epoch": 2,
        "state": "talking", "rows": rows,
        "seats": [{"seat": b64u(SEAT), "kid": b64u(PEER.kid)}],
        "notes": [{
            "n": 1, "by": b64u(PEER.kid), "kid": b64u(NEW.kid), "epoch": 2,
            "sealed": b64u(seal_flag_note(NEW.pub, FLAG, 1, {"line": "Read it twice."})),
        }],
        "note": 2, "second": None,
    }  # fmt: skip


def case(answer: dict[str, Any], *keys: StaffKey) -> Case:
    return open_case(keys or (OLD, NEW), FLAG, FlagRead.model_validate_json(json.dumps(answer)))


def flipped(text: str, at: int) -> str:
    """One letter of base64url is another."""
    return f"{text[:at]}{'B' if text[at] == 'A' else 'A'}{text[at + 1 :]}"


def test_what_was_given_later_is_read_with_the_flag_and_proven_like_it() -> None:
    found = case(told())
    assert found.holds
    assert [item.seq for item in found.words.items] == [1, 2]
    assert (found.reason, found.note, found.from_client) == ("why", "a note\n\nanother", True)
    assert (found.sat, found.number, [line.words for line in found.lines]) == (
        (PEER.kid,), 2, ["Read it twice."],
    )  # fmt: skip
    # A second person is shown all of it in one, however much that is.
    many = Flag(tuple(Disclosed(seq, bytes(32), b"{}") for seq in range(1, 2 * MOST_ITEMS + 1)))
    sealed = b64u(seal_flag(PEER.pub, FLAG, ROOM, CLIENT_SEAT, many.to_json()))
    shown = {**told(), "kid": b64u(PEER.kid), "epoch": 0, "sealed": sealed, "more": None}
    assert len(case(shown, PEER).words.items) == 2 * MOST_ITEMS


@pytest.mark.parametrize("name", ["sealed", "more"])
def test_a_flipped_byte_anywhere_in_a_sealed_flag_opens_nothing(name: str) -> None:
    answer = told()
    text = answer[name]
    for at in (*range(0, 96, 7), *range(96, len(text) - 1, 397)):
        with pytest.raises(WireError, match=r"^aead$"):
            case({**answer, name: flipped(text, at)})
    assert case(answer).holds


def test_a_seal_of_another_flag_room_or_reporter_or_for_another_key_opens_nothing() -> None:
    answer = told()
    for change, code in (
        ({"room": b64u(bytes(16))}, "aead"),
        ({"reporter": b64u(SEAT)}, "aead"),
        ({"flag": b64u(bytes(16))}, "unknown"),
        ({"kid": b64u(PEER.kid)}, "unknown_epoch"),
        ({"more_kid": b64u(PEER.kid)}, "unknown_epoch"),
        ({"sealed": answer["more"]}, "aead"),
        ({"sealed": b64u(unb64u(answer["sealed"])[:-1])}, "flag_format"),
    ):
        with pytest.raises(WireError, match=rf"^{code}$"):
            case({**answer, **change})


def test_a_flipped_byte_of_a_header_proves_nothing_and_of_a_line_hides_that_line_alone() -> None:
    answer = told()
    for name in ("com", "seat"):
        first, second = answer["rows"]
        rows = [first, {**second, name: flipped(second[name], 3)}]
        assert not case({**answer, "rows": rows}).holds
    [note] = answer["notes"]
    for at in range(0, len(note["sealed"]) - 1, 211):
        found = case({**answer, "notes": [{**note, "sealed": flipped(note["sealed"], at)}]})
        assert (found.holds, [line.words for line in found.lines]) == (True, [None])
    # Under another number it is another line.
    assert case({**answer, "notes": [{**note, "n": 2}]}).lines[0].words is None
