"""docs/protocol.md, 18.11: of two peers who claim one meets; neither the loser nor the refused get a seal."""

import asyncio

from app.companion.keys import StaffKey
from app.wire.encoding import b64u
from tests.builders import Guest
from tests.canary.dumps import dump, of_room
from tests.canary.house import House, street
from tests.canary.needles import Needle, found
from tests.canary.tap import Tap
from tests.talkers import Tab, eventually, said_by, seat

ROUNDS = 2


async def sealed(house: House, guest: Guest) -> list[Needle]:
    """The seals and ciphertexts that the room holds now."""
    rows = of_room(await dump(house.conversations), guest.room)
    return [
        *(Needle(f"seal for {row['purpose']}", row["sealed"]) for row in rows["seals"]),
        *(Needle(f"words {row['seq']}", row["ct"]) for row in rows["messages"] if row["ct"] is not None),
    ]


async def drained(tab: Tab) -> None:
    """Everything that was sent to a tab so far has come."""
    await tab.say("ping")
    await tab.until_kind("pong")


async def claimed(house: House, tap: Tap, guest: Guest, peer: StaffKey) -> int:
    """The status of a claim, over the peer's own line."""
    async with street(house, tap.url) as place:
        return (await place.post("queue/claim", {"room": b64u(guest.room)}, staff=peer)).status_code


async def test_two_claim_at_once_one_meets_and_the_loser_hears_nothing_of_it(house: House) -> None:
    winners = set()
    for _ in range(ROUNDS):
        async with house.tap() as hers, house.tap() as his, street(house) as place:
            peers = {"mara": (place.cast.mara, hers), "sol": (place.cast.sol, his)}
            guest = await place.opened()
            async with (
                street(house, hers.url) as her_street,
                street(house, his.url) as his_street,
                place.tab() as client,
                her_street.tab(staff=place.cast.mara) as her_tab,
                his_street.tab(staff=place.cast.sol) as his_tab,
            ):
                tabs = {"mara": her_tab, "sol": his_tab}
                await client.enter(guest)
                await client.send(guest.next_frame())
                await client.ack()
                for tab in tabs.values():
                    await tab.say("availability", state="on")
                secret = await sealed(house, guest)
                statuses = dict(
                    zip(
                        peers,
                        await asyncio.gather(
                            *(claimed(house, tap, guest, key) for key, tap in peers.values())
                        ),
                        strict=True,
                    )
                )
                assert sorted(statuses.values()) == [200, 404]
                [winner] = [name for name, status in statuses.items() if status == 200]
                [loser] = set(peers) - {winner}
                winners.add(winner)
                key, tap = peers[winner]
                assert len(of_room(await dump(house.conversations), guest.room)["meetings"]) == 1

                await tabs[winner].sit(guest.room)
                await tabs[loser].say("enter", room=guest.room, store=tabs[loser].store, after=0)
                # Before the client's yes the winner has seen tags only.
                await drained(tabs[winner])
                assert found(secret, tap.received) == []
                await place.done("queue/meet", {**seat(guest), "kid": b64u(key.kid), "answer": "accept"})
                await tabs[winner].until(lambda frame: isinstance(frame, dict) and "seal" in frame)
                await place.narrow(guest, key)
                await tabs[winner].sit(guest.room)
                await tabs[winner].send(said_by(guest, key, 1))
                await tabs[winner].ack()
                assert await claimed(house, peers[loser][1], guest, peers[loser][0]) == 404
                secret += await sealed(house, guest)

                async def own_words_are_back(secret: list[Needle] = secret, tap: Tap = tap) -> bool:
                    return any(hit.startswith("words 2 ") for hit in found(secret, tap.received))

                # Its own words come back to the winner's page once they are acknowledged, at some moment.
                await eventually(own_words_are_back)
                for tab in tabs.values():
                    await drained(tab)
            assert {hit.partition(" as ")[0] for hit in found(secret, tap.received)} == {
                "seal for team-peer", "seal for seat-peer", "words 1", "words 2",
            }  # fmt: skip
            assert len(peers[loser][1].received) > 100
            assert found(secret, peers[loser][1].received) == []
            await place.done("rooms/delete", seat(guest))


async def test_a_refused_peer_gets_no_seal_whatever_they_try(house: House) -> None:
    async with house.tap() as hers, street(house) as place, street(house, hers.url) as her_street:
        mara, sol = place.cast.mara, place.cast.sol
        guest = await place.opened()
        async with place.tab() as client, her_street.tab(staff=mara) as tab:
            await client.enter(guest)
            await client.send(guest.next_frame())
            await client.ack()
            room = {"room": b64u(guest.room)}
            await her_street.done("queue/claim", room, staff=mara)
            await tab.sit(guest.room)
            secret = await sealed(house, guest)
            await place.done("queue/meet", {**seat(guest), "kid": b64u(mara.kid), "answer": "refuse"})
            await tab.until(lambda frame: isinstance(frame, dict) and frame.get("code") == "unknown")
            for path, body in (
                ("queue/claim", room),
                ("queue/release", {**room, "seal": None, "ke": None, "language": None}),
                (
                    "rooms/seal",
                    {**room, "ke": 1, "sealed": b64u(guest.seal(mara.pub, "seat-peer", place.signed))},
                ),
            ):
                answer = await her_street.post(path, body, staff=mara)
                assert (answer.status_code, answer.json()) == (404, {"code": "unknown"}), path
            await tab.say("enter", room=guest.room, store=tab.store, after=0)
            await tab.until(lambda frame: isinstance(frame, dict) and frame.get("code") == "unknown")

            # Another peer is accepted: the refused one still hears nothing.
            await place.meet(guest, sol)
            await client.send(guest.next_frame())
            await client.ack()
            secret += await sealed(house, guest)
            await drained(tab)
        assert {needle.name for needle in secret} >= {"seal for team-peer", "seal for seat-peer", "words 2"}
        assert b"meeting" in hers.received
        assert found(secret, hers.received) == []
        await place.done("rooms/delete", seat(guest))
