"""docs/protocol.md, 18.8: a flag proves true bytes, and nothing else."""

import secrets
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.companion import body
from app.companion.answers import EvidenceRow, EvidenceSeat
from app.companion.envelope import Place, decrypt, encrypt, verify_item
from app.companion.evidence import Evidence, Gap, Shown
from app.companion.flag import Disclosed, Flag
from app.companion.keys import StaffKey
from app.companion.transcript import Received, Transcript
from app.wire.errors import WireError
from app.wire.frames import Item, Send
from app.wire.ids import CLIENT_SEAT, RoomId, seat_id

ROOM, OTHER_ROOM = RoomId(b"r" * 16), RoomId(b"s" * 16)
KEY = b"k" * 32
PEER = StaffKey.generate()
SEAT = seat_id(ROOM, PEER.kid)
WORDS = ("It began in spring.", "Would you give me your number?", "No. Please do not ask.", "Last words.")
SEATS = [EvidenceSeat(seat=CLIENT_SEAT), EvidenceSeat(seat=SEAT, kid=PEER.kid)]


def _told() -> tuple[list[Item], list[Received]]:
    """A talk, turn by turn, as its client verified it."""
    client, peer = Transcript(ROOM, CLIENT_SEAT, {1: KEY}), Transcript(ROOM, SEAT, {1: KEY})
    items, heard = [], []
    for at, words in enumerate(WORDS):
        who = (client, peer)[at % 2]
        frame = who.compose(who.next_n, body.text(words), 30_000_000)
        assert isinstance(frame, Send)
        items.append(Item(ROOM, at + 1, who.own_seat, frame.ke, frame.n, frame.com, frame.ct))
        peer.receive(items[-1])
        heard.append(client.receive(items[-1]))
    return items, heard


ITEMS, HEARD = _told()
ROWS = [EvidenceRow(seq=i.seq, ke=i.ke, seat=i.seat, n=i.n, com=i.com) for i in ITEMS]
FLAG = Flag.of([HEARD[1], HEARD[2]])


def proofs(evidence: Evidence, *items: Disclosed) -> list[str]:
    return [item.proof for item in evidence.check(items) if isinstance(item, Shown)]


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


bits = st.integers(0, 8 * 200)


def test_true_bytes_verify_with_their_speaker_and_what_was_left_out() -> None:
    found = Evidence(ROOM, ROWS, SEATS).check(FLAG.items)
    assert [type(item) for item in found] == [Gap, Shown, Shown, Gap]
    assert proofs(Evidence(ROOM, ROWS, SEATS), *FLAG.items) == ["ok", "ok"]
    peers, clients = (item for item in found if isinstance(item, Shown))
    assert (peers.kid, clients.kid, clients.seat) == (PEER.kid, None, CLIENT_SEAT)
    assert peers.body is not None
    assert peers.body.fields["x"] == WORDS[1]


@given(bit=bits)
def test_a_flipped_bit_of_a_body_is_bad(bit: int) -> None:
    first, second = FLAG.items
    assert proofs(Evidence(ROOM, ROWS, SEATS), replace(first, body=flipped(first.body, bit)), second) == [
        "bad",
        "ok",
    ]


@given(bit=bits)
def test_a_flipped_bit_of_a_key_is_bad(bit: int) -> None:
    first = FLAG.items[0]
    assert proofs(Evidence(ROOM, ROWS, SEATS), replace(first, kf=flipped(first.kf, bit))) == ["bad"]


@given(bit=bits, at=st.integers(0, 1), name=st.sampled_from(["seat", "com"]))
def test_a_flipped_bit_of_a_header_up_to_it_is_bad(bit: int, at: int, name: str) -> None:
    rows = [*ROWS]
    rows[at] = ROWS[at].model_copy(update={name: flipped(getattr(ROWS[at], name), bit)})
    assert "ok" not in proofs(Evidence(ROOM, rows, SEATS), FLAG.items[0])


@given(n=st.integers(0, 2**32 - 1), ke=st.integers(0, 15), seq=st.integers(0, 2**32 - 1))
def test_another_count_epoch_or_number_is_not_ok(n: int, ke: int, seq: int) -> None:
    true = ROWS[1]
    rows = [ROWS[0], true.model_copy(update={"n": n, "ke": ke, "seq": seq}), *ROWS[2:]]
    is_true = (n, ke, seq) == (true.n, true.ke, true.seq)
    assert (proofs(Evidence(ROOM, rows, SEATS), FLAG.items[0]) == ["ok"]) is is_true


@given(bit=bits)
def test_in_another_room_nothing_verifies(bit: int) -> None:
    room = RoomId(flipped(ROOM, bit))
    seats = [EvidenceSeat(seat=CLIENT_SEAT), EvidenceSeat(seat=SEAT, kid=PEER.kid)]
    assert proofs(Evidence(room, ROWS, seats), *FLAG.items) == ["bad", "bad"]


@given(said=st.binary(max_size=300), kf=st.binary(min_size=32, max_size=32), at=st.integers(1, 4))
def test_made_up_words_never_verify(said: bytes, kf: bytes, at: int) -> None:
    assert proofs(Evidence(ROOM, ROWS, SEATS), Disclosed(at, kf, said)) == ["bad"]


def test_true_words_at_another_place_are_bad() -> None:
    for item in FLAG.items:
        for seq in range(1, len(ROWS) + 1):
            expected = "ok" if seq == item.seq else "bad"
            assert proofs(Evidence(ROOM, ROWS, SEATS), replace(item, seq=seq)) == [expected]
    assert proofs(Evidence(ROOM, ROWS, SEATS), replace(FLAG.items[0], seq=9)) == ["bad"]


def test_a_body_that_is_none_proves_nothing_although_its_bytes_were_sent() -> None:
    com, ct = encrypt(KEY, Place(ROOM, 1, CLIENT_SEAT, 1), b"no body at all")
    disclosed = decrypt(KEY, Place(ROOM, 1, CLIENT_SEAT, 1), com, ct)
    row = EvidenceRow(seq=1, ke=1, seat=CLIENT_SEAT, n=1, com=com)
    item = Disclosed(1, disclosed.kf, disclosed.body)
    assert verify_item(Place(ROOM, 1, CLIENT_SEAT, 1), com, item.kf, item.body)
    assert proofs(Evidence(ROOM, [row], SEATS), item) == ["bad"]


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_proves_nothing(length: int) -> None:
    place = Place(ROOM, 1, SEAT, 1)
    item = FLAG.items[0]
    assert verify_item(place, ROWS[1].com, item.kf, item.body)
    assert not verify_item(place, ROWS[1].com, secrets.token_bytes(length), item.body)
    assert proofs(Evidence(ROOM, ROWS, SEATS), replace(item, kf=bytes(length))) == ["bad"]


def test_a_flag_opens_no_other_message() -> None:
    """Neither what it discloses nor what can be derived of it is a key of anything."""
    known = [part for item in FLAG.items for part in (item.kf, item.body[:32].ljust(32, b"\x00"))]
    for item in ITEMS:
        place = Place(ROOM, item.ke, item.seat, item.n)
        for key in known:
            with pytest.raises(WireError, match=r"^aead$"):
                decrypt(key, place, item.com, item.ct)
        # The twin: with the room's key it opens, and only what was picked has a known key.
        assert (decrypt(KEY, place, item.com, item.ct).kf in known) is (item.seq in (2, 3))


def test_words_of_another_past_than_the_kept_headers_are_bad() -> None:
    """The headers before it are all of true form, and of a talk that its speaker never saw."""
    other = Transcript(ROOM, CLIENT_SEAT, {1: KEY})
    frame = other.compose(1, body.text("Something else."), 30_000_000)
    rows = [ROWS[0].model_copy(update={"com": frame.com}), *ROWS[1:]]
    assert proofs(Evidence(ROOM, rows, SEATS), *FLAG.items) == ["bad", "bad"]
