"""The README's own commands, run as they stand there: two terminals talk through a server that is killed."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, Queue
from time import monotonic, sleep

import httpx
import pytest

from app.settings import Settings

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PATIENCE = 60.0
"""Seconds to wait for a line on a busy machine, before the test fails."""

PASSWORD = "seven kind horses at dawn"


def commands() -> list[str]:
    """Every line of the README's shell blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def the_command(*words: str, but: str = "") -> str:
    """The one command of the README that holds these words."""
    found = [line for line in commands() if all(word in line for word in words) and not (but and but in line)]
    assert len(found) == 1, found
    return found[0]


class Town:
    """A folder for the server and one for its people, and the README's commands between them."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"http://localhost:{port}"
        self.data = folder / "data"
        home = folder / "home"
        home.mkdir()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BESIDE_")}
        bin_folder = f"{Path(sys.executable).parent}"
        self.environment = kept | {
            "HOME": str(home),
            "BESIDE_DATA": str(self.data),
            "BESIDE_PORT": str(port),
            "PYTHONUNBUFFERED": "1",
            "PATH": f"{bin_folder}:{kept['PATH']}",
        }
        self.log = folder / "server.log"

    def here(self, command: str) -> str:
        """The command with this town's address and folder in it."""
        local = command.replace("http://localhost:8000", self.url).replace(" data/", f" {self.data}/")
        return "exec " + local.replace(".venv/bin/", f"{Path(sys.executable).parent}/")

    def run(self, command: str, *typed: str) -> str:
        """Run a command to its end with these lines typed; what it said."""
        done = subprocess.run(
            ["sh", "-c", self.here(command)],
            cwd=ROOT,
            env=self.environment,
            input="".join(f"{line}\n" for line in typed),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def serve(self) -> "subprocess.Popen[bytes]":
        """Start the server as `make run` does, and wait until it answers."""
        recipe = subprocess.run(
            # Under `make test` an inner make would announce its folder.
            ["make", "-n", "--no-print-directory", "run"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()[-1]
        command = recipe.replace(".venv/bin/beside", f"exec {Path(sys.executable).parent}/beside")
        with open(self.log, "ab") as log:
            server = subprocess.Popen(
                ["sh", "-c", command], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        end = monotonic() + PATIENCE
        while monotonic() < end and server.poll() is None:
            try:
                httpx.get(f"{self.url}/api/service", trust_env=False)
            except httpx.HTTPError:
                sleep(0.05)
            else:
                return server
        server.kill()
        raise AssertionError(self.log.read_text("utf-8")[-2000:])


class Screen:
    """A terminal with one of the README's talks in it."""

    def __init__(self, town: Town, command: str) -> None:
        self._process = subprocess.Popen(
            ["sh", "-c", town.here(command)],
            cwd=ROOT,
            env=town.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: Queue[str] = Queue()
        self.seen: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def type(self, line: str) -> None:
        """Type a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def until(self, words: str) -> str:
        """The next line with these words."""
        end = monotonic() + PATIENCE
        while True:
            try:
                line = self._lines.get(timeout=max(0.01, end - monotonic()))
            except Empty:
                raise AssertionError(f"no line with {words!r} in {self.seen}") from None
            self.seen.append(line)
            if words in line:
                return line

    def close(self) -> None:
        """End the program, if it has not ended."""
        self._process.kill()
        self._process.wait()
        for end in (self._process.stdin, self._process.stdout):
            if end is not None:
                end.close()

    def ended_well(self) -> bool:
        """Whether the program ends by itself, without an error."""
        return self._process.wait(PATIENCE) == 0

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def town(tmp_path: Path, unused_tcp_port: int) -> Town:
    return Town(tmp_path, unused_tcp_port)


def test_two_terminals_talk_through_a_server_that_is_killed_and_started_again(
    town: Town, stack: ExitStack
) -> None:
    server = stack.enter_context(_ended(town.serve()))
    town.run(the_command("beside setup"), "wren", PASSWORD, "Wren", "n")
    invited = town.run(the_command("beside invite"), "wren", PASSWORD)
    [link] = [line.strip() for line in invited.splitlines() if "#invite=" in line]
    town.run(the_command("beside join"), link, "mara", PASSWORD, "Mara")
    assert "Admitted: 1" in town.run(the_command("beside admit"), "wren", PASSWORD, "y")

    client = _screen(stack, town, the_command("beside talk", but="-"))
    client.type("not sure i should be here")
    client.until("You are in.")
    peer = _screen(stack, town, the_command("beside talk", "--peer"))
    peer.type("mara")
    peer.type(PASSWORD)
    peer.until("Waiting: 1")
    peer.type("/queue")
    peer.until("1. ")
    peer.type("/claim 1")
    client.until("Mara is here.")
    client.type("/hello")
    peer.until("not sure i should be here")
    peer.type("glad you are")
    client.until("Mara: glad you are")

    server.send_signal(signal.SIGKILL)
    server.wait()
    client.until("You are offline.")
    client.type("are you still there?")
    stack.enter_context(_ended(town.serve()))
    peer.until("They: are you still there?")
    peer.type("yes, still here")
    client.until("Mara: yes, still here")

    client.type("/code")
    client.until("These seven words")
    words = client.until("   ").strip()
    client.type("/leave")
    assert client.ended_well()
    again = _screen(stack, town, the_command("beside talk", "--code"))
    again.type(words)
    again.until("Welcome back.")
    again.type("/hello")
    again.type("back again")
    peer.until("They: back again")
    again.type("/show")
    again.until("You: not sure i should be here")
    again.until("Mara: glad you are")
    peer.type("/leave")
    assert peer.ended_well()
    said = [line for line in peer.seen if "are you still there?" in line]
    assert len(said) == 1


def test_the_readme_begins_with_two_commands() -> None:
    assert commands()[:2] == ["make demo", "make test"]


def test_the_readme_names_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(BESIDE_\w+)` \| `?([^|`]*)`? \|", README, re.MULTILINE))
    assert set(rows) == {f"BESIDE_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, bool):
            assert rows[f"BESIDE_{name.upper()}"] == str(field.default).lower()
        elif isinstance(field.default, int | str | Path):
            assert rows[f"BESIDE_{name.upper()}"] == str(field.default)


def _screen(stack: ExitStack, town: Town, command: str) -> Screen:
    screen = Screen(town, command)
    stack.callback(screen.close)
    return screen


class _ended:
    """Ends a server with its test, however the test ends."""

    def __init__(self, server: "subprocess.Popen[bytes]") -> None:
        self._server = server

    def __enter__(self) -> "subprocess.Popen[bytes]":
        return self._server

    def __exit__(self, *_: object) -> None:
        self._server.kill()
        self._server.wait()
