"""`/api/directory/publish`, and of `/api/enrolment/` all about who is on the staff already."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from app.identity.directory.bodies import TeamKeys
from app.identity.house import IdentityHouse
from app.identity.ids import Kid, Role
from app.identity.members import service
from app.identity.members.rules import Proposal, Reason, Suspended
from app.identity.staff.access import coordinators_only, not_peers
from app.identity.staff.rules import Account
from app.wire.body import Body, Id, Pub
from app.wire.body_parts import Empty, SignedDirectoryBody
from app.wire.directory import Profile


class PublishBody(Body):
    directory: SignedDirectoryBody
    team_keys: TeamKeys


class KidBody(Body):
    """Somebody, by their key."""

    kid: Id


class SuspendBody(KidBody):
    reason: Reason


class LimitBody(KidBody):
    limit: Annotated[int, Field(ge=1, le=3)]


class MemberAnswer(Body):
    """`second_factor`: whether sign-in asks for a code; `room_limit`: rooms at once."""

    kid: Id
    role: Role
    second_factor: bool
    room_limit: int


class ListedProfile(Body):
    """A profile just as the directory had it: the stone is text there."""

    alias: str
    stone: str
    line: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    lived: tuple[str, ...]

    @classmethod
    def of(cls, profile: Profile) -> "ListedProfile":
        return cls(
            alias=profile.alias,
            stone=profile.stone,
            line=profile.line,
            languages=profile.languages,
            topics=profile.topics,
            lived=profile.lived,
        )


class SuspendedAnswer(Body):
    """Who asked (`by`), who agreed (`second`), and the day since 1970 on which it was done."""

    kid: Id
    pub: Pub
    role: Role
    profile: ListedProfile
    reason: Reason
    by: Id
    second: Id
    day: int


class ProposalAnswer(Body):
    """`agreed` is whoever agreed, null while nobody did; it ends seven days after `day` (since 1970)."""

    kid: Id
    reason: Reason
    by: Id
    day: int
    agreed: Id | None


class MembersAnswer(Body):
    members: list[MemberAnswer]
    suspended: list[SuspendedAnswer]
    proposals: list[ProposalAnswer]


class ProposalsAnswer(Body):
    proposals: list[ProposalAnswer]


def add_routes(router: APIRouter, house: IdentityHouse) -> None:
    coordinator = Depends(coordinators_only(house))
    second = Depends(not_peers(house))

    @router.post("/directory/publish")
    async def publish(body: PublishBody, caller: Annotated[Account, coordinator]) -> Empty:
        """Put a root-signed directory into force (coordinators): all that it changes is audited.

        Refused with a `dir_` code, or `malformed` where it does what nobody invited or agreed to. The same
        one again succeeds.
        """
        await service.publish(
            house, caller, body.directory.signed(), [entry.seal() for entry in body.team_keys]
        )
        return Empty()

    @router.post("/enrolment/members")
    async def members(_: Empty, caller: Annotated[Account, coordinator]) -> MembersAnswer:
        """The accounts of those listed, who is suspended, and open proposals about others (coordinators)."""
        people = await service.people(house, caller)
        return MembersAnswer(
            members=[
                MemberAnswer(
                    kid=entry.kid,
                    role=entry.role,
                    second_factor=entry.second_factor,
                    room_limit=entry.room_limit,
                )
                for entry in people.listed
            ],
            suspended=[_suspended(entry) for entry in people.suspended],
            proposals=[_proposal(entry) for entry in people.proposals],
        )

    @router.post("/enrolment/suspend")
    async def suspend(body: SuspendBody, caller: Annotated[Account, coordinator]) -> Empty:
        """Propose that somebody be suspended (coordinators); a second person agrees within seven days.

        `unknown` for oneself, for somebody not listed, and where nobody is there to agree; `slot_taken`
        where another proposal about them is open.
        """
        await service.propose(house, caller, Kid(body.kid), body.reason)
        return Empty()

    @router.post("/enrolment/proposals")
    async def proposals(_: Empty, caller: Annotated[Account, second]) -> ProposalsAnswer:
        """Open proposals to suspend somebody else (coordinators and moderators)."""
        entries = await service.proposals_for(house, caller)
        return ProposalsAnswer(proposals=[_proposal(entry) for entry in entries])

    @router.post("/enrolment/agree")
    async def agree(body: KidBody, caller: Annotated[Account, second]) -> Empty:
        """Agree that somebody be suspended (coordinators and moderators).

        `unknown` for one's own proposal, for one about oneself, and where there is none.
        """
        await service.agree(house, caller, Kid(body.kid))
        return Empty()

    @router.post("/enrolment/refuse")
    async def refuse(body: KidBody, caller: Annotated[Account, second]) -> Empty:
        """End a proposal that nobody agreed to yet (coordinators and moderators).

        `unknown` for one about oneself, and where there is none.
        """
        await service.refuse(house, caller, Kid(body.kid))
        return Empty()

    @router.post("/enrolment/last-listed")
    async def last_listed(body: KidBody, _: Annotated[Account, coordinator]) -> SignedDirectoryBody:
        """The last directory that listed somebody suspended (coordinators): a restored key is one that a
        root signed, not one that this answer names. `unknown` where nobody with this key is suspended.
        """
        return SignedDirectoryBody.of(await service.last_listing(house, Kid(body.kid)))

    @router.post("/enrolment/forget")
    async def forget(body: KidBody, caller: Annotated[Account, coordinator]) -> Empty:
        """Let somebody go who is suspended (coordinators); `unknown` where nobody with this key is."""
        await service.forget(house, caller, Kid(body.kid))
        return Empty()

    @router.post("/enrolment/limit")
    async def limit(body: LimitBody, caller: Annotated[Account, coordinator]) -> Empty:
        """How many rooms somebody may sit in at once (coordinators), from their next pass on."""
        await service.set_limit(house, caller, Kid(body.kid), body.limit)
        return Empty()


def _suspended(entry: Suspended) -> SuspendedAnswer:
    return SuspendedAnswer(
        kid=entry.member.kid,
        pub=entry.member.pub,
        role=entry.role,
        profile=ListedProfile.of(entry.member.profile),
        reason=entry.reason,
        by=entry.by,
        second=entry.second,
        day=entry.day,
    )


def _proposal(entry: Proposal) -> ProposalAnswer:
    return ProposalAnswer(kid=entry.kid, reason=entry.reason, by=entry.by, day=entry.day, agreed=entry.agreed)
