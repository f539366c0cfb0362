"""The web servers before the grown form: who gets which call, what goes on with it, what is written down."""

import asyncio
import os
import re
import secrets
import ssl
import sysconfig
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from app.main import IDENTITY_NOUNS
from app.settings import Settings
from app.web.assets import TYPES
from app.web.frontend import Frontend, policy
from app.web.middleware import HEADERS, private_headers
from app.web.written_pages import LIST, write_pages
from tests.topology.compose import ROOT
from tests.topology.echo import Echo, echo
from tests.topology.machine import SECONDS
from tests.topology.names import Names

CADDYFILE = ROOT / "deploy" / "Caddyfile"
NGINX = ROOT / "deploy" / "nginx.conf"
CADDY = Path(sysconfig.get_path("scripts")) / "caddy"

CONVERSATIONS_PATHS = (
    "/api/service",
    "/api/live",
    "/api/staffing",
    "/api/rooms/open",
    "/api/directories",
    "/api/",
)
INSIDE = ("/health/ready", "/health/live", "/metrics", "/metrics/", "/health", "/apis", "/.written-by-beside")


@dataclass
class Front:
    """A Caddy that runs deploy/Caddyfile before two echoes."""

    site: str
    identity: Echo
    conversations: Echo
    pages: Path
    log: Path
    trusted: ssl.SSLContext

    def client(self, address: str = "127.0.0.1") -> httpx.AsyncClient:
        """Somebody who asks from this address."""
        transport = httpx.AsyncHTTPTransport(verify=self.trusted, local_address=address)
        return httpx.AsyncClient(base_url=f"https://{self.site}", transport=transport)


@asynccontextmanager
async def caddy(folder: Path, configuration: str) -> AsyncIterator[Front]:
    """Caddy with this configuration, on loopback addresses of its own."""
    net = f"127.{secrets.randbelow(250) + 2}.{secrets.randbelow(250) + 2}"
    site = f"{net}.9:8443"
    write_pages(Settings(data=folder), folder / "pages")
    (folder / "public").mkdir()
    (folder / "public" / "site.json").write_text('{"v": 1}')
    (folder / "public" / "pass.pub").write_text("x")
    (folder / "Caddyfile").write_text(configuration.replace("127.0.0.1", f"{net}.9"))
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "SITE": site,
        "IDENTITY": f"{net}.2:8000",
        "CONVERSATIONS": "conversations",
        "CONVERSATIONS_PORT": "8000",
        "RESOLVERS": f"resolvers {net}.1:53053",
        "PAGES": str(folder / "pages"),
        "PUBLIC": str(folder / "public"),
        "BIND": f"{net}.9",
        "HTTP_PORT": "8080",
        "HTTPS_PORT": "8443",
        "HEALTH_PORT": "8081",
    }
    names, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: Names(lambda name: [f"{net}.3"] if name == "conversations" else []),
        local_addr=(f"{net}.1", 53_053),
    )
    async with (
        echo("identity", f"{net}.2", 8000) as identity,
        echo("conversations", f"{net}.3", 8000) as talks,
    ):
        log = folder / "log"
        with log.open("wb") as file:
            process = await asyncio.create_subprocess_exec(
                CADDY,
                *("run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"),
                env=environment,
                stdin=DEVNULL,
                stdout=file,
                stderr=file,
            )
        try:
            await _until(process, f"http://{net}.9:8081/", True)
            root = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
            trusted = ssl.create_default_context(cafile=root)
            # Its certificate comes a moment after its socket.
            await _until(process, f"https://{site}/site.json", trusted)
            yield Front(site, identity, talks, folder / "pages", log, trusted)
        finally:
            names.close()
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _until(process: asyncio.subprocess.Process, url: str, verify: ssl.SSLContext | bool) -> None:
    """Wait until something answers there."""
    async with httpx.AsyncClient(verify=verify) as client, asyncio.timeout(SECONDS):
        while True:
            try:
                await client.get(url)
            except httpx.TransportError:
                assert process.returncode is None
                await asyncio.sleep(0.02)
            else:
                return


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    async with caddy(tmp_path, CADDYFILE.read_text("utf-8")) as running:
        yield running


async def test_each_call_goes_to_the_house_it_is_for_and_nothing_else_goes_on(front: Front) -> None:
    async with front.client() as client:
        for noun in IDENTITY_NOUNS:
            for path in (f"/api/{noun}", f"/api/{noun}/some/thing"):
                assert (await client.post(path)).json() == "identity", path
        for path in CONVERSATIONS_PATHS:
            assert (await client.get(path)).json() == "conversations", path
        reached = len(front.identity.asked) + len(front.conversations.asked)
        for path in INSIDE:
            answer = await client.get(path)
            assert (answer.status_code, answer.content) == (404, b""), path
            assert "server" not in answer.headers
        assert (await client.get("/site.json")).json() == {"v": 1}
        assert (await client.get("/pass.pub")).status_code == 404
    assert len(front.identity.asked) + len(front.conversations.asked) == reached


async def test_a_call_goes_on_with_its_host_and_without_the_address_it_came_from(front: Front) -> None:
    address = "127.66.66.66"
    async with front.client(address) as client:
        await client.get("/api/service", headers={"Origin": f"https://{front.site}"})
        await client.post("/api/staff/x", headers={"X-Forwarded-For": address})
    for _, headers in front.identity.asked + front.conversations.asked:
        assert headers["host"] == front.site
        assert not [
            name for name in headers if name.startswith(("x-forwarded", "x-real", "via", "forwarded"))
        ]
        assert address not in str(headers)
    assert front.conversations.asked[0][1]["origin"] == f"https://{front.site}"


async def test_the_pages_are_what_the_server_itself_answers(front: Front, tmp_path: Path) -> None:
    transport = httpx.ASGITransport(
        private_headers(Frontend(tmp_path / "site.json", Settings(data=tmp_path)))
    )
    ours = {"content-type", "cache-control", *(name.decode() for name, _ in HEADERS)}
    names = (front.pages / LIST).read_text("utf-8").splitlines()
    # One of each kind from each folder: all are written by the same lines.
    kinds = {(Path(name).parts[0], Path(name).suffix): name for name in names}.values()
    async with (
        front.client() as client,
        httpx.AsyncClient(transport=transport, base_url=f"https://{front.site}") as own,
    ):
        for name in (*(name for name in kinds), "peer.html", "index.html"):
            path = "/" if name == "index.html" else f"/{name}"
            theirs, expected = await client.get(path), await own.get(path)
            assert theirs.content == expected.content, name
            # Over TLS a page needs no socket without it.
            wanted = {
                each: value.replace(f" ws://{front.site}", "") for each, value in expected.headers.items()
            }
            assert {each: theirs.headers.get(each) for each in ours} == {each: wanted[each] for each in ours}
            assert theirs.headers["strict-transport-security"]
            assert "server" not in theirs.headers
        packed = await client.get("/", headers={"accept-encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip"
        # Who asks for a page without TLS is sent to the one with it, by its name.
        plain = await httpx.AsyncClient().get(f"http://{front.site.replace('8443', '8080')}/")
        assert plain.headers["location"].startswith("https://")


async def test_nobodys_address_and_nothing_they_asked_is_written_down(front: Front, tmp_path: Path) -> None:
    assert not await _what_is_written(front)


async def test_a_caddy_that_says_all_it_knows_does_write_it(tmp_path: Path) -> None:
    careless = CADDYFILE.read_text("utf-8").replace("exclude http", "").replace("level WARN", "level DEBUG")
    async with caddy(tmp_path, careless) as front:
        assert await _what_is_written(front)


async def _what_is_written(front: Front) -> list[str]:
    """What of a person is in the log after all that goes wrong between them and the service."""
    address, needle = "127.99.98.97", "needle-in-the-path"
    front.conversations.hangs_up = True
    async with front.client(address) as client:
        answer = await client.post(f"/api/{needle}", content=needle, headers={"Cookie": needle})
        assert (answer.status_code, answer.json()) == (503, {"code": "unavailable"})
        await client.get(f"/{needle}")
        assert (await client.get("/api/staff/x")).status_code == 200
    host, port = front.site.split(":")
    for said in (f"GET /{needle} HTTP/1.1\r\n\r\n", f"{needle}\r\n\r\n", "\x16\x03\x01\x00\x05hello"):
        reader, writer = await asyncio.open_connection(host, int(port), local_addr=(address, 0))
        writer.write(said.encode("latin-1"))
        await reader.read()
        writer.close()
    written = front.log.read_text("utf-8", "replace")
    return [each for each in (address, needle) if each in written]


def test_the_file_of_caddy_is_valid_and_has_no_log_of_requests() -> None:
    text = re.sub(r"#.*", "", CADDYFILE.read_text("utf-8"))
    assert text.count("log {") == 1  # Caddy's own words; a site's would be the log of its requests
    [found] = re.findall(r"@identity path (.*)", text)
    assert set(found.split()) == {f"/api/{noun}{rest}" for noun in IDENTITY_NOUNS for rest in ("", "/*")}


@pytest.fixture
def nginx() -> list[list[str]]:
    """Each directive of the file, with the names of the blocks it is in before it, joined by `>`."""
    text = re.sub(r"(?m)^\s*#.*$", "", NGINX.read_text("utf-8"))
    found: list[list[str]] = []
    blocks: list[str] = []
    words: list[str] = []
    for word in re.findall(r'"[^"]*"|\'[^\']*\'|[{};]|[^\s{};]+', text):
        match word:
            case "{":
                blocks.append(" ".join(words))
                words = []
            case "}":
                assert not words, words
                blocks.pop()
            case ";":
                found.append([">".join(blocks), *words])
                words = []
            case _:
                words.append(word[1:-1] if word[0] in "\"'" else word)
    assert not blocks
    assert not words
    return found


def test_nginx_writes_nothing_down_and_hands_no_address_on(nginx: list[list[str]]) -> None:
    logs = [(where, words) for where, name, *words in nginx if name.endswith("_log")]
    assert sorted(logs) == [("", ["/dev/null", "emerg"]), ("http", ["off"])]
    for _, name, *words in nginx:
        assert name not in (
            "log_format",
            "mirror",
            "limit_req",
            "limit_req_zone",
            "limit_conn",
            "set_real_ip_from",
        )
        assert not re.search(r"\$(binary_)?(remote|realip|proxy_add|proxy_protocol)", " ".join(words))
    handed = {words[0]: words[1] for _, name, *words in nginx if name == "proxy_set_header"}
    assert handed == {
        "Host": "$http_host",
        "Upgrade": "$http_upgrade",
        "Connection": "$connection_upgrade",
        "X-Forwarded-For": "",
        "X-Real-IP": "",
    }


def test_nginx_splits_calls_as_caddy_does(nginx: list[list[str]]) -> None:
    passed = {where.rpartition(">")[2]: words for where, name, *words in nginx if name == "proxy_pass"}
    [split] = [where for where, words in passed.items() if words == ["http://identity"]]
    pattern = re.fullmatch(r"location ~ (\S+)", split)
    assert pattern is not None
    for noun in IDENTITY_NOUNS:
        assert re.search(pattern[1], f"/api/{noun}")
        assert re.search(pattern[1], f"/api/{noun}/x")
    assert not [path for path in (*CONVERSATIONS_PATHS, *INSIDE) if re.search(pattern[1], path)]
    assert set(pattern[1].partition("(")[2].partition(")")[0].split("|")) == IDENTITY_NOUNS
    assert passed == {split: ["http://identity"], "location /api/": ["http://conversations"]}


def test_nginx_sends_the_headers_that_the_server_sends(nginx: list[list[str]]) -> None:
    page = policy({"headers": [(b"host", b"chat.example.org")]}).replace(" ws://chat.example.org", "")
    for where in ("location = /site.json", "location /"):
        sent = {
            w[0].lower(): w[1] for at, name, *w in nginx if name == "add_header" and at.endswith(f">{where}")
        }
        del sent["strict-transport-security"]
        wanted = {name.decode(): value.decode() for name, value in HEADERS}
        if where == "location /":
            wanted |= {"cache-control": "$kept", "content-security-policy": "$policy"}
        assert sent == wanted
    chosen = {(at.rpartition("$")[2], name): words for at, name, *words in nginx if "map $uri" in at}
    default = dict(HEADERS)[b"content-security-policy"].decode()
    assert chosen == {
        ("kept", "default"): ["no-cache"],
        ("kept", r"~\.html$"): ["no-store"],
        ("policy", "default"): [default],
        ("policy", r"~\.html$"): [page.replace("chat.example.org", "$host")],
    }
    types = {f".{end}": kind for at, kind, *ends in nginx if at == "http>types" for end in ends}
    assert types == {end: kind.partition(";")[0] for end, kind in TYPES.items()}
