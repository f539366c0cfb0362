"""The page that describes the API, and the one document behind it."""

import httpx
import pytest
from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from app.web.api_docs import DOCUMENT, PAGE, ApiDocs

FILES = [PAGE, "/docs/docs.css", "/docs/docs.js", "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js"]

ROUTES = APIRouter()


@ROUTES.get("/api/one", tags=["identity"])
def one() -> None:
    """One."""


@ROUTES.get("/api/two", tags=["conversations"])
def two(number: int) -> None:
    """Two."""


@pytest.fixture
def client() -> httpx.AsyncClient:
    docs = ApiDocs(ROUTES.routes, "1", PlainTextResponse("somebody else"))
    return httpx.AsyncClient(transport=httpx.ASGITransport(docs), base_url="http://beside.example")


@pytest.mark.parametrize("path", FILES)
async def test_the_page_comes_with_all_it_needs(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)

    assert answer.status_code == 200
    assert "charset=utf-8" in answer.headers["content-type"]
    assert answer.content


async def test_the_page_names_no_file_that_it_does_not_have_and_nothing_inline(
    client: httpx.AsyncClient,
) -> None:
    page = (await client.get(PAGE)).text

    named = [part.partition('"')[0] for part in page.replace('src="', 'href="').split('href="')[1:]]

    assert sorted(name for name in named if name != "data:,") == sorted(FILES[1:])
    assert "<style" not in page
    assert "</script>" in page
    assert "<script>" not in page
    assert " style=" not in page


async def test_the_page_runs_its_own_scripts_and_no_others(client: httpx.AsyncClient) -> None:
    policy = (await client.get(PAGE)).headers["content-security-policy"]

    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_the_document_holds_both_houses_under_their_names(client: httpx.AsyncClient) -> None:
    document = (await client.get(DOCUMENT)).json()

    tags = {path: verbs["get"]["tags"] for path, verbs in document["paths"].items()}
    assert tags == {"/api/one": ["identity"], "/api/two": ["conversations"]}
    assert "422" not in document["paths"]["/api/two"]["get"]["responses"]


async def test_every_other_path_is_for_the_others(client: httpx.AsyncClient) -> None:
    for path in ("/", "/docs/", "/docs/index.html", "/docs/%2e%2e/docs", "/docs/VENDOR.json"):
        assert (await client.get(path)).text == "somebody else"


async def test_the_page_is_read_and_never_written_to(client: httpx.AsyncClient) -> None:
    assert (await client.get(PAGE)).status_code == 200
    assert (await client.post(PAGE)).status_code == 405
