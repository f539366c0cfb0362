"""Verbs that keep somebody out: suspend, agree, refuse, reinstate; recover, after identity was restored."""

from typing import Annotated

import typer

from app.cli.asking import confirm
from app.cli.entry import app, run
from app.cli.staff import Name, PasswordFile, SecretFile, Url, credentials, known_as, typed_code
from app.companion import suspensions
from app.companion.answers import Proposal, SuspensionReason
from app.companion.api import Api
from app.companion.coordinator import Coordinator
from app.companion.staff_session import StaffSession
from app.companion.talk.terminal import plain
from app.wire.ids import Kid

Who = Annotated[str, typer.Argument(help="Who, by the name that clients see.")]


@app.command()
def suspend(
    url: Url,
    alias: Who,
    reason: Annotated[SuspensionReason, typer.Option(help="Kept in the trail.")] = "other",
    name: Name = None,
    password_file: PasswordFile = None,
    secret_file: SecretFile = None,
) -> None:
    """Suspend somebody. It takes two: the first time this asks; once another person agreed, it is done."""
    if run(_suspend(url, *credentials(name, password_file, secret_file), alias, reason)):
        typer.echo("Suspended. They can no longer sign in, until you restore them or let them go.")
    else:
        typer.echo("Asked for. Another coordinator or a moderator agrees within seven days: beside agree.")


@app.command()
def agree(
    url: Url,
    name: Name = None,
    password_file: PasswordFile = None,
    secret_file: SecretFile = None,
) -> None:
    """Be the second person of a suspension that somebody else asked for."""
    said = run(_agree(url, *credentials(name, password_file, secret_file)))
    typer.echo(f"Agreed: {said}.")


@app.command()
def refuse(
    url: Url,
    name: Name = None,
    password_file: PasswordFile = None,
    secret_file: SecretFile = None,
) -> None:
    """End a suspension that was asked for and that nobody agreed to yet; also one you asked for yourself."""
    ended = run(_refuse(url, *credentials(name, password_file, secret_file)))
    typer.echo(f"Ended: {ended}.")


@app.command()
def reinstate(
    url: Url,
    alias: Who,
    name: Name = None,
    password_file: PasswordFile = None,
    secret_file: SecretFile = None,
) -> None:
    """List somebody again who is suspended, as they were."""
    run(_reinstate(url, *credentials(name, password_file, secret_file), alias))
    typer.echo("They can sign in again.")


@app.command()
def recover(
    url: Url, name: Name = None, password_file: PasswordFile = None, secret_file: SecretFile = None
) -> None:
    """After identity came back from a backup: say of each person it lists whether they are still with you."""
    listed = run(_recover(url, *credentials(name, password_file, secret_file)))
    typer.echo(f"Listed: {listed}. Invite those anew who came after the backup was made.")


async def _suspend(
    url: str, name: str, password: str, secret: bytes, alias: str, reason: SuspensionReason
) -> bool:
    async with Api(url) as api:
        session = await StaffSession.sign_in(api, name, password, secret, typed_code)
        coordinator = Coordinator(session)
        kid = await known_as(session, coordinator, alias)
        agreed = [entry.kid for entry in (await coordinator.members()).proposals if entry.agreed is not None]
        if kid not in agreed:
            await coordinator.propose(kid, reason)
            return False
        await coordinator.suspend(kid)
        return True


async def _agree(url: str, name: str, password: str, secret: bytes) -> int:
    async with Api(url) as api:
        session = await StaffSession.sign_in(api, name, password, secret, typed_code)
        said = 0
        for entry in await _open(session):
            if entry.by != session.kid and confirm(f"{_asked(session, entry)} Agree?"):
                await suspensions.agree(session, Kid(entry.kid))
                said += 1
        return said


async def _refuse(url: str, name: str, password: str, secret: bytes) -> int:
    async with Api(url) as api:
        session = await StaffSession.sign_in(api, name, password, secret, typed_code)
        ended = 0
        for entry in await _open(session):
            question = "Take it back?" if entry.by == session.kid else "Refuse?"
            if confirm(f"{_asked(session, entry)} {question}"):
                await suspensions.refuse(session, Kid(entry.kid))
                ended += 1
        return ended


async def _open(session: StaffSession) -> list[Proposal]:
    """Proposals that nobody agreed to yet."""
    return [entry for entry in await suspensions.proposals(session) if entry.agreed is None]


def _asked(session: StaffSession, entry: Proposal) -> str:
    by = "You ask" if entry.by == session.kid else f"{_alias(session, entry.by)} asks"
    return plain(f"{by} to suspend {_alias(session, entry.kid)} ({entry.reason}).")


def _alias(session: StaffSession, kid: bytes) -> str:
    member = session.trust.directory.member(Kid(kid))
    return "somebody" if member is None else member.profile.alias


async def _reinstate(url: str, name: str, password: str, secret: bytes, alias: str) -> None:
    async with Api(url) as api:
        session = await StaffSession.sign_in(api, name, password, secret, typed_code)
        coordinator = Coordinator(session)
        await coordinator.restore(await known_as(session, coordinator, alias))


async def _recover(url: str, name: str, password: str, secret: bytes) -> int:
    async with Api(url) as api:
        session = await StaffSession.sign_in(api, name, password, secret, typed_code)
        staff = session.trust.directory.staff
        kept = {
            member.kid
            for member in staff
            if member.kid == session.kid
            or confirm(plain(f"Is {member.profile.alias} ({member.roles[0]}) still with you?"))
        }
        return len((await Coordinator(session).recover(kept)).staff)
