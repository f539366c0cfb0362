"""Servers as processes of their own: pinned to a core, measured through /proc, always ended."""

import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 10.0
_TICKS = os.sysconf("SC_CLK_TCK")


class ServerDied(RuntimeError):
    """A server under test ended, or never answered. The text holds what it printed last."""


@dataclass(frozen=True, slots=True)
class Cores:
    """Which core serves and which one makes the load; None on a machine with one core."""

    server: int | None
    generator: int | None

    @classmethod
    def of_this_machine(cls) -> "Cores":
        free = sorted(os.sched_getaffinity(0))
        return cls(free[0], free[1]) if len(free) >= 2 else cls(None, None)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server on loopback."""

    pid: int
    port: int

    def cpu_seconds(self) -> float:
        """User and system time so far: every thread, every child process."""
        return sum(_cpu_seconds(pid) for pid in tree(self.pid))

    def anonymous_kib(self) -> int:
        """What the process tree holds alone. Pages of files weigh less the more other programs map them."""
        return sum(_anonymous_kib(pid) for pid in tree(self.pid))


@dataclass(frozen=True, slots=True)
class Engine:
    """A running PostgreSQL or NATS: what servers lean on, and whose time is told apart from theirs."""

    pid: int

    def cpu_seconds(self) -> float:
        """As of a server."""
        return sum(_cpu_seconds(pid) for pid in tree(self.pid))


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    core: int | None,
    log: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run `command`, which will listen on `port`, until the block ends. ServerDied if it does not answer."""
    with log.open("wb") as output, born_on(core):
        process = subprocess.Popen(
            command,
            env={**os.environ, **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is ours: we end the server in order
        )
    try:
        _wait_until_listening(process, port, log)
        yield Server(process.pid, port)
        if process.poll() is not None:
            raise ServerDied(_last_words(log))
    finally:
        _stop(process)


def pin(pid: int, core: int | None) -> None:
    """Keep a process, its threads and everything below it on `core`; what it starts later inherits that."""
    if core is not None:
        for each in tree(pid):
            for task in Path(f"/proc/{each}/task").iterdir():
                os.sched_setaffinity(int(task.name), {core})


def free_port() -> int:
    """A TCP port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def raise_descriptor_limit() -> int:
    """Let this process and its children open as many files as the machine allows; how many that is."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def tree(pid: int) -> list[int]:
    """A process and everything below it."""
    pids = [pid]
    for parent in pids:  # grows while it is walked
        with suppress(FileNotFoundError, ProcessLookupError):  # one may end meanwhile
            for task in Path(f"/proc/{parent}/task").glob("*/children"):
                pids.extend(int(child) for child in task.read_text().split())
    return pids


def cpu_of_stat(stat: str) -> float:
    """Seconds of user and system time in the text of /proc/PID/stat, of its children that ended too."""
    # The second field is the program's name in brackets and may itself hold blanks and brackets.
    fields = stat.rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def anonymous_of_rollup(rollup: str) -> int:
    """KiB of Pss_Anon in the text of /proc/PID/smaps_rollup."""
    for line in rollup.splitlines():
        if line.startswith("Pss_Anon:"):
            return int(line.split()[1])
    raise ValueError("no Pss_Anon line")


def _cpu_seconds(pid: int) -> float:
    try:
        return cpu_of_stat(Path(f"/proc/{pid}/stat").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # it ended meanwhile: its parent has its time now


def _anonymous_kib(pid: int) -> int:
    return anonymous_of_rollup(Path(f"/proc/{pid}/smaps_rollup").read_text())


@contextmanager
def born_on(core: int | None) -> Iterator[None]:
    """What is started inside runs on `core` from its first instruction, with all its threads."""
    before = os.sched_getaffinity(0)
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _wait_until_listening(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(1.0)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise ServerDied(_last_words(log))


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_words(log: Path) -> str:
    return log.read_text(errors="replace")[-2_000:] or "the server ended without a word"
