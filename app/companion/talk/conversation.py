"""What the client's and the peer's screens have in common: lines in, events out, until somebody leaves."""

import asyncio
from abc import ABC, abstractmethod

from app.companion.api import ApiError
from app.companion.events import Event, Online, Undelivered
from app.companion.participant import Participant
from app.companion.talk import words
from app.companion.talk.lines import CARE, note
from app.companion.talk.terminal import Terminal
from app.wire.errors import WireError

LAST_WORDS = 10.0
"""Seconds to bring the last words to the server after the end of input."""


class Conversation(ABC):
    """One person's screen."""

    def __init__(self, terminal: Terminal, participant: Participant) -> None:
        self.terminal = terminal
        self._participant = participant
        self._was_off = False

    async def run(self) -> None:
        """Read and show until the person leaves or the input ends; then wipe the screen before all else."""
        async with self._participant:
            showing = asyncio.create_task(self._show_events())
            try:
                await self.begin()
                left = await self._read_lines()
            finally:
                showing.cancel()
                await asyncio.gather(showing, return_exceptions=True)
                self.terminal.wipe()
            if not left:
                await self._participant.flush(LAST_WORDS)

    @abstractmethod
    async def begin(self) -> None:
        """What is shown and done before the first line is read."""

    @abstractmethod
    async def command(self, name: str, rest: str) -> bool:
        """Carry out `/name rest`; whether there is such a command."""

    @abstractmethod
    async def words(self, text: str) -> None:
        """Say what was typed."""

    @abstractmethod
    def show(self, event: Event) -> None:
        """Show what happened."""

    def note(self, text: str) -> None:
        """A line of the service's own."""
        note(self.terminal, text)

    def refuse(self, text: str) -> None:
        """A line that says what did not work."""
        note(self.terminal, text, CARE)

    async def _read_lines(self) -> bool:
        """Act on each line; True where the person left, False where the input ended."""
        while (line := await self.terminal.read()) is not None:
            text = line.strip()
            if text == "/leave":
                return True
            try:
                await self._act(text)
            except (ApiError, WireError) as error:
                self.refuse(words.ERR_FULL if error.code == "too_long" else words.refusal(error.code))
        return False

    async def _act(self, text: str) -> None:
        if not text.startswith("/"):
            await self.words(text)
            return
        name, _, rest = text[1:].partition(" ")
        if not await self.command(name, rest.strip()):
            self.refuse("There is no such command. /help lists them.")

    async def _show_events(self) -> None:
        while True:
            event = await self._participant.events.get()
            if isinstance(event, Online):
                self._show_line(event.up)
            elif isinstance(event, Undelivered):
                self.refuse(words.ERR_FULL if event.code == "too_long" else words.SEND_NOT)
            else:
                self.show(event)

    def _show_line(self, up: bool) -> None:
        if not up and not self._was_off:
            self.refuse(words.NET_OFF)
        elif up and self._was_off:
            self.note(words.NET_BACK)
        self._was_off = not up
