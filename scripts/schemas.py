"""Write docs/openapi.json and docs/frames.json from the models, so that neither is ever typed by hand.

    .venv/bin/python scripts/schemas.py

tests/docs/test_schemas.py fails while a file differs from what the models give.
"""

import inspect
import json
import re
from pathlib import Path
from struct import Struct
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from pydantic import TypeAdapter

from app.conversations.admission.service import Admission
from app.conversations.house import House
from app.conversations.ids import Conversations, StoreId
from app.conversations.messages.service import Messages
from app.conversations.messages.sqlite import SqliteBatches
from app.conversations.messages.writer import Writer
from app.conversations.queue.service import Queue
from app.conversations.service.rules import ServiceRules
from app.conversations.service.service import Service
from app.conversations.store import Life
from app.identity.house import IdentityHouse
from app.identity.ids import Identity
from app.identity.keys import Keys
from app.identity.limits import Limits
from app.kit.clock import ManualClock
from app.kit.database import Database
from app.live import frames, outbox, session, socket
from app.live.hub import Hub
from app.live.rooms import RoomReader
from app.settings import Settings
from app.web import conversations_app, health, identity_app
from app.web.api_docs import document
from app.wire import frames as wire
from app.wire.sizes import CT_SIZES, ID, TAKE_BACK_CT

DOCS = Path(__file__).resolve().parent.parent / "docs"

_NO_STORE = "sqlite+aiosqlite:///:memory:"
_CLOCK = ManualClock(0)


def openapi() -> dict[str, Any]:
    """Both houses' HTTP as one OpenAPI document."""
    routes = [*_identity().routes, *_conversations().routes, *health.build_app(health.Health([])).routes]
    return document(routes, str(frames.PROTOCOL))


def live() -> dict[str, Any]:
    """Every frame of the live socket: control frames as JSON Schema, message frames as layouts; limits."""
    (browser, server), defs = _schemas(frames.from_browser, frames.from_server)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Frames of Beside's live socket",
        "description": "Text frames are JSON of one of the two unions; the server leaves out what is null. "
        "Message frames are binary. The meaning is in protocol.md, 12.",
        "protocol": frames.PROTOCOL,
        "from_browser": browser,
        "from_server": server,
        "binary": [
            _layout(wire.Send, wire.SEND, wire._SEND, "browser", CT_SIZES),
            _layout(wire.Ack, wire.ACK, wire._ACK, "server", ()),
            _layout(wire.Item, wire.ITEM, wire._ITEM, "server", (0, *CT_SIZES)),
            _layout(wire.Erase, wire.ERASE, wire._ERASE, "browser", (TAKE_BACK_CT,)),
        ],
        "close_codes": {code.name.lower(): int(code) for code in frames.CloseCode},
        "limits": {
            "hello_seconds": socket.HELLO_SECONDS,
            "text_characters": frames.MAX_TEXT,
            "malformed_frames_answered": session.STRIKES,
            "rooms_of_a_client_socket": session.ROOMS_OF_CLIENT,
            "rooms_of_a_staff_socket": session.ROOMS_OF_STAFF,
            "frames_waiting_for_a_reader": outbox.FRAMES,
            "bytes_waiting_for_a_reader": outbox.BYTES,
        },
        "$defs": defs,
    }


def text_of(document: dict[str, Any]) -> str:
    """A document as it stands in its file."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _identity() -> FastAPI:
    # The routes are only looked at: no request comes, so no store is opened and no key is used.
    database = Database[Identity](_NO_STORE)
    return identity_app.build_app(IdentityHouse(Settings(), database, _CLOCK, Keys.make(), Limits(_CLOCK)))


def _conversations() -> FastAPI:
    database = Database[Conversations](_NO_STORE)
    hub = Hub(RoomReader(database, _CLOCK))
    admission = Admission(database, _CLOCK, Ed25519PrivateKey.generate().public_key())
    house = House(
        db=database,
        clock=_CLOCK,
        admission=admission,
        service=Service(database, _CLOCK, admission, ServiceRules(1, None)),
        life=Life(StoreId(bytes(ID))),
        notices=hub,
        settings=Settings(),
        pinned=lambda: None,
        proof_key=bytes(32),
    )
    writer = Writer(SqliteBatches(":memory:"), database.exclusive, hub, keep_until=lambda: 0)
    messages = Messages(writer, _CLOCK, per_minute=1)
    return conversations_app.build_app(house, Queue(house), messages)


def _schemas(*unions: TypeAdapter[Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The schema of each union, and the definitions they refer to."""
    found, rest = TypeAdapter.json_schemas([(at, "validation", union) for at, union in enumerate(unions)])
    defs = rest["$defs"]
    for model in defs.values():
        if "const" in (kind := model["properties"].get("type", {})):
            # A frame always says its type; the models of the server's own frames have it as a default.
            kind.pop("default", None)
            model["required"] = ["type", *(name for name in model.get("required", ()) if name != "type")]
    return [found[at, "validation"] for at in range(len(unions))], defs


def _layout(
    frame: type[wire.Send | wire.Ack | wire.Item | wire.Erase],
    type_byte: int,
    layout: Struct,
    sender: str,
    ct_sizes: tuple[int, ...],
) -> dict[str, Any]:
    names = ("type", *(name for name in inspect.signature(frame).parameters if name != "ct"))
    sizes = [_size(part) for part in re.findall(r"\d*[BHIs]", layout.format)]
    fields: list[dict[str, Any]] = [
        {"name": name, "bytes": size, "as": "bytes" if is_bytes else "unsigned, big-endian"}
        for name, (size, is_bytes) in zip(names, sizes, strict=True)
    ]
    if ct_sizes:
        fields.append({"name": "ct", "bytes": list(ct_sizes), "as": "bytes"})
    return {
        "frame": frame.__name__.lower(),
        "from": sender,
        "type": type_byte,
        "lengths": [layout.size + size for size in ct_sizes or (0,)],
        "fields": fields,
        "description": inspect.getdoc(frame),
    }


def _size(part: str) -> tuple[int, bool]:
    return Struct(f">{part}").size, part.endswith("s")


if __name__ == "__main__":
    for name, made in (("openapi.json", openapi()), ("frames.json", live())):
        (DOCS / name).write_text(text_of(made), encoding="utf-8")
        print(f"docs/{name}")
