"""`/api/enrolment/{invite,withdraw,open,submit,waiting,found}`."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, Field

from app.identity.directory.bodies import TeamKeys
from app.identity.enrolment import service
from app.identity.enrolment.rules import INVITATION, Applicant, Invitation, NewAccount
from app.identity.house import IdentityHouse
from app.identity.ids import Kid, Role, StaffId
from app.identity.staff.access import coordinators_only
from app.identity.staff.routes import TypedName
from app.identity.staff.rules import Account
from app.wire.body import Base64Url, Body, Id, Key32, Pub, StaffKeysBox
from app.wire.body_parts import Empty, SignedDirectoryBody
from app.wire.errors import WireError
from app.wire.fields import line
from app.wire.sizes import BOX_OVERHEAD, ID
from app.wire.topics import Topic

MAX_ALIAS = 24
MAX_LINE = 140

InviteBox = Annotated[bytes, Base64Url(ID + BOX_OVERHEAD)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


def _one_line(text: str) -> str:
    try:
        return line(text, MAX_LINE)
    except WireError:
        raise ValueError("control characters") from None


def _different(entries: list[str]) -> list[str]:
    if len(set(entries)) != len(entries):
        raise ValueError("an entry twice")
    return entries


OneLine = AfterValidator(_one_line)
Topics = Annotated[list[Topic], Field(max_length=15), AfterValidator(_different)]


class ProfileBody(Body):
    """What clients will see of a staff member once a coordinator signed it."""

    alias: Annotated[str, Field(min_length=1, max_length=MAX_ALIAS), OneLine]
    stone: Annotated[int, Field(ge=0, le=7)]
    line: Annotated[str, Field(max_length=MAX_LINE), OneLine]
    languages: Annotated[list[Language], Field(max_length=5), AfterValidator(_different)]
    topics: Topics
    lived: Topics


class InviteBody(Body):
    """`staff` is chosen by the coordinator's browser, because `secret_box` is bound to it.

    `replaces`: the key of a listed or suspended person of this role, who gets a new one.
    """

    staff: Id
    role: Role
    token_hash: Key32
    secret_box: InviteBox
    replaces: Id | None = None


class InviteAnswer(Body):
    expires: int


class WithdrawBody(Body):
    staff: Id


class OpenBody(Body):
    token: Key32


class OpenAnswer(Body):
    staff: Id
    role: Role
    instance: Id
    expires: int


class NewAccountBody(Body):
    """An account as its owner's browser made it: the server sees neither password nor secret."""

    name: TypedName
    pub: Pub
    salt: Id
    auth_hash: Key32
    keys: StaffKeysBox

    def account(self) -> NewAccount:
        return NewAccount(self.name, self.pub, self.salt, self.auth_hash, self.keys)


class SubmitBody(NewAccountBody):
    token: Key32
    mac: Key32
    profile: ProfileBody


class ApplicantAnswer(Body):
    """`pub`, `mac` and `profile` are null until the newcomer submitted them."""

    staff: Id
    role: Role
    pub: Pub | None
    mac: Key32 | None
    profile: ProfileBody | None
    secret_box: InviteBox
    submitted: bool
    expires: int
    replaces: Id | None


class WaitingAnswer(Body):
    waiting: list[ApplicantAnswer]


class FoundBody(NewAccountBody):
    code: Id
    root: Pub
    instance: Id
    staff: Id
    directory: SignedDirectoryBody
    team_keys: TeamKeys


def add_routes(router: APIRouter, house: IdentityHouse) -> None:
    coordinator = Depends(coordinators_only(house))

    @router.post("/enrolment/invite")
    async def invite(body: InviteBody, caller: Annotated[Account, coordinator]) -> InviteAnswer:
        """Keep an invitation for seven days (coordinators).

        `slot_taken` where an id is in use; `unknown` where nobody of the role has the key to be replaced,
        or it is one's own.
        """
        offer = Invitation(
            StaffId(body.staff),
            body.role,
            body.token_hash,
            body.secret_box,
            house.now + INVITATION,
            replaces=None if body.replaces is None else Kid(body.replaces),
        )
        return InviteAnswer(expires=await service.invite(house, caller, offer))

    @router.post("/enrolment/withdraw")
    async def withdraw(body: WithdrawBody, caller: Annotated[Account, coordinator]) -> Empty:
        """Take an invitation back, and what was submitted to it (coordinators); `unknown` for none."""
        await service.withdraw(house, caller, StaffId(body.staff))
        return Empty()

    @router.post("/enrolment/open")
    async def open_invitation(body: OpenBody) -> OpenAnswer:
        """What an invitation is for; `unknown` for a token that is wrong, used or too old."""
        opened = await service.open_invitation(house, body.token)
        return OpenAnswer(
            staff=opened.staff, role=opened.role, instance=opened.instance, expires=opened.expires
        )

    @router.post("/enrolment/submit")
    async def submit(body: SubmitBody) -> Empty:
        """A newcomer's account; the first with this token wins. `unknown`, `name_taken`, `slot_taken`."""
        await service.submit(house, body.token, body.account(), body.mac, body.profile.model_dump())
        return Empty()

    @router.post("/enrolment/waiting")
    async def waiting(_: Empty, __: Annotated[Account, coordinator]) -> WaitingAnswer:
        """Everybody invited and not admitted yet (coordinators)."""
        return WaitingAnswer(waiting=[_applicant(entry) for entry in await service.waiting(house)])

    @router.post("/enrolment/found")
    async def found(body: FoundBody) -> Empty:
        """Begin the service with the set-up code, once; `unknown` for a wrong code and ever after."""
        await service.found(
            house,
            body.code,
            StaffId(body.staff),
            body.account(),
            body.root,
            body.instance,
            body.directory.signed(),
            [entry.seal() for entry in body.team_keys],
        )
        return Empty()


def _applicant(entry: Applicant) -> ApplicantAnswer:
    invitation = entry.invitation
    profile: dict[str, Any] | None = invitation.profile
    return ApplicantAnswer(
        staff=invitation.staff,
        role=invitation.role,
        pub=entry.pub,
        mac=invitation.mac,
        profile=None if profile is None else ProfileBody.model_validate(profile),
        secret_box=invitation.secret_box,
        submitted=invitation.submitted,
        expires=invitation.expires_at,
        replaces=invitation.replaces,
    )
