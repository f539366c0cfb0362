"""A server that cannot start says why, in words that its operator can act on."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.conversations.ids import Conversations
from app.conversations.service import store as service_store
from app.conversations.service.rules import Set
from app.kit.database import Database
from app.kit.errors import NotReady
from app.main import Server
from app.upkeep.stores import migrate
from tests.serving import settings_for

SECONDS = 60


def serve(data: Path, port: int, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run `beside serve` to its end."""
    return subprocess.run(
        [Path(sys.executable).with_name("beside"), "serve"],
        env={**os.environ, "BESIDE_DATA": str(data), "BESIDE_PORT": str(port), **more},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = serve(tmp_path, port)
    assert done.returncode == 2
    assert f"port {port}" in done.stderr


def test_a_damaged_key_file_is_said_and_nothing_of_it_is_shown(tmp_path: Path) -> None:
    (tmp_path / "conversations.keys").write_text("not a key")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = serve(tmp_path, port)
    assert done.returncode != 0
    assert "a key file cannot be used" in done.stderr
    assert "not a key" not in done.stderr


def test_opening_hours_of_another_form_are_said_with_what_is_wrong(tmp_path: Path) -> None:
    hours = tmp_path / "hours.json"
    hours.write_text('{"zone": "America/Chicago", "weekly": {"*": [["monday", "17:00", "23:00"]]}}')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = serve(tmp_path / "data", port, BESIDE_HOURS=str(hours))
    assert done.returncode != 0
    assert "the opening hours cannot be used" in done.stderr
    assert "a day from mon to sun" in done.stderr


async def test_hours_that_a_coordinator_set_and_this_machine_lacks_are_said(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    await migrate(settings)
    store = Database[Conversations](settings.conversations_store)
    async with store.write() as tx:
        await service_store.write(tx, Set(hours='{"zone": "Mars/Base", "weekly": {"*": []}, "closures": []}'))
    await store.close()
    server = Server(settings)
    with pytest.raises(NotReady, match="the opening hours that a coordinator set cannot be used: zone"):
        await server.open()
    await server.close()
