"""`/api/staff/{sessions,sign-out-everywhere,password,trail}` and `/api/staff/second/…`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from app.identity.audit.rules import Entry
from app.identity.errors import Unknown
from app.identity.house import IdentityHouse
from app.identity.ids import Kid
from app.identity.own import service
from app.identity.staff.access import coordinators_only, staff_only
from app.identity.staff.cookie import SessionCookie
from app.identity.staff.routes import Code
from app.identity.staff.rules import Account
from app.wire.body import Body, Id, Key32, StaffKeysBox
from app.wire.body_parts import U32, Empty


class SessionAnswer(Body):
    """A browser that is signed in; moments in unix seconds, `used` to the minute."""

    begun: int
    used: int
    this: bool


class SessionsAnswer(Body):
    sessions: list[SessionAnswer]


class PasswordBody(Body):
    """`auth` is the old password's; salt, auth_hash and keys belong to the new one."""

    auth: Key32
    code: Code | None = None
    salt: Id
    auth_hash: Key32
    keys: StaffKeysBox


class BeginBody(Body):
    auth: Key32


class BegunAnswer(Body):
    """`rows`: a square of dark (1) and light (0), without a rim."""

    secret: Annotated[str, Field(repr=False)]
    uri: Annotated[str, Field(repr=False)]
    rows: Annotated[list[str], Field(repr=False)]


class ConfirmBody(Body):
    code: Code


class RemoveBody(Body):
    auth: Key32
    code: Code


class ResetBody(Body):
    kid: Id


class TrailBody(Body):
    before: U32 | None = None


class EntryAnswer(Body):
    """`day` since 1970; `by` did it, to `kid`, who had the public name `alias`."""

    n: int
    day: int
    act: str
    by: Id | None
    kid: Id | None
    alias: str
    reason: str

    @classmethod
    def of(cls, entry: Entry) -> "EntryAnswer":
        return cls(
            n=entry.n,
            day=entry.day,
            act=entry.act,
            by=entry.by,
            kid=entry.kid,
            alias=entry.alias,
            reason=entry.reason,
        )


class TrailAnswer(Body):
    entries: list[EntryAnswer]


def add_routes(router: APIRouter, house: IdentityHouse) -> None:
    cookie = SessionCookie(house.settings)
    caller = Depends(staff_only(house))

    def this(request: Request) -> bytes:
        token = cookie.token(request)
        if token is None:
            raise Unknown
        return token

    @router.post("/staff/sessions")
    async def sessions(_: Empty, request: Request, account: Annotated[Account, caller]) -> SessionsAnswer:
        """Where one is signed in."""
        found = await service.sessions(house, account, this(request))
        return SessionsAnswer(
            sessions=[SessionAnswer(begun=each.begun, used=each.used, this=each.this) for each in found]
        )

    @router.post("/staff/sign-out-everywhere")
    async def sign_out_everywhere(_: Empty, response: Response, account: Annotated[Account, caller]) -> Empty:
        """End all one's sessions, this one too."""
        await service.sign_out_everywhere(house, account)
        cookie.take(response)
        return Empty()

    @router.post("/staff/password")
    async def password(body: PasswordBody, request: Request, account: Annotated[Account, caller]) -> Empty:
        """Another password. All other sessions end."""
        await service.change_password(
            house, account, this(request), body.auth, body.code, body.salt, body.auth_hash, body.keys
        )
        return Empty()

    @router.post("/staff/trail")
    async def trail(body: TrailBody, account: Annotated[Account, caller]) -> TrailAnswer:
        """Who came to the team and left it, and one's own sign-ins; everybody's for a coordinator."""
        entries = await service.trail(house, account, body.before)
        return TrailAnswer(entries=[EntryAnswer.of(entry) for entry in entries])

    _second(router, house)


def _second(router: APIRouter, house: IdentityHouse) -> None:
    caller = Depends(staff_only(house))
    coordinator = Depends(coordinators_only(house))

    @router.post("/staff/second/begin")
    async def begin(body: BeginBody, account: Annotated[Account, caller]) -> BegunAnswer:
        """A second factor for an app; it asks for nothing until it is confirmed."""
        begun = await service.begin_second(house, account, body.auth)
        return BegunAnswer(secret=begun.secret, uri=begun.uri, rows=begun.rows)

    @router.post("/staff/second/confirm")
    async def confirm(body: ConfirmBody, account: Annotated[Account, caller]) -> Empty:
        """Its first code: from now on signing in asks for one."""
        await service.confirm_second(house, account, body.code)
        return Empty()

    @router.post("/staff/second/remove")
    async def remove(body: RemoveBody, account: Annotated[Account, caller]) -> Empty:
        """Sign in without a code again."""
        await service.remove_second(house, account, body.auth, body.code)
        return Empty()

    @router.post("/staff/second/reset")
    async def reset(body: ResetBody, account: Annotated[Account, coordinator]) -> Empty:
        """Take away somebody else's, who lost their phone."""
        await service.reset_second(house, account, Kid(body.kid))
        return Empty()
