"""Delivery in order, without gaps, whatever happens to the notices."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from app.conversations.admission.callers import Caller, ClientCaller, Knocking, StaffCaller
from app.conversations.errors import Unknown
from app.conversations.rooms.marks import Mark, shown
from app.conversations.rooms.rules import State
from app.conversations.rooms.service import RoomView, SeatView
from app.kit.errors import Refusal, Unavailable
from app.live import framing
from app.live import hub as hub_module
from app.live.hub import Hub
from app.wire.frames import Item, parse
from app.wire.ids import CLIENT_SEAT, Kid, RoomId, SeatId, seat_id

ROOM = RoomId(b"r" * 16)
PEER = Kid(b"p" * 16)
PAGE = 3
TOLD = framing.text("writing")


def head_of(frame: bytes) -> int:
    """Bytes of a WebSocket frame before its payload."""
    return 2 if frame[1] < 126 else 4


def item(seq: int, ct: bytes = b"x" * 1040) -> Item:
    return Item(ROOM, seq, CLIENT_SEAT, 1, seq, bytes(32), ct)


@dataclass
class Store:
    """A room that can be looked at, whose looks a test can hold up or refuse."""

    items: list[Item] = field(default_factory=list)
    state: State = State.TALKING
    ke: int = 1
    shown: bool = True
    refusal: Refusal | None = None
    away: int = 0
    reports: set[tuple[SeatId, bytes, bool, str]] = field(default_factory=set)
    looks: int = 0
    held: asyncio.Event | None = None
    """While set and unset inside, a look has read but not returned."""

    async def look(
        self, callers: Sequence[Caller | Knocking], room: RoomId, after: int
    ) -> tuple[list[RoomView | Refusal], list[Item], int]:
        self.looks += 1
        if self.away:
            self.away -= 1
            raise Unavailable
        view = self.refusal or self.view(room)
        seen = [i for i in self.items if i.seq > after][:PAGE]
        newest = len(self.items)
        await asyncio.sleep(0)
        if self.held is not None:
            await self.held.wait()
        return [view for _ in callers], seen, newest

    async def newest(self, rooms: Sequence[RoomId]) -> dict[RoomId, int]:
        return {room: len(self.items) for room in rooms}

    async def marks(self, rooms: Sequence[RoomId]) -> dict[RoomId, Mark]:
        return {room: self.mark(room) for room in rooms}

    def mark(self, room: RoomId) -> Mark:
        client, peer = (shown(self.view(room), to_client=to_client) for to_client in (True, False))
        return Mark(len(self.items), client, peer, peer, frozenset(self.reports))

    def view(self, room: RoomId) -> RoomView:
        return RoomView(
            room,
            self.state,
            self.ke,
            False,
            len(self.items),
            bytes(32),
            (SeatView(CLIENT_SEAT, None, True),) if self.shown else (),
            None,
            None,
            None,
        )

    def commit(self, hub: Hub, *, noticed: bool = True) -> Item:
        new = item(len(self.items) + 1)
        self.items.append(new)
        if noticed:
            hub.committed([new])
        return new


@dataclass(eq=False)
class Page:
    """A socket as the hub sees it: everything it was shown, in order."""

    shown: list[object] = field(default_factory=list)

    def caller_in(self, room: RoomId) -> Caller:
        return ClientCaller(room)

    def push(self, frame: bytes) -> None:
        if frame == TOLD:
            self.shown.append("told")
            return
        parsed = parse(frame[head_of(frame) :])
        assert isinstance(parsed, Item)
        self.shown.append(parsed.seq if parsed.ct else -parsed.seq)

    def show_entered(self, view: RoomView) -> None:
        self.shown.append("entered")

    def show_more(self, room: RoomId) -> None:
        self.shown.append("more")

    def show_room(self, view: RoomView) -> None:
        self.shown.append(f"room {view.state} {view.ke}")

    def show_gone(self, room: RoomId) -> None:
        self.shown.append("gone")


async def settled() -> None:
    """Let every task that can run do so."""
    for _ in range(20):
        await asyncio.sleep(0)


async def entered(store: Store, *, after: int = 0) -> tuple[Hub, Page]:
    hub, page = Hub(store), Page()
    await hub.follow(page, ROOM, after)
    return hub, page


async def test_a_page_is_shown_what_came_before_it_and_what_comes_after() -> None:
    store = Store([item(1), item(2)])
    hub, page = await entered(store, after=1)
    store.commit(hub)
    assert page.shown == ["entered", 2, 3]


async def test_more_than_one_page_of_items_asks_to_enter_again() -> None:
    store = Store([item(n) for n in range(1, 5)])
    hub, page = Hub(store), Page()
    assert not await hub.follow(page, ROOM, 0)
    assert page.shown == ["entered", 1, 2, 3, "more"]
    assert await hub.follow(page, ROOM, 3)
    assert page.shown[5:] == ["entered", 4]


async def test_a_message_committed_while_somebody_enters_is_neither_lost_nor_out_of_order() -> None:
    store = Store([item(1)], held=asyncio.Event())
    hub, page = Hub(store), Page()
    entering = asyncio.create_task(hub.follow(page, ROOM, 0))
    await settled()
    store.commit(hub)
    assert store.held is not None
    store.held.set()
    await entering
    store.commit(hub)
    assert page.shown == ["entered", 1, 2, 3]


async def test_a_lost_notice_is_made_up_from_the_store_by_the_next_one() -> None:
    store = Store()
    hub, page = await entered(store)
    store.commit(hub, noticed=False)
    store.commit(hub, noticed=False)
    store.commit(hub)
    await settled()
    assert page.shown == ["entered", 1, 2, 3]


async def test_a_lost_last_notice_is_made_up_by_the_check() -> None:
    store = Store()
    hub, page = await entered(store)
    store.commit(hub, noticed=False)
    assert page.shown == ["entered"]
    await hub.check()
    await settled()
    assert page.shown == ["entered", 1]


async def test_a_doubled_or_late_notice_shows_nothing_twice() -> None:
    store = Store()
    hub, page = await entered(store)
    first = store.commit(hub)
    store.commit(hub)
    hub.committed([first])
    await settled()
    assert page.shown == ["entered", 1, 2]


async def test_notices_in_the_wrong_order_are_shown_in_the_right_one() -> None:
    store = Store()
    hub, page = await entered(store)
    one, two, three = (store.commit(hub, noticed=False) for _ in range(3))
    hub.committed([three, two, one])
    await settled()
    assert page.shown == ["entered", 1, 2, 3]


class PeersPage(Page):
    """A peer's socket in the same room."""

    def caller_in(self, room: RoomId) -> Caller:
        return StaffCaller(PEER, "peer", 2, ("en",), 0)


async def test_a_decided_report_is_shown_to_its_reporter_and_to_nobody_else() -> None:
    store = Store()
    hub, page = await entered(store)
    peer = PeersPage()
    await hub.follow(peer, ROOM, 0)
    hub.report_decided(ROOM, CLIENT_SEAT)
    await settled()
    assert (page.shown, peer.shown) == (["entered", "room talking 1"], ["entered"])
    hub.report_decided(ROOM, seat_id(ROOM, PEER))
    await settled()
    assert (page.shown, peer.shown) == (["entered", "room talking 1"], ["entered", "room talking 1"])
    hub.report_decided(RoomId(b"s" * 16), CLIENT_SEAT)
    await settled()
    assert len(page.shown) == 2


async def test_a_report_decided_while_its_reporter_enters_is_shown_then() -> None:
    store = Store(held=asyncio.Event())
    hub, page, peer = Hub(store), Page(), PeersPage()
    entering = [asyncio.create_task(hub.follow(each, ROOM, 0)) for each in (page, peer)]
    await settled()
    hub.report_decided(ROOM, CLIENT_SEAT)
    assert store.held is not None
    store.held.set()
    await asyncio.gather(*entering)
    await settled()
    assert (page.shown, peer.shown) == (["entered", "room talking 1"], ["entered"])


async def test_a_report_decided_while_the_room_is_read_is_shown_too() -> None:
    store = Store()
    hub, page = await entered(store)
    store.held = asyncio.Event()
    hub.room_changed(ROOM)
    await settled()
    hub.report_decided(ROOM, CLIENT_SEAT)
    store.held.set()
    await settled()
    assert page.shown == ["entered", "room talking 1", "room talking 1"]


async def test_a_decided_report_is_shown_although_the_store_was_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "RETRY_SECONDS", 0.0)
    store = Store()
    hub, page = await entered(store)
    store.away = 1
    hub.report_decided(ROOM, CLIENT_SEAT)
    await settled()
    assert page.shown == ["entered", "room talking 1"]


async def test_a_change_of_the_room_is_shown_before_any_item_that_follows_it() -> None:
    store = Store()
    hub, page = await entered(store)
    store.ke = 2
    hub.room_changed(ROOM)
    store.commit(hub)
    await settled()
    assert page.shown == ["entered", "room talking 2", 1]


async def test_a_change_during_a_look_is_looked_at_again() -> None:
    store = Store(held=asyncio.Event())
    assert store.held is not None
    store.held.set()
    hub, page = await entered(store)
    store.held.clear()
    hub.room_changed(ROOM)
    await settled()
    store.ke = 3
    hub.room_changed(ROOM)
    store.held.set()
    await settled()
    assert page.shown[-1] == "room talking 3"


async def test_a_change_while_somebody_enters_is_shown_to_them_too() -> None:
    store = Store(held=asyncio.Event())
    hub, page = Hub(store), Page()
    entering = asyncio.create_task(hub.follow(page, ROOM, 0))
    await settled()
    store.ke = 2
    hub.room_changed(ROOM)
    assert store.held is not None
    store.held.set()
    await entering
    await settled()
    assert page.shown == ["entered", "room talking 2"]


async def test_an_emptied_row_is_shown_again_without_its_words() -> None:
    store = Store()
    hub, page = await entered(store)
    store.commit(hub)
    hub.committed([item(1, ct=b"")])
    assert page.shown == ["entered", 1, -1]


async def test_a_row_emptied_while_somebody_enters_reaches_them_too() -> None:
    store = Store([item(1)], held=asyncio.Event())
    hub, page = Hub(store), Page()
    entering = asyncio.create_task(hub.follow(page, ROOM, 0))
    await settled()
    hub.committed([item(1, ct=b"")])
    assert store.held is not None
    store.held.set()
    await entering
    assert page.shown == ["entered", 1, -1]


async def test_a_peer_whose_meeting_is_not_accepted_hears_of_the_room_and_of_no_item() -> None:
    store = Store([item(1)], state=State.MEETING, shown=False)
    hub, peer = await entered(store)
    client = Page()
    store.shown = True
    await hub.follow(client, ROOM, 0)
    store.commit(hub)
    store.state = State.TALKING
    hub.room_changed(ROOM)
    await settled()
    assert peer.shown == ["entered", "room talking 1"]
    assert client.shown == ["entered", 1, 2, "room talking 1"]


async def test_a_seat_that_is_lost_hears_so_and_then_nothing() -> None:
    store = Store()
    hub, page = await entered(store)
    store.refusal = Unknown()
    hub.room_changed(ROOM)
    await settled()
    store.refusal = None
    store.commit(hub)
    await settled()
    assert page.shown == ["entered", "gone"]


async def test_a_refused_page_follows_nothing_beside_one_that_does() -> None:
    store = Store(refusal=Unknown())
    hub, page = Hub(store), Page()
    try:
        await hub.follow(page, ROOM, 0)
    except Unknown:
        page.shown.append("refused")
    store.refusal = None
    friend = Page()
    await hub.follow(friend, ROOM, 0)
    store.commit(hub)
    assert (page.shown, friend.shown) == (["refused"], ["entered", 1])


async def test_a_store_that_is_away_for_a_while_delays_and_loses_nothing() -> None:
    hub_module.RETRY_SECONDS, before = 0.0, hub_module.RETRY_SECONDS
    try:
        store = Store()
        hub, page = await entered(store)
        store.away = 3
        hub.room_changed(ROOM)
        store.commit(hub)
        await settled()
        await settled()
        assert page.shown == ["entered", "room talking 1", 1]
    finally:
        hub_module.RETRY_SECONDS = before


async def test_a_page_that_left_is_shown_nothing_while_the_other_is() -> None:
    store = Store()
    hub, page = await entered(store)
    friend = Page()
    await hub.follow(friend, ROOM, 0)
    hub.unfollow(page, ROOM)
    store.commit(hub)
    assert (page.shown, friend.shown) == (["entered"], ["entered", 1])


async def test_what_is_never_stored_reaches_the_others_alone() -> None:
    store = Store()
    hub, page = await entered(store)
    friend = Page()
    await hub.follow(friend, ROOM, 0)
    hub.tell(ROOM, TOLD, besides=page)
    assert (page.shown, friend.shown) == (["entered"], ["entered", "told"])


async def test_a_change_that_nobody_told_of_is_shown_by_the_check_once() -> None:
    store = Store()
    hub, page = await entered(store)
    store.ke = 2
    assert await hub.check(whole=False) == []
    for found in ([ROOM], []):
        assert await hub.check() == found
        await settled()
    assert page.shown == ["entered", "room talking 2"]


async def test_a_decision_that_nobody_told_of_is_shown_to_its_reporter_by_the_check() -> None:
    store = Store()
    hub, page = await entered(store)
    peer = PeersPage()
    await hub.follow(peer, ROOM, 0)
    await hub.check()
    store.reports = {(CLIENT_SEAT, b"f" * 16, True, "none")}
    for _ in range(2):
        await hub.check()
        await settled()
    assert (page.shown, peer.shown) == (["entered", "room talking 1"], ["entered"])


async def test_who_enters_ahead_of_the_others_sees_nothing_twice_and_they_catch_up() -> None:
    store = Store()
    hub, page = await entered(store)
    for _ in range(2):
        store.commit(hub, noticed=False)
    late = Page()
    await hub.follow(late, ROOM, 0)
    store.commit(hub)
    await settled()
    assert page.shown == late.shown == ["entered", 1, 2, 3]


async def test_who_enters_after_a_change_that_nobody_told_of_tells_the_others() -> None:
    store = Store()
    hub, page = await entered(store)
    store.ke = 2
    peer = PeersPage()
    await hub.follow(peer, ROOM, 0)
    await settled()
    assert page.shown == ["entered", "room talking 2"]


async def test_an_item_of_an_epoch_that_was_not_shown_yet_waits_for_the_room() -> None:
    store = Store()
    hub, page = await entered(store)
    store.ke = 2
    new = item(1)._replace(ke=2)
    store.items.append(new)
    hub.committed([new])
    await settled()
    assert page.shown == ["entered", "room talking 2", 1]


async def test_a_store_that_went_back_is_followed_from_where_it_is_now() -> None:
    store = Store([item(1), item(2), item(3)])
    hub, page = await entered(store, after=3)
    del store.items[1:]
    await hub.check()
    store.commit(hub)
    assert page.shown == ["entered", 2]


async def test_another_life_of_the_store_leaves_nobody_following() -> None:
    store = Store([item(1)])
    hub, page = await entered(store, after=1)
    hub.start_anew()
    store.commit(hub)
    again = Page()
    await hub.follow(again, ROOM, 0)
    assert (page.shown, again.shown) == (["entered"], ["entered", 1, 2])
