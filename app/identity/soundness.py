"""Whether the store holds together, beside its two lists of what happened: it counts, and names nobody."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from sqlalchemy import Connection, and_, func, not_, select

from app.identity.ids import Identity
from app.identity.tables import directories, house, metadata, sign_ins, sign_ins_cut, suspended
from app.kit.database import ReadTx
from app.kit.lengths import wrong_lengths
from app.kit.paging import pages
from app.wire.directory import directory_hash
from app.wire.sizes import HASH, ID, KEY, PUB, STAFF_KEYS_BOX, TEAM_KEY_SEAL, VAULT_BOXES

INVITE_BOX: Final = 97
CODE_SECRET: Final = 20

LENGTHS: Final[Mapping[str, Collection[int]]] = {
    "house.instance": {ID},
    "staff.id": {ID},
    "staff.name_mac": {HASH},
    "staff.auth_hash": {HASH},
    "staff.salt": {ID},
    "staff.keys": {STAFF_KEYS_BOX},
    "staff.pub": {PUB},
    "staff.kid": {ID},
    "invitations.staff": {ID},
    "invitations.token_hash": {HASH},
    "invitations.secret_box": {INVITE_BOX},
    "invitations.mac": {KEY},
    "invitations.replaces": {ID},
    "invitations.name_mac": {HASH},
    "proposals.kid": {ID},
    "proposals.by_kid": {ID},
    "proposals.agreed_kid": {ID},
    "suspended.kid": {ID},
    "suspended.by_kid": {ID},
    "suspended.second_kid": {ID},
    "sessions.token_hash": {HASH},
    "sessions.staff": {ID},
    "second_factors.staff": {ID},
    "second_factors.secret": {CODE_SECRET},
    "audit.by_kid": {ID},
    "audit.kid": {ID},
    "audit.head": {HASH},
    "sign_ins.by_kid": {ID},
    "sign_ins.kid": {ID},
    "sign_ins.head": {HASH},
    "sign_ins_cut.head": {HASH},
    "directories.hash": {HASH},
    "sealed_team_keys.kid": {ID},
    "sealed_team_keys.sealed": {TEAM_KEY_SEAL},
    "spent_salts.salt": {ID},
    "vaults.id": {ID},
    "vaults.token_hash": {HASH},
    "vaults.blob": VAULT_BOXES,
}
"""The lengths of each column of bytes (docs/protocol.md, 18.5); signed directories have any."""


async def faults(tx: ReadTx[Identity]) -> Counter[str]:
    """What is not as this program writes it: by kind, how many. Reads page by page."""
    return await tx.connection.run_sync(_faults)


def _faults(connection: Connection) -> Counter[str]:
    found: Counter[str] = Counter()
    for column, count in wrong_lengths(connection, metadata, LENGTHS):
        found[f"values of a wrong length in {column}"] += count
    for kind, count in _counts(connection):
        found[kind] += count
    for page in pages(connection, select(directories), [directories.c.serial]):
        found["directories that are not what their hash says"] += sum(
            directory_hash(row.payload) != row.hash for row in page
        )
    return +found


def _counts(connection: Connection) -> Iterator[tuple[str, int]]:
    founded = connection.execute(select(func.count()).select_from(house)).scalar_one()
    in_force = connection.execute(
        select(func.count()).select_from(directories).where(directories.c.replaced_day.is_(None))
    ).scalar_one()
    cut = connection.execute(select(func.count()).select_from(sign_ins_cut)).scalar_one()
    yield "rows too many in house", max(0, founded - 1)
    yield "rows too many in sign_ins_cut", max(0, cut - 1)
    yield "directories in force too many or too few", abs(in_force - min(founded, 1))
    newest = select(func.max(directories.c.serial)).correlate(None).scalar_subquery()
    yield (
        "directories that are in force beside the newest",
        connection.execute(
            select(func.count())
            .select_from(directories)
            .where(and_(directories.c.replaced_day.is_(None), directories.c.serial != newest))
        ).scalar_one(),
    )
    listed = select(directories.c.serial)
    yield (
        "suspended people whom no kept directory lists",
        connection.execute(
            select(func.count()).select_from(suspended).where(not_(suspended.c.serial.in_(listed)))
        ).scalar_one(),
    )
    last = select(func.max(sign_ins_cut.c.n)).scalar_subquery()
    yield (
        "sign-ins from before the cut",
        connection.execute(
            select(func.count()).select_from(sign_ins).where(sign_ins.c.n <= last)
        ).scalar_one(),
    )
