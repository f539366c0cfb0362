"""docs/protocol.md, 18.6: after narrowing, no seal of that room opens with the team's key."""

from contextlib import suppress

from app.companion.keys import StaffKey
from app.companion.seals import Purpose, open_room
from app.conversations.ids import RoomId
from app.wire.encoding import b64u
from app.wire.errors import WireError
from tests.builders import rekeying
from tests.canary.dumps import dump, of_room
from tests.canary.house import House, Street
from tests.talkers import seat, wish

PURPOSES: tuple[Purpose, ...] = ("team-peer", "seat-peer")


async def opened_by(house: House, room: RoomId, key: StaffKey) -> list[dict[int, bytes]]:
    """What a key opens of the room's seals, tried as every purpose and in every epoch."""
    found = []
    rows = of_room(await dump(house.conversations), room)
    for row in rows["seals"]:
        for purpose in PURPOSES:
            for epoch in range(1, 16):
                with suppress(WireError):
                    found.append(open_room(key, purpose, room, epoch, row["sealed"]).keys)
    return found


async def test_the_teams_key_opens_the_room_until_the_peer_has_narrowed_it(
    house: House, place: Street
) -> None:
    team, mara, sol = place.cast.peer_team, place.cast.mara, place.cast.sol
    guest = await place.opened()
    assert await opened_by(house, guest.room, team) == [guest.keys]

    await place.done("queue/claim", {"room": b64u(guest.room)}, staff=mara)
    assert await opened_by(house, guest.room, team) == [guest.keys]
    await place.done("queue/meet", {**seat(guest), "kid": b64u(mara.kid), "answer": "accept"})
    assert await opened_by(house, guest.room, team) == [guest.keys]
    assert await opened_by(house, guest.room, mara) == []

    await place.narrow(guest, mara)
    assert await opened_by(house, guest.room, team) == []
    assert await opened_by(house, guest.room, sol) == []
    assert await opened_by(house, guest.room, mara) == [guest.keys]
    await place.done("rooms/delete", seat(guest))


async def test_a_room_that_switches_is_open_to_the_team_only_while_it_waits_again(
    house: House, place: Street
) -> None:
    team, mara, sol = place.cast.peer_team, place.cast.mara, place.cast.sol
    guest = await place.talking(mara)
    new = rekeying(place, guest, to_team=True)
    [sealed] = new.seals
    body = {
        **seat(guest),
        "ke": new.ke,
        "frame": b64u(new.frame.pack()),
        "wrap": b64u(new.wrap),
        "seals": [{"purpose": sealed.purpose, "kid": b64u(sealed.kid), "sealed": b64u(sealed.sealed)}],
        "ticket": wish(),
    }
    await place.done("rooms/rekey", body)
    assert await opened_by(house, guest.room, team) == [guest.keys]
    assert await opened_by(house, guest.room, mara) == []
    await place.meet(guest, sol)
    assert await opened_by(house, guest.room, team) == []
    assert await opened_by(house, guest.room, sol) == [guest.keys]
    await place.done("rooms/delete", seat(guest))
