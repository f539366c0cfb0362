"""What joins the nodes of one conversations service (docs/protocol.md, 15)."""

from app.bus.in_process import InProcessBus
from app.bus.port import Bus


def opened_by(url: str | None) -> Bus:
    """The bus at `url` (`nats://[user:password@]host:port[,…]`), still closed; None: within this process."""
    if url is None:
        return InProcessBus()
    # Only here: an embedded server need not carry the client in its memory.
    from app.bus.nats import NatsBus

    return NatsBus(url)
