"""The demo: a cast that can sign in, and a visitor who answers."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import httpx

from app.companion import body
from app.companion.api import Api
from app.companion.demo.story import EVENINGS
from app.companion.demo.visitor import Visitor
from app.companion.events import Joined, QueueChanged, Said
from app.companion.staff import read_secret
from app.companion.staff_session import StaffSession
from app.wire.ids import CLIENT_SEAT, RoomId
from tests.integration.companion.conftest import Company
from tests.integration.companion.people import Place, until
from tests.integration.companion.served import STARTING, free_port


async def soon(seconds: float) -> None:
    """Waits like people do, only much shorter."""
    await asyncio.sleep(min(seconds, 0.05))


async def role_of(url: str, card: dict[str, str]) -> str:
    """Sign in as a card says."""
    async with Api(url) as api:
        secret = read_secret(card["secret"])
        return (await StaffSession.sign_in(api, card["name"], card["password"], secret)).role


def log_until(log: Path, words: str) -> str:
    """What a program has written once these words are in it."""
    end = monotonic() + STARTING
    while words not in (text := log.read_text("utf-8")):
        assert monotonic() < end, text
        sleep(0.1)
    return text


async def test_the_visitor_waits_says_yes_and_answers(company: Company, place: Place) -> None:
    mara = await company.peer("Mara")
    evening = EVENINGS[1]
    visit = asyncio.create_task(Visitor(place.url, sleep=soon, chance=lambda: 0.5).visit(evening))
    await until(mara, QueueChanged, lambda _: bool(mara.queue))
    room = RoomId(mara.queue[0].room)
    await mara.claim(room)
    await until(mara, Joined)
    opening = await until(mara, Said, lambda said: said.received.seat == CLIENT_SEAT)
    assert opening.received.body is not None
    assert opening.received.body.fields["x"] == evening.opening
    await mara.say(room, body.text("hello, I’m glad you are here"))
    await until(mara, Said, lambda said: said.received.seat == CLIENT_SEAT and said.received.kind == "text")
    await mara.release(room)
    await asyncio.wait_for(visit, 30)


def test_the_demo_writes_cards_that_sign_in_and_ends_when_told(tmp_path: Path) -> None:
    port, cards, data = free_port(), tmp_path / "cards.json", tmp_path / "data"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BESIDE_")}
    command = [sys.executable, "-m", "app.cli", "demo", "--port", str(port)]
    with open(tmp_path / "demo.log", "wb") as log:
        demo = subprocess.Popen(
            [*command, "--data", str(data), "--cards", str(cards)], env=kept, stdout=log, stderr=log
        )
    try:
        end = monotonic() + STARTING
        while not cards.exists() and demo.poll() is None and monotonic() < end:
            sleep(0.1)
        told = json.loads(cards.read_text("utf-8"))
        assert cards.stat().st_mode & 0o077 == 0
        assert told["url"] == f"http://localhost:{port}"
        assert {(card["role"], card["alias"]) for card in told["staff"]} >= {
            ("peer", "Mara"),
            ("peer", "Sol"),
        }
        for card in told["staff"]:
            assert card.keys() == {"role", "alias", "name", "password", "link", "secret"}
        [mara] = [card for card in told["staff"] if card["alias"] == "Mara"]
        assert asyncio.run(role_of(told["url"], mara)) == "peer"
        said = log_until(tmp_path / "demo.log", "beside talk")
        pages = [f"{told['url']}/{role}.html" for role in ("peer", "moderator", "coordinator")]
        pages += [told["url"] + path for path in ("/", "/docs")]
        links = [card["link"] for card in told["staff"]]
        for address in (*pages, *links):
            assert address in said
            assert httpx.get(address, trust_env=False).status_code == 200
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(30)
