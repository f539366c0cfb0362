"""Passes: what they say, who gets them, and what they do not say."""

import base64
import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jwt.types import Options

from app.identity.keys import Keys
from app.identity.limits import RATES
from app.identity.passes.service import LIFETIME
from app.wire.encoding import b64u
from tests.integration.identity.desk import Desk
from tests.integration.identity.people import DAY, Person


async def test_a_pass_is_checked_with_the_public_key_alone(desk: Desk) -> None:
    sol = Person("sol", "peer")
    theirs = await desk.staff(sol)
    answer = await theirs.ok("staff/pass", {})
    assert answer["expires"] == desk.house.now + LIFETIME
    key = Ed25519PublicKey.from_public_bytes(desk.house.keys.pass_public)
    unchecked: Options = {"verify_exp": False}  # the test's clock is not the machine's
    claims = jwt.decode(answer["pass"], key, ["EdDSA"], audience="conversations", options=unchecked)
    assert claims == {
        "aud": "conversations",
        "instance": b64u(desk.organisation.instance),
        "kid": b64u(sol.kid),
        "role": "peer",
        "limit": 2,
        "languages": ["en"],
        "exp": answer["expires"],
    }
    stranger = Ed25519PublicKey.from_public_bytes(Keys.make().pass_public)
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(answer["pass"], stranger, ["EdDSA"], audience="conversations", options=unchecked)


async def test_a_pass_names_the_key_and_never_the_account(desk: Desk) -> None:
    sol = Person("sol", "peer")
    answer = await (await desk.staff(sol)).ok("staff/pass", {})
    readable = b"".join(base64.urlsafe_b64decode(part + "==") for part in answer["pass"].split(".")[:2])
    assert b64u(sol.kid).encode() in readable
    assert b64u(sol.staff).encode() not in readable
    assert sol.name.encode() not in readable.lower()
    assert json.loads(base64.urlsafe_b64decode(answer["pass"].split(".")[0] + "==")) == {
        "alg": "EdDSA",
        "typ": "JWT",
    }


async def test_nobody_gets_a_pass_without_a_session(desk: Desk) -> None:
    stranger = await desk.browser()
    assert await stranger.post("staff/pass", {}) == (404, {"code": "unknown"})
    await desk.coordinator.ok("staff/pass", {})


async def test_passes_are_issued_when_the_directory_ran_out_so_that_running_talks_go_on(desk: Desk) -> None:
    desk.clock.advance(40 * DAY)
    await desk.coordinator.sign_in(desk.organisation.founder)
    await desk.coordinator.ok("staff/pass", {})


async def test_who_asks_for_passes_without_end_is_slowed_down_and_nobody_else_is(desk: Desk) -> None:
    theirs = await desk.staff(Person("sol", "peer"))
    rate, burst = RATES["pass"]
    for _ in range(int(burst)):
        await theirs.ok("staff/pass", {})
    assert await theirs.post("staff/pass", {}) == (429, {"code": "slow_down"})
    await desk.coordinator.ok("staff/pass", {})
    desk.clock.advance(1 / rate + 1)
    await theirs.ok("staff/pass", {})
