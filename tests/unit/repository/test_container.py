"""The containers' promises: this machine only, no rights, only data is writable, houses that never meet."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from subprocess import run
from sys import executable
from threading import Thread
from typing import Any

import pytest
from jsonschema.validators import validator_for

from app.settings import Settings
from tests.topology.compose import OUR_IMAGE, ROOT, Service, image_says, loaded, services

SCHEMA = json.loads(
    (files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text("utf-8")
)
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
LOGS = {"driver": "json-file", "options": {"max-size": "1m", "max-file": "2"}}


@pytest.fixture
def compose() -> dict[str, Any]:
    return loaded()


@pytest.fixture
def grown() -> dict[str, Service]:
    return services(
        "grown", {"IDENTITY_PASSWORD": "one", "CONVERSATIONS_PASSWORD": "two", "BUS_PASSWORD": "three"}
    )


def test_the_file_follows_the_compose_specification(compose: dict[str, Any]) -> None:
    specification = validator_for(SCHEMA)(SCHEMA)
    assert not list(specification.iter_errors(compose))
    compose["services"]["beside"]["read_onyl"] = True
    assert list(specification.iter_errors(compose))


def test_by_default_one_container_starts_and_grown_every_other() -> None:
    chosen = dict(
        line.split("=")
        for line in (ROOT / ".env").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
    assert chosen == {"COMPOSE_PROFILES": "embedded"}
    assert set(services("embedded", {})) == {"beside"}
    names = set(services("grown", {}))
    assert "beside" not in names
    assert names | {"beside"} == set(loaded()["services"])


def test_one_container_is_reached_from_this_machine_only_and_grown_only_caddy_from_elsewhere(
    compose: dict[str, Any],
) -> None:
    published = {name: each["ports"] for name, each in compose["services"].items() if "ports" in each}
    assert published == {"beside": ["127.0.0.1:8000:8000"], "web": ["80:8080", "443:8443"]}


def test_no_container_has_rights_or_writes_anything_but_its_data(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["pids_limit"], name
        assert service["logging"] == LOGS, name
        assert not {"privileged", "cap_add", "devices", "pid", "ipc"} & service.keys(), name
        assert service.get("network_mode", "none") == "none", name
        # Ours are of a user without rights by their Dockerfile, the others by this file.
        assert "build" in service or service["user"] in ("postgres", "10001:10001"), name
        for mount in service.get("tmpfs", []):
            assert mount.partition(":")[0] in ("/tmp", "/var/run/postgresql")  # noqa: S108 - the container's own


def test_neither_house_can_reach_the_others_store_and_only_nodes_reach_the_bus(
    compose: dict[str, Any], grown: dict[str, Service]
) -> None:
    assert all(how == {"internal": True} for name, how in compose["networks"].items() if name != "outside")
    reached = {
        name: {other for other, each in grown.items() if each.networks & service.networks} - {name}
        for name, service in grown.items()
    }
    assert reached["identity-store"] == {"identity", "identity-migrate"}
    assert reached["conversations-store"] == {"conversations", "conversations-migrate"}
    assert reached["bus"] == {"conversations"}
    assert reached["identity"] == {"identity-store", "identity-migrate", "web"}
    assert reached["conversations"] == {"conversations-store", "conversations-migrate", "bus", "web"}
    assert reached["pages"] == set()
    assert {name for name, each in grown.items() if "outside" in each.networks} == {"web"}


def test_a_secret_is_in_nobodys_hands_but_its_owners_and_not_in_the_file(grown: dict[str, Service]) -> None:
    holders = {
        secret: {name for name, each in grown.items() if secret in json.dumps(each.environment)}
        for secret in ("one", "two", "three")
    }
    assert holders["one"] == {"identity-store", "identity-migrate", "identity"}
    assert holders["two"] == {"conversations-store", "conversations-migrate", "conversations"}
    assert holders["three"] == {"bus", "conversations"}
    file = (ROOT / "docker-compose.yml").read_text("utf-8")
    assert set(re.findall(r"PASSWORD[^\n]*?:-([^}]*)\}", file)) == {""}


def test_what_both_houses_know_is_written_by_one_and_read_by_the_other(grown: dict[str, Service]) -> None:
    mounts = {
        (mount.source, name): mount.read_only
        for name, service in grown.items()
        for mount in service.mounts
        if not mount.source.startswith(".")
    }
    assert mounts == {
        ("identity-store", "identity-store"): False,
        ("conversations-store", "conversations-store"): False,
        ("identity-data", "identity"): False,
        ("conversations-data", "conversations"): False,
        ("public", "identity"): False,
        ("public", "conversations"): True,
        ("public", "web"): True,
        ("pages", "pages"): False,
        ("pages", "web"): True,
        ("certificates", "web"): False,
    }
    ours = [mount for service in grown.values() for mount in service.mounts if mount.source.startswith(".")]
    assert all(mount.read_only and (ROOT / mount.source).exists() for mount in ours)


def test_postgresql_writes_down_no_statement_and_no_value(grown: dict[str, Service]) -> None:
    for name in ("identity-store", "conversations-store"):
        chosen = set(grown[name].command)
        assert {
            "--log_statement=none",
            "--log_min_duration_statement=-1",
            "--log_min_error_statement=panic",
            "--log_parameter_max_length=0",
            "--log_parameter_max_length_on_error=0",
            "--log_error_verbosity=terse",
            "--log_connections=off",
        } <= chosen
        # An acknowledged message is on the disk.
        assert not [each for each in chosen if "fsync" in each or "synchronous_commit" in each]


def test_every_setting_in_both_files_exists() -> None:
    named = set(re.findall(r"\bBESIDE_[A-Z_]+(?==)", DOCKERFILE))
    for profile in ("embedded", "grown"):
        for service in services(profile, {}).values():
            if service.image == OUR_IMAGE:
                named |= service.environment.keys()
    assert {"BESIDE_DATA", "BESIDE_HOST", "BESIDE_PORT", "BESIDE_SIDE", "BESIDE_BUS_URL"} <= named
    assert {name.removeprefix("BESIDE_").lower() for name in named} <= Settings.model_fields.keys()


def test_each_image_of_ours_runs_as_a_user_without_rights() -> None:
    web, _, beside = (f"\nFROM {stage}" for stage in DOCKERFILE.split("\nFROM ")[1:])
    assert beside.index("\nUSER beside\n") < beside.index('\nCMD ["beside", "serve"]')
    assert web.index("\nUSER 10001:10001\n") < web.index('\nCMD ["caddy", "run"')
    assert "--uid 10001" in beside
    assert image_says("CMD") == ["beside", "serve"]


@pytest.fixture
def answers() -> Iterator[list[int]]:
    """The status that the next answer of a small server has; its port is the list's first item."""
    state: list[int] = []

    class Service(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(state[1] if self.path == "/health/ready" else 404)
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
    [_python, *arguments] = image_says("HEALTHCHECK")
    environment = {"BESIDE_HOST": "127.0.0.1", "BESIDE_PORT": str(answers[0])}
    assert run([executable, *arguments], env=environment, capture_output=True).returncode == 0
    answers[1] = 503
    assert run([executable, *arguments], env=environment, capture_output=True).returncode != 0
