"""Asking for a code, inside the transaction of whatever it protects."""

from dataclasses import replace

from app.identity.audit import store as audit
from app.identity.codes import rules, store
from app.identity.codes.rules import Factor, Tried
from app.identity.errors import CodeNeeded, CodeWrong, SlowDown
from app.identity.ids import Identity, Kid, StaffId
from app.kit.clock import day_of
from app.kit.database import WriteTx
from app.kit.errors import Refusal


async def refusal(
    tx: WriteTx[Identity], staff: StaffId, kid: Kid, code: str | None, now: int
) -> Refusal | None:
    """What stands against going on, where this person's sign-in asks for a code; None where nothing does.

    To be raised after the commit, whatever else the transaction did not do: a refused code is counted.
    The caller has checked `auth` and taken the audit's turn.
    """
    factor = await store.of(tx, staff)
    if factor is None or not factor.confirmed:
        return None
    return CodeNeeded() if code is None else await tried(tx, factor, kid, code, now)


async def tried(
    tx: WriteTx[Identity], factor: Factor, kid: Kid, code: str, now: int, *, confirms: bool = False
) -> Refusal | None:
    """Use a code up, or count it as refused; the refusal to be raised after the commit."""
    outcome, after = rules.tried(factor, code, now)
    if outcome is Tried.TOO_OFTEN:
        return SlowDown()
    await store.note(tx, replace(after, confirmed=factor.confirmed or (confirms and outcome is Tried.RIGHT)))
    if outcome is Tried.RIGHT:
        return None
    await audit.note(tx, day=day_of(now), act="code-refused", by=kid)
    return CodeWrong()
