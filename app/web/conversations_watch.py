"""What a process of the conversations house says of itself to its keeper: what is wrong, and numbers."""

import asyncio
from collections.abc import Iterable

from app.conversations.house import House
from app.conversations.messages.tally import SECONDS, SIZES, Tally
from app.conversations.queue.length import length
from app.conversations.queue.rules import QUARTER
from app.conversations.store import purged_day
from app.kit.clock import DAY, day_of
from app.kit.errors import Refusal
from app.kit.metrics import Series, bounds_of
from app.live.frames import CloseCode
from app.live.node import Node
from app.web.health import Problem, asked
from app.web.metrics import PEOPLE
from app.wire.directory import SLACK

SOON_DAYS = 7
"""Staff pages speak of renewing from 21 days on; this is for when nobody did."""

OVERDUE_DAYS = 2

MESSAGES = 500
"""What counts messages is published in whole five hundreds: more than a talk or two of one evening."""

REFUSALS = (
    "closed",
    "gap_sender",
    "malformed",
    "n_conflict",
    "slow_down",
    "stale_epoch",
    "too_long",
    "unavailable",
    "unknown",
)
"""What a message can be told (docs/protocol.md, 16); any other code counts as "other"."""

SERIES = (
    Series(
        "beside_sockets",
        f"Open sockets, in steps of {PEOPLE}.",
        "gauge",
        step=PEOPLE,
        label="side",
        labels=("client", "staff"),
    ),
    Series("beside_sockets_limit", "How many sockets may be open.", "gauge"),
    Series(
        "beside_sockets_closed_total",
        f"Sockets that the server closed, by why, in steps of {PEOPLE}.",
        "counter",
        step=PEOPLE,
        label="why",
        labels=tuple(code.name.lower() for code in CloseCode),
    ),
    Series(
        "beside_messages_total",
        f"Messages that came, by what became of them, in steps of {MESSAGES}.",
        "counter",
        step=MESSAGES,
        label="outcome",
        labels=("placed", "repeated"),
    ),
    Series(
        "beside_messages_refused_total",
        f"Messages that were not taken, by the code of the answer, in steps of {PEOPLE}.",
        "counter",
        step=PEOPLE,
        label="code",
        labels=REFUSALS,
    ),
    Series(
        "beside_batch_messages",
        f"Messages that shared a commit; batches in steps of {MESSAGES}.",
        "histogram",
        step=MESSAGES,
        labels=bounds_of(SIZES),
    ),
    Series(
        "beside_commit_seconds",
        f"How long a batch took until it was on the disk; batches in steps of {MESSAGES}.",
        "histogram",
        step=MESSAGES,
        labels=bounds_of(SECONDS),
    ),
    Series(
        "beside_writer_waiting_most",
        f"The most messages that waited for the disk at once in these minutes, in steps of {PEOPLE}.",
        "gauge",
        step=PEOPLE,
        over="max",
    ),
    Series(
        "beside_waiting",
        f"People in line, with their page open or with a note, in steps of {PEOPLE}.",
        "gauge",
        step=PEOPLE,
        label="kind",
        labels=("here", "note"),
        over="max",
    ),
    Series(
        "beside_longest_wait_quarter_hours",
        f"The longest wait of those who could be met now; not told while fewer than {PEOPLE} are in line.",
        "gauge",
        over="max",
    ),
    Series(
        "beside_directory_days_left",
        "Days until no new talk can begin; below 0 since then.",
        "gauge",
        over="max",
    ),
    Series("beside_purge_age_days", "Days since what served its time was last deleted.", "gauge", over="max"),
    Series("beside_bus_up", "Whether every process hears the others: 1 or 0.", "gauge", over="min"),
    Series(
        "beside_bus_lost_total",
        f"Payloads that the bus did not take or a process could not, in steps of {PEOPLE}.",
        "counter",
        step=PEOPLE,
    ),
    Series(
        "beside_neighbours",
        "Other processes that are heard, as the one that hears fewest says.",
        "gauge",
        over="min",
    ),
)


class ConversationsWatch:
    """Looks at one process. Of a store that is away it says so, and tells what it knows without it."""

    def __init__(self, house: House, node: Node, tally: Tally, sockets_limit: int) -> None:
        self._house = house
        self._node = node
        self._tally = tally
        self._sockets_limit = sockets_limit

    async def problems(self) -> list[Problem]:
        """What is wrong, in no order."""
        bus: list[Problem] = [] if self._node.neighbours.is_up else ["bus"]
        return [*bus, *self._of_the_directory(), *await self._of_the_store()]

    async def numbers(self) -> dict[str, dict[str, float]]:
        """The numbers of SERIES, by series and label."""
        return {**self._of_the_process(), **await self._of_the_service()}

    def _of_the_directory(self) -> Iterable[Problem]:
        left = self._directory_left()
        if left is None:
            yield "directory_missing"
        elif left < 0:
            yield "directory_expired"
        elif left <= SOON_DAYS * DAY:
            yield "directory_expires_soon"

    async def _of_the_store(self) -> list[Problem]:
        overdue: list[Problem] = []

        async def look() -> None:
            age = await self._purge_age()
            if age is not None and age > OVERDUE_DAYS:
                overdue.append("purge_overdue")

        return [*await asked(look), *overdue]

    async def _purge_age(self) -> int | None:
        """Days since the last purge; None where a new store waits for its first one."""
        last = await purged_day(self._house.db)
        return day_of(self._house.now) - last if last else None

    def _directory_left(self) -> float | None:
        """Seconds for which rooms may still open; None before the first directory."""
        found = self._house.admission.in_force
        return None if found is None else found.directory.expires + SLACK - self._house.clock.now()

    def _of_the_process(self) -> dict[str, dict[str, float]]:
        tally, sockets = self._tally, self._node.sockets
        staff = sum(socket.staff is not None for socket in sockets)
        waiting, tally.most_waiting = tally.most_waiting, 0
        left, neighbours = self._directory_left(), self._node.neighbours
        return {
            "beside_sockets": {"client": len(sockets) - staff, "staff": staff},
            "beside_sockets_limit": {"": self._sockets_limit},
            "beside_sockets_closed_total": {
                code.name.lower(): count for code, count in self._node.closed.items()
            },
            "beside_messages_total": {"placed": tally.placed, "repeated": tally.repeated},
            "beside_messages_refused_total": dict(tally.refused),
            "beside_batch_messages": tally.sizes.numbers(),
            "beside_commit_seconds": tally.seconds.numbers(),
            "beside_writer_waiting_most": {"": waiting},
            "beside_directory_days_left": {} if left is None else {"": left // DAY},
            "beside_bus_up": {"": float(neighbours.is_up)},
            "beside_bus_lost_total": {"": neighbours.lost},
            "beside_neighbours": {"": neighbours.count},
        }

    async def _of_the_service(self) -> dict[str, dict[str, float]]:
        try:
            async with asyncio.timeout(5), self._house.db.read() as tx:
                line = await length(tx, self._house.now)
            age = await self._purge_age()
        except (Refusal, TimeoutError):
            return {}
        told = {"": float(line.oldest // QUARTER)} if line.here + line.notes >= PEOPLE else {}
        return {
            "beside_waiting": {"here": line.here, "note": line.notes},
            "beside_longest_wait_quarter_hours": told,
            "beside_purge_age_days": {} if age is None else {"": age},
        }
