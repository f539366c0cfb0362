"""A real server in a process of its own, on this machine, that a test may kill and start again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import monotonic, sleep

STARTING = 60.0
"""Seconds that a server may take to answer on a busy machine."""

QUICK_PROOFS = {"BESIDE_PROOF_COST": "1", "BESIDE_PROOF_BITS": "1", "BESIDE_PROOF_PUZZLES": "1"}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Served:
    """`beside serve` over a data folder."""

    def __init__(self, data: Path, settings: Mapping[str, str] = QUICK_PROOFS) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._settings = dict(settings)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def setup_code(self) -> str:
        """The one-time code that founds the service."""
        return (self.data / "setup-code").read_text("ascii").strip()

    def start(self) -> None:
        """Start, and wait until it answers."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BESIDE_")}
        own = {"BESIDE_DATA": str(self.data), "BESIDE_PORT": str(self.port)}
        with open(self.data.with_suffix(".log"), "ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "serve"],
                env=kept | own | self._settings,
                stdout=log,
                stderr=log,
            )
        end = monotonic() + STARTING
        while monotonic() < end:
            if self._process.poll() is not None:
                break
            try:
                # It listens once it can answer. Asking it each time would slow its start down.
                socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                sleep(0.05)
            else:
                return
        raise RuntimeError(self.data.with_suffix(".log").read_text("utf-8")[-2000:])

    def kill(self) -> None:
        """SIGKILL: no time to say anything or to write anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(30)
            self._process = None
