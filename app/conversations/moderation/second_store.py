"""Lines for one's colleagues, and questions to a second person: their SQL. A query names a flag or a key."""

from collections.abc import Collection
from typing import Any, Literal

from sqlalchemy import func, insert, null, or_, select, true, update

from app.conversations.ids import Conversations, FlagId, Kid
from app.conversations.moderation.rules import MOST_LISTED, Act, Answer, Category, Note, Proposal, Sealed
from app.conversations.tables import flag_notes, flags, proposals
from app.kit.database import ReadTx, WriteTx


async def notes_of(tx: ReadTx[Conversations], flag: FlagId) -> list[Note]:
    """The lines on a flag, in their order."""
    found = await tx.connection.execute(
        select(flag_notes).where(flag_notes.c.flag == flag).order_by(flag_notes.c.n)
    )
    return [
        Note(row.n, Kid(row.by_kid), row.kind, Sealed(Kid(row.team_kid), row.team_epoch, row.sealed))
        for row in found
    ]


async def next_number(tx: ReadTx[Conversations], flag: FlagId) -> int:
    """The number of the next line on a flag."""
    last = await tx.connection.execute(select(func.max(flag_notes.c.n)).where(flag_notes.c.flag == flag))
    return (last.scalar_one() or 0) + 1


async def add_note(
    tx: WriteTx[Conversations],
    flag: FlagId,
    by: Kid,
    kind: Literal["hand-on", "asked", "answered"],
    line: Sealed,
) -> int:
    """A new line; its number."""
    n = await next_number(tx, flag)
    await tx.connection.execute(
        insert(flag_notes).values(
            flag=flag,
            n=n,
            by_kid=by,
            kind=kind,
            team_kid=line.kid,
            team_epoch=line.epoch,
            sealed=line.blob,
        )
    )
    return n


async def reseal_note(
    tx: WriteTx[Conversations], flag: FlagId, n: int, line: Sealed, among: Collection[int] | None
) -> bool:
    """The same line under a newer moderation key; False where there is none under an older one.

    `among`: only one under a key of these epochs; None for any.
    """
    held = true() if among is None else flag_notes.c.team_epoch.in_(among)
    done = await tx.connection.execute(
        update(flag_notes)
        .where(flag_notes.c.flag == flag, flag_notes.c.n == n, flag_notes.c.team_epoch < line.epoch, held)
        .values(team_kid=line.kid, team_epoch=line.epoch, sealed=line.blob)
    )
    return done.rowcount == 1


async def latest(tx: ReadTx[Conversations], flag: FlagId) -> Proposal | None:
    """The last question about a flag."""
    found = await tx.connection.execute(
        select(proposals).where(proposals.c.flag == flag).order_by(proposals.c.n.desc()).limit(1)
    )
    row = found.one_or_none()
    return None if row is None else _proposal(row)


async def of(tx: ReadTx[Conversations], flag: FlagId) -> list[Proposal]:
    """All questions about a flag, the last one first."""
    found = await tx.connection.execute(
        select(proposals).where(proposals.c.flag == flag).order_by(proposals.c.n.desc())
    )
    return [_proposal(row) for row in found]


async def put(tx: WriteTx[Conversations], proposal: Proposal) -> None:
    """A new question."""
    await tx.connection.execute(
        insert(proposals).values(
            flag=proposal.flag,
            n=proposal.n,
            by_kid=proposal.by,
            to_kid=proposal.to,
            act=proposal.act.value,
            subject=proposal.subject,
            reason=proposal.reason,
            state=proposal.state.value,
            day=proposal.day,
            shown=proposal.shown,
        )
    )


async def settle(tx: WriteTx[Conversations], proposal: Proposal, state: Answer, today: int) -> None:
    """A question is answered. What was shown goes, but for what two agreed to report."""
    stays = state is Answer.AGREED and proposal.act is Act.REPORT
    await tx.connection.execute(
        update(proposals)
        .where(proposals.c.flag == proposal.flag, proposals.c.n == proposal.n)
        .values(state=state.value, day=today, **({} if stays else {"shown": null()}))
    )


async def withdraw(tx: WriteTx[Conversations], flag: FlagId, today: int) -> None:
    """Nobody waits for an answer about this flag any more."""
    await tx.connection.execute(
        update(proposals)
        .where(proposals.c.flag == flag, proposals.c.state == Answer.ASKED.value)
        .values(state=Answer.OVER.value, day=today, shown=null())
    )


async def asked(
    tx: ReadTx[Conversations], kid: Kid, *, of_whom: Literal["by", "to"]
) -> list[tuple[Proposal, Category, int]]:
    """Unanswered questions by or to somebody about undecided flags, each with the flag's category and day."""
    whose = {"by": proposals.c.by_kid, "to": proposals.c.to_kid}[of_whom]
    found = await tx.connection.execute(
        select(proposals, flags.c.category, flags.c.opened_day)
        .join(flags, flags.c.id == proposals.c.flag)
        .where(whose == kid, proposals.c.state == Answer.ASKED.value, flags.c.decided_day.is_(None))
        .order_by(flags.c.opened_day, flags.c.id)
        .limit(MOST_LISTED)
    )
    return [(_proposal(row), Category(row.category), row.opened_day) for row in found]


async def reported(tx: ReadTx[Conversations], kid: Kid, since: int) -> list[tuple[Proposal, Category, int]]:
    """What this person and another agreed to report since a day, each with the flag's category and day."""
    found = await tx.connection.execute(
        select(proposals, flags.c.category, flags.c.opened_day)
        .join(flags, flags.c.id == proposals.c.flag)
        .where(
            or_(proposals.c.by_kid == kid, proposals.c.to_kid == kid),
            proposals.c.act == Act.REPORT.value,
            proposals.c.state == Answer.AGREED.value,
            proposals.c.day >= since,
        )
        .order_by(proposals.c.day, flags.c.id, proposals.c.n)
        .limit(MOST_LISTED)
    )
    return [(_proposal(row), Category(row.category), row.opened_day) for row in found]


async def drop_shown(tx: WriteTx[Conversations], day: int) -> int:
    """What was shown to second persons before this day goes; how many rows changed."""
    done = await tx.connection.execute(
        update(proposals).where(proposals.c.day < day, proposals.c.shown.is_not(None)).values(shown=null())
    )
    return done.rowcount


def _proposal(row: Any) -> Proposal:
    return Proposal(
        FlagId(row.flag),
        row.n,
        Kid(row.by_kid),
        Kid(row.to_kid),
        Act(row.act),
        None if row.subject is None else Kid(row.subject),
        row.reason,
        Answer(row.state),
        row.day,
        row.shown,
    )
