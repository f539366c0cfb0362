"""A peer's shift and offers, and why a client waits, through a real server."""

import pytest

from app.companion import body
from app.companion.api import ApiError
from app.companion.events import Met, OfferChanged, ShiftChanged, WaitTold
from app.companion.ticket import Ticket
from app.wire.ids import Kid, RoomId
from tests.integration.companion.conftest import Company
from tests.integration.companion.people import the_room, until


async def test_a_peer_is_offered_somebody_passes_and_may_still_meet_them(company: Company) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await until(mara, ShiftChanged, lambda _: mara.shift is not None and mara.shift.state == "on")
    await mara.ready()
    # Spanish, so that nobody else of the cast could be the better match.
    await client.open(Ticket("es", topics=("grief",)), body.text("hola"))
    room = the_room(client)
    await until(mara, OfferChanged, lambda _: mara.offer is not None and mara.offer.room == room)
    assert mara.offer is not None
    assert (mara.offer.fits.language, mara.offer.fits.topics) == (True, ["grief"])
    await mara.pass_on(room)
    await until(mara, OfferChanged, lambda _: mara.offer is None)
    with pytest.raises(ApiError, match="unknown"):
        await mara.pass_on(RoomId(bytes(16)))
    await mara.claim(room)
    met = await until(client, Met)
    await client.answer(Kid(met.member.kid), accept=False)


async def test_who_is_on_a_break_claims_nobody_and_a_client_hears_why_it_waits(company: Company) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await mara.be("break", limit=1)
    await until(mara, ShiftChanged, lambda _: mara.shift is not None and mara.shift.state == "break")
    assert mara.shift is not None
    assert mara.shift.limit == 1
    await client.open(Ticket("es"), body.text("hola"))
    with pytest.raises(ApiError, match="closed"):
        await mara.claim(the_room(client))
    told = await until(client, WaitTold)
    assert told.wait.why in ("nobody", "language")
    await mara.be("on", limit=2)
    await mara.claim(the_room(client))
    await until(client, Met)
