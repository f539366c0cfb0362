"""What of the pages is served, how, and with which words of the operator in them."""

import gzip
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from app.settings import Settings
from app.web.frontend import FOLDER, Frontend, PagesUnusable
from app.web.middleware import private_headers

HOME = (
    '<html data-leave="https://www.weather.gov/" data-duty="off" data-backup-days="30" data-languages="en">'
    '<a href="https://www.weather.gov/">Leave now</a>'
    "<p>up to \u206830\u2069 days</p><!--duty <p>may have to report</p> duty-->" + "a page " * 50
)
PEER = HOME.partition("<p>")[0]

FILES = {
    "index.html": HOME,
    "peer.html": PEER,
    "content/en/help.json": '{"entries": []}' * 50,
    "css/base.css": "p { color: red }" * 50,
    "js/client.js": "export {};" * 50,
    "js/state/client/door.js": "export {};",
    "locales/en.ftl": "a = b\n" * 50,
    "vendor/preact.js": "export {};" * 50,
    "vendor/licences/preact.txt": "MIT" * 99,
    "words/words.en.txt": "acorn\n" * 50,
}
"""What a folder of pages holds that is served."""

OTHERS = {
    "content/README.json": "{}",
    "content/en/drafts/help.json": "{}",
    "js/types.d.ts": "",
    "package.json": "{}",
    "tests/cast.js": "",
    "tsconfig.json": "{}",
    "vendor/VENDOR.json": "{}",
    "vendor/preact.d.ts": "",
    "vendor/swagger/swagger-ui-bundle.js": "",
}
"""What lies beside it and is not."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ftl": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}

Opened = Callable[..., httpx.AsyncClient]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {**FILES, **OTHERS}.items():
        file = tmp_path / "frontend" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "frontend"


@pytest.fixture
def opened(folder: Path) -> Opened:
    """A client of these pages under these settings, as the browser sees them."""

    def open_(**settings: object) -> httpx.AsyncClient:
        frontend = Frontend(
            folder.parent / "site.json", Settings.model_validate({"data": folder.parent, **settings}), folder
        )
        transport = httpx.ASGITransport(private_headers(frontend))
        return httpx.AsyncClient(transport=transport, base_url="https://beside.example")

    return open_


def path_of(name: str) -> str:
    return "/" if name == "index.html" else f"/{name}"


@pytest.mark.parametrize("name", FILES)
async def test_a_file_of_the_pages_has_its_bytes_and_its_type(opened: Opened, name: str) -> None:
    answer = await opened().get(path_of(name))

    assert (answer.status_code, answer.text) == (200, FILES[name])
    assert answer.headers["content-type"] == TYPES[Path(name).suffix]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize(
    "path",
    [
        *map(path_of, OTHERS),
        "/index.html",
        "/js/",
        "/js/client.js/",
        "//js/client.js",
        "/js/%2e%2e/js/client.js",
        "/..%2ffrontend/js/client.js",
        "/%2e%2e/site.json",
        "/js/client.js%00",
        "/JS/client.js",
        "/docs",
        "/site.json",
        "/favicon.ico",
    ],
)
async def test_no_other_path_is_there(opened: Opened, path: str) -> None:
    answer = await opened().get(path)

    assert (answer.status_code, answer.json()) == (404, {"code": "unknown"})


async def test_the_pages_are_read_and_never_written_to(opened: Opened) -> None:
    assert (await opened().get("/")).status_code == 200

    refused = await opened().post("/")

    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


async def test_site_json_shows_as_soon_as_there_is_one(opened: Opened, folder: Path) -> None:
    client = opened()
    assert (await client.get("/site.json")).status_code == 404

    (folder.parent / "site.json").write_text('{"v":1}')

    answer = await client.get("/site.json")
    assert (answer.json(), answer.headers["cache-control"]) == ({"v": 1}, "no-store")


@pytest.mark.parametrize("name", FILES)
async def test_packed_and_plain_are_the_same_bytes(opened: Opened, name: str) -> None:
    client = opened()
    plain = await client.get(path_of(name), headers={"accept-encoding": "identity"})
    packed = await client.get(path_of(name), headers={"accept-encoding": "br, gzip;q=0.5"})

    assert "content-encoding" not in plain.headers
    assert ("content-encoding" in packed.headers) is (len(FILES[name]) > 200)
    assert packed.content == plain.content == FILES[name].encode()
    assert int(plain.headers["content-length"]) == len(plain.content)


@pytest.mark.parametrize(
    ("asked", "packed"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=0.1", True),
        ("gzip; q=1", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("br", False),
        ("", False),
        ("xgzip", False),
    ],
)
async def test_an_answer_is_packed_only_for_who_takes_it(opened: Opened, asked: str, packed: bool) -> None:
    answer = await opened().get("/js/client.js", headers={"accept-encoding": asked})

    assert (answer.headers.get("content-encoding") == "gzip") is packed


async def test_words_come_without_what_is_said_to_translators(folder: Path, opened: Opened) -> None:
    (folder / "locales/en.ftl").write_text("### All\n# One.\none = 1\ntwo = 2 # of two\n    # 3\n")

    assert (await opened().get("/locales/en.ftl")).text == "one = 1\ntwo = 2 # of two\n    # 3\n"


async def test_head_tells_the_same_without_the_bytes(opened: Opened) -> None:
    client = opened()
    for name in FILES:
        get, head = await client.get(path_of(name)), await client.head(path_of(name))
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers == get.headers


async def test_what_a_browser_has_already_is_not_sent_again(opened: Opened) -> None:
    client = opened()
    tag = (await client.get("/css/base.css")).headers["etag"]

    for condition in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = await client.get("/css/base.css", headers={"if-none-match": condition})
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["etag"], again.headers["cache-control"]) == (tag, "no-cache")
    for condition in ('"other"', "", (await client.get("/js/client.js")).headers["etag"]):
        assert (await client.get("/css/base.css", headers={"if-none-match": condition})).status_code == 200


async def test_a_page_is_kept_nowhere_and_its_parts_are_asked_for_each_time(opened: Opened) -> None:
    client = opened()
    for name in FILES:
        headers = (await client.get(path_of(name))).headers
        if name.endswith(".html"):
            assert headers["cache-control"] == "no-store"
            assert "etag" not in headers
        else:
            assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", FILES)
async def test_pages_alone_may_run_scripts_and_only_their_own(opened: Opened, name: str) -> None:
    policy = (await opened().get(path_of(name))).headers["content-security-policy"]

    if name.endswith(".html"):
        assert policy == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self' ws://beside.example wss://beside.example; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
    else:
        assert policy == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1:8000", "Chat.example.org", "xn--bcher-kva.example"]
)
async def test_the_policy_names_the_sockets_of_the_host_that_was_asked(opened: Opened, host: str) -> None:
    policy = (await opened().get("/", headers={"host": host})).headers["content-security-policy"]

    assert f"connect-src 'self' ws://{host} wss://{host};" in policy


async def test_the_operators_handbook_names_this_policy(opened: Opened) -> None:
    handbook = (FOLDER.parent / "docs" / "operations.md").read_text("utf-8")

    headers = (await opened().get("/", headers={"host": "chat.example.org"})).headers

    for name in ("content-security-policy", "cache-control", "cross-origin-opener-policy", "referrer-policy"):
        assert f"\n{name.title()}: {headers[name]}\n" in handbook


@pytest.mark.parametrize(
    "host",
    [
        "",
        "*",
        "*.example.org",
        "a.example; script-src *",
        "a.example *",
        "a.example, b.example",
        "a.example/path",
        "user@a.example",
        "a.example:",
        "a.example:123456",
        "a..example",
        "[::1]:8000",
        "b\u00fccher.example".encode().decode("latin-1"),
        "a" * 300,
    ],
)
async def test_a_host_that_is_none_adds_nothing_to_the_policy(opened: Opened, host: str) -> None:
    answer = await opened().get("/", headers={b"host": host.encode("latin-1")})

    assert answer.status_code == 200
    assert "; connect-src 'self'; base-uri 'none';" in answer.headers["content-security-policy"]


async def test_what_the_operator_chose_stands_in_the_pages(opened: Opened) -> None:
    chosen = opened(leave_url="https://news.example/?a=1&b=2", limits_duty=True, backup_days=7)

    home, peer = (await chosen.get("/")).text, (await chosen.get("/peer.html")).text

    for page in (home, peer):
        assert 'href="https://news.example/?a=1&amp;b=2"' in page
        assert 'data-leave="https://news.example/?a=1&amp;b=2" data-duty="on" data-backup-days="7"' in page
        assert "weather" not in page
    assert "up to \u20687\u2069 days" in home
    assert "<p>may have to report</p>" in home.replace("<!--", "")
    assert "<!--" not in home


async def test_what_nobody_chose_stays_as_it_was_written(opened: Opened) -> None:
    assert (await opened().get("/")).text == HOME


@pytest.mark.parametrize(
    "part",
    ['href="https', "data-leave=", 'data-duty="off"', "\u206830\u2069", "<!--duty ", "data-languages="],
)
def test_a_page_without_a_place_for_a_setting_stops_the_start(
    folder: Path, opened: Opened, part: str
) -> None:
    (folder / "index.html").write_text(HOME.replace(part, "x"), encoding="utf-8")

    with pytest.raises(PagesUnusable, match=r"index\.html .* scripts/pages"):
        opened()


READ = "### reviewers: Ana R., Luis M.; 2026-12-01"


@pytest.mark.parametrize(
    ("heads", "mode", "languages"),
    [
        ([READ, READ], "production", "en es"),
        ([READ, READ], "demo", "en es"),
        ([READ, "### reviewers: none yet"], "production", "en"),
        ([READ, "### reviewers: none yet"], "demo", "en es:unread"),
        (["### reviewers: none yet"], "production", "en"),
        (["### reviewers: none yet"], "development", "en es:unread"),
        (["### reviewers: Ana R.; 2026-12-01"], "production", "en"),
        (["### reviewers: Ana R., Luis M."], "production", "en"),
        (["a = b"], "production", "en"),
        ([], "development", "en"),
    ],
)
async def test_a_language_is_offered_once_two_people_have_read_every_part_of_it(
    folder: Path, opened: Opened, heads: list[str], mode: str, languages: str
) -> None:
    for head, name in zip(heads, ("es.ftl", "es.staff.ftl"), strict=False):
        (folder / "locales" / name).write_text(f"{head}\na = b\n", encoding="utf-8")

    assert f'data-languages="{languages}"' in (await opened(mode=mode).get("/")).text


async def test_a_change_shows_at_once_in_development_and_after_a_restart_elsewhere(
    folder: Path, opened: Opened
) -> None:
    watched, fixed = opened(mode="development"), opened()
    assert (await watched.get("/css/base.css")).text == (await fixed.get("/css/base.css")).text

    (folder / "css/base.css").write_text("p { color: blue }")
    (folder / "css/more.css").write_text("p {}")
    (folder / "js/client.js").unlink()

    assert (await watched.get("/css/base.css")).text == "p { color: blue }"
    assert (await watched.get("/css/more.css")).status_code == 200
    assert (await watched.get("/js/client.js")).status_code == 404
    assert (await fixed.get("/css/base.css")).text == FILES["css/base.css"]
    assert (await fixed.get("/css/more.css")).status_code == 404
    assert (await fixed.get("/js/client.js")).status_code == 200


def test_our_own_pages_are_whole_and_small(tmp_path: Path) -> None:
    paths = Frontend(tmp_path / "site.json", Settings(data=tmp_path)).paths

    assert {
        "/",
        "/peer.html",
        "/moderator.html",
        "/coordinator.html",
        "/vendor/preact.js",
        "/words/words.en.txt",
    } <= paths
    assert not [path for path in paths if "test" in path or path.endswith(".d.ts")]
    assert {path for path in paths if path.endswith(".json")} == {
        path for path in paths if "/content/" in path
    }
    for page in FOLDER.glob("*.html"):
        assert len(gzip.compress(page.read_bytes())) <= 10_000
