"""docs/protocol.md, 18.5: each column that holds bytes has only the lengths listed here."""

import pytest
from sqlalchemy import LargeBinary

from app.conversations import tables as conversations
from app.conversations.rooms.tips import COUNT_BYTES
from app.identity import tables as identity
from app.wire.sizes import (
    COM,
    CT_SIZES,
    FLAG_NOTE_SEALS,
    FLAG_SEALS,
    HASH,
    HEAD,
    ID,
    KEY,
    NOTE_BOX,
    PUB,
    SEAL,
    SHOWN_SEALS,
    STAFF_KEYS_BOX,
    TEAM_KEY_SEAL,
    VAULT_BOXES,
    WRAP,
)
from tests.canary.dumps import Dump
from tests.canary.house import House, Street
from tests.canary.story import Played
from tests.talkers import seat

INVITE_BOX = 97
CODE_SECRET = 20
ANY = frozenset(range(1 << 20))
"""Public bytes whose length says nothing of a client: the signed directories."""

LENGTHS = {
    "conversations": {
        "rooms.id": {ID}, "rooms.secret_hash": {HASH}, "rooms.wrap": {WRAP},
        "seats.room": {ID}, "seats.seat": {ID}, "seats.kid": {ID},
        "seals.room": {ID}, "seals.kid": {ID}, "seals.sealed": {SEAL},
        "meetings.room": {ID}, "meetings.kid": {ID},
        "tickets.room": {ID}, "tickets.back": {ID},
        "availability.kid": {ID}, "offers.room": {ID}, "offers.kid": {ID},
        "passes.room": {ID}, "passes.kid": {ID},
        "messages.room": {ID}, "messages.seat": {ID}, "messages.com": {COM}, "messages.ct": set(CT_SIZES),
        "messages.head": {HEAD}, "messages.counts": {n * COUNT_BYTES for n in range(1, 100)},
        "directories.payload": ANY,
        "peer_epochs.kid": {ID},
        "flags.id": {ID}, "flags.room": {ID}, "flags.seat": {ID}, "flags.kid": {ID}, "flags.team_kid": {ID},
        "flags.lease_kid": {ID}, "flags.note": FLAG_NOTE_SEALS, "flags.sealed": FLAG_SEALS,
        "flags.more_kid": {ID}, "flags.more_sealed": FLAG_SEALS, "flags.kept_for": {ID},
        "flag_notes.flag": {ID}, "flag_notes.by_kid": {ID}, "flag_notes.team_kid": {ID},
        "flag_notes.sealed": FLAG_NOTE_SEALS,
        "proposals.flag": {ID}, "proposals.by_kid": {ID}, "proposals.to_kid": {ID}, "proposals.subject": {ID},
        "proposals.shown": SHOWN_SEALS,
        "evidence.room": {ID}, "evidence.seat": {ID}, "evidence.com": {COM},
        "evidence_seats.room": {ID}, "evidence_seats.seat": {ID}, "evidence_seats.kid": {ID},
        "trail.kid": {ID}, "trail.flag": {ID}, "trail.head": {HASH},
        "notes.room": {ID}, "notes.kid": {ID}, "notes.blob": {NOTE_BOX},
        "asks.room": {ID}, "asks.kid": {ID}, "asks.by_kid": {ID},
        "lines.id": {ID}, "lines.room": {ID}, "lines.by_kid": {ID}, "lines.to_kid": {ID},
        "lines.sealed": FLAG_SEALS,
        "pauses.kid": {ID}, "pauses.id": {ID}, "pauses.flag": {ID}, "pauses.by_kid": {ID},
        "pauses.second_kid": {ID}, "pauses.appeal_to": {ID}, "pauses.appeal_sealed": FLAG_NOTE_SEALS,
        "samples.id": {ID}, "spent_salts.salt": {ID}, "house.store": {ID},
    },
    "identity": {
        "house.instance": {ID},
        "staff.id": {ID}, "staff.name_mac": {HASH}, "staff.auth_hash": {HASH}, "staff.salt": {ID},
        "staff.keys": {STAFF_KEYS_BOX}, "staff.pub": {PUB}, "staff.kid": {ID},
        "invitations.staff": {ID}, "invitations.token_hash": {HASH}, "invitations.secret_box": {INVITE_BOX},
        "invitations.mac": {KEY}, "invitations.replaces": {ID}, "invitations.name_mac": {HASH},
        "proposals.kid": {ID}, "proposals.by_kid": {ID}, "proposals.agreed_kid": {ID},
        "suspended.kid": {ID}, "suspended.by_kid": {ID}, "suspended.second_kid": {ID},
        "sessions.token_hash": {HASH}, "sessions.staff": {ID},
        "second_factors.staff": {ID}, "second_factors.secret": {CODE_SECRET},
        "audit.by_kid": {ID}, "audit.kid": {ID}, "audit.head": {HASH},
        "sign_ins.by_kid": {ID}, "sign_ins.kid": {ID}, "sign_ins.head": {HASH}, "sign_ins_cut.head": {HASH},
        "directories.payload": ANY, "directories.hash": {HASH},
        "sealed_team_keys.kid": {ID}, "sealed_team_keys.sealed": {TEAM_KEY_SEAL},
        "spent_salts.salt": {ID},
        "vaults.id": {ID}, "vaults.token_hash": {HASH}, "vaults.blob": VAULT_BOXES,
    },
}  # fmt: skip
"""By store and column. A deleted room whose week is over has no hash and no head (docs/what-we-hold.md)."""


@pytest.mark.parametrize(
    ("store", "metadata"), [("conversations", conversations.metadata), ("identity", identity.metadata)]
)
def test_every_column_that_holds_bytes_is_listed(store: str, metadata: object) -> None:
    tables = {"conversations": conversations.metadata, "identity": identity.metadata}[store].tables.values()
    columns = {f"{t.name}.{c.name}" for t in tables for c in t.columns if isinstance(c.type, LargeBinary)}
    assert columns == set(LENGTHS[store])


def wrong(store: str, rows: Dump) -> list[str]:
    """Columns with bytes of a length that is not listed."""
    return sorted(
        {
            f"{table}.{name}: {len(value)}"
            for table, found in rows.items()
            for row in found
            for name, value in row.items()
            if isinstance(value, bytes) and len(value) not in LENGTHS[store].get(f"{table}.{name}", set())
        }
    )


@pytest.mark.parametrize("turn", ["waiting", "talking", "closed", "deleted", "purged"])
def test_bytes_have_only_the_listed_lengths(played: Played, turn: str) -> None:
    copy = played.copies[turn]
    assert wrong("conversations", copy.conversations) == []
    assert wrong("identity", copy.identity) == []


def test_all_three_lengths_of_words_were_seen(played: Played) -> None:
    rows = [row for row in played.copies["closed"].conversations["messages"] if row["room"] == played.room]
    assert {len(row["ct"]) for row in rows if row["ct"] is not None} == set(CT_SIZES)
    assert any(row["ct"] is None for row in rows)


def test_the_story_has_a_flag_with_its_note_and_evidence(played: Played) -> None:
    store = played.copies["purged"].conversations
    [flag] = [row for row in store["flags"] if row["room"] == played.room]
    assert (len(flag["sealed"]), len(flag["note"])) == (min(FLAG_SEALS), min(FLAG_NOTE_SEALS))
    assert len([row for row in store["evidence"] if row["room"] == played.room]) > 5
    assert [row["act"] for row in store["trail"] if row["flag"] == flag["id"]] == ["read", "none"]


def test_another_length_would_be_noticed(played: Played) -> None:
    store = played.copies["talking"].conversations
    first, *rest = store["messages"]
    longer = {**first, "ct": bytes(CT_SIZES[0] + 1)}
    assert wrong("conversations", {**store, "messages": [longer, *rest]}) == ["messages.ct: 1041"]


async def test_a_message_of_another_length_is_refused_at_the_door(house: House, place: Street) -> None:
    guest = await place.opened()
    octets = {"content-type": "application/octet-stream"}
    frame = guest.next_frame().pack()
    for change in (frame + b"\x00", frame[:-1], frame[:71], b""):
        refused = await place.http.post("/api/messages/send", content=guest.secret + change, headers=octets)
        assert (refused.status_code, refused.json()) == (400, {"code": "malformed"})
    taken = await place.http.post("/api/messages/send", content=guest.secret + frame, headers=octets)
    assert taken.status_code == 200
    await place.done("rooms/delete", seat(guest))
