"""The import contracts of pyproject.toml allow what the architecture allows, and each can fail.

Each test lays out a small package `app` in a folder of its own and runs the project's own contracts on it.
"""

import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ALLOWED = {
    "kit/clock.py": "",
    "wire/frames.py": "import app.kit.clock",
    "settings.py": "",
    "bus/nats.py": "import nats, app.wire.frames",
    "identity/ids.py": "",
    "identity/staff/rules.py": "import app.identity.ids",
    "identity/staff/service.py": "import app.identity.staff.rules",
    "conversations/ids.py": "",
    "conversations/admission/service.py": "import app.conversations.ids",
    "conversations/house.py": "import app.conversations.admission.service",
    "conversations/rooms/service.py": "import app.conversations.house",
    "conversations/messages/rules.py": "import app.wire.frames",
    "conversations/messages/store.py": "import sqlalchemy, app.conversations.messages.rules",
    "conversations/messages/writer.py": "import app.conversations.messages.store, app.bus.nats",
    "conversations/messages/service.py": "from app.conversations.messages import writer",
    "live/frames.py": "import pydantic",
    "live/session.py": "import app.live.frames, app.conversations.messages.rules",
    "live/socket.py": "import app.live.session, app.conversations.messages.service",
    "web/errors.py": "import fastapi, app.kit.clock",
    "web/identity_app.py": "import app.identity.staff.service, app.web.errors",
    "web/conversations_app.py": "import app.live.socket, app.web.errors",
    "companion/client.py": "import httpx, app.wire.frames",
    "main.py": "import app.web.identity_app, app.web.conversations_app, app.settings",
    "cli.py": "import app.main, app.companion.client",
}

FORBIDDEN = [
    ("kit/clock.py", "import app.wire.frames", "The floors"),
    ("wire/frames.py", "import app.bus.nats", "The floors"),
    ("identity/staff/service.py", "import app.conversations.ids", "The floors"),
    ("conversations/ids.py", "import app.identity.ids", "The floors"),
    ("bus/nats.py", "import app.conversations.ids", "The floors"),
    ("live/socket.py", "import app.web.errors", "The floors"),
    ("main.py", "import app.companion.client", "The floors"),
    ("conversations/messages/service.py", "import app.companion.client", "The floors"),
    ("helpers.py", "", "The floors"),
    ("companion/client.py", "import app.conversations.ids", "The companion"),
    ("companion/client.py", "import app.settings", "The companion"),
    ("live/socket.py", "import app.identity.ids", "Open sockets"),
    ("web/identity_app.py", "import app.conversations.ids", "The identity app"),
    ("web/identity_app.py", "import app.live.frames", "The identity app"),
    ("web/conversations_app.py", "import app.identity.ids", "The conversations app"),
    ("web/errors.py", "import app.identity.ids", "What both apps share"),
    ("web/errors.py", "import app.conversations.ids", "What both apps share"),
    ("identity/staff/rules.py", "import app.identity.staff.service", "Inside a domain folder"),
    ("conversations/messages/store.py", "import app.conversations.messages.writer", "Inside a domain folder"),
    ("conversations/admission/service.py", "import app.conversations.messages.rules", "The nouns"),
    ("conversations/admission/service.py", "import app.conversations.house", "The nouns"),
    ("conversations/extras.py", "", "The nouns"),
    ("conversations/messages/rules.py", "import sqlalchemy", "Rules, sessions"),
    ("identity/staff/rules.py", "import fastapi", "Rules, sessions"),
    ("live/session.py", "import app.conversations.messages.store", "Rules, sessions"),
    ("live/frames.py", "import starlette", "Rules, sessions"),
    ("wire/frames.py", "import asyncio", "Rules, sessions"),
    ("conversations/messages/writer.py", "import nats", "One file speaks to NATS"),
]


def _broken_contracts(folder: Path, changed: dict[str, str]) -> list[str]:
    """First words of the contracts that the allowed layout breaks once `changed` files are laid over it."""
    for name, text in (ALLOWED | changed).items():
        file = folder / "app" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n")
    for package in [folder / "app", *(path for path in (folder / "app").rglob("*") if path.is_dir())]:
        (package / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", folder)
    lint_imports = Path(sysconfig.get_path("scripts")) / "lint-imports"
    result = subprocess.run(
        [lint_imports, "--no-cache"], cwd=folder, capture_output=True, text=True, env={"COLUMNS": "300"}
    )
    lines = result.stdout.splitlines()
    assert any(line.startswith("Contracts: ") for line in lines), result.stdout + result.stderr
    broken = [line for line in lines if " BROKEN" in line]
    assert (result.returncode == 0) == (not broken), result.stdout
    return broken


def test_what_the_architecture_allows_breaks_no_contract(tmp_path: Path) -> None:
    assert _broken_contracts(tmp_path, {}) == []


@pytest.mark.parametrize(("file", "line", "contract"), FORBIDDEN)
def test_a_forbidden_import_breaks_its_contract(tmp_path: Path, file: str, line: str, contract: str) -> None:
    allowed = ALLOWED.get(file, "")
    broken = _broken_contracts(tmp_path, {file: f"{allowed}\n{line}"})
    assert [name for name in broken if name.startswith(contract)], broken


def test_the_houses_do_not_meet_through_a_third_module_either(tmp_path: Path) -> None:
    broken = _broken_contracts(
        tmp_path,
        {"kit/clock.py": "import app.conversations.ids", "identity/ids.py": "import app.kit.clock"},
    )
    assert any(name.startswith("The floors") for name in broken)
