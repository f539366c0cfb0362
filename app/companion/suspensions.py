"""The second person's say in a suspension: a coordinator or moderator who did not ask for it."""

from app.companion.answers import Answer, Proposal, Proposals
from app.companion.staff_session import StaffSession
from app.wire.ids import Kid


async def proposals(session: StaffSession) -> tuple[Proposal, ...]:
    """Open proposals to suspend somebody else. ApiError("unknown") for a peer."""
    return (await session.api.post("enrolment/proposals", {}, Proposals)).proposals


async def agree(session: StaffSession, kid: Kid) -> None:
    """Agree; a coordinator then carries it out. ApiError("unknown") for one's own, or where there is none."""
    await session.api.post("enrolment/agree", {"kid": kid}, Answer)


async def refuse(session: StaffSession, kid: Kid) -> None:
    """End a proposal that nobody agreed to yet. ApiError("unknown") where there is none."""
    await session.api.post("enrolment/refuse", {"kid": kid}, Answer)
