"""Nodes on one store and a bus: everybody hears everything once, and no more is sent than is needed."""

from collections.abc import Awaitable, Callable
from random import Random

import pytest

from app.live import neighbours as neighbours_module
from app.live.neighbours import BEAT_SECONDS, ROUND_BEATS, SILENT_SECONDS
from app.live.news import Kind, Letter, read
from app.wire.frames import Item
from app.wire.ids import CLIENT_SEAT, seat_id
from tests.unit.live.region import PEER, OneNode, Page, Post, Room, Store, room_of, settled

ROOM = room_of(1)


class Region:
    """Nodes that have heard of each other."""

    def __init__(self) -> None:
        self.store = Store()
        self.store.rooms[ROOM] = Room()
        self.post = Post()
        self.now = 1_000.0
        self.nodes: list[OneNode] = []

    async def join(self) -> OneNode:
        node = OneNode(self.store, self.post, lambda: self.now)
        await node.neighbours.open()
        self.nodes.append(node)
        await self.post.hand_out()
        return node

    async def beat(self, *nodes: OneNode) -> None:
        for node in nodes or self.nodes:
            await node.neighbours.beat()
        await self.post.hand_out()

    async def commit(self, node: OneNode, number: int = 1) -> Item:
        item = self.store.commit(room_of(number))
        node.neighbours.committed([item])
        await self.post.hand_out()
        return item

    def forget_sent(self) -> None:
        self.post.sent.clear()


@pytest.fixture
def region() -> Region:
    return Region()


@pytest.fixture
def nodes(region: Region) -> Callable[[int], Awaitable[list[OneNode]]]:
    async def joined(count: int) -> list[OneNode]:
        return [await region.join() for _ in range(count)]

    return joined


Nodes = Callable[[int], Awaitable[list[OneNode]]]


async def test_what_is_committed_on_one_node_is_shown_on_the_other(region: Region, nodes: Nodes) -> None:
    here, there = await nodes(2)
    client, peer = await here.enter(Page(ROOM)), await there.enter(Page(ROOM, PEER))
    await region.post.hand_out()
    await region.commit(here)
    await region.commit(there)
    assert client.items == peer.items == [1, 2]


async def test_a_batch_is_one_payload_for_a_node_that_follows_and_none_for_one_that_does_not(
    region: Region, nodes: Nodes
) -> None:
    here, there, elsewhere = await nodes(3)
    for number in (1, 2, 3):
        region.store.rooms[room_of(number)] = Room()
        await here.enter(Page(room_of(number)))
    for number in (1, 2):
        await there.enter(Page(room_of(number)))
    await region.post.hand_out()
    region.forget_sent()
    batch = [region.store.commit(room_of(number)) for number in (1, 2, 1, 3)]
    here.neighbours.committed(batch)
    await settled()
    assert [node for node, _ in region.post.waiting] == [there.box.node]
    assert [item[1:17] for item in read(region.post.sent[0]).items] == [room_of(1), room_of(2), room_of(1)]
    region.forget_sent()
    here.neighbours.committed([region.store.commit(room_of(3))])
    await settled()
    assert region.post.sent == []
    assert elsewhere.neighbours.count == 2


async def test_a_room_that_is_not_followed_where_it_was_written_in_is_told_to_all(
    region: Region, nodes: Nodes
) -> None:
    here, there, third = await nodes(3)
    client, peer = await there.enter(Page(ROOM)), await third.enter(Page(ROOM, PEER))
    await region.post.hand_out()
    region.forget_sent()
    here.neighbours.committed([region.store.commit(ROOM)])
    here.neighbours.room_changed(ROOM)
    here.neighbours.queue_changed()
    await settled()
    assert len(region.post.sent) == 1
    await region.post.hand_out()
    assert client.items == peer.items == [1]
    assert there.hub.queue_moved.is_set()
    assert third.hub.queue_moved.is_set()


async def test_what_is_for_all_goes_with_what_is_for_one_in_one_payload(region: Region, nodes: Nodes) -> None:
    here, there, _ = await nodes(3)
    await here.enter(Page(ROOM))
    await there.enter(Page(ROOM))
    region.store.rooms[room_of(2)] = Room()
    await region.post.hand_out()
    here.neighbours.committed([region.store.commit(ROOM), region.store.commit(room_of(2))])
    await settled()
    assert sorted(node for node, _ in region.post.waiting) == sorted(
        node.box.node for node in region.nodes if node is not here and node.box.node is not None
    )


async def test_a_node_alone_sends_nothing_but_its_beat(region: Region, nodes: Nodes) -> None:
    (alone,) = await nodes(1)
    page = await alone.enter(Page(ROOM))
    region.forget_sent()
    await region.commit(alone)
    alone.neighbours.room_changed(ROOM)
    alone.neighbours.queue_changed()
    alone.neighbours.staff_changed()
    alone.neighbours.report_decided(ROOM, CLIENT_SEAT)
    alone.leave(page)
    await settled()
    assert region.post.sent == []
    await alone.neighbours.beat()
    assert len(region.post.sent) == 1


async def test_a_change_is_shown_before_what_was_written_after_it_whoever_tells_of_it_first(
    region: Region, nodes: Nodes
) -> None:
    here, there, third = await nodes(3)
    pages = [await node.enter(Page(ROOM)) for node in (here, there, third)]
    await region.post.hand_out()
    region.store.rooms[ROOM].ke = 2
    here.neighbours.room_changed(ROOM)
    await settled()
    late = list(region.post.waiting)
    region.post.waiting.clear()
    there.neighbours.committed([region.store.commit(ROOM)])
    await region.post.hand_out()
    region.post.waiting += late
    await region.post.hand_out()
    # Page itself asserts that no item comes before the state in which it was written.
    assert [(page.items, page.ke) for page in pages] == [([1], 2)] * 3


async def test_a_decided_report_reaches_its_reporter_on_another_node_alone(
    region: Region, nodes: Nodes
) -> None:
    here, there = await nodes(2)
    client, peer = await there.enter(Page(ROOM)), await there.enter(Page(ROOM, PEER))
    await region.post.hand_out()
    for page in (client, peer):
        page.ke = 0
    here.neighbours.report_decided(ROOM, CLIENT_SEAT)
    await region.post.hand_out()
    assert (client.ke, peer.ke) == (1, 0)


async def test_another_directory_is_said_to_every_node(region: Region, nodes: Nodes) -> None:
    here, there = await nodes(2)
    here.neighbours.staff_changed()
    await region.post.hand_out()
    assert here.hub.staff_moved.is_set()
    assert there.hub.staff_moved.is_set()


async def test_a_signal_reaches_the_room_on_the_other_node(region: Region, nodes: Nodes) -> None:
    here, there = await nodes(2)
    peer, client = await here.enter(Page(ROOM, PEER)), await there.enter(Page(ROOM))
    await region.post.hand_out()
    client.told.clear()
    peer.told.clear()
    here.neighbours.signal(ROOM, peer.seat, besides=peer)
    await region.post.hand_out()
    assert (client.told, peer.told) == (["signal"], [])


# Presence


async def test_a_page_elsewhere_is_here_and_when_it_goes_it_is_said_how(region: Region, nodes: Nodes) -> None:
    here, there = await nodes(2)
    client = await here.enter(Page(ROOM))
    for left, word in ((True, "left"), (False, "lost")):
        peer = await there.enter(Page(ROOM, PEER))
        await region.post.hand_out()
        assert here.neighbours.presence.seats(ROOM) == {CLIENT_SEAT, peer.seat}
        there.leave(peer, left=left)
        await region.post.hand_out()
        assert client.told == ["here", word]
        assert here.neighbours.presence.seats(ROOM) == {CLIENT_SEAT}
        client.told.clear()


async def test_two_tabs_of_a_seat_on_two_nodes_are_here_once_and_gone_with_the_last(
    region: Region, nodes: Nodes
) -> None:
    here, there, third = await nodes(3)
    client = await here.enter(Page(ROOM))
    tabs = [(node, await node.enter(Page(ROOM, PEER))) for node in (here, there, third, third)]
    await region.post.hand_out()
    assert client.told == ["here"]
    for node, tab in tabs[:-1]:
        node.leave(tab)
        await region.post.hand_out()
        assert client.told == ["here"]
    third.leave(tabs[-1][1])
    await region.post.hand_out()
    assert client.told == ["here", "lost"]


async def test_whoever_enters_later_is_told_who_is_here_on_the_other_node(
    region: Region, nodes: Nodes
) -> None:
    here, there = await nodes(2)
    await there.enter(Page(ROOM, PEER))
    await region.post.hand_out()
    client = await here.enter(Page(ROOM))
    await region.post.hand_out()
    assert client.told == ["here"]


async def test_a_node_that_says_goodbye_is_gone_at_once_and_late_words_of_it_change_nothing(
    region: Region, nodes: Nodes
) -> None:
    here, there = await nodes(2)
    client = await here.enter(Page(ROOM))
    await there.enter(Page(ROOM, PEER))
    await region.post.hand_out()
    there.neighbours.signal(ROOM, seat_id(ROOM, PEER))
    await settled()
    late = region.post.waiting.pop()
    await there.neighbours.close()
    await region.post.hand_out()
    region.post.waiting.append(late)
    await region.post.hand_out()
    assert client.told == ["here", "lost"]
    assert here.neighbours.count == 0


async def test_a_node_that_is_silent_is_forgotten_and_known_again_when_it_is_heard(
    region: Region, nodes: Nodes
) -> None:
    here, there = await nodes(2)
    client = await here.enter(Page(ROOM))
    await there.enter(Page(ROOM, PEER))
    await region.post.hand_out()
    for seconds, told in ((SILENT_SECONDS, ["here"]), (1, ["here", "lost"])):
        region.now += seconds
        await here.neighbours.beat()
        await settled()
        region.post.waiting.clear()
        assert client.told == told
    await region.beat(there)
    await region.beat(here)
    assert client.told[-1] == "here"
    await region.commit(there)
    assert client.items == [1]


async def test_a_part_in_a_room_that_is_spoken_of_no_more_is_over(
    region: Region, nodes: Nodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = await nodes(2)
    client = await here.enter(Page(ROOM))
    peer = await there.enter(Page(ROOM, PEER))
    await region.post.hand_out()
    there.leave(peer)
    await settled()
    region.post.waiting.clear()
    monkeypatch.setattr(neighbours_module, "FORGOTTEN_SECONDS", 5.0)
    for _ in range(3):
        region.now += 2
        await region.beat(there)
        await region.beat(here)
    assert client.told == ["here", "lost"]
    region.forget_sent()
    await region.commit(here)
    assert region.post.sent == []


# What may go wrong


async def test_after_the_bus_was_away_everything_is_said_again(region: Region, nodes: Nodes) -> None:
    here, there = await nodes(2)
    for node in (here, there):
        node.box.is_up = False
    client, peer = await here.enter(Page(ROOM)), await there.enter(Page(ROOM, PEER))
    here.neighbours.committed([region.store.commit(ROOM)])
    await region.post.hand_out()
    assert (client.items, peer.items, client.told) == ([1], [], [])
    for node in (here, there):
        node.box.is_up = True
        node.box.restored()
    await region.post.hand_out()
    assert (client.items, peer.items, client.told) == ([1], [1], ["here"])


async def test_a_room_whose_announcement_was_lost_is_announced_within_a_round(
    region: Region, nodes: Nodes
) -> None:
    here, there = await nodes(2)
    client = await here.enter(Page(ROOM))
    await region.post.hand_out()
    await there.enter(Page(ROOM, PEER))
    await settled()
    region.post.waiting.clear()
    for _ in range(ROUND_BEATS + 1):
        await region.beat()
    assert client.told == ["here"]


async def test_news_of_another_life_of_the_store_are_not_for_this_one(region: Region, nodes: Nodes) -> None:
    here, there = await nodes(2)
    client = await here.enter(Page(ROOM))
    await there.enter(Page(ROOM, PEER))
    await region.post.hand_out()
    there.life = b"t" * 16
    before = here.neighbours.refused
    await region.commit(there)
    assert (client.items, here.neighbours.refused) == ([], before + 1)
    here.life = there.life
    await region.commit(there)
    assert client.items == [1, 2]


async def test_a_number_nobody_has_makes_one_look_and_no_more(region: Region, nodes: Nodes) -> None:
    here, there = await nodes(2)
    client = await here.enter(Page(ROOM))
    await there.enter(Page(ROOM, PEER))
    await region.post.hand_out()
    here.hub.heard_of(ROOM, 2**32 - 1)
    await settled()
    await region.commit(there)
    late = await here.enter(Page(ROOM))
    assert client.items == late.items == [1]


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x00",
        b"\x02" + bytes(60),
        b"\x01" + bytes(39),
        b"\x01" + bytes(40) + b"\x63\x00\x00\x00\x00",
        b"\x01" + bytes(40) + b"\x01\xff\xff\xff\xff",
        b"\x01" + bytes(40) + b"\x01\x00\x00\x00\x05hello",
        b"\x01" + bytes(40) + b"\x06\x00\x00\x00\x02\x00\x00",
        b"\x01" + bytes(600_000),
        b"{}",
    ],
    ids=range(10),
)
async def test_a_payload_of_another_form_is_refused_and_the_next_one_heard(
    region: Region, nodes: Nodes, payload: bytes
) -> None:
    here, there = await nodes(2)
    client = await here.enter(Page(ROOM))
    await there.enter(Page(ROOM, PEER))
    await region.post.hand_out()
    assert here.box.node is not None
    region.post.waiting.append((here.box.node, payload))
    await region.commit(there)
    assert (client.items, here.neighbours.refused) == ([1], 1)


async def test_an_item_of_another_form_is_refused_and_the_one_beside_it_shown(
    region: Region, nodes: Nodes
) -> None:
    here, there = await nodes(2)
    client = await here.enter(Page(ROOM))
    assert here.box.node is not None
    assert there.box.node is not None
    letter = Letter()
    for frame in (b"\x03" + ROOM + b"short", b"\x01" + ROOM, region.store.commit(ROOM).pack()):
        letter.add_item(frame)
    letter.add(Kind.QUEUE)
    for payload in letter.payloads(there.box.node, there.life, 10**6):
        region.post.waiting.append((here.box.node, payload))
    await region.post.hand_out()
    assert (client.items, here.neighbours.refused) == ([1], 2)
    assert here.hub.queue_moved.is_set()


async def stormy(region: Region, three: list[OneNode], chance: Random) -> None:
    """People come, go and write on three nodes, on a bus that loses, doubles, delays and turns round."""
    for number in range(1, 5):
        region.store.rooms[room_of(number)] = Room()
    for _ in range(100):
        node = chance.choice(three)
        room = room_of(chance.randrange(1, 5))
        match chance.randrange(8):
            case 0 | 1:
                await node.enter(Page(room, chance.choice((None, PEER))))
            case 2 if node.pages:
                node.leave(chance.choice(node.pages), left=chance.random() < 0.5)
            case 3:
                region.store.rooms[room].ke += 1
                node.neighbours.room_changed(room)
            case 4:
                region.now += 2
                await node.neighbours.beat()
            case _:
                node.neighbours.committed([region.store.commit(room) for _ in range(chance.randrange(1, 4))])
        if chance.random() < 0.5:
            await region.post.storm(chance)


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_the_bus_does_everybody_sees_everything_once_and_in_order(
    region: Region, nodes: Nodes, seed: int
) -> None:
    three = await nodes(3)
    await stormy(region, three, Random(seed))
    for node in three:
        await node.hub.check()
    await settled()
    for page in (page for node in three for page in node.pages):
        held = region.store.rooms[page.room]
        assert page.items == list(range(1, len(held.items) + 1))
        assert page.ke == held.ke


async def test_whatever_the_bus_did_presence_is_one_when_it_is_well_again(
    region: Region, nodes: Nodes
) -> None:
    three = await nodes(3)
    await stormy(region, three, Random(0))
    region.post.waiting.clear()
    for _ in range(3 * ROUND_BEATS):
        region.now += BEAT_SECONDS
        await region.beat()
    for room in region.store.rooms:
        truth = {page.seat for node in three for page in node.pages if page.room == room}
        for node in three:
            if any(page.room == room for page in node.pages):
                assert node.neighbours.presence.seats(room) == truth
