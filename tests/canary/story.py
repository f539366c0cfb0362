"""One client's whole story through a served house, and what a copy of the stores holds at each turn of it."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.companion import body
from app.companion.api import Api
from app.companion.client import Client
from app.companion.code import SLOTS, ReturnCode, code_root, read_code, slot, vault_keys
from app.companion.events import Joined, Met, Said, SeatGone
from app.companion.flag import Flag
from app.companion.moderator import Moderator
from app.companion.note import Notes
from app.companion.peer import Peer
from app.companion.ticket import Ticket
from app.companion.transcript import Received
from app.companion.vault import Vault
from app.wire.encoding import b64u
from app.wire.ids import RoomId, seat_id
from app.wire.months import month_of
from tests.canary.dumps import Dump, dump, files_of, postgres_files
from tests.canary.house import House
from tests.canary.needles import Needle, words
from tests.canary.tap import Tap
from tests.engines import Postgres
from tests.integration.companion.people import heard, in_state, the_room, until, waiting_row

RARE = Ticket(language="qz-ZZ", topics=("immigration", "parent"), lived=("faith", "grief"))
"""Tags that nobody else here has."""

ALIAS = "Zqxylphine-of-the-story"
SAID = {
    "first": "zqx-first: I have not told this to anybody yet.",
    "long": "zqx-long: and then it went on. " * 60,
    "longest": "zqx-longest: every evening the same. " * 300,
    "regretted": "zqx-regretted: please forget that I said so.",
    "answer": "zqx-answer: I am glad that you are here.",
    "second": "zqx-second: another peer, another evening.",
    "reply": "zqx-reply: take all the time you need.",
    "third": "zqx-third: I am back once more.",
}
"""Three of the client's in three sizes, one taken back, and what three talks heard."""

JOURNAL = {
    "page": "zqx-page: I felt like a kid again.",
    "drawing": "zqx-drawing: a house by the water",
    "step": "zqx-step: I made soup on Sunday.",
    "next": "zqx-next: ask how the dog is.",
}
"""What the client keeps with the code, and shows to nobody."""

NOTE = "zqx-note-of-a-peer: goes slowly, likes the radio."
"""What a peer writes down for herself."""

FLAGGED = {
    "reason": "zqx-reason: it hurt to read that.",
    "note": "zqx-note: I do not want to say more about it.",
    "line": "zqx-line: read twice, nothing wrong in it.",
}
"""What the client wrote beside the words it flagged, and what the moderator wrote down."""


@dataclass
class Copy:
    """Both stores at one moment: by name the files' bytes, and the rows."""

    identity: Dump
    conversations: Dump
    files: dict[str, bytes]


@dataclass
class Played:
    """What the story left behind, and everything that must be found nowhere."""

    room: RoomId
    needles: list[Needle]
    copies: dict[str, Copy] = field(default_factory=dict)
    """`waiting`, `talking`, `closed`, `deleted`, `purged`."""
    journal: bytes = b""
    """The id of the client's vault."""
    targets: list[bytes] = field(default_factory=list)
    log: bytes = b""
    """The server's log up to the end of the story."""


async def play(house: House, server: Postgres | None) -> Played:
    """From the first click to the purge."""
    async with house.tap() as tap, Api(tap.url) as api, await Client.make(api) as client:
        played = Played(RoomId(b""), [*house.needles])
        root = await asyncio.to_thread(code_root, client.code, client.trust.instance)
        played.needles += _code_needles(client, root)
        played.journal = vault_keys(root).id
        await _wait(house, played, client, server)
        played.needles += _slot_needles(client, root)
        await _journal(played, Vault(api, root))
        async with _peer(house, "Mara", tap, played) as mara:
            await _talk(house, played, client, mara, server)
            async with _peer(house, "Sol", tap, played) as sol:
                await _switch(client, mara, sol)
                await _back_to(client, mara)
        assert client.room is not None
        played.needles += [
            Needle(f"room key {epoch}", key) for epoch, key in client.room.transcript.keys.items()
        ]
        await _end(house, played, client, tap, server)
        journal = await Vault(api, root).load()
        assert journal is not None
        assert {"page", "drawing", "steps", "next"} <= journal.keys()
        played.targets += house.targets + tap.targets
        for cookie in set(re.findall(rb"beside_staff=([\w-]{43})", tap.received)):
            played.needles.append(words("session cookie", cookie.decode()))
        assert any(needle.name == "session cookie" for needle in played.needles)
    played.log = house.log
    return played


async def evening(house: House, ticket: Ticket, said: Iterable[str]) -> RoomId:
    """A short story of its own: one client, one peer, some words, and the room is gone again."""
    async with house.tap() as tap, Api(tap.url) as api, await Client.make(api) as client:
        await client.open(ticket, body.hello())
        async with _peer(house, "Mara", tap) as mara:
            room = await _meet(client, mara)
            for text in said:
                await client.say_here(body.text(text))
                await heard(mara, text)
            await mara.release(room)
            await in_state(client, "resting")
        await client.delete()
    return room


async def _wait(house: House, played: Played, client: Client, server: Postgres | None) -> None:
    """Open, say one's name and first words, and wait."""
    await client.open(RARE, body.hello(ALIAS))
    played.room = the_room(client)
    played.needles += [words("the client's alias", ALIAS)]
    played.needles += [words(f"the words said {when}", text[:40]) for when, text in SAID.items()]
    await client.say_here(body.text(SAID["first"]))
    await heard(client, SAID["first"])
    played.copies["waiting"] = await copy_of(house, server)


async def _journal(played: Played, vault: Vault) -> None:
    """Keep a journal with the code, and once more with something added."""
    journal: dict[str, object] = {
        "v": 1,
        "page": ["anyway", JOURNAL["page"]],
        "drawing": {"strokes": [{"c": 0, "w": 1, "p": [1, 2, 3, 4]}], "words": JOURNAL["drawing"]},
        "steps": [],
        "next": "",
    }
    await vault.keep(journal)
    await vault.keep({**journal, "steps": [{"x": JOURNAL["step"]}], "next": JOURNAL["next"]})
    played.needles += [words(f"the {part} of a journal", text) for part, text in JOURNAL.items()]


async def _talk(house: House, played: Played, client: Client, mara: Peer, server: Postgres | None) -> None:
    """Meet Mara, talk both ways, take something back."""
    room = await _meet(client, mara)
    for when in ("long", "longest"):
        await client.say_here(body.text(SAID[when]))
        await heard(mara, SAID[when])
    await client.say_here(body.text(SAID["regretted"]))
    said = await heard(mara, SAID["regretted"])
    await client.say_here(body.take_back(said.received.seq))
    await until(mara, Said, lambda again: again.received.erased)
    await Notes(mara.session).save(room, NOTE)
    played.needles.append(words("a peer's own note", NOTE))
    await mara.say(room, body.text(SAID["answer"]))
    said = await heard(client, SAID["answer"])
    await _flag(house, played, client, said.received)
    played.copies["talking"] = await copy_of(house, server)


async def _flag(house: House, played: Played, client: Client, said: Received) -> None:
    """Show one message to the moderation team; Ife reads it and finds nothing wrong."""
    assert said.opened is not None
    flag = await client.flag(Flag.of([said], reason=FLAGGED["reason"], note=FLAGGED["note"]), "mistake")
    played.needles += [words(f"the {what} of a flag", text) for what, text in FLAGGED.items()]
    played.needles += [Needle("the key of a flagged message", said.opened.kf)]
    async with house.tap() as tap, Api(tap.url) as api:
        session = await house.staff["Ife"].at(api)
        moderator = Moderator(session)
        taken = await moderator.take()
        assert taken is not None
        assert taken.flag == flag
        case = await moderator.read(flag)
        assert case.holds
        assert (case.reason, case.note) == (FLAGGED["reason"], FLAGGED["note"])
        assert await moderator.decide(case, "none", "nothing-wrong", FLAGGED["line"]) == "none"
        played.needles.append(words("pass of Ife", await session.bearer()))
        await session.sign_out()
        played.targets += tap.targets
    assert [report.outcome for report in await client.reports()] == ["none"]


async def _switch(client: Client, mara: Peer, sol: Peer) -> None:
    """Ask for somebody else: new keys, one more refusal on the way, and a peer who leaves first."""
    await client.look_for_peer(Ticket(refused=(mara.session.kid,)))
    await until(mara, SeatGone)
    room = await _meet(client, sol)
    await client.say_here(body.text(SAID["second"]))
    await heard(sol, SAID["second"])
    await sol.say(room, body.text(SAID["reply"]))
    await heard(client, SAID["reply"])
    await sol.release(room)
    await in_state(client, "resting")
    await client.look_for_peer(Ticket())
    await waiting_row(sol, room)
    await _claimed(client, sol)
    await client.answer(sol.session.kid, accept=False)
    await until(sol, SeatGone)


async def _back_to(client: Client, mara: Peer) -> None:
    """Mara again, under the newest keys; then the client rests."""
    await _meet(client, mara)
    await client.say_here(body.text(SAID["third"]))
    await heard(mara, SAID["third"])
    await client.rest()
    await until(mara, SeatGone)


async def _end(house: House, played: Played, client: Client, tap: Tap, server: Postgres | None) -> None:
    """Close, come back by the seven words to read once more, delete; then the daily purge."""
    await client.close()
    played.copies["closed"] = await copy_of(house, server)
    async with Api(tap.url) as api:
        again = await Client.come_back(api, read_code(client.words))
        async with again:
            await heard(again, SAID["third"])
            await again.delete()
    played.copies["deleted"] = await copy_of(house, server)
    await asyncio.to_thread(house.purge)
    played.copies["purged"] = await copy_of(house, server)


async def _meet(client: Client, peer: Peer) -> RoomId:
    """The peer claims, the client says yes, the peer sits down and says hello."""
    room, kid = the_room(client), peer.session.kid
    await waiting_row(peer, room)
    await _claimed(client, peer)
    await client.answer(kid, accept=True)
    await until(peer, Joined, lambda joined: joined.room == room)
    seat = seat_id(room, kid)
    await until(client, Said, lambda said: said.received.kind == "hello" and said.received.seat == seat)
    return room


async def _claimed(client: Client, peer: Peer) -> None:
    """The peer claims, and the client is asked."""
    while not client.events.empty():
        client.events.get_nowait()
    await peer.claim(the_room(client))
    await until(client, Met, lambda met: met.member.kid == peer.session.kid)


@asynccontextmanager
async def _peer(house: House, alias: str, tap: Tap, played: Played | None = None) -> AsyncIterator[Peer]:
    async with Api(tap.url) as api:
        session = await house.staff[alias].at(api)
        async with Peer(session) as peer:
            yield peer
            if played is not None:
                played.needles.append(words(f"pass of {alias}", await session.bearer()))
        await session.sign_out()


async def copy_of(house: House, server: Postgres | None) -> Copy:
    """Both stores and every file as they are now."""
    if server is None:
        files = files_of(house.identity) | files_of(house.conversations)
    else:
        files = await postgres_files(server, house.log_began, house.identity, house.conversations)
    rest = {file.name: file.read_bytes() for file in house.data.iterdir() if file.is_file()}
    return Copy(await dump(house.identity), await dump(house.conversations), rest | files)


def _code_needles(client: Client, root: bytes) -> list[Needle]:
    """The return code in every way it is shown or typed, and what comes of it."""
    code: ReturnCode = client.code
    indices = list(map(str, code.indices))
    vault = vault_keys(root)
    return [
        *(words("the seven words", between.join(code.words)) for between in (" ", "-", ",", "")),
        *(words("the seven words, as JSON", between.join(code.words)) for between in ('","', '", "')),
        *(words("four of the seven words", " ".join(part)) for part in (code.words[:4], code.words[3:])),
        *(words("the indices", between.join(indices)) for between in (" ", ",", ", ")),
        words("the code in digits", "".join(f"{part:04}" for part in (code.list, *code.indices))),
        words("the code in groups", " ".join(f"{part:04}" for part in (code.list, *code.indices))),
        Needle("the code's bytes", code.data),
        Needle("the root secret", root),
        Needle("the journal's token", vault.token),
        Needle("the journal's key", vault.key),
    ]


def _slot_needles(client: Client, root: bytes) -> list[Needle]:
    """What proves the seat and opens the wrap; and the slots beside it, which were never used."""
    room = the_room(client)
    month = month_of(client.trust.directory.issued)
    slots = [slot(root, month + step, k) for step in (0, 1) for k in range(SLOTS)]
    [own] = [place for place in slots if place.room == room]
    return [
        Needle("the seat secret", own.secret),
        words("the seat secret as sent", b64u(own.secret)),
        Needle("the wrap key", own.wrap_key),
        *(Needle("the id of a slot never used", place.room) for place in slots[1:9:4]),
        *(Needle("a seat secret never used", place.secret) for place in slots[1:9:4]),
    ]
