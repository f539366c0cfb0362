"""Passes that ran out, people who were let go, directories that must not be believed, and nobody else."""

from dataclasses import replace

from app.companion.keys import StaffKey, sign_directory
from app.kit.clock import ManualClock
from app.live.frames import CloseCode
from app.wire.directory import LIFETIME, SLACK, SignedDirectory
from app.wire.encoding import b64u
from tests.builders import new_guest
from tests.cast import without
from tests.talkers import Tab, Town, said_by

PASS_SECONDS = 600


async def test_a_pass_that_ran_out_closes_its_socket_and_a_renewed_one_talks_on(
    place: Town, clock: ManualClock
) -> None:
    mara, sol = place.cast.mara, place.cast.sol
    guest, other = await place.talking(mara), await place.talking(sol)
    async with place.tab(staff=mara) as forgotten, place.tab(staff=sol) as renewed, place.tab() as client:
        await forgotten.sit(guest.room)
        await renewed.sit(other.room)
        await client.enter(other)
        clock.advance(PASS_SECONDS - 1)
        await place.served.server.node.close_unlisted()
        await forgotten.send(said_by(guest, mara, 1))
        assert (await forgotten.ack()).seq == 1
        await renewed.say("renew", **{"pass": place.token(sol)})
        await renewed.say("ping")
        await renewed.until_kind("pong")
        clock.advance(1)
        await place.served.server.node.close_unlisted()
        assert await forgotten.closed() == CloseCode.PASS_EXPIRED
        await renewed.send(said_by(other, sol, 1))
        assert (await renewed.ack()).seq == 1
        assert (await client.item()).seq == 1
    old = place.token(mara, exp=place.now - 1)
    answer = await place.http.post(
        "/api/queue/claim", json={"room": b64u(guest.room)}, headers={"authorization": f"Bearer {old}"}
    )
    assert (answer.status_code, answer.json()) == (401, {"code": "pass_expired"})


async def test_who_was_let_go_is_out_at_once_on_sockets_and_over_http_and_who_stayed_is_not(
    place: Town,
) -> None:
    mara, sol = place.cast.mara, place.cast.sol
    guest, other = await place.talking(mara), await place.talking(sol)
    waiting = await place.opened()
    token = place.token(mara)
    async with place.tab(staff=mara) as gone, place.tab(staff=sol) as stays:
        await gone.sit(guest.room)
        await stays.sit(other.room)
        new = without(place.cast.directory(place.now), mara.kid, StaffKey.generate())
        await place.publish(place.cast.sign(new))
        # Even before the round that closes sockets: the seat is gone from the room itself.
        await gone.send(said_by(guest, mara, 1))
        assert await gone.closed() == CloseCode.UNKNOWN
        await stays.send(said_by(other, sol, 1))
        assert (await stays.ack()).seq == 1
    async with place.tab() as client:
        entered = await client.enter(guest)
        assert (entered["state"], entered["flags"], entered["seq"]) == ("resting", ["needs_rekey"], 0)
    for path, body in (
        ("queue/claim", {"room": b64u(waiting.room)}),
        ("rooms/seal", {"room": b64u(guest.room), "ke": 1, "sealed": b64u(bytes(625))}),
        ("queue/release", {"room": b64u(guest.room), "seal": None, "ke": None, "language": None}),
    ):
        answer = await place.http.post(
            f"/api/{path}", json=body, headers={"authorization": f"Bearer {token}"}
        )
        assert (answer.status_code, answer.json()) == (404, {"code": "unknown"}), path
    assert (await place.done("queue/claim", {"room": b64u(waiting.room)}, staff=sol))["state"] == "meeting"


async def test_under_a_directory_that_is_over_no_room_opens_and_talks_go_on_until_it_is_renewed(
    place: Town, clock: ManualClock
) -> None:
    guest, mara = await place.talking(), place.cast.mara
    async with place.tab() as client:
        await client.enter(guest)
        clock.advance(LIFETIME + SLACK + 1)
        opening = place.opening(new_guest(), (await place.done("rooms/challenge", {}))["challenge"])
        answer = await place.post("rooms/open", opening)
        assert (answer.status_code, answer.json()) == (400, {"code": "dir_expired"})
        assert (await place.http.get("/api/service")).json()["open"] is False
        await client.send(guest.next_frame())
        assert (await client.ack()).seq == 1
        async with place.tab(staff=mara) as peer:
            assert (await peer.sit(guest.room))["state"] == "talking"
            await peer.send(said_by(guest, mara, 1))
            assert (await peer.ack()).seq == 2
        await place.publish(place.cast.sign(place.cast.directory(place.now, serial=2)))
        opening = place.opening(new_guest(), (await place.done("rooms/challenge", {}))["challenge"])
        assert (await place.done("rooms/open", opening))["state"] == "waiting"


async def test_a_directory_rolled_back_wrongly_signed_or_conflicting_leaves_the_old_one_in_force(
    place: Town, clock: ManualClock
) -> None:
    cast, mara = place.cast, place.cast.mara
    await place.publish(cast.sign(cast.directory(place.now, serial=5)))
    now, in_force = place.now, (await place.http.get("/api/service")).json()["directory"]
    good = cast.directory(now, serial=6)
    alone = without(good, mara.kid, StaffKey.generate())
    forged = sign_directory(StaffKey.generate(), alone.to_payload())
    clock.advance(1)
    bad: dict[str, tuple[int, SignedDirectory]] = {
        "dir_rollback": (409, cast.sign(replace(alone, serial=4))),
        "dir_conflict": (409, cast.sign(replace(alone, serial=5))),
        "dir_signature": (400, forged),
        "dir_expired": (400, cast.sign(replace(alone, issued=now - LIFETIME, expires=now - SLACK - 1))),
    }
    swapped = SignedDirectory(alone.to_payload(), cast.sign(good).sigs)
    foreign = cast.sign(replace(alone, instance=bytes(16)))
    async with place.tab(staff=mara) as tab:
        for code, (status, signed) in [
            *bad.items(),
            ("dir_signature", (400, swapped)),
            ("dir_signature", (400, foreign)),
        ]:
            answer = await place.post("service/directory", {"directory": signed.to_json()})
            assert (answer.status_code, answer.json()) == (status, {"code": code})
            assert (await place.http.get("/api/service")).json()["directory"] == in_force
        await place.served.server.node.close_unlisted()
        await still_there(tab)
        guest = await place.talking(mara)
        assert (await tab.sit(guest.room))["state"] == "talking"
        await place.publish(cast.sign(good))
        await place.served.server.node.close_unlisted()
        await still_there(tab)
    assert (await place.http.get("/api/service")).json()["serial"] == 6


async def still_there(tab: Tab) -> None:
    await tab.say("ping")
    await tab.until_kind("pong")
