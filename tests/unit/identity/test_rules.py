"""Decisions of the identity house that need no store."""

import hashlib
import secrets

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.identity.directory.rules import TeamSeal
from app.identity.enrolment.rules import Invitation, NewAccount
from app.identity.errors import SlowDown
from app.identity.ids import Kid, StaffId
from app.identity.keys import Keys
from app.identity.limits import RATES, Limits
from app.identity.passes.service import Pass
from app.identity.staff.rules import (
    IDLE,
    SESSION,
    Account,
    Session,
    alive,
    right_auth,
    sign_in_name,
    to_be_noted,
)
from app.kit.clock import ManualClock
from app.kit.errors import Malformed
from app.wire.errors import WireError


def _account(auth: bytes = bytes(32)) -> Account:
    digest = hashlib.sha256(auth).digest()
    return Account(StaffId(b"i" * 16), "peer", Kid(b"k" * 16), b"p" * 65, b"s" * 16, digest, b"b" * 1_105)


@pytest.mark.parametrize("typed", ["Mara", "  mara\t", "ＭＡＲＡ", "mara"])
def test_a_sign_in_name_has_one_form(typed: str) -> None:
    assert sign_in_name(typed) == "mara"


@given(st.text(max_size=80))
@example("Straße")
@example("İstanbul")
@example("ǅemal")
@example("ΐota")
def test_folding_a_name_twice_changes_nothing(typed: str) -> None:
    try:
        name = sign_in_name(typed)
    except Malformed:
        return
    assert sign_in_name(name) == name


@pytest.mark.parametrize("typed", ["", "   ", "ab", "a" * 65, "ﷺ" * 10])
def test_a_name_too_short_or_too_long_is_malformed(typed: str) -> None:
    assert len(sign_in_name("abc")) == 3
    assert len(sign_in_name("a" * 64)) == 64
    with pytest.raises(Malformed):
        sign_in_name(typed)


def test_auth_is_right_only_for_its_own_account() -> None:
    auth = secrets.token_bytes(32)
    assert right_auth(_account(auth), auth)
    assert not right_auth(_account(auth), bytes(32))
    assert not right_auth(None, auth)
    assert not right_auth(None, bytes(32))


def test_a_session_lives_until_its_end_or_its_idle_limit() -> None:
    session = Session(_account(), expires_at=SESSION, used_at=0)
    assert alive(session, IDLE)
    assert not alive(session, IDLE + 1)
    busy = Session(_account(), expires_at=SESSION, used_at=SESSION - 1)
    assert alive(busy, SESSION - 1)
    assert not alive(busy, SESSION)
    assert not to_be_noted(busy, SESSION - 1)
    assert to_be_noted(busy, SESSION + 60)


def test_keys_come_back_from_their_file() -> None:
    keys = Keys.make()
    again = Keys.from_bytes(keys.to_bytes())
    assert again.to_bytes() == keys.to_bytes()
    assert again.pass_public == keys.pass_public
    assert again.name_mac("mara") == keys.name_mac("mara") != Keys.make().name_mac("mara")
    assert keys.no_salt("mara") != keys.name_mac("mara")[:16]


@pytest.mark.parametrize("spoil", [b"", b"{}", b"[]", b"not json", b'{"v":2}'])
def test_a_damaged_key_file_is_refused(spoil: bytes) -> None:
    with pytest.raises(WireError, match="malformed"):
        Keys.from_bytes(spoil)


def test_nothing_secret_shows_in_a_repr() -> None:
    secret = "a secret name"
    shown = [
        repr(Keys.make()),
        repr(_account()),
        repr(Session(_account(), 1, 2)),
        repr(TeamSeal("peer", 1, Kid(b"k" * 16), b"x" * 337)),
        repr(NewAccount(secret, b"p" * 65, b"s" * 16, b"h" * 32, b"b" * 1_105)),
        repr(
            Invitation(
                StaffId(b"i" * 16), "peer", b"t" * 32, b"x" * 97, 1, True, b"m" * 32, {"alias": secret}
            )
        ),
        repr(Pass("header.claims.signature", 1)),
    ]
    for text in shown:
        assert "b'" not in text
        assert secret not in text
        assert "signature" not in text


def test_limits_count_each_account_and_act_apart() -> None:
    clock = ManualClock(0)
    limits = Limits(clock)
    mara, sol = StaffId(b"m" * 16), StaffId(b"s" * 16)
    rate, burst = RATES["publish"]
    for _ in range(int(burst)):
        limits.take("publish", mara)
    with pytest.raises(SlowDown):
        limits.take("publish", mara)
    limits.take("publish", sol)
    limits.take("pass", mara)
    clock.advance(1 / rate)
    limits.take("publish", mara)
