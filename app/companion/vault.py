"""A client's journal, kept with the code: its seven words alone find and open it (docs/protocol.md, 3)."""

import asyncio
from collections.abc import Mapping
from typing import Any

from app.companion.answers import Answer, Challenged, Sealed
from app.companion.api import Api, ApiError
from app.companion.block import pad_to_smallest, unpad
from app.companion.box import box_open, box_seal
from app.companion.code import VaultKeys, vault_keys
from app.companion.live import Sleep
from app.companion.pow import solve
from app.wire.encoding import u32
from app.wire.fields import dump, load, mapping
from app.wire.sizes import BOX_OVERHEAD, VAULT_BOXES

TRIES = 4
"""Times that a journal is handed in where its answer may have been lost, or its proof of work ran out."""

_LABEL = "vault"
_MAYBE = ("unreachable", "unavailable")
"""Refusals after which a journal may have been kept all the same."""


def seal_journal(
    keys: VaultKeys, version: int, journal: Mapping[str, object], salt: bytes | None = None
) -> bytes:
    """The box of a journal (4096 · 2^k + 81 bytes, k ≤ 6) as version `version`. WireError("too_long").

    `salt` is fresh where None; only tests give one.
    """
    block = pad_to_smallest(dump(journal), [size - BOX_OVERHEAD for size in VAULT_BOXES])
    return box_seal(keys.key, _LABEL, keys.id + u32(version), block, salt)


def open_journal(keys: VaultKeys, version: int, blob: bytes) -> dict[str, Any]:
    """The journal in a box. WireError: `box_format`, `box_key` (another version too), `aead`, `malformed`."""
    block = box_open(keys.key, _LABEL, keys.id + u32(version), blob)
    return mapping(load(unpad(block, "malformed")))


class Vault:
    """The journal behind a code's root secret. Only `load`, `keep` and `remove` tell the service of it."""

    def __init__(self, api: Api, root: bytes, *, sleep: Sleep = asyncio.sleep) -> None:
        self._api = api
        self._keys = vault_keys(root)
        self._sleep = sleep
        self._version = 0
        self._unanswered: tuple[int, bytes] | None = None
        """What was handed in and not answered: it may have arrived."""

    async def load(self) -> dict[str, Any] | None:
        """The journal as it was kept last, None where there is none. ApiError, WireError."""
        found = await self._api.post("vault/get", self._proof, Sealed)
        self._version = found.version
        self._unanswered = None
        return None if found.blob is None else open_journal(self._keys, found.version, found.blob)

    async def keep(self, journal: Mapping[str, object]) -> None:
        """Keep the journal in place of the one before; the first time costs a proof of work.

        ApiError: `v_conflict` where another page kept one since `load`, `slow_down`. WireError("too_long").
        """
        if self._unanswered is not None:
            await self._put(*self._unanswered)
        version = self._version + 1
        await self._put(version, seal_journal(self._keys, version, journal))

    async def remove(self) -> None:
        """Delete the journal at the service. Repeats succeed."""
        await self._api.post("vault/delete", self._proof, Answer)
        self._version = 0
        self._unanswered = None

    async def _put(self, version: int, blob: bytes) -> None:
        self._unanswered = version, blob
        request = {**self._proof, "version": version, "blob": blob}
        for attempt in range(TRIES):
            try:
                proof = await self._solved() if version == 1 else None
                await self._api.post("vault/put", request | {"proof": proof}, Answer)
            except ApiError as error:
                if error.code not in _MAYBE:
                    self._unanswered = None
                if error.code not in (*_MAYBE, "pow_invalid") or attempt == TRIES - 1:
                    raise
                await self._sleep(2.0**attempt)
            else:
                break
        self._unanswered = None
        self._version = version

    @property
    def _proof(self) -> dict[str, Any]:
        return {"id": self._keys.id, "token": self._keys.token}

    async def _solved(self) -> dict[str, Any]:
        challenge = (await self._api.post("vault/challenge", {}, Challenged)).challenge
        return {"challenge": challenge, "solution": await asyncio.to_thread(solve, challenge)}
