"""docs/protocol.md, 18.1: what people say, type or keep secret is in no store, no file, no log and no URL."""

import pytest

from app.wire.encoding import b64u
from tests.canary.dumps import Dump, as_bytes, dump, of_room
from tests.canary.house import House, Street
from tests.canary.needles import Needle, found
from tests.canary.story import RARE, Played
from tests.talkers import seat, wish

TURNS = ("waiting", "talking", "closed", "deleted", "purged")


def test_the_story_has_every_kind_of_secret(played: Played) -> None:
    named = " / ".join(needle.name for needle in played.needles)
    for kind in (
        "words said", "alias", "password", "sign-in name", "seven words", "indices", "seat secret",
        "wrap key", "staff secret", "invite token", "invite secret", "pass of", "session cookie",
        "room key", "private key", "set-up code", "root secret",
        "page of a journal", "step of a journal", "journal's token", "journal's key", "peer's own note",
        "reason of a flag", "note of a flag", "line of a flag", "key of a flagged message",
    ):  # fmt: skip
        assert kind in named, kind


@pytest.mark.parametrize("turn", TURNS)
def test_no_row_holds_a_secret(played: Played, turn: str) -> None:
    copy = played.copies[turn]
    assert found(played.needles, as_bytes(copy.identity), as_bytes(copy.conversations)) == []


@pytest.mark.parametrize("turn", ["talking", "deleted", "purged"])
def test_no_file_of_a_store_or_of_the_data_folder_holds_a_secret(played: Played, turn: str) -> None:
    assert {name: found(played.needles, data) for name, data in played.copies[turn].files.items()} == {
        name: [] for name in played.copies[turn].files
    }


@pytest.mark.parametrize("turn", ["talking", "purged"])
def test_of_a_journal_the_identity_store_alone_knows_the_id_and_that_leads_nowhere(
    played: Played, turn: str
) -> None:
    copy, journal = played.copies[turn], Needle("the journal's id", played.journal)
    [row] = [row for row in copy.identity["vaults"] if row["id"] == played.journal]
    assert row["version"] == 2
    rest = {**copy.identity, "vaults": []}
    assert found([journal], as_bytes(copy.identity)) != []
    assert found([journal], as_bytes(rest), as_bytes(copy.conversations), played.log, *played.targets) == []


def test_a_peers_note_goes_with_the_seat(played: Played) -> None:
    notes = {turn: played.copies[turn].conversations["notes"] for turn in TURNS}
    assert {turn: len(rows) for turn, rows in notes.items()} == dict.fromkeys(TURNS, 0) | {"talking": 1}


def test_the_files_include_the_write_ahead_log(played: Played, house: House) -> None:
    files = played.copies["talking"].files
    if house.is_sqlite:
        for store in ("identity", "conversations"):
            assert files[f"{store}.sqlite-wal"]
            assert f"{store}.sqlite-shm" in files
    else:
        assert any(len(name) == 24 for name in files)


def test_no_line_of_the_server_holds_a_secret(played: Played) -> None:
    assert b"/staff/sign-in" in played.log
    assert found(played.needles, played.log) == []


def test_no_path_or_query_holds_a_secret(played: Played) -> None:
    wanted = {
        b"/api/live",
        b"/api/rooms/open",
        b"/api/enrolment/open",
        b"/api/flags/open",
        b"/api/flags/read",
    }
    assert wanted <= set(played.targets)
    assert found(played.needles, *played.targets) == []


def tables_with_tags(store: Dump) -> list[str]:
    """Tables with a row, of whatever room, that holds one of the rare tags."""
    wanted = [RARE.language, *RARE.topics, *RARE.lived]
    return sorted(
        name for name, rows in store.items() if any(tag.encode() in as_bytes({name: rows}) for tag in wanted)
    )


def test_after_a_meeting_that_ended_well_no_row_holds_the_tickets_tags(played: Played) -> None:
    assert tables_with_tags(played.copies["waiting"].conversations) == ["tickets"]
    for turn in ("talking", "closed", "deleted", "purged"):
        copy = played.copies[turn]
        assert tables_with_tags(copy.conversations) == []
        assert tables_with_tags(copy.identity) == []


async def test_the_peers_a_ticket_names_go_with_it(house: House, place: Street) -> None:
    mara, sol = place.cast.mara.kid, place.cast.sol.kid
    guest = await place.opened(back=b64u(mara), refused=[b64u(sol)])

    async def tables_with(kid: bytes) -> list[str]:
        rows = of_room(await dump(house.conversations), guest.room)
        return sorted(name for name in rows if found([Needle("kid", kid)], as_bytes({name: rows[name]})))

    assert (await tables_with(mara), await tables_with(sol)) == (["tickets"], ["tickets"])
    await place.meet(guest, place.cast.mara)
    # Who sits there is known to all, and stays: the seat and its seal.
    assert (await tables_with(mara), await tables_with(sol)) == (["seals", "seats"], [])
    await place.done("rooms/delete", seat(guest))


async def test_a_changed_ticket_leaves_nothing_of_the_one_before(house: House, place: Street) -> None:
    guest = await place.opened(language="qz-ZZ", topics=["immigration"])
    assert tables_with_tags(await dump(house.conversations)) == ["tickets"]
    await place.done("queue/ticket", {**seat(guest), "ticket": wish()})
    assert tables_with_tags(await dump(house.conversations)) == []
    await place.done("rooms/delete", seat(guest))
