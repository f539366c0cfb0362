"""A backup while people write, and what a page makes of the restored store."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app.upkeep.backup import backup
from app.upkeep.checking import check
from app.upkeep.restore import restore
from app.wire.frames import Item
from tests.builders import Guest
from tests.integration.upkeep.conftest import NewStores
from tests.serving import EASY_PROOF, serving
from tests.talkers import Tab, town

QUICK = {**EASY_PROOF, "mode": "development", "messages_per_minute": 1_000_000}
BEFORE, MORE = 20, 20
"""Messages acknowledged before the backup begins, and while it is made at least."""


@asynccontextmanager
async def writing(tab: Tab, guest: Guest) -> AsyncIterator[list[int]]:
    """Somebody who writes on and on; the numbers of theirs that were acknowledged."""
    acked: list[int] = []

    async def write() -> None:
        while True:
            await tab.send(guest.next_frame())
            acked.append((await tab.ack()).seq)

    task = asyncio.create_task(write())
    try:
        yield acked
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def reaches(acked: list[int], count: int) -> None:
    async with asyncio.timeout(20):
        while len(acked) < count:  # noqa: ASYNC110 - the writer has no event for it
            await asyncio.sleep(0.01)


@pytest.mark.engines
@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
async def test_what_was_acknowledged_before_a_backup_is_in_it_and_an_old_cursor_starts_anew(
    source: str, target: str, tmp_path: Path, empty: NewStores
) -> None:
    old = (await empty(source)).model_copy(update={**QUICK, "data": tmp_path / "old"})
    folder = tmp_path / "backup"
    async with serving(old) as served, town(served) as place:
        guest = await place.talking()
        async with place.tab() as tab:
            store = tab.store
            await tab.enter(guest)
            async with writing(tab, guest) as acked:
                await reaches(acked, BEFORE)
                known = len(acked)
                await backup(old, folder)
                await reaches(acked, known + MORE)
    new = (await empty(target)).model_copy(update={**QUICK, "data": tmp_path / "new"})
    await restore(new, folder)
    assert (await check(new)).faults == {"identity": {}, "conversations": {}}
    async with serving(new) as served, replace(place, served=served).tab() as tab:
        assert tab.store != store
        await tab.say("enter", room=guest.room, secret=guest.secret, store=store, after=BEFORE)
        entered = await tab.heard("entered")
        assert entered["seq"] >= known
        assert await items(tab, guest, entered["seq"]) == list(range(1, entered["seq"] + 1))


async def items(tab: Tab, guest: Guest, count: int) -> list[int]:
    """The numbers of the items that come, with the further pages asked for."""
    found: list[int] = []
    while len(found) < count:
        frame = await tab.next()
        if isinstance(frame, Item):
            found.append(frame.seq)
        elif frame["type"] == "more":
            await tab.enter(guest, after=found[-1])
    return found
