"""docs/protocol.md, 18.3: a room that opens, goes on and ends changes no byte of the identity store."""

import asyncio

from app.companion import body
from app.companion.api import Api
from app.companion.client import Client
from app.companion.code import code_root, read_code, vault_keys
from app.companion.ticket import Ticket
from app.companion.vault import Vault
from tests.canary.dumps import as_bytes, dump, files_of
from tests.canary.house import House, Street
from tests.talkers import said_by, seat


async def held(house: House) -> tuple[bytes, dict[str, bytes]]:
    """The identity store: its rows, and on SQLite its files but the log's index, which readers write too."""
    files = files_of(house.identity) if house.is_sqlite else {}
    return (
        as_bytes(await dump(house.identity)),
        {name: data for name, data in files.items() if not name.endswith("-shm")},
    )


async def test_staff_who_sign_in_do_change_it(house: House) -> None:
    before = await held(house)
    async with Api(house.url) as api:
        session = await house.staff["Mara"].at(api)
        assert await held(house) != before
        await session.sign_out()


async def test_opening_a_room_changes_nothing_whether_the_code_is_saved_or_not(house: House) -> None:
    before = await held(house)
    for saved in (False, True):
        async with Api(house.url) as api:
            client = await Client.make(api)
            await client.open(Ticket(), body.text("hello"))
            assert await held(house) == before
            if saved:
                async with Api(house.url) as another:
                    back = await Client.come_back(another, read_code(client.words))
                    assert back.room is not None
                assert await held(house) == before
            await client.delete()
    assert await held(house) == before


async def test_nor_does_it_for_a_client_with_a_journal(house: House, place: Street) -> None:
    async with Api(house.url) as api:
        client = await Client.make(api)
        root = await asyncio.to_thread(code_root, client.code, client.trust.instance)
        vault = Vault(api, root)
        without = await held(house)
        await vault.keep({"v": 1, "page": ["mine"]})
        before = await held(house)
        assert before != without
        await client.open(Ticket(), body.text("hello"))
        await vault.load()
        assert await held(house) == before
        async with Api(house.url) as another:
            back = await Client.come_back(another, read_code(client.words))
            assert back.room is not None
            assert await Vault(another, root).load() == {"v": 1, "page": ["mine"]}
        await client.delete()
        assert await held(house) == before
        await vault.remove()
        left = [row["id"] for row in (await dump(house.identity))["vaults"]]
        assert vault_keys(root).id not in left


async def test_neither_does_a_talk_from_meeting_to_delete(house: House, place: Street) -> None:
    before = await held(house)
    guest = await place.talking()
    async with place.tab() as client, place.tab(staff=place.cast.mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        await client.send(guest.next_frame())
        await client.ack()
        await peer.send(said_by(guest, place.cast.mara, 1))
        await peer.ack()
        assert await held(house) == before
    for act in ("rest", "close", "delete"):
        await place.done(f"rooms/{act}", seat(guest))
    assert await held(house) == before
