"""docs/protocol.md, 18.7: each attack on a transcript ends in its code, the same one in both languages.

The stories are made here, by the Python side; the JavaScript receiver is handed the same bytes.
"""

import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.companion.body import take_back, text, write_body
from app.companion.envelope import Place, encrypt
from app.companion.transcript import Transcript
from app.wire.errors import WireError
from app.wire.frames import Item
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId
from tests.unit.companion.talk import KEYS, MARA, MINUTE, ROOM, SOL, Talk, keys

ROOT = Path(__file__).resolve().parents[2]
FORGED = b"f" * 32

Step = Item | Mapping[int, bytes] | tuple[int, bytes]
"""An item comes, a list of keys, or the head that the server names."""

Told = tuple[int, str] | None
"""At which step a receiver stopped, and with which code; None where it believed everything."""


@dataclass(frozen=True)
class Story:
    """What a server shows to one seat."""

    steps: list[Step]
    seat: SeatId = CLIENT_SEAT
    held: Mapping[int, bytes] = field(default_factory=lambda: keys(1))


def evening() -> Talk:
    """Client, client, Mara, client, Mara."""
    talk = Talk()
    for sender in (talk.client, talk.client, talk.mara, talk.client, talk.mara):
        talk.say(sender, text("words"))
    return talk


def with_rekey() -> Talk:
    """The client speaks, changes the keys, speaks again."""
    talk = Talk()
    talk.say(talk.client, text("before"))
    talk.rekey(2)
    talk.mara.add_keys(keys(1, 2))
    talk.say(talk.client, text("after"))
    return talk


def renumbered(items: list[Item]) -> list[Step]:
    return [item._replace(seq=seq) for seq, item in enumerate(items, 1)]


def honest() -> Story:
    talk = evening()
    return Story([*talk.items, (5, talk.client.head)])


def honest_rekey() -> Story:
    talk = with_rekey()
    return Story([*talk.items[:2], keys(1, 2), talk.items[2], (3, talk.client.head)], MARA)


def honest_take_back() -> Story:
    talk = evening()
    talk.say(talk.client, take_back(1))
    return Story([*talk.items, (6, talk.client.head)])


def replay() -> Story:
    items = evening().items
    return Story(renumbered([*items[:2], items[1]]))


def replay_under_its_number() -> Story:
    items = evening().items
    return Story([*items[:2], items[1]])


def reorder_of_one_sender() -> Story:
    items = evening().items
    return Story(renumbered([items[1], items[0]]))


def reorder_across_senders() -> Story:
    items = evening().items
    return Story(renumbered([items[2], items[0]]))


def first_dropped() -> Story:
    return Story(renumbered(evening().items[1:]))


def first_dropped_of_two_senders() -> Story:
    return Story(renumbered(evening().items[2:]))


def middle_dropped() -> Story:
    items = evening().items
    return Story(renumbered([*items[:2], *items[3:]]))


def dropped_without_renumbering() -> Story:
    items = evening().items
    return Story([items[0], *items[2:]])


def seat_relabelled() -> Story:
    items = evening().items
    return Story([*items[:2], items[2]._replace(seat=SOL)])


def staff_as_client() -> Story:
    items = evening().items
    return Story([*items[:2], items[2]._replace(seat=CLIENT_SEAT, n=3)])


def commitments_swapped() -> Story:
    items = evening().items
    return Story([items[0]._replace(com=items[1].com)])


def ciphertexts_swapped() -> Story:
    items = evening().items
    return Story([items[0]._replace(ct=items[1].ct)])


def a_bit_flipped() -> Story:
    [item, *_] = evening().items
    return Story([item._replace(ct=bytes([item.ct[0] ^ 1]) + item.ct[1:])])


def spliced_from_another_room() -> Story:
    other = RoomId(b"o" * 16)
    frame = Transcript(other, CLIENT_SEAT, keys(1)).compose(1, text("x"), MINUTE)
    return Story([Item(ROOM, 1, CLIENT_SEAT, 1, 1, frame.com, frame.ct)])


def of_another_room() -> Story:
    other = RoomId(b"o" * 16)
    frame = Transcript(other, CLIENT_SEAT, keys(1)).compose(1, text("x"), MINUTE)
    return Story([Item(other, 1, CLIENT_SEAT, 1, 1, frame.com, frame.ct)])


def foreign_epoch() -> Story:
    [item, *_] = evening().items
    return Story([item._replace(ke=2)])


def injected() -> Story:
    return Story([*evening().items, Item(ROOM, 6, CLIENT_SEAT, 1, 4, b"c" * 32, bytes(1040))])


def another_length() -> Story:
    [item, *_] = evening().items
    return Story([item._replace(ct=item.ct + b"\x00")])


def forked() -> Story:
    """Two messages at once, shown in another order to each side: found at the next one."""
    talk = Talk()
    ours, theirs = talk.post(talk.client, text("1")), talk.post(talk.mara, text("2"))
    talk.mara.receive(theirs._replace(seq=1))
    talk.mara.receive(ours._replace(seq=2))
    after = talk.post(talk.mara, text("3"))._replace(seq=3)
    return Story([ours._replace(seq=1), theirs._replace(seq=2), after])


def head_of_another_chain() -> Story:
    return Story([*evening().items, (5, bytes(32))])


def tail_withheld_from_the_head_named() -> Story:
    talk = evening()
    return Story([*talk.items[:4], (5, talk.client.head)])


def erased_unasked() -> Story:
    talk = evening()
    return Story([talk.items[0]._replace(ct=b""), *talk.items[1:], (5, talk.client.head)])


def staff_words_erased() -> Story:
    talk = evening()
    return Story([*talk.items[:2], talk.items[2]._replace(ct=b""), *talk.items[3:], (5, talk.client.head)])


def forged_epoch() -> Story:
    """A key that no `rekey` message announced, and words under it."""
    talk = Talk()
    first = talk.say(talk.client, text("x"))
    body = write_body(text("y"), MINUTE, (1, talk.client.head))
    com, ct = encrypt(FORGED, Place(ROOM, 2, CLIENT_SEAT, 2), body)
    return Story([first, {2: FORGED}, Item(ROOM, 2, CLIENT_SEAT, 2, 2, com, ct)], MARA)


def forged_key_under_an_announced_epoch() -> Story:
    return Story([*with_rekey().items[:2], {1: KEYS[1], 2: FORGED}], MARA)


def forged_key_before_its_announcement() -> Story:
    items = with_rekey().items
    return Story([items[0], {2: FORGED}, items[1]], MARA)


def known_key_contradicted() -> Story:
    return Story([evening().items[0], {1: FORGED}], MARA)


def epoch_falls() -> Story:
    talk = with_rekey()
    late = Transcript(ROOM, MARA, keys(1)).compose(1, text("late"), MINUTE)
    item = Item(ROOM, 4, MARA, 1, 1, late.com, late.ct)
    return Story([*talk.items, item], CLIENT_SEAT, keys(1, 2))


def epoch_without_its_key() -> Story:
    return Story(list(with_rekey().items), MARA)


HONEST: list[Callable[[], Story]] = [honest, honest_rekey, honest_take_back]
ATTACKS: dict[Callable[[], Story], Told] = {
    replay: (2, "gap_sender"),
    replay_under_its_number: (2, "gap_seq"),
    reorder_of_one_sender: (0, "gap_sender"),
    reorder_across_senders: (0, "chain_fork"),
    first_dropped: (0, "gap_sender"),
    first_dropped_of_two_senders: (0, "chain_fork"),
    middle_dropped: (2, "chain_fork"),
    dropped_without_renumbering: (1, "gap_seq"),
    seat_relabelled: (2, "aead"),
    staff_as_client: (2, "aead"),
    commitments_swapped: (0, "aead"),
    ciphertexts_swapped: (0, "aead"),
    a_bit_flipped: (0, "aead"),
    spliced_from_another_room: (0, "aead"),
    of_another_room: (0, "unknown"),
    foreign_epoch: (0, "unknown_epoch"),
    injected: (5, "aead"),
    another_length: (0, "msg_format"),
    forked: (2, "chain_fork"),
    head_of_another_chain: (5, "chain_fork"),
    tail_withheld_from_the_head_named: (4, "gap_seq"),
    erased_unasked: (5, "erased_unasked"),
    staff_words_erased: (5, "erased_unasked"),
    forged_epoch: (2, "key_fork"),
    forged_key_under_an_announced_epoch: (2, "key_fork"),
    forged_key_before_its_announcement: (2, "key_fork"),
    known_key_contradicted: (1, "key_fork"),
    epoch_falls: (3, "key_fork"),
    epoch_without_its_key: (2, "unknown_epoch"),
}
"""By attack, the step at which it is found and the code of docs/protocol.md, 16."""


def in_python(story: Story) -> Told:
    reader = Transcript(ROOM, story.seat, dict(story.held))
    for at, step in enumerate(story.steps):
        try:
            if isinstance(step, Item):
                reader.receive(step)
            elif isinstance(step, tuple):
                reader.at_head(*step)
            else:
                reader.add_keys(step)
        except WireError as error:
            return at, error.code
    return None


@pytest.fixture(scope="module")
def in_javascript() -> dict[str, Told]:
    """What the JavaScript receiver says to each story, by its name."""
    stories = [*HONEST, *ATTACKS]
    done = subprocess.run(
        [ROOT / "scripts" / "with-node", "node", Path(__file__).with_name("receive.js")],
        input=json.dumps([_plain(story()) for story in stories]),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    answers = [None if told is None else (told[0], told[1]) for told in json.loads(done.stdout)]
    return {story.__name__: told for story, told in zip(stories, answers, strict=True)}


def _plain(story: Story) -> dict[str, Any]:
    def step(each: Step) -> dict[str, Any]:
        if isinstance(each, Item):
            fields = {"room": each.room, "seat": each.seat, "com": each.com, "ct": each.ct}
            return {
                "item": {
                    "seq": each.seq,
                    "ke": each.ke,
                    "n": each.n,
                    **{k: v.hex() for k, v in fields.items()},
                }
            }
        if isinstance(each, tuple):
            return {"head": [each[0], each[1].hex()]}
        return {"keys": [[epoch, key.hex()] for epoch, key in each.items()]}

    return {
        "room": ROOM.hex(),
        "seat": story.seat.hex(),
        "keys": [[epoch, key.hex()] for epoch, key in story.held.items()],
        "steps": [step(each) for each in story.steps],
    }


@pytest.mark.parametrize("story", HONEST, ids=lambda story: story.__name__)
def test_an_honest_story_is_believed_in_both_languages(
    story: Callable[[], Story], in_javascript: dict[str, Told]
) -> None:
    assert in_python(story()) is None
    assert in_javascript[story.__name__] is None


@pytest.mark.parametrize(("attack", "told"), ATTACKS.items(), ids=[attack.__name__ for attack in ATTACKS])
def test_an_attack_ends_in_its_code_in_both_languages(
    attack: Callable[[], Story], told: Told, in_javascript: dict[str, Told]
) -> None:
    assert in_python(attack()) == told
    assert in_javascript[attack.__name__] == told
