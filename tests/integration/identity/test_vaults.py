"""Journals: made by a proof of work, written version by version, and nobody's as far as anyone can tell."""

import asyncio
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select

from app.identity.ids import VaultId
from app.identity.limits import WRITES
from app.identity.purge import purge
from app.identity.tables import vaults
from app.identity.vaults import store
from app.identity.vaults.rules import KEPT_DAYS, digest, quarter_of
from app.wire.encoding import b64u
from app.wire.sizes import VAULT_BOXES
from tests.integration.identity.desk import Answer, Browser, Desk
from tests.integration.identity.people import DAY

SMALLEST = min(VAULT_BOXES)
CONFLICT = (409, {"code": "v_conflict"})
MALFORMED = (400, {"code": "malformed"})
NONE: dict[str, Any] = {"version": 0, "blob": None}


@dataclass(frozen=True)
class Owner:
    """Somebody with a code: what it gives for the vault."""

    browser: Browser
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    token: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @property
    def shown(self) -> dict[str, Any]:
        return {"id": b64u(self.id), "token": b64u(self.token)}

    async def put(self, version: int, blob: bytes, **more: Any) -> Answer:
        body = {**self.shown, "version": version, "blob": b64u(blob), **more}
        return await self.browser.post("vault/put", body)

    async def made(self) -> bytes:
        """A vault with its first version; the blob."""
        blob = secrets.token_bytes(SMALLEST)
        assert await self.put(1, blob, proof=await self.browser.proof()) == (200, {})
        return blob

    async def held(self) -> dict[str, Any]:
        return await self.browser.ok("vault/get", self.shown)


@pytest.fixture
async def owner(desk: Desk) -> Owner:
    return Owner(await desk.browser())


async def rows(desk: Desk) -> list[Any]:
    async with desk.house.database.read() as tx:
        return list((await tx.connection.execute(select(vaults))).all())


async def test_the_store_gives_a_journal_to_its_owner_and_reads_it_for_nobody_else(
    owner: Owner, desk: Desk
) -> None:
    blob = await owner.made()
    async with desk.house.database.read() as tx:
        own = await store.find(tx, VaultId(owner.id), digest(owner.token))
        assert own is not None
        assert own.blob == blob
        assert await store.find(tx, VaultId(owner.id), digest(secrets.token_bytes(32))) is None
        assert await store.find(tx, VaultId(secrets.token_bytes(16)), digest(owner.token)) is None


async def test_what_was_put_is_got_again_version_by_version(owner: Owner) -> None:
    assert await owner.held() == NONE
    blob = await owner.made()
    assert await owner.held() == {"version": 1, "blob": b64u(blob)}
    for version, size in enumerate(sorted(VAULT_BOXES), 2):
        blob = secrets.token_bytes(size)
        assert await owner.put(version, blob) == (200, {})
        assert await owner.held() == {"version": version, "blob": b64u(blob)}


async def test_the_house_keeps_a_digest_the_blob_and_a_quarter(desk: Desk, owner: Owner) -> None:
    blob = await owner.made()
    [row] = await rows(desk)
    assert (row.id, row.version, row.blob) == (owner.id, 1, blob)
    assert row.expires_quarter == quarter_of(desk.house.now + KEPT_DAYS * DAY)
    assert set(row._fields) == {"id", "token_hash", "version", "blob", "expires_quarter"}
    assert owner.token not in row


async def test_only_the_next_version_is_taken_and_the_same_again_succeeds(owner: Owner) -> None:
    first = await owner.made()
    assert await owner.put(1, first) == (200, {})
    second, third = secrets.token_bytes(SMALLEST), secrets.token_bytes(SMALLEST)
    for version in (1, 3, 2**32 - 1):
        assert await owner.put(version, second) == CONFLICT
    assert await owner.put(2, second) == (200, {})
    assert await owner.put(2, second) == (200, {})
    assert await owner.put(2, third) == CONFLICT
    assert await owner.held() == {"version": 2, "blob": b64u(second)}


async def test_of_two_pages_that_write_at_once_one_is_told(desk: Desk, owner: Owner) -> None:
    await owner.made()
    blobs = [secrets.token_bytes(SMALLEST) for _ in range(4)]
    answers = await asyncio.gather(*(owner.put(2, blob) for blob in blobs))
    assert sorted(answer[0] for answer in answers) == [200, 409, 409, 409]
    kept = next(blob for blob, answer in zip(blobs, answers, strict=True) if answer[0] == 200)
    assert await owner.held() == {"version": 2, "blob": b64u(kept)}


async def test_a_vault_that_is_made_twice_at_once_is_one(desk: Desk, owner: Owner) -> None:
    blob, proofs = secrets.token_bytes(SMALLEST), [await owner.browser.proof() for _ in range(3)]
    answers = await asyncio.gather(*(owner.put(1, blob, proof=proof) for proof in proofs))
    assert answers == [(200, {})] * 3
    assert len(await rows(desk)) == 1


async def test_making_a_vault_costs_a_proof_of_work_that_counts_once(desk: Desk, owner: Owner) -> None:
    blob, other = secrets.token_bytes(SMALLEST), Owner(owner.browser)
    refused = (400, {"code": "pow_invalid"})
    assert await owner.put(1, blob) == refused
    challenge = (await owner.browser.ok("vault/challenge", {}))["challenge"]
    assert await owner.put(1, blob, proof={"challenge": challenge, "solution": []}) == refused
    proof = await owner.browser.proof()
    assert await owner.put(1, blob, proof=proof) == (200, {})
    assert await other.put(1, blob, proof=proof) == refused
    expired = await owner.browser.proof()
    desk.clock.advance(600)
    assert await other.put(1, blob, proof=expired) == refused
    assert len(await rows(desk)) == 1


async def test_a_foreign_vault_answers_like_none(desk: Desk, owner: Owner) -> None:
    blob = await owner.made()
    stranger = Owner(owner.browser, id=owner.id)
    nobody = Owner(owner.browser)
    for each in (stranger, nobody):
        assert await each.held() == NONE
        assert await each.put(2, blob) == CONFLICT
        assert await each.put(1, blob) == (400, {"code": "pow_invalid"})
        assert await each.browser.post("vault/delete", each.shown) == (200, {})
    assert await stranger.put(1, blob, proof=await owner.browser.proof()) == CONFLICT
    assert await owner.held() == {"version": 1, "blob": b64u(blob)}


async def test_a_deleted_vault_is_gone_and_may_be_made_anew(desk: Desk, owner: Owner) -> None:
    await owner.made()
    for _ in range(2):
        assert await owner.browser.post("vault/delete", owner.shown) == (200, {})
    assert await rows(desk) == []
    assert await owner.held() == NONE
    assert await owner.put(2, secrets.token_bytes(SMALLEST)) == CONFLICT
    await owner.made()


@pytest.mark.parametrize("size", [1, SMALLEST - 1, SMALLEST + 1, 2 * SMALLEST, max(VAULT_BOXES) + 1])
async def test_a_blob_of_another_length_is_malformed(owner: Owner, size: int) -> None:
    proof = await owner.browser.proof()
    assert await owner.put(1, bytes(size), proof=proof) == MALFORMED
    assert await owner.put(1, bytes(SMALLEST), proof=proof) == (200, {})


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0}, {"version": -1}, {"version": 2**32}, {"version": "1"}, {"version": True},
        {"blob": None}, {"blob": "=" * 5_570}, {"id": ""}, {"token": b64u(bytes(31))}, {"proof": []},
        {"name": "x"},
    ],
    ids=str,
)  # fmt: skip
async def test_a_write_of_another_shape_is_malformed(owner: Owner, change: dict[str, Any]) -> None:
    body = {**owner.shown, "version": 1, "blob": b64u(bytes(SMALLEST)), "proof": await owner.browser.proof()}
    assert await owner.browser.post("vault/put", {**body, **change}) == MALFORMED
    assert await owner.browser.post("vault/put", body) == (200, {})


async def test_who_writes_without_end_is_slowed_down_and_nobody_else_is(desk: Desk, owner: Owner) -> None:
    await owner.made()
    rate, burst = WRITES
    for version in range(2, burst + 2):
        assert await owner.put(version, bytes(SMALLEST)) == (200, {})
    assert await owner.put(burst + 2, bytes(SMALLEST)) == (429, {"code": "slow_down"})
    await Owner(owner.browser).made()
    desk.clock.advance(1 / rate)
    assert await owner.put(burst + 2, bytes(SMALLEST)) == (200, {})


async def test_a_journal_stays_a_year_after_it_was_written_and_to_the_end_of_that_quarter(
    desk: Desk, owner: Owner
) -> None:
    other = Owner(owner.browser)
    await owner.made()
    await other.made()
    desk.clock.advance(100 * DAY)
    await owner.put(2, bytes(SMALLEST))
    desk.clock.advance((KEPT_DAYS - 100) * DAY)
    await purge(desk.house.database, desk.clock)
    assert len(await rows(desk)) == 2
    # A year and two quarters after the second was last written, at the latest.
    desk.clock.advance(92 * DAY)
    await purge(desk.house.database, desk.clock)
    assert [row.id for row in await rows(desk)] == [owner.id]
    desk.clock.advance(100 * DAY)
    await purge(desk.house.database, desk.clock)
    assert await rows(desk) == []


async def test_reading_writes_nothing_not_even_when(desk: Desk, owner: Owner) -> None:
    await owner.made()
    before = await rows(desk)
    desk.clock.advance(200 * DAY)
    await owner.held()
    assert await rows(desk) == before


async def test_rows_lie_in_the_order_of_their_ids_and_survive_the_purge(desk: Desk, owner: Owner) -> None:
    owners = [Owner(owner.browser) for _ in range(12)]
    blobs = {each.id: await each.made() for each in owners}
    for _ in range(2):
        await purge(desk.house.database, desk.clock)
        found = await rows(desk)
        assert [row.id for row in found] == sorted(blobs)
        assert {row.id: row.blob for row in found} == blobs
    assert await owners[0].put(2, bytes(SMALLEST)) == (200, {})
    async with desk.house.database.read() as tx:
        indexes = await tx.connection.run_sync(lambda c: inspect(c).get_indexes("vaults"))
    assert [index["name"] for index in indexes] == ["ix_vaults_expires_quarter"]


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
async def test_the_bytes_of_a_deleted_journal_leave_the_files_with_the_purge(
    desk: Desk, owner: Owner
) -> None:
    folder = Path(str(desk.house.database.url.database)).parent

    def holders(needle: bytes) -> list[str]:
        return [path.name for path in folder.glob("store.sqlite*") if needle in path.read_bytes()]

    blob = await owner.made()
    assert holders(blob[100:164])
    await owner.browser.post("vault/delete", owner.shown)
    await purge(desk.house.database, desk.clock)
    assert holders(blob[100:164]) == []
