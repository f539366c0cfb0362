"""`beside talk`: from an address to a conversation on the screen."""

from pathlib import Path

from app.companion.api import Api, ApiError
from app.companion.client import Client
from app.companion.code import read_code
from app.companion.key_files import read_secret_file
from app.companion.peer import Peer
from app.companion.staff import read_secret
from app.companion.staff_session import StaffSession
from app.companion.talk import words
from app.companion.talk.client_talk import ClientTalk
from app.companion.talk.peer_talk import PeerTalk
from app.companion.talk.terminal import Terminal, open_terminal
from app.wire.errors import WireError

TRIES = 3
"""Times that words or a password may be typed."""


async def talk_as_client(url: str, language: str) -> None:
    """Begin a talk. ApiError where the service cannot be reached or believed."""
    async with Api(url) as api, open_terminal(lambda: "> ") as terminal:
        client = await Client.make(api)
        await ClientTalk(terminal, client, language, returned=False).run()


async def talk_again(url: str, language: str) -> None:
    """Come back to a talk by its seven words. ApiError where they are not typed right three times."""
    async with Api(url) as api, open_terminal(lambda: "> ") as terminal:
        client = await _found_again(api, terminal)
        await ClientTalk(terminal, client, language, returned=True).run()


async def talk_as_peer(url: str, name: str | None, password: str | None, secret_file: Path | None) -> None:
    """Sign in and talk; what is not given is asked for. ApiError("unknown") where it is not right."""
    talks: list[PeerTalk] = []
    async with Api(url) as api, open_terminal(lambda: talks[0].prompt if talks else "> ") as terminal:
        name = name or await ask(terminal, "Name")
        password = password or await ask(terminal, "Password", secret=True)
        if secret_file is None:
            secret = read_secret(await ask(terminal, "Staff secret (twelve words)", secret=True))
        else:
            secret = read_secret_file(secret_file)
        session = await StaffSession.sign_in(
            api, name, password, secret, lambda: ask(terminal, words.CODE_FIELD)
        )
        if session.role != "peer":
            raise ApiError("unknown")
        talks.append(PeerTalk(terminal, Peer(session)))
        await talks[0].run()
        await session.sign_out()


async def ask(terminal: Terminal, question: str, *, secret: bool = False) -> str:
    """One answer. ApiError("malformed") where there is none."""
    terminal.show(("bold", question + ":"))
    answer = await terminal.read("  ", secret=secret)
    if not answer:
        raise ApiError("malformed")
    return answer.strip()


async def _found_again(api: Api, terminal: Terminal) -> Client:
    for _ in range(TRIES):
        typed = await ask(terminal, words.BACK_FIELD)
        try:
            return await Client.come_back(api, read_code(typed))
        except WireError:
            terminal.show(("", words.BACK_CHECK))
        except ApiError as error:
            if error.code != "unknown":
                raise
            terminal.show(("", words.BACK_CHECK))
    raise ApiError("unknown")
