"""The receiver: what a lying server can try, and the code each lie ends in (docs/protocol.md, 8 and 10)."""

import json

import pytest

from app.companion.body import Content, bye, hello, pace, rekey, take_back, text
from app.companion.envelope import Place, encrypt
from app.companion.key_list import rekey_hash
from app.companion.snapshot import Snapshot
from app.companion.transcript import Transcript
from app.wire.encoding import b64u
from app.wire.errors import WireError
from app.wire.frames import Erase, Item, Send
from app.wire.ids import CLIENT_SEAT, RoomId
from tests.unit.companion.talk import KEYS, MARA, MINUTE, ROOM, SOL, Talk, keys


def refused(reader: Transcript, item: Item, code: str) -> None:
    """The item is refused, and nothing is known of it afterwards."""
    before = reader.snapshot()
    with pytest.raises(WireError, match=f"^{code}$"):
        reader.receive(item)
    assert reader.snapshot() == before


def forged(sender: Transcript, content: Content, seq: int, ke: int = 1) -> Item:
    """An item with any body that somebody who holds the room key can make."""
    n = sender.next_n
    com, ct = encrypt(KEYS[ke], Place(ROOM, ke, sender.own_seat, n), json.dumps(dict(content)).encode())
    return Item(ROOM, seq, sender.own_seat, ke, n, com, ct)


def seen(transcript: Transcript) -> dict[str, object]:
    return {"t": MINUTE, "seen": [transcript.seq, b64u(transcript.head)]}


@pytest.fixture
def talk() -> Talk:
    return Talk()


# A true conversation.


def test_both_sides_of_a_true_conversation_hear_the_same(talk: Talk) -> None:
    talk.say(talk.client, hello("Ash"))
    talk.say(talk.mara, hello("Mara"))
    talk.say(talk.client, text("I cannot sleep."))
    assert talk.client.head == talk.mara.head
    late = Transcript(ROOM, CLIENT_SEAT, keys(1))
    received = talk.read(late)
    assert [(r.seq, r.seat, r.ke, r.n, r.kind) for r in received] == [
        (1, CLIENT_SEAT, 1, 1, "hello"),
        (2, MARA, 1, 1, "hello"),
        (3, CLIENT_SEAT, 1, 2, "text"),
    ]
    assert received[2].body is not None
    assert received[2].body.fields["x"] == "I cannot sleep."
    assert late.head == talk.client.head


def test_two_messages_written_at_the_same_time_both_stand(talk: Talk) -> None:
    first, second = talk.post(talk.client, hello()), talk.post(talk.mara, hello("Mara"))
    for reader in (talk.client, talk.mara):
        assert [reader.receive(first).kind, reader.receive(second).kind] == ["hello", "hello"]
    talk.say(talk.client, text("x"))


def test_several_messages_can_be_on_their_way(talk: Talk) -> None:
    frames = [talk.client.compose(talk.client.next_n + i, text(str(i)), MINUTE) for i in range(3)]
    for seq, frame in enumerate(frames, 1):
        talk.mara.receive(Item(ROOM, seq, CLIENT_SEAT, frame.ke, frame.n, frame.com, frame.ct))
    assert talk.mara.seq == 3


# Replay, reorder, drop, relabel, swap, splice, inject, fork.


def test_a_replayed_message_is_refused_as_gap_sender(talk: Talk) -> None:
    item = talk.say(talk.client, text("x"))
    refused(talk.mara, item._replace(seq=2), "gap_sender")
    talk.say(talk.client, text("y"))


def test_a_message_under_a_number_already_used_is_refused_as_gap_seq(talk: Talk) -> None:
    item = talk.say(talk.client, text("x"))
    refused(talk.mara, item, "gap_seq")


def test_two_swapped_messages_of_one_sender_are_refused_as_gap_sender(talk: Talk) -> None:
    first = talk.post(talk.client, text("1"))
    talk.client.receive(first)
    second = talk.post(talk.client, text("2"))
    refused(talk.mara, second._replace(seq=1), "gap_sender")
    assert [talk.mara.receive(item).kind for item in (first, second)] == ["text", "text"]


def test_two_swapped_messages_of_two_senders_are_refused_as_chain_fork(talk: Talk) -> None:
    question = talk.say(talk.client, text("1"))
    answer = talk.post(talk.mara, text("2"))
    reader = Transcript(ROOM, CLIENT_SEAT, keys(1))
    refused(reader, answer._replace(seq=1), "chain_fork")
    assert [reader.receive(item).kind for item in (question, answer)] == ["text", "text"]


def test_a_dropped_first_message_is_refused_as_gap_seq_and_renumbered_as_gap_sender_or_chain_fork(
    talk: Talk,
) -> None:
    talk.say(talk.client, text("1"))
    same_sender = talk.say(talk.client, text("2"))
    refused(Transcript(ROOM, MARA, keys(1)), same_sender, "gap_seq")
    refused(Transcript(ROOM, MARA, keys(1)), same_sender._replace(seq=1), "gap_sender")
    other_sender = talk.say(talk.mara, text("3"))
    refused(Transcript(ROOM, MARA, keys(1)), other_sender._replace(seq=1), "chain_fork")


def test_a_dropped_middle_message_is_refused_at_the_next_one(talk: Talk) -> None:
    reader = Transcript(ROOM, CLIENT_SEAT, keys(1))
    reader.receive(talk.say(talk.client, text("1")))
    talk.say(talk.mara, text("2"))
    after = talk.say(talk.client, text("3"))
    refused(reader, after, "gap_seq")
    refused(reader, after._replace(seq=2), "chain_fork")


def test_a_relabelled_seat_is_refused_as_aead(talk: Talk) -> None:
    item = talk.post(talk.mara, text("x"))
    refused(talk.client, item._replace(seat=SOL), "aead")
    refused(talk.client, item._replace(seat=CLIENT_SEAT), "aead")
    assert talk.client.receive(item).kind == "text"


def test_a_swapped_commitment_or_ciphertext_is_refused_as_aead(talk: Talk) -> None:
    item, other = talk.post(talk.client, text("x")), talk.post(talk.client, text("x"))
    refused(talk.mara, item._replace(com=other.com), "aead")
    refused(talk.mara, item._replace(ct=other.ct), "aead")
    assert talk.mara.receive(item).kind == "text"


def test_a_message_of_another_room_under_the_same_key_is_refused(talk: Talk) -> None:
    other = RoomId(b"o" * 16)
    frame = Transcript(other, CLIENT_SEAT, keys(1)).compose(1, text("x"), MINUTE)
    item = Item(other, 1, CLIENT_SEAT, 1, 1, frame.com, frame.ct)
    refused(talk.mara, item._replace(room=ROOM), "aead")
    refused(talk.mara, item, "unknown")


def test_a_message_moved_to_another_epoch_is_refused(talk: Talk) -> None:
    item = talk.post(talk.client, text("x"))
    refused(talk.mara, item._replace(ke=2), "unknown_epoch")
    refused(talk.mara, item._replace(ke=0), "key_fork")
    talk.mara.add_keys(keys(2))
    refused(talk.mara, item._replace(ke=2), "key_fork")


def test_an_injected_message_is_refused_as_aead(talk: Talk) -> None:
    refused(talk.mara, Item(ROOM, 1, CLIENT_SEAT, 1, 1, b"c" * 32, bytes(1040)), "aead")


def test_a_fork_of_two_concurrent_messages_is_found_at_the_next_message(talk: Talk) -> None:
    ours, theirs = talk.post(talk.client, text("1")), talk.post(talk.mara, text("2"))
    talk.client.receive(ours._replace(seq=1))
    talk.client.receive(theirs._replace(seq=2))
    talk.mara.receive(theirs._replace(seq=1))
    talk.mara.receive(ours._replace(seq=2))
    refused(talk.mara, talk.post(talk.client, text("3")), "chain_fork")
    refused(talk.client, (talk.post(talk.mara, text("4")))._replace(seq=3), "chain_fork")


def test_a_message_that_claims_to_have_seen_the_future_is_refused_as_chain_fork(talk: Talk) -> None:
    body = {"k": "text", "x": "x", "t": MINUTE}
    refused(talk.mara, forged(talk.client, {**body, "seen": [1, b64u(bytes(32))]}, 1), "chain_fork")
    assert talk.mara.receive(forged(talk.client, {**body, **seen(talk.client)}, 1)).kind == "text"


def test_a_body_without_what_it_has_seen_is_refused_as_msg_format(talk: Talk) -> None:
    refused(talk.mara, forged(talk.client, {"k": "text", "x": "x", "t": MINUTE}, 1), "msg_format")


def test_a_head_that_is_not_ours_is_chain_fork_and_one_beyond_is_gap_seq(talk: Talk) -> None:
    talk.say(talk.client, text("x"))
    talk.mara.at_head(1, talk.client.head)
    with pytest.raises(WireError, match=r"^chain_fork$"):
        talk.mara.at_head(1, bytes(32))
    with pytest.raises(WireError, match=r"^gap_seq$"):
        talk.mara.at_head(2, talk.client.head)


# Who may say what.


@pytest.mark.parametrize("content", [pace("ask"), rekey(2, bytes(32))])
def test_what_only_a_client_may_say_is_not_obeyed_from_staff(talk: Talk, content: Content) -> None:
    received = talk.client.receive(forged(talk.mara, {**content, **seen(talk.mara)}, 1))
    assert received.kind is None
    assert received.body is not None
    assert talk.client.epoch == 1
    with pytest.raises(WireError, match=r"^malformed$"):
        talk.mara.compose(1, content, MINUTE)


def test_what_only_staff_may_say_is_not_obeyed_from_a_client(talk: Talk) -> None:
    item = forged(talk.mara, {"k": "here", **seen(talk.mara)}, 1)
    received = talk.mara.receive(forged(talk.client, {"k": "here", **seen(talk.client)}, 1))
    assert received.kind is None
    assert talk.client.receive(item).kind == "here"


def test_an_unknown_kind_is_verified_and_obeyed_from_nobody(talk: Talk) -> None:
    received = talk.mara.receive(forged(talk.client, {"k": "dance", **seen(talk.client)}, 1))
    assert received.kind is None
    assert received.body is not None
    assert talk.mara.seq == 1


# Epochs.


def test_a_new_epoch_is_used_once_the_client_announced_its_key(talk: Talk) -> None:
    talk.rekey(2)
    item = talk.post(talk.client, text("x"))
    assert item.ke == 2
    refused(talk.mara, item, "unknown_epoch")
    talk.mara.add_keys(keys(1, 2))
    assert talk.mara.receive(item).kind == "text"
    assert talk.post(talk.mara, text("y")).ke == 2


def test_an_epoch_may_be_skipped_if_the_announcement_says_so(talk: Talk) -> None:
    talk.rekey(5)
    talk.mara.add_keys(keys(5))
    talk.say(talk.client, text("x"))
    assert talk.mara.epoch == 5


def test_a_forged_epoch_is_key_fork(talk: Talk) -> None:
    talk.say(talk.client, text("x"))
    liar = Transcript(ROOM, CLIENT_SEAT, keys(2))
    talk.mara.add_keys(keys(2))
    refused(
        talk.mara,
        (forged(liar, {"k": "text", "x": "y", **seen(talk.mara)}, 2, ke=2))._replace(n=2),
        "key_fork",
    )
    assert talk.mara.epoch == 1


def test_a_forged_key_under_an_announced_epoch_is_key_fork(talk: Talk) -> None:
    talk.rekey(2)
    with pytest.raises(WireError, match=r"^key_fork$"):
        talk.mara.add_keys({1: KEYS[1], 2: b"forged key of a lying server ...."[:32]})
    assert talk.mara.keys == keys(1)
    talk.mara.add_keys(keys(1, 2))
    assert talk.mara.keys == keys(1, 2)


def test_a_forged_key_that_comes_before_the_announcement_is_key_fork(talk: Talk) -> None:
    talk.mara.add_keys({2: b"f" * 32})
    item = talk.post(talk.client, rekey(2, rekey_hash(ROOM, 2, KEYS[2])))
    refused(talk.mara, item, "key_fork")
    assert talk.client.receive(item).kind == "rekey"


def test_another_epoch_than_the_announced_one_is_key_fork(talk: Talk) -> None:
    talk.rekey(2)
    talk.mara.add_keys(keys(2, 3))
    liar = Transcript(ROOM, CLIENT_SEAT, keys(3))
    item = (forged(liar, {"k": "text", "x": "y", **seen(talk.mara)}, 2, ke=3))._replace(n=2)
    refused(talk.mara, item, "key_fork")


def test_a_list_that_contradicts_a_known_key_is_key_fork(talk: Talk) -> None:
    with pytest.raises(WireError, match=r"^key_fork$"):
        talk.mara.add_keys({1: b"f" * 32})
    talk.mara.add_keys(keys(1))


def test_an_epoch_that_falls_along_the_chain_is_key_fork(talk: Talk) -> None:
    late = talk.post(talk.mara, text("written before the rekey came"))
    talk.items.clear()
    talk.rekey(2)
    refused(talk.client, late._replace(seq=2), "key_fork")


def test_a_rekey_to_an_epoch_that_does_not_rise_is_key_fork(talk: Talk) -> None:
    talk.rekey(3)
    talk.mara.add_keys(keys(3))
    body = {**rekey(3, rekey_hash(ROOM, 3, KEYS[3])), **seen(talk.client)}
    refused(talk.mara, forged(talk.client, body, 2, ke=3), "key_fork")


def test_a_list_outside_its_form_is_keys_format(talk: Talk) -> None:
    for listed in ({0: bytes(32)}, {16: bytes(32)}, {2: bytes(31)}):
        with pytest.raises(WireError, match=r"^keys_format$"):
            talk.mara.add_keys(listed)


# Staff who came later.


def test_a_newcomer_checks_earlier_words_without_reading_them(talk: Talk) -> None:
    talk.say(talk.client, text("only for Mara"))
    talk.say(talk.mara, text("only for the client"))
    talk.rekey(2)
    talk.mara.add_keys(keys(2))
    talk.say(talk.client, text("for all"))
    sol = Transcript(ROOM, SOL, keys(2))
    received = talk.read(sol)
    assert [(r.kind, r.body is None, r.hidden) for r in received] == [
        (None, True, True),
        (None, True, True),
        (None, True, True),
        ("text", False, False),
    ]
    talk.items.append(talk.post(sol, hello("Sol")))
    assert talk.client.receive(talk.items[-1]).kind == "hello"


def test_a_newcomer_speaks_first_under_the_new_epoch(talk: Talk) -> None:
    talk.rekey(2)
    sol = Transcript(ROOM, SOL, keys(2))
    with pytest.raises(WireError, match=r"^unknown_epoch$"):
        sol.compose(1, hello("Sol"), MINUTE)
    talk.read(sol)
    assert talk.post(sol, hello("Sol")).ke == 2


def test_a_newcomer_to_whom_the_past_was_shared_reads_it(talk: Talk) -> None:
    talk.say(talk.client, text("for all"))
    talk.rekey(2)
    assert [r.kind for r in talk.read(Transcript(ROOM, SOL, keys(1, 2)))] == ["text", "rekey"]


def test_the_client_cannot_be_told_that_words_are_not_shared_with_it(talk: Talk) -> None:
    talk.say(talk.client, text("x"))
    refused(Transcript(ROOM, CLIENT_SEAT, keys(2)), talk.items[0], "unknown_epoch")


def test_earlier_words_of_a_newcomer_are_still_checked_for_gaps_and_forks(talk: Talk) -> None:
    first, second = talk.say(talk.client, text("1")), talk.say(talk.client, text("2"))
    talk.rekey(2)
    refused(Transcript(ROOM, SOL, keys(2)), second._replace(seq=1), "gap_sender")
    sol = Transcript(ROOM, SOL, keys(2))
    for item in (first, second._replace(com=bytes(32)), talk.items[2]):
        sol.receive(item)
    refused(sol, talk.post(talk.client, text("3")), "chain_fork")


def test_a_newcomer_is_not_moved_to_an_epoch_that_no_client_message_can_have_announced(talk: Talk) -> None:
    talk.say(talk.client, text("1"))
    hidden = talk.say(talk.mara, text("2"))
    sol = Transcript(ROOM, SOL, keys(2))
    sol.receive(talk.items[0])
    sol.receive(hidden)
    liar = Transcript(ROOM, CLIENT_SEAT, keys(2))
    item = (forged(liar, {"k": "text", "x": "y", **seen(sol)}, 3, ke=2))._replace(n=2)
    refused(sol, item, "key_fork")


def test_a_seat_is_not_moved_to_a_servers_own_key_behind_words_it_cannot_read(talk: Talk) -> None:
    talk.rekey(2)
    before = talk.mara.snapshot()
    unread = Item(ROOM, 2, CLIENT_SEAT, 2, 2, bytes(32), bytes(1040))
    talk.mara.add_keys({3: b"f" * 32})
    forged_list = talk.mara.keys
    for reader in (
        talk.mara,
        Transcript.restore(before, forged_list),
        Transcript.restore(talk.mara.snapshot(), forged_list),
    ):
        assert reader.receive(unread).hidden
        refused(reader, unread._replace(seq=3, ke=3, n=3), "key_fork")
        with pytest.raises(WireError, match=r"^unknown_epoch$"):
            _ = reader.epoch
    again = talk.mara.from_start()
    for item in (talk.items[0], unread):
        again.receive(item)
    refused(again, unread._replace(seq=3, ke=3, n=3), "key_fork")


def test_a_newcomer_who_reads_late_takes_a_later_epoch_by_its_announcement(talk: Talk) -> None:
    talk.rekey(2)
    sol = Transcript(ROOM, SOL, keys(2))
    talk.mara.add_keys(keys(2))
    talk.rekey(3)
    talk.mara.add_keys(keys(3))
    talk.say(talk.client, text("x"))
    sol.add_keys(keys(2, 3))
    assert [r.kind for r in talk.read(sol)] == [None, "rekey", "text"]


def test_an_epoch_that_a_seat_could_have_read_is_not_passed_over(talk: Talk) -> None:
    talk.rekey(2)
    liar = Transcript(ROOM, CLIENT_SEAT, keys(1, 2, 3))
    liar.receive(talk.items[0])
    sol = Transcript(ROOM, SOL, keys(2, 3))
    sol.receive(talk.items[0])
    item = (forged(liar, {**text("y"), **seen(sol)}, 2, ke=3))._replace(n=2)
    refused(sol, item, "key_fork")
    assert sol.receive(talk.post(talk.client, text("x"))).kind == "text"


def test_a_room_read_anew_keeps_keys_and_what_is_known_of_them(talk: Talk) -> None:
    talk.rekey(2)
    again = talk.mara.from_start()
    assert (again.seq, again.keys) == (0, keys(1))
    with pytest.raises(WireError, match=r"^key_fork$"):
        again.add_keys({2: b"f" * 32})
    talk.mara.add_keys(keys(2))
    again.add_keys(keys(2))
    talk.say(talk.client, text("x"))
    assert [r.kind for r in talk.read(again)] == ["rekey", "text"]


def test_an_emptied_message_cannot_have_announced_an_epoch(talk: Talk) -> None:
    talk.rekey(2)
    item = talk.post(talk.client, text("x"))
    sol, misled = Transcript(ROOM, SOL, keys(2)), Transcript(ROOM, SOL, keys(2))
    sol.receive(talk.items[0])
    misled.receive(talk.items[0]._replace(ct=b""))
    refused(misled, item, "key_fork")
    assert sol.receive(item).kind == "text"


# Take back.


def test_a_client_takes_back_its_words_and_both_sides_know_why_they_are_gone(talk: Talk) -> None:
    talk.say(talk.client, text("too much"))
    frame = talk.client.compose(2, take_back(1), MINUTE)
    assert isinstance(frame, Erase)
    assert frame.seq == 1
    talk.say(talk.client, take_back(1))
    again = talk.mara.receive_again(talk.items[0])
    assert (again.erased, again.kind, again.body) == (True, None, None)
    talk.mara.at_head(2, talk.client.head)
    late = Transcript(ROOM, CLIENT_SEAT, keys(1))
    assert [(r.kind, r.erased) for r in talk.read(late)] == [(None, True), ("take-back", False)]


def test_words_erased_without_being_taken_back_are_judged_at_the_head(talk: Talk) -> None:
    talk.say(talk.client, text("x"))
    talk.say(talk.mara, text("y"))
    late = Transcript(ROOM, CLIENT_SEAT, keys(1))
    assert late.receive(talk.items[0]._replace(ct=b"")).erased
    late.receive(talk.items[1])
    with pytest.raises(WireError, match=r"^erased_unasked$"):
        late.at_head(2, talk.client.head)
    talk.mara.at_head(2, talk.client.head)
    talk.mara.receive_again(talk.items[0]._replace(ct=b""))
    with pytest.raises(WireError, match=r"^erased_unasked$"):
        talk.mara.at_head(2, talk.client.head)


def test_staff_words_are_folded_but_never_erased(talk: Talk) -> None:
    talk.say(talk.mara, text("x"))
    frame = talk.mara.compose(2, take_back(1), MINUTE)
    assert isinstance(frame, Send)
    talk.say(talk.mara, take_back(1))
    talk.client.at_head(2, talk.mara.head)
    talk.client.receive_again(talk.items[0]._replace(ct=b""))
    with pytest.raises(WireError, match=r"^erased_unasked$"):
        talk.client.at_head(2, talk.mara.head)


def test_nobody_takes_back_the_words_of_another(talk: Talk) -> None:
    talk.say(talk.client, text("x"))
    with pytest.raises(WireError, match=r"^malformed$"):
        talk.mara.compose(1, take_back(1), MINUTE)
    received = talk.client.receive(forged(talk.mara, {**take_back(1), **seen(talk.mara)}, 2))
    assert received.kind is None
    talk.client.receive_again(talk.items[0]._replace(ct=b""))
    with pytest.raises(WireError, match=r"^erased_unasked$"):
        talk.client.at_head(2, talk.client.head)


@pytest.mark.parametrize("of", [2, 3, 4, 99])
def test_a_rekey_a_take_back_and_what_is_not_there_cannot_be_taken_back(talk: Talk, of: int) -> None:
    talk.say(talk.client, text("x"))
    talk.say(talk.client, take_back(1))
    talk.rekey(2)
    talk.mara.add_keys(keys(2))
    with pytest.raises(WireError, match=r"^malformed$"):
        talk.client.compose(4, take_back(of), MINUTE)
    received = talk.mara.receive(forged(talk.client, {**take_back(of), **seen(talk.client)}, 4, ke=2))
    assert received.kind is None


def test_an_erased_rekey_is_key_fork_for_who_comes_after(talk: Talk) -> None:
    talk.rekey(2)
    talk.post(talk.client, text("x"))
    late = Transcript(ROOM, MARA, keys(1, 2))
    late.receive(talk.items[0]._replace(ct=b""))
    refused(late, talk.items[1], "key_fork")


def test_a_row_that_a_hidden_take_back_may_name_is_not_judged(talk: Talk) -> None:
    talk.say(talk.client, text("x"))
    talk.say(talk.client, take_back(1))
    talk.rekey(2)
    received = talk.read(Transcript(ROOM, SOL, keys(2)))
    assert [(r.erased, r.hidden) for r in received] == [(True, True), (False, True), (False, True)]


def test_an_item_with_a_verified_number_is_a_repeat_or_a_fork(talk: Talk) -> None:
    item = talk.say(talk.client, text("x"))
    again = talk.mara.receive_again(item)
    assert (again.seq, again.kind, again.erased) == (1, None, False)
    for other in (
        item._replace(com=bytes(32)),
        item._replace(seat=SOL),
        item._replace(n=2),
        item._replace(ke=2),
    ):
        with pytest.raises(WireError, match=r"^chain_fork$"):
            talk.mara.receive_again(other)
    for seq in (0, 2):
        with pytest.raises(WireError, match=r"^gap_seq$"):
            talk.mara.receive_again(item._replace(seq=seq))
    with pytest.raises(WireError, match=r"^unknown$"):
        talk.mara.receive_again(item._replace(room=RoomId(b"o" * 16)))


# Coming back.


def test_a_transcript_goes_on_where_its_snapshot_was_taken(talk: Talk) -> None:
    talk.say(talk.client, text("1"))
    talk.say(talk.client, take_back(1))
    talk.mara.receive_again(talk.items[0])
    talk.rekey(2)
    talk.mara.add_keys(keys(2))
    snapshot = talk.mara.snapshot()
    stored = Snapshot.from_json(json.loads(json.dumps(snapshot.to_json())))
    assert stored == snapshot
    again = Transcript.restore(stored, keys(1, 2))
    assert (again.seq, again.head, again.epoch, again.next_n) == (3, talk.mara.head, 2, 1)
    again.at_head(3, talk.client.head)
    item = talk.say(talk.client, bye())
    assert again.receive(item).kind == "bye"
    assert again.snapshot() == talk.mara.snapshot()


def test_a_snapshot_holds_no_key_and_prints_nothing(talk: Talk) -> None:
    talk.rekey(2)
    stored = json.dumps(talk.client.snapshot().to_json())
    assert not any(b64u(key) in stored or key.hex() in stored for key in KEYS.values())
    assert repr(talk.client) == "<Transcript 1 items>"
    for part in (talk.client.snapshot(), talk.read(Transcript(ROOM, MARA, keys(1)))[0]):
        assert repr(part) == object.__repr__(part)


def test_a_snapshot_is_restored_only_with_the_keys_it_was_taken_with(talk: Talk) -> None:
    talk.rekey(2)
    snapshot = talk.client.snapshot()
    assert Transcript.restore(snapshot, keys(1, 2, 3)).epoch == 2
    with pytest.raises(WireError, match=r"^unknown_epoch$"):
        Transcript.restore(snapshot, keys(2))
    with pytest.raises(WireError, match=r"^key_fork$"):
        Transcript.restore(snapshot, {1: KEYS[1], 2: b"f" * 32})


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"room": "AAAA"},
        {"epoch": 0},
        {"epoch": 16},
        {"rows": None},
        {"rows": [[]]},
        {"rows": [["A" * 22, 1, 0, "A" * 43, "open"]]},
        {"rows": [["A" * 22, 1, 1, "A" * 43, "shut"]]},
        {"rows": [["A" * 22, 1, 1, "A" * 43, []]]},
        {"prints": [[1]]},
        {"prints": [[1, "AAAA"]]},
        {"held": [99]},
        {"taken": [2]},
        {"erased": ["1"]},
        {"more": 1},
    ],
    ids=str,
)
def test_a_stored_snapshot_of_another_form_is_malformed(talk: Talk, change: dict[str, object]) -> None:
    talk.say(talk.client, text("x"))
    with pytest.raises(WireError, match=r"^malformed$"):
        Snapshot.from_json(talk.client.snapshot().to_json() | change)


def test_heads_tell_an_older_copy_of_the_room(talk: Talk) -> None:
    talk.say(talk.client, text("1"))
    kept = talk.client.head_at(1)
    talk.say(talk.client, text("2"))
    copy = Transcript(ROOM, CLIENT_SEAT, talk.client.keys)
    copy.receive(talk.items[0])
    assert copy.head == kept == talk.client.head_at(copy.seq)
    with pytest.raises(WireError, match=r"^gap_seq$"):
        copy.head_at(2)
    with pytest.raises(WireError, match=r"^gap_seq$"):
        copy.head_at(-1)
