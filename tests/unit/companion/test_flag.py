"""A flag's words: what may stand in one, how it is sealed, how it is handed in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from app.companion import body
from app.companion.api import ApiError
from app.companion.envelope import Opened
from app.companion.flag import MOST_ITEMS, MOST_NOTE, MOST_REASON, Disclosed, Flag, Reporter
from app.companion.keys import StaffKey
from app.companion.seals import open_flag, open_flag_note, seal_flag, seal_flag_note
from app.companion.transcript import Received
from app.companion.trust import Trust
from app.wire.encoding import b64u
from app.wire.errors import WireError
from app.wire.ids import CLIENT_SEAT, FlagId, RoomId, SeatId
from app.wire.sizes import FLAG_NOTE_SEALS, FLAG_SEALS
from tests.cast import Cast

TEAM = StaffKey.generate()
ID = FlagId(b"f" * 16)
ROOM = RoomId(b"r" * 16)
KF = b"k" * 32
BODY = b'{"k":"text","x":"zqx-words"}'
ONE = {"seq": 1, "kf": b64u(KF), "body": b64u(BODY)}
WHOLE: dict[str, Any] = {"v": 1, "items": [ONE], "reason": "zqx-reason", "note": "zqx-note"}


def received(seq: int, words: bytes = BODY) -> Received:
    return Received(seq, CLIENT_SEAT, 1, seq, "text", None, opened=Opened(words, KF))


def test_a_flag_reads_back_what_it_was_made_of_in_the_rooms_order() -> None:
    flag = Flag.of([received(7), received(2)], reason="why", note="a word more")
    assert [item.seq for item in flag.items] == [2, 7]
    assert Flag.read(flag.to_json()) == flag
    assert (flag.reason, flag.note) == ("why", "a word more")
    assert Flag.read(WHOLE) == Flag((Disclosed(1, KF, BODY),), "zqx-reason", "zqx-note")


def test_nothing_of_a_flag_shows_in_its_repr() -> None:
    assert repr(Flag.read(WHOLE)) == "<Flag 1 items>"
    assert "zqx" not in repr(Disclosed(1, KF, BODY))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": "1"},
        {"items": []},
        {"items": None},
        {"items": [ONE, ONE]},
        {"items": [{**ONE, "seq": 2}, ONE]},
        {"items": [{**ONE, "seq": at} for at in range(1, MOST_ITEMS + 2)]},
        {"items": [{**ONE, "seq": 0}]},
        {"items": [{**ONE, "seq": True}]},
        {"items": [{**ONE, "kf": b64u(KF[:-1])}]},
        {"items": [{**ONE, "kf": b64u(KF) + "="}]},
        {"items": [{**ONE, "body": None}]},
        {"items": [{**ONE, "body": b64u(bytes(16_349))}]},
        {"items": ["words"]},
        {"reason": "x" * (MOST_REASON + 1)},
        {"reason": None},
        {"note": "x" * (MOST_NOTE + 1)},
        {"note": 1},
    ],
    ids=lambda change: str(change)[:40],
)
def test_a_flag_of_another_form_is_flag_format(change: dict[str, object]) -> None:
    with pytest.raises(WireError, match=r"^flag_format$"):
        Flag.read({**WHOLE, **change})
    most = [{**ONE, "seq": at} for at in range(1, MOST_ITEMS + 1)]
    assert len(Flag.read({**WHOLE, "items": most}).items) == MOST_ITEMS


def test_words_that_did_not_open_cannot_be_flagged() -> None:
    hidden = Received(3, CLIENT_SEAT, 1, 3, hidden=True)
    for picked in ([hidden], [received(1), hidden], []):
        with pytest.raises(WireError, match=r"^flag_format$"):
            Flag.of(picked)


def test_a_sealed_flag_opens_for_its_team_id_room_and_reporter_alone() -> None:
    sealed = seal_flag(TEAM.pub, ID, ROOM, CLIENT_SEAT, WHOLE)
    assert open_flag(TEAM, ID, ROOM, CLIENT_SEAT, sealed) == WHOLE
    for key, flag, room, seat in (
        (StaffKey.generate(), ID, ROOM, CLIENT_SEAT),
        (TEAM, FlagId(b"g" * 16), ROOM, CLIENT_SEAT),
        (TEAM, ID, RoomId(b"s" * 16), CLIENT_SEAT),
        (TEAM, ID, ROOM, SeatId(b"s" * 16)),
    ):
        with pytest.raises(WireError, match=r"^aead$"):
            open_flag(key, flag, room, seat, sealed)


def test_a_flag_of_one_short_message_is_as_long_as_one_of_five() -> None:
    sealed = {
        len(seal_flag(TEAM.pub, ID, ROOM, CLIENT_SEAT, Flag.of([received(at) for at in picked]).to_json()))
        for picked in ([1], [1, 2], [1, 2, 3, 4, 5])
    }
    assert sealed == {min(FLAG_SEALS)}


@pytest.mark.parametrize("count", range(1, 16))
def test_a_sealed_flag_has_one_of_five_lengths_and_more_is_too_long(count: int) -> None:
    flag = Flag.of([received(at, bytes(4_000)) for at in range(1, count + 1)])
    if count < 13:
        assert len(seal_flag(TEAM.pub, ID, ROOM, CLIENT_SEAT, flag.to_json())) in FLAG_SEALS
    elif count > 13:
        with pytest.raises(WireError, match=r"^too_long$"):
            seal_flag(TEAM.pub, ID, ROOM, CLIENT_SEAT, flag.to_json())


def test_a_note_opens_for_its_team_flag_and_number_alone() -> None:
    sealed = seal_flag_note(TEAM.pub, ID, 1, {"line": "I asked them."})
    assert len(sealed) == min(FLAG_NOTE_SEALS)
    assert open_flag_note(TEAM, ID, 1, sealed) == {"line": "I asked them."}
    for key, flag, number in (
        (StaffKey.generate(), ID, 1),
        (TEAM, FlagId(b"g" * 16), 1),
        (TEAM, ID, 2),
    ):
        with pytest.raises(WireError, match=r"^aead$"):
            open_flag_note(key, flag, number, sealed)
    with pytest.raises(WireError, match=r"^flag_format$"):
        open_flag_note(TEAM, ID, 1, sealed[:-1])
    with pytest.raises(WireError, match=r"^too_long$"):
        seal_flag_note(TEAM.pub, ID, 1, {"line": "x" * 4_100})


@dataclass
class Believed:
    """A directory that changes when it is looked up again."""

    cast: Cast = field(default_factory=Cast)
    renewed: StaffKey = field(default_factory=StaffKey.generate)
    looked: int = 0

    @property
    def directory(self) -> Any:
        found = self.cast.directory(0)
        if self.looked:
            team = found.teams["moderation"]
            found.teams["moderation"] = type(team)(team.suite, 2, self.renewed.pub, team.members)
        return found

    async def refresh(self, *, even_expired: bool = False) -> None:
        assert even_expired
        self.looked += 1


@dataclass
class Line:
    """A way to the server that answers with these codes first."""

    codes: list[str]
    sent: list[dict[str, Any]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    async def post(self, path: str, request: Mapping[str, Any], answer: type[Any]) -> Any:
        assert path == "flags/open"
        self.sent.append(dict(request))
        if self.codes:
            raise ApiError(self.codes.pop(0))
        return answer(outcome="open")

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def reporter(line: Line, believed: Believed) -> Reporter:
    return Reporter(cast(Trust, believed), line.post, ROOM, CLIENT_SEAT, line.sleep)


async def test_a_flag_that_may_have_got_lost_is_sent_again_as_it_was() -> None:
    line, believed = Line(["unreachable", "unavailable"]), Believed()
    flag = await reporter(line, believed).send(Flag.read(WHOLE), "abuse")
    assert [request["flag"] for request in line.sent] == [flag] * 3
    assert len({request["sealed"] for request in line.sent}) == 1
    assert line.slept == [1.0, 2.0]
    sealed = line.sent[0]["sealed"]
    assert open_flag(believed.cast.moderation_team, flag, ROOM, CLIENT_SEAT, sealed) == WHOLE


async def test_for_a_new_moderation_key_a_flag_is_sealed_anew() -> None:
    line, believed = Line(["stale_epoch"]), Believed()
    flag = await reporter(line, believed).send(Flag.read(WHOLE), "abuse")
    assert line.sent[1]["kid"] == believed.renewed.kid
    assert open_flag(believed.renewed, flag, ROOM, CLIENT_SEAT, line.sent[1]["sealed"]) == WHOLE


@pytest.mark.parametrize(
    ("codes", "tries"), [(["slow_down"], 1), (["unknown"], 1), (["unreachable"] * 9, 4)], ids=str
)
async def test_what_is_refused_for_good_is_not_tried_for_ever(codes: list[str], tries: int) -> None:
    line = Line([*codes])
    with pytest.raises(ApiError, match=codes[0]):
        await reporter(line, Believed()).send(Flag.read(WHOLE), "abuse")
    assert len(line.sent) == tries


async def test_every_flag_has_an_id_of_its_own() -> None:
    line = Line([])
    flags = {await reporter(line, Believed()).send(Flag.read(WHOLE), "other") for _ in range(3)}
    assert len(flags) == 3


def test_flagged_is_a_kind_that_both_sides_say() -> None:
    written = body.parse_body(body.write_body(body.flagged(), 1, (0, secrets.token_bytes(32))))
    assert (written.kind, written.known) == ("flagged", True)
