"""`beside doctor`: a service as it should be is fine, and each thing that goes wrong in front is found."""

import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.verbs import app
from app.companion.api import Api
from app.companion.coordinator import found
from app.companion.newcomer import Account
from app.kit.clock import DAY, ManualClock
from app.upkeep.doctor.finding import Finding
from app.upkeep.doctor.line import Line
from app.upkeep.doctor.machine import data_folder, logs
from app.upkeep.doctor.tls import private_way
from app.upkeep.doctor.visit import visit
from app.wire.directory import Profile
from tests.integration.upkeep.front import Change, certificate, front, plain
from tests.serving import Served, serving, settings_for

NOW = time.time()
"""A certificate counts by the machine's own clock."""


def same(piece: bytes) -> bytes:
    return piece


def put(old: bytes, new: bytes) -> Change:
    """Replace some bytes on their way."""
    return lambda piece: piece.replace(old, new)


def add(header: bytes) -> Change:
    """Add a header to every answer that has one of ours."""
    return put(b"\r\nreferrer-policy:", b"\r\n" + header + b"\r\nreferrer-policy:")


HSTS = add(b"strict-transport-security: max-age=31536000")


@asynccontextmanager
async def founded(data: Path) -> AsyncIterator[Served]:
    """A served service with a directory in force."""
    async with serving(settings_for(data, mode="production"), ManualClock(NOW)) as served:
        async with Api(served.url) as api:
            profile = Profile("Wren", "1", "", ("en",), (), ())
            code = (data / "setup-code").read_text("ascii").strip()
            await found(api, code, Account.make(), "wren", "long enough a phrase", profile)
        yield served


async def seen(
    served: Served, folder: Path, *, up: Change = same, down: Change = HSTS, days: int = 60, port: int = 1
) -> list[Finding]:
    """What is found about a service behind a front that changes what passes."""
    at = int(served.url.rpartition(":")[2])
    async with front(at, certificate(folder / "front.pem", NOW, days), up, down) as url:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SSL_CERT_FILE", str(folder / "front.pem"))
            return await visit(url, http_port=port, clock=ManualClock(NOW))


def told(findings: list[Finding], level: str) -> list[str]:
    return [f"{each.subject}: {each.words}" for each in findings if each.level == level]


HIDDEN: Change = put(b"GET /health", b"GET /hidden")
"""What a front does that keeps readiness inside."""

WRONG: dict[str, tuple[Change, Change, str, str]] = {
    "no HSTS": (HIDDEN, same, "look", "HSTS: missing"),
    "a short HSTS": (HIDDEN, add(b"strict-transport-security: max-age=60"), "look", "HSTS: shorter"),
    "answers kept": (HIDDEN, put(b"cache-control: no-store", b"cache-control: max-age=9"), "bad", "no-store"),
    "no opener policy": (HIDDEN, put(b"cross-origin-opener-policy: same-origin", b"x: y"), "bad", "opener"),
    "referrers": (
        HIDDEN,
        put(b"referrer-policy: no-referrer", b"referrer-policy: origin"),
        "bad",
        "referrer",
    ),
    "sniffing": (HIDDEN, put(b"nosniff", b"sniff"), "bad", "nosniff"),
    "a loose policy": (HIDDEN, put(b"script-src 'self'", b"script-src *"), "bad", "content-security-policy"),
    "no policy": (HIDDEN, put(b"content-security-policy", b"content-policy"), "bad", "missing or loose"),
    "a cookie": (HIDDEN, add(b"set-cookie: lb=7"), "bad", "a cookie is set"),
    "compression": (HIDDEN, add(b"content-encoding: gzip"), "bad", "compressed"),
    "a version": (HIDDEN, add(b"server: nginx/1.24.0"), "bad", "server names a program"),
    "a powerful program": (HIDDEN, add(b"x-powered-by: Beans"), "bad", "x-powered-by names"),
    "a page that is away": (put(b"GET /peer.html", b"GET /pair.html"), HSTS, "bad", "status 404"),
    "readiness for all": (same, HSTS, "bad", "/health/ready can be reached from outside"),
    "no upgrade": (put(b"Upgrade: websocket", b"Upgrade: nothing"), HSTS, "bad", "socket: does not open"),
    "any origin": (
        put(b"Origin: https://page-of-somebody-else.invalid\r\n", b""),
        HSTS,
        "bad",
        "a page of somebody else gets a socket",
    ),
}


async def test_a_service_as_it_should_be_is_fine_and_each_wrong_front_is_found(tmp_path: Path) -> None:
    async with founded(tmp_path / "data") as served:
        fine = await seen(served, tmp_path, up=HIDDEN)
        assert (told(fine, "bad"), told(fine, "look")) == ([], [])
        missed = {}
        for name, (up, down, level, words) in WRONG.items():
            findings = await seen(served, tmp_path, up=up, down=down)
            if not any(words in line for line in told(findings, level)):
                missed[name] = [str(each) for each in findings]
        assert missed == {}


async def test_a_certificate_is_told_to_end_and_one_that_browsers_refuse_is_bad(tmp_path: Path) -> None:
    for days, level in ((21, "ok"), (20, "look"), (6, "bad")):
        made = certificate(tmp_path / "front.pem", NOW, days)
        async with front(1, made, same, same) as url, Line(url) as line:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("SSL_CERT_FILE", str(made))
                trusted = await private_way(line, NOW, http_port=1)
            said = f"certificate: good for {days} days"
            assert any(line.startswith(said) for line in told(trusted, level))
            [refused, _] = await private_way(line, NOW, http_port=1)
            assert refused.level == "bad"
            assert refused.words.startswith("browsers refuse it")


async def test_plain_http_must_lead_to_https(tmp_path: Path) -> None:
    moved = b"HTTP/1.1 308 Moved\r\nlocation: https://127.0.0.2/\r\ncontent-length: 0\r\n\r\n"
    for answer, level in ((moved, "ok"), (b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", "bad")):
        async with plain(answer) as port, Line("https://127.0.0.2:1") as line:
            *_, found_ = await private_way(line, NOW, http_port=port)
            assert (found_.subject, found_.level) == ("plain http", level)


async def test_without_tls_an_address_that_others_reach_is_bad() -> None:
    for url, level in (("http://127.0.0.1:1", "look"), ("http://beside.example", "bad")):
        async with Line(url) as line:
            assert [each.level for each in await private_way(line, NOW)] == [level]


async def test_a_clock_that_differs_and_a_directory_that_ends_are_said(tmp_path: Path) -> None:
    async with founded(tmp_path / "data") as served:
        clock = served.server.clock
        assert isinstance(clock, ManualClock)
        for seconds, level in ((30, "ok"), (90, "look"), (-7_200, "bad")):
            findings = await visit(served.url, clock=ManualClock(NOW + seconds))
            assert [each.level for each in findings if each.subject == "clock"] == [level]
        told_ = []
        for days in (0, 15, 21):
            clock.advance(days * DAY)
            findings = await visit(served.url, clock=clock)
            told_.append([each.level for each in findings if each.subject == "directory"])
        assert told_ == [["ok"], ["look"], ["bad"]]


async def test_a_service_that_is_not_set_up_or_not_there_is_said(tmp_path: Path) -> None:
    async with serving(settings_for(tmp_path / "data"), ManualClock(NOW)) as served:
        findings = await visit(served.url, clock=ManualClock(NOW))
        assert any("not set up yet" in line for line in told(findings, "look"))
    assert told(await visit(served.url), "bad") == [
        "service: does not answer. Does it run, and does its name lead here?"
    ]


def test_open_key_files_and_a_full_disk_are_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, store = tmp_path / "identity.keys", tmp_path / "conversations.sqlite"
    for file in (key, store):
        file.write_bytes(bytes(1 << 20))
        file.chmod(0o600)
    assert [each.level for each in data_folder(tmp_path)] == ["ok", "ok"]
    key.chmod(0o640)
    disk = shutil.disk_usage(tmp_path)._replace(free=(3 << 20) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    assert told(data_folder(tmp_path), "bad") == [
        "disk: 2 MiB free, conversations takes 1 MiB: free 3 times as much,"
        " or the daily purge stops half-way",
        "modes: others on this machine may open identity.keys: chmod 600",
    ]
    assert told(data_folder(tmp_path / "none"), "bad") == ["data: there is no such folder"]


def test_a_log_that_caught_the_path_is_bad(tmp_path: Path) -> None:
    log = tmp_path / "nginx" / "access.log"
    log.parent.mkdir()
    assert [each.level for each in logs([tmp_path], "made-up", NOW)] == ["look"]
    log.write_bytes(b"nothing\n" * 1_000_000)
    assert [each.level for each in logs([tmp_path], "made-up", NOW)] == ["ok"]
    with log.open("ab") as more:
        more.write(b"127.0.0.1 GET /made-up 404\n")
    assert told(logs([tmp_path], "made-up", NOW), "bad") == [
        "logs: access.log holds a path that was just asked for: switch that log off, then delete it"
    ]


async def test_the_made_up_path_reaches_the_service_and_only_its_log_would_know(tmp_path: Path) -> None:
    asked = bytearray()

    def noted(piece: bytes) -> bytes:
        (tmp_path / "logs" / "access.log").write_bytes(asked.__iadd__(piece))
        return piece

    (tmp_path / "logs").mkdir()
    async with founded(tmp_path / "data") as served:
        made = certificate(tmp_path / "front.pem", NOW, 60)
        async with front(int(served.url.rpartition(":")[2]), made, noted, HSTS) as url:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("SSL_CERT_FILE", str(made))
                findings = await visit(
                    url,
                    data=tmp_path / "data",
                    inside=served.url,
                    log_folders=[tmp_path / "logs"],
                    http_port=1,
                    settle=0,
                    clock=ManualClock(NOW),
                )
    assert any(line.startswith("logs: access.log holds") for line in told(findings, "bad"))
    assert "readiness: ready" in told(findings, "ok")
    for name in (b"cookie:", b"referer:", b"authorization:", b"from:", b"python"):
        assert name not in bytes(asked).lower()


def test_the_verb_ends_with_1_where_something_is_bad(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["doctor", "http://127.0.0.1:1"])
    assert (done.exit_code, done.output.startswith("bad  service: does not answer")) == (1, True)
    none = CliRunner().invoke(app, ["doctor", "http://127.0.0.1:1", "--logs", str(tmp_path / "none")])
    assert none.exit_code == 2
