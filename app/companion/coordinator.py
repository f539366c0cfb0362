"""A coordinator's machine: founds a service, and changes who is on the staff (docs/protocol.md, 5 and 7).

The root private key exists here only while something is signed; between times it is a sealed team key like
the others. Every directory goes to identity first, then to conversations; a house that missed one is brought
up before the next is published, so each of these may be cut off anywhere and done again.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.companion.answers import (
    Answer,
    Applicant,
    Applicants,
    Invited,
    Members,
    Role,
    Service,
    SuspensionReason,
)
from app.companion.api import Api, ApiError
from app.companion.box import box_open, box_seal
from app.companion.keys import StaffKey, sign_directory
from app.companion.newcomer import Account, Invitation, read_profile
from app.companion.seals import TeamName, seal_team_key
from app.companion.staff import check_enrol_mac, invite_keys, make_secret
from app.companion.staff_session import StaffSession
from app.companion.trust import Published, server_time
from app.kit.clock import DAY, Clock, SystemClock
from app.wire.directory import (
    LIFETIME,
    MAX_EARLIER,
    SUITE,
    VERSION,
    Directory,
    Member,
    Profile,
    Team,
    holders,
)
from app.wire.errors import WireError
from app.wire.ids import Kid, StaffId, kid_of
from app.wire.sizes import ID

INVITE = "invite"
SYSTEM: Final = SystemClock()
RENEWED: Final = ("peer", "moderation")
"""Teams that get a new epoch with every new directory; the root only when it is pinned anew."""


@dataclass(frozen=True, slots=True, repr=False)
class Submission:
    """Someone who answered an invitation, their key vouched for by the invite secret.

    `replaces`: the old key, where this is somebody's new one.
    """

    staff: StaffId
    role: Role
    pub: bytes
    profile: Profile
    replaces: Kid | None = None

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


async def found(
    api: Api,
    code: str,
    account: Account,
    name: str,
    password: str,
    profile: Profile,
    clock: Clock = SYSTEM,
) -> None:
    """Found the service: instance, root key, teams, first directory; then tell conversations.

    `code` is the server's one-time set-up code. ApiError: `unknown` where the code is wrong or the service
    was founded already, "clocks_differ". Keep `account.secret` before calling: without it nobody can sign in.
    """
    staff = StaffId(secrets.token_bytes(ID))
    root = StaffKey.generate()
    me = Member(account.keyring.key.kid, account.keyring.key.pub, ("coordinator",), profile)
    teams = {"peer": StaffKey.generate(), "moderation": StaffKey.generate(), "root": root}
    now = _agreed_time(await server_time(api), clock)
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

    def __init__(self, session: StaffSession, clock: Clock = SYSTEM) -> None:
        if session.role != "coordinator":
            raise ApiError("unknown")
        self._session = session
        self._clock = clock
        self._api = session.api

    @property
    def kid(self) -> Kid:
        """This coordinator's own key."""
        return self._session.kid

    async def invite(self, role: Role, replaces: Kid | None = None) -> Invitation:
        """An invitation for one person, good for seven days; its secret never reaches the server.

        `replaces`: the key, lost or stolen, of a listed or suspended person of this role, who gets a new one.
        ApiError("unknown") where nobody else of the role has that key.
        """
        staff = StaffId(secrets.token_bytes(ID))
        invitation = Invitation(make_secret())
        body: dict[str, object] = {
            "staff": staff,
            "role": role,
            "token_hash": hashlib.sha256(invite_keys(invitation.secret).token).digest(),
            "secret_box": box_seal(
                self._session.keyring.note_key, INVITE, _invited(staff, role, replaces), invitation.secret
            ),
        }
        if replaces is not None:
            body["replaces"] = replaces
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

        Whoever gets a new key keeps the face that clients know. WireError("malformed") where an alias would
        be there twice.
        """
        await self.bring_up()
        replaced = {submission.replaces for submission in submissions}
        members = [Member(kid_of(s.pub), s.pub, (s.role,), await self._face(s)) for s in submissions]
        stay = [member for member in self._directory.staff if member.kid not in replaced]
        return await self._publish([*stay, *members])

    async def renew(self) -> Directory:
        """A directory that is good for another 35 days, with new epochs."""
        await self.bring_up()
        return await self._publish(self._directory.staff)

    async def propose(self, kid: Kid, reason: SuspensionReason) -> None:
        """Ask that somebody be suspended; a second person agrees (app.companion.suspensions).

        ApiError("unknown") for oneself, and where nobody is there to agree.
        """
        await self._api.post("enrolment/suspend", {"kid": kid, "reason": reason}, Answer)

    async def suspend(self, kid: Kid) -> Directory:
        """Carry out what two people agreed on: they are not listed until they are restored or let go.

        ApiError("unknown") where nobody agreed to it.
        """
        await self.bring_up()
        proposals = (await self.members()).proposals
        if not any(entry.kid == kid and entry.agreed is not None for entry in proposals):
            raise ApiError("unknown")
        return await self._publish(self._without(kid))

    async def restore(self, kid: Kid) -> Directory:
        """List somebody again who is suspended, as a root signed it when they were listed last.

        ApiError: "unknown" where they are not suspended, "dir_signature" where no root signed that.
        """
        await self.bring_up()
        return await self._publish([*self._directory.staff, await self._last_listed(kid)])

    async def let_go(self, kid: Kid) -> None:
        """Let somebody go who is listed or suspended: nothing is sealed to them from now on.

        ApiError: "unknown" where nobody has that key, "malformed" where it is proposed to suspend them and
        nobody agreed yet; WireError("malformed") for the last coordinator.
        """
        await self.bring_up()
        listed = self._directory.member(kid) is not None
        if listed:
            await self._publish(self._without(kid))
        # Whom two people agreed to suspend is suspended by that, whatever was meant.
        if not listed or kid in {entry.kid for entry in (await self.members()).suspended}:
            await self._api.post("enrolment/forget", {"kid": kid}, Answer)

    async def members(self) -> Members:
        """Who is listed with what limit, who is suspended, and who it is proposed to suspend."""
        return await self._api.post("enrolment/members", {}, Members)

    async def set_limit(self, kid: Kid, limit: int) -> None:
        """How many rooms somebody may sit in at once, 1 to 3. ApiError("unknown") where not listed."""
        await self._api.post("enrolment/limit", {"kid": kid, "limit": limit}, Answer)

    async def recover(self, still_here: Collection[Kid]) -> Directory:
        """After identity came back from a backup: list these of its people, and nobody who left since.

        Whoever was admitted since has no account any more, and is invited anew.
        """
        await self.bring_up(even_behind=True)
        lost = await self._service()
        return await self._publish([m for m in self._directory.staff if m.kid in still_here], lost)

    async def bring_up(self, *, even_behind: bool = False) -> None:
        """Give conversations the directory that identity has, where it missed it.

        ApiError("dir_rollback") where identity is the one behind, unless `even_behind`: it came back from a
        backup and lists who has left since, whom the next directory would let in again. See `recover`.
        """
        await self._session.trust.refresh(even_expired=True)
        service = await self._service()
        serial = service.serial or 0
        if serial == self._directory.serial and service.directory == self._session.trust.hash:
            return
        if serial >= self._directory.serial:
            if even_behind:
                return
            raise ApiError("dir_rollback")
        signed = self._session.trust.signed
        try:
            await self._api.post("service/directory", {"directory": signed}, Answer)
        except ApiError as error:
            # Over: the next replaces it. Behind: another coordinator was faster, and that is just as well.
            if error.code not in ("dir_expired", "dir_rollback"):
                raise

    @property
    def _directory(self) -> Directory:
        return self._session.trust.directory

    async def _service(self) -> Service:
        return await self._api.get("/api/service", Service)

    def _without(self, kid: Kid) -> list[Member]:
        return [member for member in self._directory.staff if member.kid != kid]

    async def _last_listed(self, kid: Kid) -> Member:
        answer = await self._api.post("enrolment/last-listed", {"kid": kid}, Published)
        member = self._session.trust.signed_once(answer.directory).member(kid)
        if member is None:
            raise ApiError("dir_signature")
        return member

    async def _face(self, newcomer: Submission) -> Profile:
        if newcomer.replaces is None:
            return newcomer.profile
        known = self._directory.member(newcomer.replaces) or await self._last_listed(newcomer.replaces)
        return known.profile

    async def _publish(self, staff: Iterable[Member], lost: Service | None = None) -> Directory:
        """Sign and post a directory of these people, then read it back from the server.

        `lost`: what conversations have and identity lost. Nothing else that a server names is called an
        earlier directory, since seals under those are believed. ApiError("clocks_differ").
        """
        members = tuple(staff)
        if len({member.profile.alias.casefold() for member in members}) != len(members):
            raise WireError("malformed")
        now = _agreed_time(await server_time(self._api), self._clock)
        before, replaced, last = self._directory, {self._session.trust.hash}, 0
        if lost is not None and lost.directory is not None:
            replaced, last = {*replaced, lost.directory}, lost.serial or 0
        root = self._root_key()
        keys = {"root": root} | {name: StaffKey.generate() for name in RENEWED}
        serial = max(before.serial, last) + 1
        ahead = serial - before.serial
        directory = replace(
            before,
            serial=serial,
            issued=now,
            expires=now + LIFETIME,
            earlier=_earlier(before, replaced, now),
            teams={name: _next_team(name, before, key, members, ahead) for name, key in keys.items()},
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
        replaces = None if applicant.replaces is None else Kid(applicant.replaces)
        try:
            bound = _invited(staff, applicant.role, replaces)
            secret = box_open(self._session.keyring.note_key, INVITE, bound, applicant.secret_box)
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
        return Submission(staff, applicant.role, applicant.pub, profile, replaces)


def _agreed_time(server: int, clock: Clock) -> int:
    """The server's time, where this machine's is about the same.

    A root's signature says until when a directory counts: a server that could set that date would have one
    for years to come. ApiError("clocks_differ").
    """
    if abs(server - clock.now()) > DAY:
        raise ApiError("clocks_differ")
    return server


def _invited(staff: StaffId, role: Role, replaces: Kid | None) -> bytes:
    """What the box of an invite secret is bound to: else a server could say as what, and in whose place."""
    return staff + role.encode() + (b"" if replaces is None else replaces)


def _next_team(name: str, before: Directory, key: StaffKey, members: Sequence[Member], ahead: int) -> Team:
    """The team in a directory that is `ahead` serials further.

    Its epoch rises as much: conversations may hold directories that identity lost, and no epoch has two keys.
    """
    team = before.teams[name]
    kids = holders(name, members)
    if not kids:
        raise WireError("malformed")
    if name == "root":
        return replace(team, members=kids)
    return Team(SUITE, team.epoch + ahead, key.pub, kids)


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
