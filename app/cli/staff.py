"""Verbs of those who run the service, on their own machines: setup, invite, join, admit, renew, let-go."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.cli.asking import ask, confirm, first_line, the_password, the_profile, the_secret
from app.cli.entry import Refused, app, bad, run, the_url
from app.companion.answers import Role
from app.companion.api import Api
from app.companion.coordinator import Coordinator, Submission, found
from app.companion.key_files import BadKeyFile, write_secret
from app.companion.newcomer import Account, Invitation, Newcomer
from app.companion.staff import secret_words
from app.companion.staff_session import StaffSession
from app.companion.talk import words
from app.companion.talk.terminal import plain
from app.kit.clock import DAY
from app.wire.directory import Directory, Profile
from app.wire.errors import WireError
from app.wire.ids import Kid

Url = Annotated[str, typer.Argument(callback=the_url, help="The service, such as https://beside.example")]
Name = Annotated[str | None, typer.Option(help="The name to sign in with; asked for where not given.")]
PasswordFile = Annotated[
    Path | None, typer.Option(help="The password is its first line; asked for where not given.")
]
SecretFile = Annotated[
    Path | None, typer.Option(help="Your key file; without it the twelve words are asked for.")
]
NewSecretFile = Annotated[
    Path, typer.Option(help="Where your new staff secret is written: on your own machine, nowhere else.")
]
Alias = Annotated[str | None, typer.Option(help="The name that clients see; never a real one.")]
About = Annotated[str, typer.Option("--line", help="One line that clients see.")]
Stone = Annotated[int, typer.Option(min=0, max=7, help="The stone that stands for you.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="Languages you talk in (en, es …).")]
Topics = Annotated[list[str] | None, typer.Option("--topic", help="What you like to be asked about.")]


@app.command()
def setup(
    url: Url,
    secret_file: NewSecretFile = Path("beside-coordinator.key"),
    code_file: Annotated[
        Path | None, typer.Option(help="The file setup-code in the server's data folder; else asked for.")
    ] = None,
    name: Name = None,
    password_file: PasswordFile = None,
    alias: Alias = None,
    about: About = "",
    stone: Stone = 0,
    language: Languages = None,
) -> None:
    """Found a service: its keys are made here, and only their sealed halves leave this machine."""
    code = first_line(code_file) if code_file is not None else ask("Set-up code", secret=True)
    name = name or ask("Name to sign in with")
    password = the_password(password_file, new=True)
    profile = the_profile(alias, about, stone, language or ["en"], [])
    account = Account.make()
    write_secret_or_end(secret_file, account)
    with forgotten_if_refused(secret_file):
        run(_found(url, code, account, name, password, profile))
    _keep(secret_file, account)
    typer.echo("\nThe service is founded. Two people should hold its root key: invite a second coordinator.")
    if confirm("Make that invitation now?"):
        _hand_over(url, run(_invite(url, name, password, account.secret, "coordinator")), "coordinator")


@app.command()
def invite(
    url: Url,
    role: Annotated[Role, typer.Option(help="What they will be.")] = "peer",
    replaces: Annotated[
        str | None, typer.Option(help="The alias of somebody of that role who lost their key.")
    ] = None,
    name: Name = None,
    password_file: PasswordFile = None,
    secret_file: SecretFile = None,
) -> None:
    """Invite one person: prints a link, and the same as twelve words."""
    invitation = run(_invite(url, *credentials(name, password_file, secret_file), role, replaces))
    _hand_over(url, invitation, role)


@app.command()
def join(
    url: Url,
    secret_file: NewSecretFile = Path("beside-staff.key"),
    name: Name = None,
    password_file: PasswordFile = None,
    alias: Alias = None,
    about: About = "",
    stone: Stone = 1,
    language: Languages = None,
    topic: Topics = None,
) -> None:
    """Answer an invitation: your keys are made here."""
    try:
        invitation = Invitation.read(ask("Your invitation (link or twelve words)", secret=True))
    except WireError:
        bad("This is not an invitation.")
    name = name or ask("Name to sign in with")
    password = the_password(password_file, new=True)
    profile = the_profile(alias, about, stone, language or ["en"], topic or [])
    account = Account.make()
    write_secret_or_end(secret_file, account)
    with forgotten_if_refused(secret_file):
        role = run(_join(url, invitation, account, name, password, profile))
    _keep(secret_file, account)
    typer.echo(f"\nA coordinator will admit you as {role}. You can sign in after that.")


@app.command()
def admit(
    url: Url,
    yes: Annotated[bool, typer.Option("--yes", help="Admit all whose key is vouched for.")] = False,
    name: Name = None,
    password_file: PasswordFile = None,
    secret_file: SecretFile = None,
) -> None:
    """Admit those who answered an invitation, in one sitting."""
    admitted = run(_admit(url, *credentials(name, password_file, secret_file), yes=yes))
    typer.echo(f"Admitted: {admitted}.")


@app.command()
def renew(
    url: Url, name: Name = None, password_file: PasswordFile = None, secret_file: SecretFile = None
) -> None:
    """Sign a directory for another 35 days, with new team keys."""
    directory = run(_renew(url, *credentials(name, password_file, secret_file)))
    days = (directory.expires - directory.issued) // DAY
    typer.echo(f"The directory is good for {days} days.")


@app.command("let-go")
def let_go(
    url: Url,
    alias: Annotated[str, typer.Argument(help="Who leaves, by the name that clients see.")],
    name: Name = None,
    password_file: PasswordFile = None,
    secret_file: SecretFile = None,
) -> None:
    """Let somebody go, listed or suspended: nothing is sealed to them from now on."""
    run(_let_go(url, *credentials(name, password_file, secret_file), alias))
    typer.echo("They can no longer sign in. Rooms they sat in get new keys when their client is next there.")


def write_secret_or_end(file: Path, account: Account) -> None:
    """Keep the secret before the server hears of the account: without it nobody could ever sign in."""
    try:
        write_secret(file, account.secret)
    except BadKeyFile as error:
        bad(str(error))


@contextmanager
def forgotten_if_refused(file: Path) -> Iterator[None]:
    """Remove the key file of an account that the server did not take; kept where nobody can tell."""
    try:
        yield
    except Refused as refused:
        if refused.code != "unreachable":
            file.unlink(missing_ok=True)
        raise


def credentials(
    name: str | None, password_file: Path | None, secret_file: Path | None
) -> tuple[str, str, bytes]:
    """Name, password and secret to sign in with; what is not given is asked for."""
    return name or ask("Name"), the_password(password_file), the_secret(secret_file)


def _keep(file: Path, account: Account) -> None:
    typer.echo(f"\nYour staff secret is in {file}. The same as twelve words, shown this once:\n")
    typer.echo(f"  {' '.join(secret_words(account.secret))}\n")
    typer.echo("You need it, beside your password, on each new machine. Nobody can give it to you again.")


def _hand_over(url: str, invitation: Invitation, role: Role) -> None:
    typer.echo(f"\nFor the new {role}, by a channel you trust, within seven days:\n")
    typer.echo(f"  {invitation.link(url, role)}\n\nor the same as twelve words:\n\n  {invitation.words}\n")
    typer.echo(
        f"They open the link in a browser, or run: beside join {url}. Then you run: beside admit {url}"
    )


async def _found(url: str, code: str, account: Account, name: str, password: str, profile: Profile) -> None:
    async with Api(url) as api:
        await found(api, code, account, name, password, profile)


async def _invite(
    url: str, name: str, password: str, secret: bytes, role: Role, replaces: str | None = None
) -> Invitation:
    async with Api(url) as api:
        session = await StaffSession.sign_in(api, name, password, secret, typed_code)
        coordinator = Coordinator(session)
        old = None if replaces is None else await known_as(session, coordinator, replaces)
        return await coordinator.invite(role, old)


async def _join(
    url: str, invitation: Invitation, account: Account, name: str, password: str, profile: Profile
) -> Role:
    async with Api(url) as api:
        newcomer = await Newcomer.open(api, invitation)
        await newcomer.submit(account, name, password, profile)
        return newcomer.role


async def _admit(url: str, name: str, password: str, secret: bytes, *, yes: bool) -> int:
    async with Api(url) as api:
        coordinator = Coordinator(await StaffSession.sign_in(api, name, password, secret, typed_code))
        tray = await coordinator.in_tray()
        if tray.forged:
            typer.echo(
                f"{tray.forged} answers are not vouched for by their invitation: not admitted.", err=True
            )
        if tray.elsewhere:
            typer.echo(f"{tray.elsewhere} were invited by another coordinator, who admits them.", err=True)
        chosen = [entry for entry in tray.ready if yes or confirm(_question(entry))]
        if chosen:
            await coordinator.admit(chosen)
        return len(chosen)


def _question(entry: Submission) -> str:
    return plain(f"Admit {entry.profile.alias} ({entry.role}): {entry.profile.line or 'no line'}?")


async def _renew(url: str, name: str, password: str, secret: bytes) -> Directory:
    async with Api(url) as api:
        return await Coordinator(await StaffSession.sign_in(api, name, password, secret, typed_code)).renew()


async def _let_go(url: str, name: str, password: str, secret: bytes, alias: str) -> None:
    async with Api(url) as api:
        session = await StaffSession.sign_in(api, name, password, secret, typed_code)
        coordinator = Coordinator(session)
        await coordinator.let_go(await known_as(session, coordinator, alias))


async def typed_code() -> str:
    """Six digits, asked for where this person's sign-in needs them."""
    return ask(words.CODE_FIELD)


async def known_as(session: StaffSession, coordinator: Coordinator, alias: str) -> Kid:
    """The key of somebody listed or suspended, by their alias."""
    known = {entry.profile.alias.casefold(): entry.kid for entry in session.trust.directory.staff}
    for away in (await coordinator.members()).suspended:
        known.setdefault(str(away.profile.get("alias")).casefold(), Kid(away.kid))
    if alias.casefold() not in known:
        bad("Nobody of that name is on the staff.")
    return known[alias.casefold()]
