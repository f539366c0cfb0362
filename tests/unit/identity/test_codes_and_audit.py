"""Which code counts, and how the audit hangs together."""

from dataclasses import replace

import pyotp

from app.identity.audit.rules import START, Chain, Entry, head_after
from app.identity.codes.rules import (
    MOST_WRONG,
    SECRET,
    SPAN,
    STEP,
    Factor,
    Tried,
    picture_of,
    text_of,
    tried,
    uri_of,
)
from app.identity.ids import Kid, StaffId

NOW = 1_795_000_010
CORA, SOL, MARA = Kid(b"c" * 16), Kid(b"s" * 16), Kid(b"m" * 16)


def _code(factor: Factor, at: int) -> str:
    return pyotp.TOTP(text_of(factor.secret)).at(at)


def _factor() -> Factor:
    return Factor(StaffId(b"i" * 16), b"12345678901234567890", confirmed=True)


def test_the_codes_are_those_of_rfc_6238() -> None:
    secret = b"12345678901234567890"
    assert len(secret) == SECRET
    for at, code in ((59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")):
        factor = replace(_factor(), secret=secret)
        assert tried(factor, code, at)[0] is Tried.RIGHT
        assert tried(factor, code[::-1], at)[0] is Tried.WRONG


def test_a_code_counts_once_and_a_clock_may_be_one_step_off() -> None:
    for off in (-STEP, 0, STEP):
        outcome, after = tried(_factor(), _code(_factor(), NOW + off), NOW)
        assert outcome is Tried.RIGHT
        assert tried(after, _code(_factor(), NOW + off), NOW)[0] is Tried.WRONG
        assert tried(after, _code(_factor(), NOW - STEP), NOW)[0] is Tried.WRONG
        assert tried(after, _code(_factor(), NOW + 3 * STEP), NOW + 3 * STEP)[0] is Tried.RIGHT
    for off in (-2 * STEP, 2 * STEP):
        assert tried(_factor(), _code(_factor(), NOW + off), NOW)[0] is Tried.WRONG


def test_after_five_wrong_codes_even_a_right_one_waits_a_quarter_of_an_hour() -> None:
    factor, right = _factor(), _code(_factor(), NOW)
    for _ in range(MOST_WRONG):
        assert tried(factor, right, NOW)[0] is Tried.RIGHT
        outcome, factor = tried(factor, "12345", NOW)
        assert outcome is Tried.WRONG
    assert tried(factor, right, NOW) == (Tried.TOO_OFTEN, factor)
    later = NOW + SPAN
    assert tried(factor, _code(factor, later - 1), later - 1)[0] is Tried.TOO_OFTEN
    outcome, after = tried(factor, _code(factor, later), later)
    assert (outcome, after.wrong) == (Tried.RIGHT, 0)


def test_an_app_reads_the_secret_as_text_as_link_and_as_picture() -> None:
    secret = _factor().secret
    uri = uri_of(secret, "Año & Sol")
    assert pyotp.parse_uri(uri).secret == text_of(secret)
    assert (pyotp.parse_uri(uri).issuer, pyotp.parse_uri(uri).name) == ("Beside", "Año & Sol")
    rows = picture_of(uri)
    assert {len(row) for row in rows} == {len(rows)}
    assert set("".join(rows)) == {"0", "1"}
    assert all(row.startswith("1111111") for row in (rows[0], rows[6]))


def _chain() -> list[tuple[Entry, bytes]]:
    entries = [
        Entry(1, 20_000, "founded", CORA, None, "", ""),
        Entry(2, 20_001, "admitted", CORA, SOL, "Sol", ""),
        Entry(3, 20_001, "suspended", CORA, SOL, "Sol", "safety"),
        Entry(5, 20_002, "restored", CORA, SOL, "Sol", ""),
    ]
    heads = [START]
    for entry in entries:
        heads.append(head_after("audit", heads[-1], entry))
    return list(zip(entries, heads[1:], strict=True))


def _break(chain: list[tuple[Entry, bytes]]) -> int | None:
    return Chain("audit", 0, START, chain).broken


def test_a_changed_dropped_or_swapped_entry_breaks_the_chain_where_it_is() -> None:
    chain = _chain()
    assert _break(chain) is None
    for at, (entry, head) in enumerate(chain):
        for changed in (
            replace(entry, day=entry.day + 1),
            replace(entry, act="left"),
            replace(entry, by=MARA),
            replace(entry, kid=MARA),
            replace(entry, alias="Solé"),
            replace(entry, reason="other"),
        ):
            assert _break([*chain[:at], (changed, head), *chain[at + 1 :]]) == entry.n
        assert _break([*chain[:at], (entry, bytes(32)), *chain[at + 1 :]]) == entry.n
        if at < len(chain) - 1:
            assert _break([*chain[:at], *chain[at + 1 :]]) == chain[at + 1][0].n
    assert Chain("sign-ins", 0, START, chain).broken == 1
    moved = Entry(2, 20_001, "admitted", CORA, SOL, "So", "l")
    assert _break([chain[0], (moved, chain[1][1]), *chain[2:]]) == 2
