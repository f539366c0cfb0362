"""Reading the directory: anyone may."""

from app.identity.errors import Unknown
from app.identity.house import IdentityHouse
from app.wire.directory import SignedDirectory


async def current(house: IdentityHouse) -> SignedDirectory:
    """The directory in force as it was signed. Unknown before founding."""
    async with house.database.read() as tx:
        found = await house.current.of(tx)
    if found is None:
        raise Unknown
    return found.signed
