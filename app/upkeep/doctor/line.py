"""Plain requests to a service, as from any browser: no cookie, nothing that tells who asks."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import httpx

SECONDS = 10.0
"""Within which an answer comes."""

MOST = 8 << 20
"""Bytes of an answer that are read; a directory of a thousand people is shorter."""


class Away(Exception):
    """No answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and bytes as they came, nothing unpacked."""

    status: int
    headers: httpx.Headers
    body: bytes


class Line:
    """One service. Redirects are not followed, and nothing of the environment is asked for the way."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.AsyncClient(
            timeout=SECONDS,
            trust_env=False,
            verify=ssl.create_default_context() if url.startswith("https") else False,
            headers={"User-Agent": "beside", "Accept-Encoding": "gzip, br, zstd"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def get(self, path: str) -> Answer:
        """The answer to a GET of a path at this service, or of a whole address. Away."""
        url = path if "://" in path else self.url + path
        try:
            async with self._http.stream("GET", url) as answer:
                body = bytearray()
                async for piece in answer.aiter_raw():
                    body += piece
                    if len(body) > MOST:
                        raise Away
                return Answer(answer.status_code, answer.headers, bytes(body))
        except (httpx.HTTPError, ssl.SSLError, OSError):
            raise Away from None


def says(headers: Mapping[str, str], name: str, word: str) -> bool:
    """Whether a header is there and holds a word."""
    return word in headers.get(name, "").casefold()
