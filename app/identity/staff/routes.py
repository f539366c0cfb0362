"""`/api/staff/{challenge,salt,sign-in,me,sign-out}`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from app.identity import proofs
from app.identity.house import IdentityHouse
from app.identity.ids import Role
from app.identity.staff import service
from app.identity.staff.access import staff_only
from app.identity.staff.cookie import SessionCookie
from app.identity.staff.rules import Account
from app.identity.staff.service import Desk
from app.wire.body import Body, Id, Key32, StaffKeysBox, TeamKeySeal
from app.wire.body_parts import ChallengeAnswer, ChallengeBody, Empty, ProofBody

MAX_TYPED = 256
"""Characters of a name as typed, before it is normalised."""

TypedName = Annotated[str, Field(min_length=1, max_length=MAX_TYPED)]


Code = Annotated[str, Field(pattern="^[0-9]{6}$")]
"""Six digits of an authenticator app."""


class SaltBody(Body):
    name: TypedName


class SaltAnswer(Body):
    salt: Id


class SignInBody(Body):
    name: TypedName
    auth: Key32
    proof: ProofBody
    code: Code | None = None


class SealedTeamKey(Body):
    """A team's private key of one epoch, sealed to the caller."""

    team: str
    epoch: int
    sealed: TeamKeySeal


class DeskAnswer(Body):
    """Who signed in, their own keys in their box, and all team keys sealed to them."""

    staff: Id
    role: Role
    kid: Id
    salt: Id
    keys: StaffKeysBox
    second_factor: bool
    """Whether their sign-in asks for a code."""
    room_limit: int
    """Rooms that a peer may sit in at once."""
    team_keys: list[SealedTeamKey]


def add_routes(router: APIRouter, house: IdentityHouse) -> None:
    cookie = SessionCookie(house.settings)
    caller = Depends(staff_only(house))

    @router.post("/staff/challenge")
    async def challenge(_: Empty) -> ChallengeAnswer:
        """A proof of work to solve before signing in."""
        return ChallengeAnswer(challenge=ChallengeBody.of(proofs.issue(house)))

    @router.post("/staff/salt")
    async def salt(body: SaltBody) -> SaltAnswer:
        """The salt to a sign-in name, whether anyone has it or not."""
        return SaltAnswer(salt=await service.salt(house, body.name))

    @router.post("/staff/sign-in")
    async def sign_in(body: SignInBody, response: Response) -> DeskAnswer:
        """Start a session; `pow_invalid`, or `unknown` for everything else that is not right.

        Where all is right and this person uses a second factor: `code_needed`, `code_wrong`, `slow_down`.
        """
        token, desk = await service.sign_in(
            house, body.name, body.auth, body.proof.challenge.challenge(), body.proof.solution, body.code
        )
        cookie.give(response, token)
        return _answer(desk)

    @router.post("/staff/me")
    async def me(_: Empty, account: Annotated[Account, caller]) -> DeskAnswer:
        """The same answer as sign-in, for a session that is under way."""
        return _answer(await service.desk(house, account))

    @router.post("/staff/sign-out")
    async def sign_out(_: Empty, request: Request, response: Response) -> Empty:
        """End the session and remove the cookie; succeeds without a session, too."""
        if (token := cookie.token(request)) is not None:
            await service.sign_out(house, token)
        cookie.take(response)
        return Empty()


def _answer(desk: Desk) -> DeskAnswer:
    account = desk.account
    return DeskAnswer(
        staff=account.id,
        role=account.role,
        kid=account.kid,
        salt=account.salt,
        keys=account.keys,
        second_factor=desk.second_factor,
        room_limit=account.room_limit,
        team_keys=[
            SealedTeamKey(team=seal.team, epoch=seal.epoch, sealed=seal.sealed) for seal in desk.team_keys
        ],
    )
