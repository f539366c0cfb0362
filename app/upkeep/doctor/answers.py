"""What a service answers: headers, what must not be reachable, its clock, its directory, its sockets."""

import json
import re
import ssl
from collections.abc import Iterator, Mapping
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.typing import Origin

from app.kit.clock import DAY
from app.upkeep.doctor.finding import Finding, bad, look, ok
from app.upkeep.doctor.line import SECONDS, Answer, Away, Line, says
from app.wire.directory import SignedDirectory, accept
from app.wire.encoding import unb64u
from app.wire.errors import WireError
from app.wire.fields import array, load, mapping
from app.wire.ids import kid_of
from app.wire.sizes import ID, PUB

PAGES = ("/", "/peer.html", "/moderator.html", "/coordinator.html")
CALLS = ("/api/service", "/api/directory")
INSIDE = ("/health/live", "/health/ready", "/metrics")
"""Paths for whoever runs the service; to the outside they are not there."""

FOREIGN = "https://page-of-somebody-else.invalid"
"""An origin that no service has."""

RENEW_DAYS = 21
LOOK_SECONDS, BAD_SECONDS = 60, 3_600

DEMANDED = (
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
)
TELLING = ("server", "via", "x-powered-by", "x-aspnet-version")


async def answers(line: Line, now: float, *, is_local: bool) -> list[Finding]:
    """What is found in its answers; `is_local`: asked on the machine that serves, past what stands in front.

    `now`: this machine's clock, in unix seconds.
    """
    try:
        site = await line.get("/site.json")
    except Away:
        return [bad("service", "does not answer. Does it run, and does its name lead here?")]
    findings = [*await _headers(line)]
    findings += await _inside(line, is_local=is_local)
    findings += await _time_and_trust(line, site, now)
    findings += await _sockets(line)
    return findings


async def _headers(line: Line) -> list[Finding]:
    wrong: dict[str, list[str]] = {}
    for path in (*PAGES, *CALLS):
        try:
            answer = await line.get(path)
        except Away:
            return [bad("headers", f"{path} does not answer: look at the server's log")]
        for fault in _faults_of(path, answer):
            wrong.setdefault(fault, []).append(path)
    if not wrong:
        return [ok("headers", f"as they must be on {len(PAGES)} pages and {len(CALLS)} calls")]
    return [bad("headers", f"{fault} ({', '.join(paths)})") for fault, paths in wrong.items()]


def _faults_of(path: str, answer: Answer) -> Iterator[str]:
    """What is wrong with the headers of one answer, each with what to do."""
    headers = answer.headers
    if path in PAGES and answer.status != 200:
        yield f"status {answer.status}: is the page there, and does what stands in front pass it on?"
        return
    for name, word in DEMANDED:
        if not says(headers, name, word):
            yield f"{name} is not {word}: whatever stands in front must leave it as it is"
    if not _is_strict(headers.get("content-security-policy", ""), is_page=path in PAGES):
        yield "content-security-policy is missing or loose: pass on the server's own"
    if "set-cookie" in headers:
        yield "a cookie is set for clients, who never get one: who in front does that?"
    if path in CALLS and headers.get("content-encoding", "identity") != "identity":
        yield "answers under /api/ are compressed: switch it off, lengths would tell of contents"
    for name in TELLING:
        if re.search("[0-9]", headers.get(name, "")) or (name.startswith("x-") and name in headers):
            yield f"{name} names a program and its version: switch it off"


def _is_strict(policy: str, *, is_page: bool) -> bool:
    """Whether a policy lets in nothing but the service's own."""
    rules = {words[0]: words[1:] for part in policy.casefold().split(";") if (words := part.split())}
    if rules.get("default-src") != ["'none'"] or rules.get("frame-ancestors") != ["'none'"]:
        return False
    return not is_page or (
        rules.get("script-src") == ["'self'"]
        and rules.get("form-action") == ["'none'"]
        and rules.get("base-uri") == ["'none'"]
        and "trusted-types" in rules
    )


async def _inside(line: Line, *, is_local: bool) -> list[Finding]:
    if is_local:
        return [await ready(line)]
    open_ones = []
    for path in INSIDE:
        try:
            if (await line.get(path)).status < 400:
                open_ones.append(path)
        except Away:
            continue
    if open_ones:
        say = f"{', '.join(open_ones)} can be reached from outside: let what stands in front answer 404"
        return [bad("inside", say)]
    return [ok("inside", "/health and /metrics are not to be had from outside")]


async def ready(line: Line) -> Finding:
    """What the process itself says of whether it can serve."""
    try:
        answer = await line.get("/health/ready")
        said = json.loads(answer.body)
        problems = [problem for problem in said["problems"] if re.fullmatch("[a-z_]{1,40}", problem)]
    except (Away, ValueError, KeyError, TypeError):
        return bad("readiness", "/health/ready does not answer. Does the server run?")
    if answer.status != 200:
        return bad(
            "readiness", f"not ready ({', '.join(problems)}): see what to watch, in the operations guide"
        )
    if problems:
        return look("readiness", f"ready, but: {', '.join(problems)}")
    return ok("readiness", "ready")


async def _time_and_trust(line: Line, site: Answer, now: float) -> list[Finding]:
    try:
        service = _object(await line.get("/api/service"))
        time = int(service["time"])
    except (Away, WireError, KeyError, TypeError, ValueError):
        return [bad("clock", "/api/service does not answer as it should: look at the server's log")]
    findings = [_clock(abs(time - now))]
    if site.status != 200:
        return [*findings, look("site.json", "not there: the service is not set up yet (beside setup-link)")]
    try:
        said = _object(site)
        instance = unb64u(said.get("instance"), ID)
        roots = {kid_of(pub): pub for pub in (unb64u(root, PUB) for root in array(said.get("roots"), 64))}
        findings.append(ok("site.json", f"names the instance and {len(roots)} root keys"))
    except WireError:
        return [*findings, bad("site.json", "not of the form that pages expect: bring it back from a backup")]
    try:
        signed = SignedDirectory.from_json(_object(await line.get("/api/directory")))
        directory = accept(signed, roots, instance, 0, time)
    except (Away, WireError) as error:
        code = error.code if isinstance(error, WireError) else "no answer"
        return [*findings, bad("directory", f"{code}: no talk can be opened. See when the directory expires")]
    days = (directory.expires - time) // DAY
    if days < 0:
        findings.append(bad("directory", "over: no new talk can be opened. beside renew"))
    elif days <= RENEW_DAYS:
        findings.append(look("directory", f"good for {days} days. Renew it: beside renew"))
    else:
        findings.append(ok("directory", f"good for {days} days"))
    if service.get("open") is not True and days >= 0:
        findings.append(bad("service", "no talk can be opened: the houses are not at the same directory"))
    return findings


def _clock(difference: float) -> Finding:
    words = f"{difference:.0f} seconds from this machine's"
    if difference <= LOOK_SECONDS:
        return ok("clock", words)
    say = bad if difference > BAD_SECONDS else look
    return say("clock", f"{words}. Which of the two is wrong? Let both keep time by NTP")


async def _sockets(line: Line) -> list[Finding]:
    """Whether a page of the service gets a socket, uncompressed, and a page of somebody else none."""
    url = line.url.replace("http", "ws", 1) + "/api/live"
    own = await _opens(url, line.url)
    if own is None:
        return [bad("socket", "does not open: does what stands in front pass on the upgrade, and the Host?")]
    findings = [
        bad("socket", "compresses: switch permessage-deflate off, lengths would tell of contents")
        if own
        else ok("socket", "opens, and does not compress")
    ]
    if await _opens(url, FOREIGN) is None:
        findings.append(ok("origin", "a page of somebody else gets no socket"))
    else:
        say = "a page of somebody else gets a socket: is Host or Origin rewritten in front?"
        findings.append(bad("origin", say))
    return findings


async def _opens(url: str, origin: str) -> bool | None:
    """Whether a socket that opens compresses; None where none opens."""
    context: dict[str, Any] = {"ssl": ssl.create_default_context()} if url.startswith("wss") else {}
    try:
        async with connect(
            url, origin=Origin(origin), open_timeout=SECONDS, proxy=None, user_agent_header=None, **context
        ) as socket:
            return bool(socket.protocol.extensions)
    except InvalidStatus:
        return None
    except (WebSocketException, OSError, TimeoutError):
        return None


def _object(answer: Answer) -> Mapping[str, Any]:
    """A JSON object. WireError for anything else."""
    if answer.status != 200 or answer.headers.get("content-encoding", "identity") != "identity":
        raise WireError("malformed")
    return mapping(load(answer.body))
