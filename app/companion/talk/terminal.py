"""Lines in, lines out: an inviting prompt on a terminal, plain lines through a pipe."""

import asyncio
import contextlib
import sys
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import IO, Protocol

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.text import Text

MAX_LINE = 16_000
"""Characters of one typed line: more does not fit into a message."""

_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WIPE = "\x1b[2J\x1b[3J\x1b[H"


class Terminal(Protocol):
    """Where a person reads and types."""

    async def read(self, prompt: str = "", *, secret: bool = False) -> str | None:
        """The next line without its end, None at the end of input. `secret`: it is not shown."""

    def show(self, *parts: tuple[str, str]) -> None:
        """One line of (style, text); control characters in it show nothing and do nothing."""

    def wipe(self) -> None:
        """Remove everything from the screen, also what can be scrolled back to."""


class PipeTerminal:
    """Plain lines, for scripts and tests."""

    def __init__(self, source: asyncio.StreamReader, out: IO[str]) -> None:
        self._source = source
        self._out = out

    async def read(self, prompt: str = "", *, secret: bool = False) -> str | None:
        try:
            line = await self._source.readline()
        except ValueError:  # longer than the reader's limit: it dropped the line
            return ""
        return line.decode("utf-8", "replace").rstrip("\r\n") if line else None

    def show(self, *parts: tuple[str, str]) -> None:
        self._out.write("".join(plain(text) for _, text in parts) + "\n")
        self._out.flush()

    def wipe(self) -> None:
        return


class ScreenTerminal:
    """A terminal with a person at it: the prompt stays below, what happens scrolls above."""

    def __init__(self, prompt_of: Callable[[], str]) -> None:
        self._session: PromptSession[str] = PromptSession(reserve_space_for_menu=0)
        self._secrets: PromptSession[str] = PromptSession(reserve_space_for_menu=0)
        self._console = Console(file=sys.stdout, highlight=False, soft_wrap=False)
        self._prompt_of = prompt_of

    async def read(self, prompt: str = "", *, secret: bool = False) -> str | None:
        session = self._secrets if secret else self._session
        text = prompt or self._prompt_of()
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            return await session.prompt_async(FormattedText([("bold", text)]), is_password=secret)
        return None

    def show(self, *parts: tuple[str, str]) -> None:
        self._console.print(Text.assemble(*((plain(text), style) for style, text in parts)))

    def wipe(self) -> None:
        sys.stdout.write(_WIPE)
        sys.stdout.flush()


@asynccontextmanager
async def open_terminal(prompt_of: Callable[[], str]) -> AsyncIterator[Terminal]:
    """The terminal of this process: a screen where both ends are one, else a pipe."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        with patch_stdout(raw=True):
            yield ScreenTerminal(prompt_of)
        return
    source = asyncio.StreamReader(limit=4 * MAX_LINE)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(source), sys.stdin
    )
    try:
        yield PipeTerminal(source, sys.stdout)
    finally:
        transport.close()


def plain(text: str) -> str:
    """Text that a terminal shows and does not obey: no controls, nothing that turns the direction."""
    return "".join(
        c for c in text if c in "\n\t" or (unicodedata.category(c) != "Cc" and c not in _DIRECTION)
    )
