"""docker-compose.yml as far as it says what runs: service by service, under one profile, filled in."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
OUR_IMAGE = "beside:local"

_PLACE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?::-(?P<default>[^}]*))?\}")


@dataclass(frozen=True)
class Mount:
    """What lies at `target` in the container: a volume by its name, or a path of the repository (`./…`)."""

    source: str
    target: str
    read_only: bool


@dataclass(frozen=True)
class Service:
    """One service as its containers are started."""

    name: str
    image: str
    command: list[str]
    environment: dict[str, str]
    mounts: list[Mount]
    networks: frozenset[str]
    waits: dict[str, str]
    """By the name of another service, the condition on which it is waited for."""
    health: list[str]
    """The command that ends well where the container is healthy."""
    replicas: int


def loaded() -> dict[str, Any]:
    """The file as it is, its anchors and merges followed."""
    file: dict[str, Any] = YAML(typ="safe").load(FILE)
    return file


def services(profile: str, environment: Mapping[str, str]) -> dict[str, Service]:
    """What starts under `profile`, by name."""
    filled = _filled(loaded()["services"], environment)
    return {
        name: _service(name, each)
        for name, each in filled.items()
        if profile in each.get("profiles", [profile])
    }


def image_says(line: str) -> list[str]:
    """The JSON list of the last `CMD` or `HEALTHCHECK … CMD` in the Dockerfile."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    found: list[str] = json.loads(re.findall(rf"^{line}.*?(\[.*\])$", text, re.MULTILINE)[-1])
    return found


def _service(name: str, each: Mapping[str, Any]) -> Service:
    ours = each["image"] == OUR_IMAGE
    check = each["healthcheck"]["test"] if "healthcheck" in each else []
    if not check and ours:
        check = ["CMD", *image_says("HEALTHCHECK")]
    networks = (
        frozenset() if each.get("network_mode") == "none" else frozenset(each.get("networks", ["default"]))
    )
    return Service(
        name=name,
        image=each["image"],
        command=each.get("command") or image_says("CMD"),
        environment=each.get("environment", {}),
        mounts=[_mount(text) for text in each.get("volumes", [])],
        networks=networks,
        waits={other: how["condition"] for other, how in each.get("depends_on", {}).items()},
        health=check[1:],
        replicas=int(each.get("deploy", {}).get("replicas", 1)),
    )


def _mount(text: str) -> Mount:
    source, target, *options = text.split(":")
    return Mount(source, target, options == ["ro"])


def _filled(value: Any, environment: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, environment) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, environment) for each in value]
    if isinstance(value, str):
        return _PLACE.sub(lambda place: environment.get(place["name"]) or place["default"] or "", value)
    return value
