"""docs/protocol.md, 18.13: after "delete" no wrap, seal or ciphertext of the room is left."""

import pytest

from app.wire.encoding import b64u
from tests.builders import Guest, rekeying
from tests.canary.dumps import as_bytes, dump, files_of, of_room
from tests.canary.house import House, Street
from tests.canary.needles import Needle, found
from tests.canary.story import Played
from tests.talkers import said_by, seat, wish


async def held(house: House, guest: Guest) -> list[Needle]:
    """Every wrap, seal and ciphertext that the room has now."""
    rows = of_room(await dump(house.conversations), guest.room)
    return [
        *(Needle("a wrap", row["wrap"]) for row in rows["rooms"] if row["wrap"] is not None),
        *(Needle(f"a seal for {row['purpose']}", row["sealed"]) for row in rows["seals"]),
        *(Needle("words", row["ct"]) for row in rows["messages"] if row["ct"] is not None),
    ]


async def lived(house: House, place: Street) -> tuple[Guest, list[Needle]]:
    """A room that has had two peers and two epochs, and all that was ever sealed in it."""
    guest, mara = await place.opened(), place.cast.mara
    everything = await held(house, guest)
    await place.meet(guest, mara)
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        await client.send(guest.next_frame())
        await client.ack()
        await peer.send(said_by(guest, mara, 1))
        await peer.ack()
    everything += await held(house, guest)
    new = rekeying(place, guest, to_team=True)
    [sealed] = new.seals
    await place.done(
        "rooms/rekey",
        {
            **seat(guest),
            "ke": new.ke,
            "frame": b64u(new.frame.pack()),
            "wrap": b64u(new.wrap),
            "seals": [{"purpose": sealed.purpose, "kid": b64u(sealed.kid), "sealed": b64u(sealed.sealed)}],
            "ticket": wish(),
        },
    )
    everything += await held(house, guest)
    return guest, everything


@pytest.mark.parametrize("end", ["from waiting", "from a talk", "from rest", "closed first"])
async def test_nothing_sealed_or_said_is_left_in_the_dump(house: House, place: Street, end: str) -> None:
    guest, everything = await lived(house, place)
    other = await place.talking()
    if end == "from a talk":
        await place.meet(guest, place.cast.sol)
    elif end != "from waiting":
        await place.done("rooms/rest" if end == "from rest" else "rooms/close", seat(guest))
    everything += await held(house, guest)
    now = await held(house, guest)
    before = as_bytes(await dump(house.conversations))
    assert {needle.name for needle in everything} >= {
        "a wrap",
        "a seal for team-peer",
        "a seal for seat-peer",
        "words",
    }
    assert {needle.name for needle in now} <= {hit.partition(" as ")[0] for hit in found(now, before)}

    await place.done("rooms/delete", seat(guest))
    assert await held(house, guest) == []
    assert (
        found(everything, as_bytes(await dump(house.conversations)), as_bytes(await dump(house.identity)))
        == []
    )
    # The twin: the room beside it has everything it had.
    beside = await held(house, other)
    assert len(beside) == 2
    await place.done("rooms/delete", seat(other))

    if end == "closed first" and house.is_sqlite:
        # Here the bytes go from the files too: the purge leaves no old page and no old log.
        assert found(everything, *files_of(house.conversations).values()) != []
        house.purge()
        assert found(everything, *files_of(house.conversations).values()) == []


def test_in_the_whole_story_only_headers_are_left(played: Played) -> None:
    for turn in ("deleted", "purged"):
        rows = of_room(played.copies[turn].conversations, played.room)
        [room] = rows["rooms"]
        assert (room["state"], room["wrap"]) == ("deleted", None)
        assert rows["seals"] == rows["tickets"] == rows["meetings"] == []
        assert {row["ct"] for row in rows["messages"]} == {None}
    closed = of_room(played.copies["closed"].conversations, played.room)
    assert any(row["ct"] for row in closed["messages"])
