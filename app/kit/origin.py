"""Whether a browser's request comes from a page of ours (RFC 6454)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

Headers = Iterable[tuple[bytes, bytes]]


def is_own(headers: Headers, allowed: tuple[str, ...]) -> bool:
    """True where the Origin header names the request's own Host or a listed origin.

    A request without Origin is no browser's cross-site request; it carries no cookie that a
    page of somebody else could have lent it.
    """
    seen = {name.lower(): value for name, value in headers}
    origin = seen.get(b"origin")
    if origin is None:
        return True
    text = origin.decode("latin-1")
    if text in allowed:
        return True
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc == seen.get(b"host", b"").decode("latin-1")
