"""One after the other for a peer: whoever counts what they hold against a limit takes their turn first."""

from collections.abc import Collection

from sqlalchemy import select

from app.conversations.ids import Conversations, Kid
from app.conversations.tables import peer_epochs
from app.kit.database import WriteTx


async def take(tx: WriteTx[Conversations], kids: Collection[Kid]) -> set[int]:
    """These peers' turn until the transaction ends, and the peer-team epochs that they hold.

    Taken behind the directory and before any room, of everybody who is needed at once.
    """
    rows = await tx.connection.execute(
        select(peer_epochs.c.epoch)
        .where(peer_epochs.c.kid.in_(kids))
        .order_by(peer_epochs.c.kid, peer_epochs.c.epoch)
        .with_for_update()
    )
    return {row.epoch for row in rows}
