"""A journal and a peer's note are sealed byte for byte as in the browser, to lengths that say little."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from app.companion.api import Api, ApiError
from app.companion.box import box_seal
from app.companion.code import vault_keys
from app.companion.note import open_note, seal_note
from app.companion.vault import Vault, open_journal, seal_journal
from app.wire.encoding import b64u, u32
from app.wire.errors import WireError
from app.wire.ids import RoomId
from app.wire.sizes import NOTE_BOX, VAULT_BOXES

KEYS = vault_keys(b"\x05" * 32)
ROOM = RoomId(b"\x01" * 16)
NOTE_KEY = b"\x06" * 32
SALT = b"\x07" * 32
JOURNAL: dict[str, Any] = {
    "v": 1,
    "page": ["el tranvía llegó tarde", "anyway"],
    "steps": [{"x": "soup"}],
    "next": "",
}
WORDS = "she calls him Bär; slow start"


def sha256(blob: bytes) -> str:
    return hashlib.sha256(blob).hexdigest()


def test_a_journal_has_the_bytes_that_the_browser_gives_it() -> None:
    blob = seal_journal(KEYS, 3, JOURNAL, SALT)
    assert len(blob) == 4_177
    assert sha256(blob) == "016a17a9c1e9aa3c7d4fef179ec7b0f8a9b2f2a79ee71444a63bf1153b3d47b8"


def test_a_note_has_the_bytes_that_the_browser_gives_it() -> None:
    blob = seal_note(NOTE_KEY, ROOM, 2, WORDS, SALT)
    assert len(blob) == NOTE_BOX
    assert sha256(blob) == "05e94565f8b335d3bc180ca133556d709325bb280744381676691a6191b2587c"


def test_what_was_sealed_opens_as_the_same_version_and_as_no_other() -> None:
    blob = seal_journal(KEYS, 3, JOURNAL)
    assert open_journal(KEYS, 3, blob) == JOURNAL
    for keys, version in ((KEYS, 2), (KEYS, 4), (vault_keys(b"\x09" * 32), 3)):
        with pytest.raises(WireError, match=r"^box_key$"):
            open_journal(keys, version, blob)
    note = seal_note(NOTE_KEY, ROOM, 2, WORDS)
    assert open_note(NOTE_KEY, ROOM, 2, note) == WORDS
    for room, version in ((ROOM, 1), (RoomId(bytes(16)), 2)):
        with pytest.raises(WireError, match=r"^box_key$"):
            open_note(NOTE_KEY, room, version, note)


def test_a_journal_has_one_of_seven_lengths_whatever_is_in_it() -> None:
    lengths = {len(seal_journal(KEYS, 1, {"page": ["a" * many]})) for many in range(0, 262_000, 997)}
    assert lengths == VAULT_BOXES
    with pytest.raises(WireError, match=r"^too_long$"):
        seal_journal(KEYS, 1, {"page": ["a" * 262_144]})


def test_a_note_has_one_length_and_takes_no_more_than_fits() -> None:
    assert {len(seal_note(NOTE_KEY, ROOM, 1, "é" * many)) for many in (0, 1, 2_046)} == {NOTE_BOX}
    with pytest.raises(WireError, match=r"^too_long$"):
        seal_note(NOTE_KEY, ROOM, 1, "é" * 2_046 + "a")
    with pytest.raises(WireError, match=r"^malformed$"):
        seal_note(NOTE_KEY, ROOM, 1, "\ud800")


@pytest.mark.parametrize(
    "block",
    [b"", b"\x00\x00\x00\x09{}", b"\x00\x00\x00\x02{}\x01", b"\x00\x00\x00\x02[]", b"\x00\x00\x00\x01{"],
    ids=["empty", "a length beyond the block", "padding that is not zero", "a list", "half an object"],
)
def test_a_box_of_ones_own_with_no_journal_in_it_is_malformed(block: bytes) -> None:
    blob = box_seal(KEYS.key, "vault", KEYS.id + u32(1), block)
    with pytest.raises(WireError, match=r"^malformed$"):
        open_journal(KEYS, 1, blob)


def test_a_note_that_is_no_text_is_malformed() -> None:
    blob = box_seal(NOTE_KEY, "note", ROOM + u32(1), b"\x00\x00\x00\x01\xff")
    with pytest.raises(WireError, match=r"^malformed$"):
        open_note(NOTE_KEY, ROOM, 1, blob)


@dataclass
class Service:
    """One vault, behind a line that breaks. "lost" carries a write out and loses the answer."""

    refusals: list[str] = field(default_factory=list)
    held: dict[str, Any] = field(default_factory=lambda: {"version": 0, "blob": None})
    written: list[str] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        path, body = request.url.path.removeprefix("/api/"), json.loads(request.content)
        if path == "vault/challenge":
            challenge = {"salt": b64u(bytes(16)), "cost": 1, "bits": 1, "puzzles": 1}
            return httpx.Response(
                200, json={"challenge": {**challenge, "expires": 9, "mac": b64u(bytes(32))}}
            )
        if path == "vault/get":
            return httpx.Response(200, json=self.held)
        refusal = self.refusals.pop(0) if self.refusals else None
        if refusal == "unreachable":
            raise httpx.ConnectError("no line")
        if refusal not in (None, "lost"):
            return httpx.Response(429, json={"code": refusal})
        new = {"version": body["version"], "blob": body["blob"]}
        if new != self.held:
            if body["version"] != self.held["version"] + 1:
                return httpx.Response(409, json={"code": "v_conflict"})
            self.held = new
            self.written.append(body["blob"])
        if refusal == "lost":
            raise httpx.ReadError("the line broke")
        return httpx.Response(200, json={})

    def vault(self) -> Vault:
        api = Api("http://127.0.0.1:1", transport=httpx.MockTransport(self.answer))
        return Vault(api, b"\x05" * 32, sleep=self.rest)

    async def rest(self, _: float) -> None:
        return None


async def test_a_journal_whose_answer_was_lost_is_kept_once() -> None:
    service = Service(["lost", "unreachable"])
    await service.vault().keep(JOURNAL)
    assert (service.held["version"], len(service.written)) == (1, 1)


async def test_words_kept_after_a_long_break_of_the_line_are_no_conflict_with_what_arrived_before_it() -> (
    None
):
    service = Service(["lost", "unreachable", "unreachable", "unreachable"])
    vault = service.vault()
    with pytest.raises(ApiError, match=r"^unreachable$"):
        await vault.keep(JOURNAL)
    await vault.keep({"page": ["later"]})
    assert service.held["version"] == 2
    assert await service.vault().load() == {"page": ["later"]}


async def test_another_pages_journal_is_a_conflict_until_it_is_loaded() -> None:
    service = Service()
    one, other = service.vault(), service.vault()
    await one.keep(JOURNAL)
    for _ in range(2):
        with pytest.raises(ApiError, match=r"^v_conflict$"):
            await other.keep({"page": []})
    assert await other.load() == JOURNAL
    await other.keep({"page": []})
    assert service.held["version"] == 2
