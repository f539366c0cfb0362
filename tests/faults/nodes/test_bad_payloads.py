"""Whoever reaches the bus can disturb nobody's talk with what no node would send."""

from collections.abc import AsyncIterator
from random import Random

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from app.bus.port import ALL, MOST
from tests.faults.nodes.people import talk
from tests.faults.nodes.region import Region

EVERYTHING = ">"


class Ear:
    """A stranger on the bus, who hears all and says anything."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.heard: list[tuple[str, bytes]] = []

    async def listen(self) -> None:
        await self._client.subscribe(EVERYTHING, cb=self._hear)
        await self._client.flush()

    async def say(self, subject: str, payload: bytes) -> None:
        await self._client.publish(subject, payload)

    async def said(self) -> None:
        """Wait until all of it is out."""
        await self._client.flush()

    async def _hear(self, message: Msg) -> None:
        self.heard.append((message.subject, message.data))


@pytest.fixture
async def ear(nats_server: str) -> AsyncIterator[Ear]:
    client = Client()
    await client.connect(nats_server)
    own = Ear(client)
    await own.listen()
    yield own
    await client.close()


def spoilt(payload: bytes, chance: Random) -> list[bytes]:
    """What can become of a payload: cut, grown, of another version, with other bytes in it, twice as long."""
    changed = bytearray(payload)
    for _ in range(1 + len(changed) // 40):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return [
        payload[: chance.randrange(len(payload))],
        payload[1:],
        payload + chance.randbytes(chance.randrange(1, 50)),
        bytes([payload[0] ^ 0xFF]) + payload[1:],
        bytes(changed),
        payload + payload,
        bytes(len(payload)),
    ]


async def test_random_huge_cut_and_changed_payloads_harm_nobody(
    both: Region, ear: Ear, capfd: pytest.CaptureFixture[str]
) -> None:
    chance = Random(15)
    async with talk(both.here, both.here.served.url, both.there.served.url) as two:
        await two.exchange("before")
        inboxes = {subject for subject, _ in ear.heard if subject != ALL}
        assert inboxes
        genuine = list(ear.heard)
        rubbish = [b"", b"\x00", b"\xff" * 17, chance.randbytes(1_000), bytes(MOST), chance.randbytes(MOST)]
        rubbish += [chance.randbytes(chance.randrange(1, 300)) for _ in range(200)]
        for subject in (ALL, *inboxes):
            for payload in rubbish:
                await ear.say(subject, payload)
            for _, payload in genuine[-40:]:
                for bad in spoilt(payload, chance):
                    await ear.say(subject, bad)
                # As it was, to whom it was not for, and again.
                await ear.say(subject, payload)
        await ear.said()
        await two.exchange("after")
        await both.check()
        two.is_whole()
    assert "Traceback" not in capfd.readouterr().err


async def test_the_bus_carries_no_words_no_names_and_no_room_in_a_subject(both: Region, ear: Ear) -> None:
    async with talk(both.here, both.here.served.url, both.there.served.url) as two:
        await two.exchange("canary words")
        subjects = {subject for subject, _ in ear.heard}
        carried = b"".join(payload for _, payload in ear.heard)
        room: bytes = two.room
        assert room in carried  # the ear hears what there is to hear
        for secret in (b"canary", b"Mara", b"client:", b"peer:"):
            assert secret not in carried
        for subject in subjects:
            assert two.room.hex() not in subject
        assert len(subjects) <= 3
