"""A pause, as it is shown to the peer whose it is and to the client who talks with them."""

from pathlib import Path

from app.conversations.availability import pauses
from app.conversations.availability.rules import Pause
from app.conversations.ids import Conversations, FlagId
from app.kit.clock import DAY, ManualClock
from app.kit.database import Database
from tests.builders import NOW
from tests.serving import serving, settings_for
from tests.talkers import town


async def test_a_paused_peer_and_their_client_are_told_and_told_again_when_it_is_over(tmp_path: Path) -> None:
    settings, clock = settings_for(tmp_path / "data"), ManualClock(NOW)
    async with serving(settings, clock) as served, town(served) as place:
        guest, mara = await place.talking(), place.cast.mara
        store = Database[Conversations](settings.conversations_store)
        async with store.write() as tx:
            by = place.cast.moderator.kid
            await pauses.put(tx, Pause(mara.kid, FlagId(bytes(16)), by, None, "abuse", NOW // DAY, NOW + 60))
        await store.close()
        async with place.tab(staff=mara) as peer, place.tab() as client:
            assert (await peer.until_kind("availability"))["paused"] is True
            assert [seat["paused"] for seat in (await client.enter(guest))["seats"]] == [False, True]
            clock.advance(60)
            assert (await peer.until_kind("availability"))["paused"] is False
            assert [seat["paused"] for seat in (await client.until_kind("room"))["seats"]] == [False, False]
