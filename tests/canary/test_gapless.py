"""docs/protocol.md, 18.10: with several senders at once, two tabs of each, no number is missing or twice."""

import asyncio
from dataclasses import dataclass, field

from app.companion.envelope import Place, encrypt
from app.wire.encoding import b64u
from app.wire.frames import Ack, Item, Send, parse
from app.wire.ids import CLIENT_SEAT, SeatId, seat_id
from app.wire.transcript import chain_next, chain_start, header
from tests.builders import Guest
from tests.canary.dumps import dump, of_room
from tests.canary.house import House, Street
from tests.talkers import Tab, seat

EACH = 8
"""Messages that each tab has to say."""

CONFLICTS = ("n_conflict", "gap_sender")


def message(guest: Guest, sender: SeatId, n: int) -> Send:
    com, ct = encrypt(guest.keys[1], Place(guest.room, 1, sender, n), b'{"k":"text"}')
    return Send(guest.room, 1, n, com, ct)


@dataclass
class Page:
    """A tab that does not know of the others of its seat."""

    tab: Tab
    guest: Guest
    seat: SeatId
    items: list[Item] = field(default_factory=list)

    async def say_all(self) -> int:
        """Say EACH messages; how often it lost a number to somebody else."""
        lost, n = 0, 1
        for _ in range(EACH):
            while not await self.takes(message(self.guest, self.seat, n)):
                lost += 1
                n += 1
            n += 1
        return lost

    async def takes(self, frame: Send) -> bool:
        """Whether the server takes this message."""
        await self.tab.send(frame)
        while True:
            answer = await self._next()
            if isinstance(answer, Ack) and answer.n == frame.n:
                return True
            if isinstance(answer, dict) and answer["type"] == "error":
                assert answer["code"] in CONFLICTS
                return False

    async def read(self, count: int) -> list[Item]:
        """The items that came, once there are so many."""
        while len(self.items) < count:
            await self._next()
        return self.items

    async def _next(self) -> object:
        frame = await self.tab.next()
        if isinstance(frame, Item):
            self.items.append(frame)
        return frame


async def post_all(place: Street, guest: Guest) -> int:
    """The same as the client, without a socket."""
    lost, n = 0, 1
    for _ in range(EACH):
        while True:
            frame = message(guest, CLIENT_SEAT, n)
            n += 1
            answer = await place.http.post(
                "/api/messages/send",
                content=guest.secret + frame.pack(),
                headers={"content-type": "application/octet-stream"},
            )
            if answer.status_code == 200:
                assert isinstance(parse(answer.content), Ack)
                break
            assert answer.json()["code"] in CONFLICTS
            lost += 1
    return lost


async def test_numbers_are_gapless_for_the_room_and_for_each_seat(house: House, place: Street) -> None:
    guest, mara = await place.talking(), place.cast.mara
    hers = seat_id(guest.room, mara.kid)
    async with (
        place.tab() as one,
        place.tab() as two,
        place.tab(staff=mara) as her_one,
        place.tab(staff=mara) as her_two,
    ):
        pages = [
            *(Page(tab, guest, CLIENT_SEAT) for tab in (one, two)),
            *(Page(tab, guest, hers) for tab in (her_one, her_two)),
        ]
        for page in pages:
            await (page.tab.enter(guest) if page.seat == CLIENT_SEAT else page.tab.sit(guest.room))
        lost = await asyncio.gather(*(page.say_all() for page in pages), post_all(place, guest))
        # They did get in each other's way, or this shows nothing.
        assert sum(lost) > 0
        delivered = [await page.read(5 * EACH) for page in pages]
    rows = sorted(
        of_room(await dump(house.conversations), guest.room)["messages"], key=lambda row: int(row["seq"])
    )
    assert [row["seq"] for row in rows] == list(range(1, 5 * EACH + 1))
    for sender, count in ((CLIENT_SEAT, 3 * EACH), (hers, 2 * EACH)):
        assert [row["n"] for row in rows if row["seat"] == sender] == list(range(1, count + 1))
    stored = [
        Item(guest.room, row["seq"], row["seat"], row["ke"], row["n"], row["com"], row["ct"]) for row in rows
    ]
    assert delivered == [stored] * len(pages)
    chain = chain_start(guest.room)
    for item in stored:
        chain = chain_next(chain, item.seq, header(guest.room, item.ke, item.seat, item.n), item.com)
    assert (await place.done("rooms/history", {**seat(guest), "after": 0}))["head"] == b64u(chain)
    await place.done("rooms/delete", seat(guest))


async def test_of_two_tabs_with_one_number_one_is_told_and_its_words_are_not_lost(place: Street) -> None:
    guest = await place.opened()
    async with place.tab() as one, place.tab() as two:
        pages = [Page(tab, guest, CLIENT_SEAT) for tab in (one, two)]
        for page in pages:
            await page.tab.enter(guest)
        frames = [message(guest, CLIENT_SEAT, 1) for _ in pages]
        taken = await asyncio.gather(*(page.takes(frame) for page, frame in zip(pages, frames, strict=True)))
        assert sorted(taken) == [False, True]
        winner = taken.index(True)
        assert await pages[1 - winner].takes(message(guest, CLIENT_SEAT, 2))
        # A repeat of what was taken is no second message.
        assert await pages[winner].takes(frames[winner])
    history = await place.done("rooms/history", {**seat(guest), "after": 0})
    assert (history["seq"], len(history["items"])) == (2, 2)
    await place.done("rooms/delete", seat(guest))
