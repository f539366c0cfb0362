"""The written forms of the protocol are what the code gives now."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from pydantic import BaseModel

import app.conversations.errors
import app.identity.errors
from app.kit.errors import Refusal
from app.live import frames
from app.settings import Settings
from app.wire.errors import Code
from app.wire.frames import Ack, Erase, Item, Send
from app.wire.ids import RoomId, SeatId
from scripts import schemas

DOCS = Path(__file__).resolve().parents[2] / "docs"
PROTOCOL = (DOCS / "protocol.md").read_text("utf-8")
OPERATIONS = (DOCS / "operations.md").read_text("utf-8")

HOUSES = (app.identity.errors, app.conversations.errors)
"""Importing them makes every refusal known."""

ROOM = RoomId(bytes(16))
FRAMES = (
    Send(ROOM, 1, 1, bytes(32), bytes(1040)),
    Send(ROOM, 1, 1, bytes(32), bytes(16400)),
    Ack(ROOM, 1, 1),
    Item(ROOM, 1, SeatId(bytes(16)), 1, 1, bytes(32), bytes(4112)),
    Item(ROOM, 1, SeatId(bytes(16)), 1, 1, bytes(32), b""),
    Erase(ROOM, 1, 1, 2, bytes(32), bytes(1040)),
)


def section(number: int) -> str:
    """One section of protocol.md."""
    return re.split(r"^## (?:\d+\.|Appendix)", PROTOCOL, flags=re.MULTILINE)[number]


def refusals(kind: type[Refusal] = Refusal) -> set[type[Refusal]]:
    """Every refusal that has a code of its own."""
    found = {kind} if "code" in vars(kind) and isinstance(vars(kind)["code"], str) else set()
    return found.union(*(refusals(child) for child in kind.__subclasses__()))


REFUSALS: list[type[Refusal]] = sorted(refusals(), key=lambda kind: (kind.code, kind.__module__))


def test_openapi_json_is_what_the_routes_give_now() -> None:
    assert (DOCS / "openapi.json").read_text("utf-8") == schemas.text_of(schemas.openapi()), (
        "run .venv/bin/python scripts/schemas.py"
    )


def test_frames_json_is_what_the_models_give_now() -> None:
    assert (DOCS / "frames.json").read_text("utf-8") == schemas.text_of(schemas.live()), (
        "run .venv/bin/python scripts/schemas.py"
    )


@pytest.mark.parametrize("which", [schemas.openapi, schemas.live])
def test_a_schema_is_the_same_each_time_it_is_written(which: Any) -> None:
    assert schemas.text_of(which()) == schemas.text_of(which())


def test_openapi_json_describes_no_answer_that_the_framework_only_imagines() -> None:
    document = schemas.openapi()

    answers = [
        answer
        for path in document["paths"].values()
        for verb in path.values()
        for answer in verb["responses"]
    ]

    assert "default" in answers
    assert "422" not in answers


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: type(frame).__name__)
def test_a_packed_frame_has_one_of_the_lengths_in_frames_json(frame: Send | Ack | Item | Erase) -> None:
    layouts = {layout["type"]: layout for layout in schemas.live()["binary"]}
    data = frame.pack()

    layout = layouts[data[0]]

    assert layout["frame"] == type(frame).__name__.lower()
    assert len(data) in layout["lengths"]
    sizes = [field["bytes"] for field in layout["fields"]]
    fixed = sum(size for size in sizes if isinstance(size, int))
    assert len(data) - fixed == len(getattr(frame, "ct", b""))


SHOWN = (
    frames.Welcome(store=bytes(16), time=1),
    frames.Entered(room=ROOM, state="waiting", ke=0, flags=(), seats=(), seq=0, store=bytes(16)),
    frames.Error(code="unknown"),
    frames.Pong(),
)


@pytest.mark.parametrize("frame", SHOWN, ids=lambda frame: type(frame).__name__)
def test_a_frame_as_the_server_writes_it_fits_frames_json(frame: BaseModel) -> None:
    document = schemas.live()
    schema = {**document["from_server"], "$defs": document["$defs"]}
    written = json.loads(frame.model_dump_json(exclude_none=True))

    jsonschema.validate(written, schema)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**written, "more_than_documented": 1}, schema)


@pytest.mark.parametrize("kind", REFUSALS)
def test_each_refusal_stands_in_the_table_of_errors_with_its_status(kind: type[Refusal]) -> None:
    assert f"| `{kind.code}` | {kind.status} |" in section(16)


@pytest.mark.parametrize("code", get_args(Code))
def test_each_code_that_a_reader_may_find_stands_in_the_section_on_errors(code: str) -> None:
    assert f"`{code}`" in section(16)


def test_the_table_of_errors_names_no_code_that_the_server_never_sends() -> None:
    written = re.findall(r"^\| `(\w+)` \| \d+ \|", section(16), flags=re.MULTILINE)

    assert sorted(written) == sorted({kind.code for kind in REFUSALS})


@pytest.mark.parametrize("code", frames.CloseCode)
def test_each_close_code_stands_in_the_section_on_the_socket(code: frames.CloseCode) -> None:
    assert f"| {int(code)} | `{code.name.lower()}` |" in section(12)


@pytest.mark.parametrize("path", schemas.openapi()["paths"])
def test_each_path_is_named_in_the_section_on_the_socket(path: str) -> None:
    assert f"| `{path.removeprefix('/api/')}` |" in section(12).replace("| GET `", "| `")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_is_explained_with_its_default(name: str) -> None:
    default = Settings.model_fields[name].default
    shown = "–" if default in (None, ()) else str(default)

    assert f"| `BESIDE_{name.upper()}` | {shown} |".lower() in OPERATIONS.lower()
