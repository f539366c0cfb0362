"""What holds for the service, and how a coordinator changes it."""

import json

from app.conversations.admission.callers import StaffCaller
from app.conversations.admission.service import Admission
from app.conversations.errors import Unknown
from app.conversations.ids import Conversations
from app.conversations.service import store
from app.conversations.service.hours import parse_hours
from app.conversations.service.rules import Change, ServiceRules, Set, changed
from app.conversations.trail import store as trail
from app.conversations.trail.rules import NO_FLAG
from app.kit.clock import Clock, day_of
from app.kit.database import Database, ReadTx


class Service:
    """The rules of the service as this process knows them; `refresh` takes over what another node set.

    `by_operator` holds for whatever no coordinator has set.
    """

    def __init__(
        self, db: Database[Conversations], clock: Clock, admission: Admission, by_operator: ServiceRules
    ) -> None:
        self._db = db
        self._clock = clock
        self._admission = admission
        self._by_operator = by_operator
        self._set = Set()
        self.rules = by_operator

    async def refresh(self) -> None:
        """Take over what was set since. `HoursUnusable`, each time, for hours this machine cannot read."""
        async with self._db.read() as tx:
            await self._look(tx)

    async def settings(self, caller: StaffCaller) -> ServiceRules:
        """The rules in force. `Unknown` for everybody but a coordinator."""
        self._require_coordinator(caller)
        await self.refresh()
        return self.rules

    async def change(self, caller: StaffCaller, change: Change) -> ServiceRules:
        """Set the rules anew; each one that changes is an entry of the trail. Repeats change nothing.

        `Unknown` for everybody but a coordinator in the directory in force.
        """
        async with self._db.write() as tx:
            await self._admission.rely(tx)
            self._require_coordinator(caller)
            await trail.one_at_a_time(tx)
            after, acts = changed(await store.read(tx), change)
            if acts:
                await store.write(tx, after)
            for act in acts:
                await trail.note(tx, day_of(self._clock.now()), caller.kid, act, NO_FLAG, change.reason)
        self._take_over(after)
        return self.rules

    def _require_coordinator(self, caller: StaffCaller) -> None:
        if caller.role != "coordinator" or not self._admission.still_listed(caller):
            raise Unknown

    async def _look(self, tx: ReadTx[Conversations]) -> None:
        found = await store.read(tx)
        if found != self._set:
            self._take_over(found)

    def _take_over(self, found: Set) -> None:
        own = self._by_operator
        keep_days = own.keep_days if found.keep_days is None else found.keep_days
        # First what can always be done: days and the hold do not wait for hours that cannot be read here.
        self.rules = ServiceRules(keep_days, self.rules.hours, found.hold)
        said = None if found.hours is None else json.loads(found.hours)
        hours = own.hours if found.hours is None else None if said is None else parse_hours(said)
        self.rules = ServiceRules(keep_days, hours, found.hold)
        self._set = found
