"""Who of the staff may act on flags, and whom else one could ask."""

from collections.abc import Collection
from dataclasses import dataclass, field

from app.conversations.admission.callers import StaffCaller
from app.conversations.admission.service import InForce
from app.conversations.appeals.rules import REVIEWING, reviewers
from app.conversations.errors import Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, Kid, kid_of
from app.conversations.moderation.rules import Sealed
from app.conversations.trail import store as trail
from app.kit.database import WriteTx

TEAM = "moderation"
MODERATORS = ("moderator",)
COORDINATORS = ("coordinator",)
JUDGES = REVIEWING
"""Who can be a second person, and hold what was decided."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Who reads flags, and who may be asked for a second answer, by the directory in force."""

    in_force: InForce = field(repr=False)
    moderators: tuple[Kid, ...] = field(repr=False)
    deciders: tuple[Kid, ...] = field(repr=False)
    peers: tuple[Kid, ...] = field(repr=False)

    @property
    def team(self) -> Kid:
        """The present moderation key."""
        return kid_of(self.in_force.directory.teams[TEAM].pub)

    @property
    def epoch(self) -> int:
        """Its epoch."""
        return self.in_force.directory.teams[TEAM].epoch

    def sealed(self, blob: bytes) -> Sealed:
        """Something sealed to the present moderation key."""
        return Sealed(self.team, self.epoch, blob)


async def moderating(house: House, tx: WriteTx[Conversations], caller: StaffCaller) -> Bench:
    """For a moderator whom the directory lists, under a moderator's pass; `Unknown` for everybody else.

    Nobody else acts until the transaction ends. Before any room is locked.
    """
    return await _let_in(house, tx, caller, MODERATORS)


async def judging(house: House, tx: WriteTx[Conversations], caller: StaffCaller) -> Bench:
    """The same, for moderators and coordinators: who can be a second person, and hold what was decided."""
    return await _let_in(house, tx, caller, JUDGES)


def look(house: House, caller: StaffCaller, roles: Collection[str]) -> Bench:
    """For whoever only reads: by the directory that this process knows of. `Unknown` for other roles."""
    in_force = house.admission.in_force
    if in_force is None or caller.role not in roles or not house.admission.still_listed(caller):
        raise Unknown
    return _bench(in_force)


async def _let_in(
    house: House, tx: WriteTx[Conversations], caller: StaffCaller, roles: Collection[str]
) -> Bench:
    in_force = await house.admission.rely(tx)
    if caller.role not in roles or not house.admission.still_listed(caller):
        raise Unknown
    await trail.one_at_a_time(tx)
    return _bench(in_force)


def _bench(in_force: InForce) -> Bench:
    staff = in_force.directory.staff
    moderators = tuple(member.kid for member in staff if "moderator" in member.roles)
    peers = tuple(member.kid for member in staff if "peer" in member.roles)
    return Bench(in_force, moderators, tuple(sorted(reviewers(in_force.directory))), peers)
