"""A coordinator's machine: founds a service, invites, admits, renews, lets go (docs/protocol.md, 5 and 7).

The root private key exists here only while something is signed; between times it is a sealed team key like
the others. Every directory goes to identity first, then to conversations; a house that missed one is brought
up before the next is published, so each of these may be cut off anywhere and done again.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.companion.answers import Answer, Applicant, Applicants, Invited, Role, Service
from app.companion.api import Api, ApiError
from app.companion.box import box_open, box_seal
from app.companion.keys import StaffKey, sign_directory
from app.companion.newcomer import Account, Invitation, read_profile
from app.companion.seals import TeamName, seal_team_key
from app.companion.staff import check_enrol_mac, invite_keys, make_secret
from app.companion.staff_session import StaffSession
from app.companion.trust import server_time
from app.wire.directory import (
    LIFETIME,
    MAX_EARLIER,
    SUITE,
    VERSION,
    Directory,
    Member,
    Profile,
    Team,
)
from app.wire.errors import WireError
from app.wire.ids import Kid, StaffId, kid_of
from app.wire.sizes import ID

INVITE = "invite"
RENEWED = ("peer", "moderation")
"""Teams that get a new epoch with every new directory; the root only when it is pinned anew."""


@dataclass(frozen=True, slots=True, repr=False)
class Submission:
    """Someone who answered an invitation, their key vouched for by the invite secret."""

    staff: StaffId
    role: Role
    pub: bytes
    profile: Profile

    def __repr__(self) -> str:
        return f"<Submission {self.role}>"


@dataclass(frozen=True, slots=True)
class InTray:
    """What came of the invitations.

    `forged` answers came from someone without the invite secret, or through a server that changed the key;
    `elsewhere` belong to invitations of another coordinator, who alone can check them; `open` have no answer.
    """

    ready: tuple[Submission, ...]
    forged: int
    elsewhere: int
    open: int


async def found(api: Api, code: str, account: Account, name: str, password: str, profile: Profile) -> None:
    """Found the service: instance, root key, teams, first directory; then tell conversations.

    `code` is the server's one-time set-up code. ApiError: `unknown` where the code is wrong or the service
    was founded already. Keep `account.secret` before calling: without it nobody can sign in.
    """
    staff = StaffId(secrets.token_bytes(ID))
    root = StaffKey.generate()
    me = Member(account.keyring.key.kid, account.keyring.key.pub, ("coordinator",), profile)
    teams = {"peer": StaffKey.generate(), "moderation": StaffKey.generate(), "root": root}
    now = await server_time(api)
    directory = Directory(
        v=VERSION,
        instance=secrets.token_bytes(ID),
        serial=1,
        issued=now,
        expires=now + LIFETIME,
        earlier=(),
        teams={name: Team(SUITE, 1, key.pub, (me.kid,)) for name, key in teams.items()},
        staff=(me,),
    )
    signed = sign_directory(root, directory.to_payload())
    body = await account.credentials(staff, name, password)
    body |= {
        "code": code,
        "root": root.pub,
        "instance": directory.instance,
        "staff": staff,
        "directory": signed,
        "team_keys": _sealed(directory, teams),
    }
    await api.post("enrolment/found", body, Answer)
    await api.post("service/directory", {"directory": signed}, Answer)


class Coordinator:
    """A signed-in coordinator."""

    def __init__(self, session: StaffSession) -> None:
        if session.role != "coordinator":
            raise ApiError("unknown")
        self._session = session
        self._api = session.api

    @property
    def kid(self) -> Kid:
        """This coordinator's own key."""
        return self._session.kid

    async def invite(self, role: Role) -> Invitation:
        """An invitation for one person, good for seven days; its secret never reaches the server."""
        staff = StaffId(secrets.token_bytes(ID))
        invitation = Invitation(make_secret())
        body = {
            "staff": staff,
            "role": role,
            "token_hash": hashlib.sha256(invite_keys(invitation.secret).token).digest(),
            "secret_box": box_seal(self._session.keyring.note_key, INVITE, staff, invitation.secret),
        }
        await self._api.post("enrolment/invite", body, Invited)
        return invitation

    async def in_tray(self) -> InTray:
        """Who answered: only keys whose MAC was checked under the invite secret are `ready`."""
        waiting = (await self._api.post("enrolment/waiting", {}, Applicants)).waiting
        answered = [self._judge(applicant) for applicant in waiting if applicant.submitted]
        return InTray(
            ready=tuple(entry for entry in answered if isinstance(entry, Submission)),
            forged=answered.count("forged"),
            elsewhere=answered.count("elsewhere"),
            open=len(waiting) - len(answered),
        )

    async def admit(self, submissions: Sequence[Submission]) -> Directory:
        """Admit these people in one sitting: one new epoch of the teams, one new directory in both houses.

        WireError("malformed") where an alias would be there twice.
        """
        await self.bring_up()
        members = [Member(kid_of(s.pub), s.pub, (s.role,), s.profile) for s in submissions]
        return await self._publish([*self._directory.staff, *members])

    async def renew(self) -> Directory:
        """A directory that is good for another 35 days, with new epochs."""
        await self.bring_up()
        return await self._publish(self._directory.staff)

    async def let_go(self, kid: Kid) -> Directory:
        """Take someone out of the directory, so that nothing is sealed to them from now on.

        ApiError("unknown") where nobody has that key; WireError("malformed") for the last coordinator.
        """
        await self.bring_up()
        if self._directory.member(kid) is None:
            raise ApiError("unknown")
        return await self._publish([member for member in self._directory.staff if member.kid != kid])

    async def bring_up(self) -> None:
        """Give conversations the directory that identity has, where it missed it."""
        await self._session.trust.refresh(even_expired=True)
        if (await self._service()).serial == self._directory.serial:
            return
        signed = self._session.trust.signed
        try:
            await self._api.post("service/directory", {"directory": signed}, Answer)
        except ApiError as error:
            # Over: the next replaces it. Behind: identity is back from a backup, a higher serial mends it.
            if error.code not in ("dir_expired", "dir_rollback", "dir_conflict"):
                raise

    @property
    def _directory(self) -> Directory:
        return self._session.trust.directory

    async def _service(self) -> Service:
        return await self._api.get("/api/service", Service)

    async def _publish(self, staff: Iterable[Member]) -> Directory:
        """Sign and post a directory of these people, then read it back from the server."""
        members = tuple(staff)
        if len({member.profile.alias.casefold() for member in members}) != len(members):
            raise WireError("malformed")
        service = await self._service()
        before, held = self._directory, self._session.trust.hash
        root = self._root_key()
        keys = {"root": root} | {name: StaffKey.generate() for name in RENEWED}
        replaced = {held} if service.directory is None else {held, service.directory}
        directory = replace(
            before,
            serial=max(before.serial, service.serial or 0) + 1,
            issued=service.time,
            expires=service.time + LIFETIME,
            earlier=_earlier(before, replaced, service.time),
            teams={name: _next_team(name, before, key, members) for name, key in keys.items()},
            staff=members,
        )
        signed = sign_directory(root, directory.to_payload())
        sealed = _sealed(directory, keys, known=before)
        await self._api.post("directory/publish", {"directory": signed, "team_keys": sealed}, Answer)
        await self._api.post("service/directory", {"directory": signed}, Answer)
        await self._session.refresh()
        return directory

    def _root_key(self) -> StaffKey:
        epoch = self._directory.teams["root"].epoch
        key = self._session.team_keys.get(("root", epoch))
        if key is None:
            raise ApiError("unknown")
        return key

    def _judge(self, applicant: Applicant) -> Submission | str:
        if applicant.pub is None or applicant.mac is None or applicant.secret_box is None:
            return "forged"
        staff = StaffId(applicant.staff)
        try:
            secret = box_open(self._session.keyring.note_key, INVITE, staff, applicant.secret_box)
        except WireError:
            return "elsewhere"
        try:
            profile = read_profile(applicant.profile)
        except WireError:
            return "forged"
        instance = self._session.trust.instance
        mac_key = invite_keys(secret).mac_key
        if not check_enrol_mac(applicant.mac, mac_key, instance, staff, applicant.role, applicant.pub):
            return "forged"
        return Submission(staff, applicant.role, applicant.pub, profile)


def _next_team(name: str, before: Directory, key: StaffKey, members: Sequence[Member]) -> Team:
    team = before.teams[name]
    holders = _holders(name, members)
    if name == "root":
        return replace(team, members=holders)
    return Team(SUITE, team.epoch + 1, key.pub, holders)


def _holders(team: str, members: Sequence[Member]) -> tuple[Kid, ...]:
    """Who holds a team's key. Coordinators stand in for a team without anybody, so that it has a key."""
    role = {"peer": "peer", "moderation": "moderator", "root": "coordinator"}[team]
    holders = tuple(member.kid for member in members if role in member.roles)
    if holders or team == "root":
        if not holders:
            raise WireError("malformed")
        return holders
    return tuple(member.kid for member in members if "coordinator" in member.roles)


def _sealed(
    directory: Directory, keys: Mapping[str, StaffKey], known: Directory | None = None
) -> list[dict[str, object]]:
    """Each team's private key, sealed to each member who does not hold this epoch yet."""
    entries: list[dict[str, object]] = []
    for name, team in directory.teams.items():
        old = None if known is None else known.teams[name]
        held = old.members if old is not None and old.epoch == team.epoch else ()
        for kid in team.members:
            member = directory.member(kid)
            if kid in held or member is None:
                continue
            sealed = seal_team_key(member.pub, _team(name), team.epoch, keys[name])
            entries.append({"team": name, "epoch": team.epoch, "kid": kid, "sealed": sealed})
    return entries


def _team(name: str) -> TeamName:
    match name:
        case "peer" | "moderation" | "root":
            return name
        case _:
            raise WireError("malformed")


def _earlier(before: Directory, replaced: Iterable[bytes], now: int) -> tuple[bytes, ...]:
    """Hashes of the directories replaced in the last 35 days, and of this one, newest last.

    A directory does not say when each of its `earlier` was replaced, but all were by the time it was issued.
    """
    known = () if now - before.issued > LIFETIME else before.earlier
    return (*(digest for digest in known if digest not in set(replaced)), *sorted(replaced))[-MAX_EARLIER:]
