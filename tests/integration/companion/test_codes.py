"""Signing in from a terminal with a code besides, through a real server."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pyotp
import pytest

from app.companion.answers import Answer, Salted
from app.companion.api import ApiError
from app.companion.staff import read_secret, staff_keys
from app.companion.staff_session import StaffSession
from tests.integration.companion.conftest import Company
from tests.integration.companion.people import Place


class Begun(Answer):
    secret: str


async def test_a_terminal_asks_for_a_code_only_where_sign_in_does(place: Place, company: Company) -> None:
    card = place.cards["Ash"]
    api, secret, asked = await company.api(), read_secret(card.secret), 0

    async def a_wrong_one() -> str:
        nonlocal asked
        asked += 1
        return "000000"

    async def sign_in(code: Callable[[], Awaitable[str]] | None) -> StaffSession:
        return await StaffSession.sign_in(api, card.name, card.password, secret, code)

    await sign_in(a_wrong_one)
    assert asked == 0
    salt = (await api.post("staff/salt", {"name": card.name}, Salted)).salt
    auth = (await asyncio.to_thread(staff_keys, card.password, salt, secret)).auth
    app = pyotp.TOTP((await api.post("staff/second/begin", {"auth": auth}, Begun)).secret)
    await api.post("staff/second/confirm", {"code": app.at(time.time())}, Answer)
    try:
        with pytest.raises(ApiError, match="code_needed"):
            await sign_in(None)
        with pytest.raises(ApiError, match="code_wrong"):
            await sign_in(a_wrong_one)
        assert asked == 1
    finally:
        # The next code counts already: a phone's clock may be one step ahead.
        code = app.at(time.time() + app.interval)
        await api.post("staff/second/remove", {"auth": auth, "code": code}, Answer)
    assert (await sign_in(None)).role == card.role
