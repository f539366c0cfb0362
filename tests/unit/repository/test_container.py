"""The container's promises: this machine only, no rights, nothing writable but data, settings that exist."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from pathlib import Path
from subprocess import run
from sys import executable
from threading import Thread
from typing import Any

import pytest
from jsonschema.validators import validator_for
from ruamel.yaml import YAML

from app.settings import Settings

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads(
    (files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text("utf-8")
)
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


@pytest.fixture
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")
    return loaded


def test_the_file_follows_the_compose_specification(compose: dict[str, Any]) -> None:
    specification = validator_for(SCHEMA)(SCHEMA)
    assert not list(specification.iter_errors(compose))
    compose["services"]["beside"]["read_onyl"] = True
    assert list(specification.iter_errors(compose))


def test_the_port_is_bound_to_loopback_only(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["ports"]
        assert all(re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port) for port in service["ports"])
        assert "network_mode" not in service


def test_the_container_has_no_rights_and_writes_only_its_data(compose: dict[str, Any]) -> None:
    [service] = compose["services"].values()
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "devices", "user"} & service.keys()
    assert service["volumes"] == ["data:/data"]
    assert [mount.partition(":")[0] for mount in service["tmpfs"]] == ["/tmp"]  # noqa: S108 - the container's own


def test_every_setting_in_both_files_exists(compose: dict[str, Any]) -> None:
    named = set(compose["services"]["beside"]["environment"]) | set(
        re.findall(r"\bBESIDE_[A-Z_]+(?==)", DOCKERFILE)
    )
    assert {"BESIDE_DATA", "BESIDE_HOST", "BESIDE_PORT"} <= named
    assert {name.removeprefix("BESIDE_").lower() for name in named} <= Settings.model_fields.keys()


def test_the_image_runs_as_a_user_without_rights() -> None:
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert "\nUSER beside\n" in last_stage
    assert last_stage.index("USER beside") < last_stage.index('CMD ["beside", "serve"]')


@pytest.fixture
def answers() -> Iterator[list[int]]:
    """The status that the next answer of a small server has; its port is the list's first item."""
    state: list[int] = []

    class Service(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(state[1] if self.path == "/api/service" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            pass

    with HTTPServer(("127.0.0.1", 0), Service) as server:
        state += [server.server_port, 200]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        server.shutdown()
        thread.join()


def test_the_health_check_tells_a_working_service_from_a_failing_one(answers: list[int]) -> None:
    [line] = re.findall(r"^HEALTHCHECK .* CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    [_python, *arguments] = json.loads(line)
    environment = {"BESIDE_PORT": str(answers[0])}
    assert run([executable, *arguments], env=environment, capture_output=True).returncode == 0
    answers[1] = 503
    assert run([executable, *arguments], env=environment, capture_output=True).returncode != 0
