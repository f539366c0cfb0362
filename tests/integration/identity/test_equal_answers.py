"""Known and unknown names cost the same work and are answered in the same shape (docs/protocol.md, 18.12)."""

import hmac
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.wire.encoding import b64u
from app.wire.sizes import KEY
from tests.integration.identity.desk import Desk

Work = list[str]


@asynccontextmanager
async def _noted_work(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Work]:
    """Every statement that reaches a store and every HMAC and comparison made, in order."""
    work: Work = []
    digest, compare = hmac.digest, hmac.compare_digest

    def noted_digest(key: bytes, message: bytes, kind: Any) -> bytes:
        work.append("hmac")
        return digest(key, message, kind)

    def noted_compare(one: bytes, other: bytes) -> bool:
        work.append("compare")
        return compare(one, other)

    def statement(_: object, __: object, text: str, *___: object) -> None:
        work.append(text)

    event.listen(Engine, "before_cursor_execute", statement)
    with monkeypatch.context() as patch:
        patch.setattr(hmac, "digest", noted_digest)
        patch.setattr(hmac, "compare_digest", noted_compare)
        try:
            yield work
        finally:
            event.remove(Engine, "before_cursor_execute", statement)


async def test_a_salt_costs_the_same_for_known_and_unknown_names(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await desk.browser()
    work = []
    answers = []
    for name in ("cora", "nobody"):
        async with _noted_work(monkeypatch) as noted:
            answers.append(await browser.ok("staff/salt", {"name": name}))
        work.append(noted)
    assert work[0] == work[1]
    assert work[0].count("hmac") == 2
    assert [len(answer["salt"]) for answer in answers] == [22, 22]


async def test_a_failed_sign_in_costs_the_same_for_known_and_unknown_names(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await desk.browser()
    work = []
    for name in ("cora", "nobody"):
        body = {"name": name, "auth": b64u(secrets.token_bytes(KEY)), "proof": await browser.proof()}
        async with _noted_work(monkeypatch) as noted:
            assert await browser.post("staff/sign-in", body) == (404, {"code": "unknown"})
        work.append(noted)
    assert work[0] == work[1]
    assert work[0].count("compare") == 2  # the challenge's MAC, then auth
