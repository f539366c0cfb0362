"""A whole server and its pages: over a real socket, in each mode, with what its operator chose."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest

from app import main
from app.kit.errors import NotReady
from app.upkeep.stores import migrate
from app.web.frontend import FOLDER, Frontend
from tests.serving import serving, settings_for

PAGES = ("/", "/peer.html", "/moderator.html", "/coordinator.html")


@asynccontextmanager
async def reading(data: Path, **changes: object) -> AsyncIterator[httpx.AsyncClient]:
    """A reader of the pages of a server of its own."""
    async with (
        serving(settings_for(data, **changes)) as served,
        httpx.AsyncClient(base_url=served.url) as client,
    ):
        yield client


async def test_each_page_and_each_part_it_names_is_served(tmp_path: Path) -> None:
    async with reading(tmp_path, mode="production") as client:
        for page in PAGES:
            answer = await client.get(page)
            assert answer.status_code == 200
            assert f"ws://{client.base_url.netloc.decode()} " in answer.headers["content-security-policy"]
            for name in named(answer.text):
                part = await client.get(name)
                assert part.status_code == 200, name
                again = await client.get(name, headers={"if-none-match": part.headers["etag"]})
                assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/js/..%2f..%2fREADME.md", "/js/%2e%2e/tests/cast.js", "/vendor/VENDOR.json"]
)
async def test_a_path_out_of_the_folder_is_not_there(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("x")
    async with reading(tmp_path, mode="production") as client:
        # As it stands: the client's own library would tidy the path first.
        raw = client.base_url.copy_with(raw_path=path.encode())
        assert (await client.get(raw)).status_code == 404
        assert (await client.get("/words/words.en.txt")).status_code == 200


@pytest.mark.parametrize(("mode", "status"), [("production", 404), ("demo", 200), ("development", 200)])
async def test_the_api_is_described_but_not_in_production(tmp_path: Path, mode: str, status: int) -> None:
    async with reading(tmp_path, mode=mode) as client:
        for path in ("/docs", "/docs/openapi.json", "/docs/swagger-ui-bundle.js"):
            assert (await client.get(path)).status_code == status
        assert (await client.get("/")).status_code == 200


async def test_the_description_is_the_one_in_the_documents(tmp_path: Path) -> None:
    written = json.loads((FOLDER.parent / "docs" / "openapi.json").read_text("utf-8"))
    async with reading(tmp_path) as client:
        assert (await client.get("/docs/openapi.json")).json() == written


async def test_what_the_operator_chose_is_in_the_page_before_any_script(tmp_path: Path) -> None:
    chosen = {"leave_url": "https://news.example/", "limits_duty": True, "backup_days": 7}
    async with reading(tmp_path / "a") as plain, reading(tmp_path / "b", **chosen) as ours:
        before, after = (await plain.get("/")).text, (await ours.get("/")).text

    assert "https://www.weather.gov/" in before
    assert "https://news.example/" not in before
    assert "https://www.weather.gov/" not in after
    assert after.count("https://news.example/") == before.count("https://www.weather.gov/")
    assert "up to \u206830\u2069 days" in before
    assert "up to \u20687\u2069 days" in after
    duty = "they may have to report it."
    assert duty not in without_comments(before)
    assert duty in without_comments(after)


async def test_a_server_whose_pages_cannot_be_used_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.html").write_text("<html>")
    settings = settings_for(tmp_path / "data")
    await migrate(settings)
    monkeypatch.setattr(main, "Frontend", partial(Frontend, folder=tmp_path / "pages"))
    server = main.Server(settings)

    with pytest.raises(NotReady, match=r"the pages cannot be used: index\.html"):
        await server.open()

    await server.close()


def named(page: str) -> list[str]:
    """The parts that a page asks for by itself."""
    parts = page.replace('src="', 'href="').split('href="')[1:]
    return [name for part in parts if (name := part.partition('"')[0]).startswith("/") and len(name) > 1]


def without_comments(page: str) -> str:
    return "".join(part.rpartition("-->")[2] for part in page.split("<!--"))
