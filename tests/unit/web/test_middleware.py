"""What holds for every request, whatever answers it."""

import logging
from collections.abc import AsyncIterator

import httpx
import pytest
import structlog
from starlette.routing import Route
from structlog.testing import capture_logs

from app.kit.asgi import App, Receive, Scope, Send
from app.kit.logs import NamesOnly, keep_listed_fields
from app.web.middleware import BODY_LIMIT, VAULT_LIMIT, limited_body, logged, own_pages_only, private_headers
from app.wire.encoding import b64u
from app.wire.sizes import VAULT_BOXES

KNOWN = "/api/known"


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == KNOWN:
        scope["route"] = Route(KNOWN, lambda request: None)
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(len(body)).encode()})


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise ValueError("what somebody wrote")


def doors(app: App) -> App:
    return logged(private_headers(own_pages_only(limited_body(app), ("https://front.example",))))


def client_of(app: App) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(doors(app)), base_url="http://beside.example")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(echo) as client:
        yield client


async def test_a_body_at_the_limit_passes_and_one_byte_more_is_too_long(client: httpx.AsyncClient) -> None:
    assert (await client.post(KNOWN, content=b"x" * BODY_LIMIT)).text == str(BODY_LIMIT)
    refused = await client.post(KNOWN, content=b"x" * (BODY_LIMIT + 1))
    assert (refused.status_code, refused.json()) == (413, {"code": "too_long"})


async def test_a_journal_may_be_longer_than_other_bodies_and_is_bounded(
    client: httpx.AsyncClient,
) -> None:
    longest = len(b64u(bytes(max(VAULT_BOXES))))
    assert BODY_LIMIT < longest + 1_000 < VAULT_LIMIT
    assert (await client.post("/api/vault/put", content=b"x" * VAULT_LIMIT)).text == str(VAULT_LIMIT)
    assert (await client.post("/api/vault/put", content=b"x" * (VAULT_LIMIT + 1))).status_code == 413
    assert (await client.post("/api/vault/get", content=b"x" * VAULT_LIMIT)).status_code == 413


async def test_a_body_that_hides_its_length_is_counted(client: httpx.AsyncClient) -> None:
    async def chunks(count: int) -> AsyncIterator[bytes]:
        for _ in range(count):
            yield b"x" * 1024

    assert (await client.post(KNOWN, content=chunks(128))).status_code == 200
    assert (await client.post(KNOWN, content=chunks(129))).status_code == 413


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("http://beside.example", 200),
        ("https://front.example", 200),
        ("https://elsewhere.example", 403),
        ("null", 403),
        ("http://beside.example.elsewhere.example", 403),
        ("http://[", 403),
    ],
)
async def test_a_page_of_somebody_else_may_not_send(
    client: httpx.AsyncClient, origin: str | None, status: int
) -> None:
    headers = {} if origin is None else {"origin": origin}
    assert (await client.post(KNOWN, headers=headers)).status_code == status


async def test_every_answer_stays_out_of_caches_frames_and_referrers(client: httpx.AsyncClient) -> None:
    for answer in (await client.get(KNOWN), await client.post(KNOWN, headers={"origin": "http://x.example"})):
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"


async def test_a_log_line_holds_classes_and_constant_paths_alone(client: httpx.AsyncClient) -> None:
    with capture_logs() as lines:
        await client.post(KNOWN + "?name=secret", content=b"x" * 50)
        await client.get("/api/what-somebody-typed")
    assert [(line["path"], line["status"], line["size"]) for line in lines] == [
        (KNOWN, 200, "<1000B"),
        ("other", 200, "<1000B"),
    ]
    assert {key for line in lines for key in line} == {
        "event",
        "log_level",
        "method",
        "path",
        "status",
        "size",
        "duration",
    }


async def test_our_mistake_is_answered_without_a_word_of_it_and_logged_by_its_type() -> None:
    async with client_of(broken) as client:
        with capture_logs() as lines:
            answer = await client.post(KNOWN)
    assert (answer.status_code, answer.json()) == (503, {"code": "unavailable"})
    assert [line.get("error") for line in lines] == ["ValueError", None]
    assert "somebody" not in str(lines)


async def test_the_log_drops_every_field_that_is_not_listed() -> None:
    kept = keep_listed_fields(structlog.get_logger(), "info", {"event": "e", "room": "r", "status": 1})
    assert kept == {"event": "e", "status": 1}


def test_of_a_librarys_line_only_the_name_and_the_level_are_logged() -> None:
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "x", 1, "what %s wrote", ("somebody",), None)
    assert NamesOnly().format(record) == "ERROR uvicorn.error"
