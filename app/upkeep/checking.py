"""Reading stores through: whether the lists of what staff did are as written, and all holds together."""

from collections import Counter
from dataclasses import dataclass, field

from app.conversations import soundness as conversations_soundness
from app.conversations.ids import Conversations
from app.conversations.trail import rules as trail_rules
from app.conversations.trail import store as conversations_trail
from app.identity import soundness as identity_soundness
from app.identity.audit import store as identity_audit
from app.identity.ids import Identity
from app.kit.chain import first_break
from app.kit.database import Database
from app.settings import Settings
from app.upkeep.stores import House, require_migrated


@dataclass(frozen=True, slots=True)
class Trail:
    """A list of what staff did: its heads by number, and the first entry that is not as it was written.

    `cut`: the last entry that served its time and went; the head after it is still there.
    """

    name: str
    heads: dict[int, bytes] = field(repr=False)
    broken: int | None
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """`trails` of the houses that were read, and by house how many things of which kind are wrong."""

    trails: list[Trail]
    faults: dict[House, Counter[str]]


async def check(settings: Settings) -> Checked:
    """Read the stores of the settings' side through, each in one look, while servers go on. Changes nothing.

    NotReady where a store is not at this program's revision; `Unavailable` where one is away.
    """
    await require_migrated(settings)
    checked = Checked([], {})
    if settings.side != "conversations":
        await _identity(settings, checked)
    if settings.side != "identity":
        await _conversations(settings, checked)
    return checked


async def _identity(settings: Settings, checked: Checked) -> None:
    people = Database[Identity](settings.identity_store)
    try:
        async with people.read() as tx:
            team, sign_ins = await identity_audit.chains(tx)
            checked.faults["identity"] = await identity_soundness.faults(tx)
    finally:
        await people.close()
    checked.trails.append(Trail("identity", team.heads, team.broken))
    checked.trails.append(Trail("sign-ins", sign_ins.heads, sign_ins.broken, sign_ins.cut))


async def _conversations(settings: Settings, checked: Checked) -> None:
    talks = Database[Conversations](settings.conversations_store)
    try:
        async with talks.read() as tx:
            trail = await conversations_trail.chain(tx)
            checked.faults["conversations"] = await conversations_soundness.faults(tx)
    finally:
        await talks.close()
    broken = first_break(trail, trail_rules.TRAIL_START, trail_rules.trail_head)
    checked.trails.append(Trail("conversations", {entry.n: head for entry, head in trail}, broken))
