"""A visit: the made-up path first, then everything else, then whether the path was written down."""

import asyncio
import secrets
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from app.kit.clock import Clock, SystemClock
from app.upkeep.doctor.answers import answers, ready
from app.upkeep.doctor.finding import Finding, bad
from app.upkeep.doctor.line import Away, Line
from app.upkeep.doctor.machine import data_folder, logs
from app.upkeep.doctor.tls import private_way

SETTLE_SECONDS = 2.0
"""Given to a web server to write its log."""


async def visit(
    url: str,
    *,
    data: Path | None = None,
    inside: str | None = None,
    log_folders: Sequence[Path] = (),
    http_port: int = 80,
    settle: float = SETTLE_SECONDS,
    clock: Clock | None = None,
) -> list[Finding]:
    """Everything that is found about the service at `url` (an origin).

    On the machine that serves, `data` is its folder, `inside` the server's own address behind what stands in
    front, and `log_folders` hold the logs of what stands in front, which has `settle` seconds to write them.
    The service learns nothing of who asks but the requests themselves.
    """
    clock = clock or SystemClock()
    token = f"nothing-is-here-{secrets.token_hex(16)}"
    is_local = urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")
    async with Line(url) as line:
        try:
            await line.get(f"/{token}")
        except Away:
            return [bad("service", "does not answer. Does it run, and does its name lead here?")]
        findings = await private_way(line, clock.now(), http_port)
        findings += await answers(line, clock.now(), is_local=is_local)
    if data is not None:
        findings += await asyncio.to_thread(data_folder, data)
        if inside is not None and not is_local:
            async with Line(inside) as line:
                findings.append(await ready(line))
    if log_folders:
        await asyncio.sleep(settle)
        findings += await asyncio.to_thread(logs, log_folders, token, clock.now())
    return findings
