"""The daily purge, when an operator wants it now."""

from app.kit.clock import SystemClock
from app.settings import Settings
from app.upkeep.stores import require_migrated, stores
from app.web.conversations_side import ConversationsSide
from app.web.identity_side import IdentitySide


async def purge(settings: Settings) -> int:
    """Remove what has served its time from the stores of the settings' side; how many rows went.

    NotReady where a store is not at this program's revision; `Unavailable` where one gives no turn.
    """
    await require_migrated(settings)
    gone = 0
    for store in stores(settings):
        house = IdentitySide if store.name == "identity" else ConversationsSide
        side = house(settings, SystemClock())
        try:
            gone += await side.purge()
        finally:
            await side.close()
    return gone
