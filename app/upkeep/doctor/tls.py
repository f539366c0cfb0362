"""Whether the way to a service is private: TLS, its certificate, and nothing in the clear beside it."""

import asyncio
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from app.kit.clock import DAY
from app.upkeep.doctor.finding import Finding, bad, look, ok
from app.upkeep.doctor.line import SECONDS, Answer, Away, Line

LOOK_DAYS, BAD_DAYS = 21, 7
"""Days that a certificate must still be good for."""

HALF_YEAR = 180 * DAY


async def private_way(line: Line, now: float, http_port: int = 80) -> list[Finding]:
    """What is found about TLS; `http_port` is where the service would answer in the clear."""
    parts = urlsplit(line.url)
    host = str(parts.hostname)
    if parts.scheme != "https":
        if host in ("localhost", "127.0.0.1", "::1"):
            return [look("TLS", "not used. Fine on this machine alone; look at the public address too")]
        return [bad("TLS", "not used: everybody on the way can change what people get. Put TLS in front")]
    findings = await asyncio.to_thread(lambda: list(_certificate(host, parts.port or 443, now)))
    with suppress(Away):  # said elsewhere
        findings.append(_hsts(await line.get("/")))
    findings.append(await _redirect(line, host, http_port))
    return findings


def _certificate(host: str, port: int, now: float) -> Iterator[Finding]:
    context = ssl.create_default_context()
    try:
        with (
            socket.create_connection((host, port), SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=host) as wrapped,
        ):
            version, certificate = wrapped.version(), wrapped.getpeercert() or {}
    except ssl.SSLCertVerificationError as error:
        yield bad("certificate", f"browsers refuse it: {error.verify_message}. Get a new one")
        return
    except OSError:
        yield bad("TLS", "no connection comes about. Does anything listen there?")
        return
    if version == "TLSv1.3":
        yield ok("TLS", "version 1.3")
    else:
        yield look("TLS", f"version {version}: allow 1.3, whose key exchange resists more")
    days = int((ssl.cert_time_to_seconds(str(certificate["notAfter"])) - now) // DAY)
    if days >= LOOK_DAYS:
        yield ok("certificate", f"good for {days} days")
    else:
        say = bad if days < BAD_DAYS else look
        yield say("certificate", f"good for {days} days. Does whatever renews it run?")


def _hsts(answer: Answer) -> Finding:
    said = answer.headers.get("strict-transport-security", "")
    age = re.search(r"max-age=\"?([0-9]{1,12})", said.casefold())
    if age is None:
        return look("HSTS", "missing: let TLS's server add Strict-Transport-Security: max-age=31536000")
    if int(age[1]) < HALF_YEAR:
        return look("HSTS", "shorter than half a year: raise max-age to 31536000")
    return ok("HSTS", "set")


async def _redirect(line: Line, host: str, port: int) -> Finding:
    name = f"[{host}]" if ":" in host else host
    try:
        answer = await line.get(f"http://{name}:{port}/")
    except Away:
        return ok("plain http", "nothing answers there")
    target = answer.headers.get("location", "")
    if answer.status in (301, 308) and target.startswith(f"https://{name}"):
        return ok("plain http", "sends everybody on to https")
    return bad("plain http", "answers in the clear: redirect all of it to https with status 308")
