"""The doors of the conversations house, in an order in which they tell a story."""

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import make_url

from app.companion.keys import StaffKey
from app.conversations.availability import pauses
from app.conversations.availability.rules import Pause
from app.conversations.ids import Conversations, FlagId
from app.kit.clock import day_of
from app.kit.database import Database
from app.wire.directory import Team
from app.wire.encoding import b64u
from app.wire.ids import RoomId
from app.wire.sizes import FLAG_NOTE_SEALS, FLAG_SEALS, NOTE_BOX, SEAL
from tests.builders import Guest, new_guest, rekeying
from tests.builders import ticket as wish_of
from tests.cast import member
from tests.integration.doors.table import (
    CLIENT,
    COORDINATOR,
    DEPARTED,
    FOREIGN,
    MODERATOR,
    NOBODY,
    OTHER,
    PAUSED,
    PEER,
    PEERS,
    STAFF,
    Body,
    Caller,
    Door,
    anyone,
    let_in,
)
from tests.talkers import Town, eventually, seat, wish

Made = TypeVar("Made")

FLAG, OWN_FLAG, LINES = (secrets.token_bytes(16) for _ in range(3))
SEALED = bytes(min(FLAG_SEALS))
LINE = bytes(min(FLAG_NOTE_SEALS))
"""Only their lengths are the server's business."""

ROLES: dict[Caller, str] = {MODERATOR: "moderator", COORDINATOR: "coordinator"}


@dataclass
class Rooms:
    """A client who talks with Mara, after a peer who has left; another with Sol; Lin is paused in a talk."""

    place: Town
    talk: Guest
    other: Guest
    paused: Guest
    line: Guest
    second: Guest
    keys: dict[Caller, StaffKey]
    store: str
    challenges: list[dict[str, Any]] = field(default_factory=list)
    _made: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """The same for every caller."""
        if name not in self._made:
            self._made[name] = make()
        found: Made = self._made[name]
        return found

    def token(self, caller: Caller) -> str:
        key = self.keys.get(caller, self.place.cast.mara)
        return self.place.token(key, role=ROLES.get(caller, "peer"), limit=3)

    def headers(self, caller: Caller) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token(caller)}"} if caller in self.keys else {}

    def secret(self, caller: Caller, guest: Guest) -> bytes:
        """The seat secret that this caller would show for a room."""
        known = {CLIENT: guest.secret, FOREIGN: self.other.secret}
        return known.get(caller) or secrets.token_bytes(32)

    def seat(self, caller: Caller, guest: Guest, **more: Any) -> dict[str, Any]:
        return {"room": b64u(guest.room), "secret": b64u(self.secret(caller, guest)), **more}

    def either(self, caller: Caller, **more: Any) -> dict[str, Any]:
        """Where clients show a secret, and staff their pass."""
        if caller in self.keys:
            return {"room": b64u(self.talk.room), **more}
        return self.seat(caller, self.talk, **more)

    def entering(self, caller: Caller, guest: Guest) -> dict[str, Any]:
        secret = {} if caller in self.keys else {"secret": self.secret(caller, guest)}
        return {"type": "enter", "room": guest.room, "after": 0, **secret}

    def offered_to(self, caller: Caller) -> RoomId | None:
        with closing(sqlite3.connect(self.store)) as connection:
            found = connection.execute("SELECT room FROM offers WHERE kid = ?", (self.keys[caller].kid,))
            row = found.fetchone()
        return None if row is None else RoomId(row[0])

    async def take(self) -> None:
        """The moderator has the client's flag."""
        key = self.keys[MODERATOR]
        headers = {"authorization": f"Bearer {self.place.token(key, role='moderator')}"}
        answer = await self.place.http.post("/api/flags/take", json={}, headers=headers)
        assert answer.json()["flag"]["flag"] == b64u(FLAG)


async def rooms_of(place: Town) -> Rooms:
    """Everybody in their places."""
    cast, lin, ash = place.cast, StaffKey.generate(), StaffKey.generate()
    directory = cast.directory(place.now, serial=2)
    peers = (cast.mara, cast.sol, lin, ash)
    joined = tuple(member(key, "peer", alias, "en") for key, alias in ((lin, "Lin"), (ash, "Ash")))
    team = Team(1, 1, cast.peer_team.pub, tuple(key.kid for key in peers))
    with_all = replace(directory, staff=(*directory.staff, *joined), teams={**directory.teams, "peer": team})
    await place.publish(cast.sign(with_all))
    for key in peers:
        async with place.tab(staff=key, limit=3) as tab:
            await tab.say("availability", state="on", limit=3)
            await tab.until_kind("queue")

    talk = await place.talking(ash)
    await place.done("queue/release", {"room": b64u(talk.room)}, staff=ash)
    again = rekeying(place, talk, to_team=True, wish=wish_of())
    await place.done("rooms/rekey", rekey_body(talk, again, ticket=wish()))
    await place.meet(talk, cast.mara)
    other, with_lin = await place.talking(cast.sol), await place.talking(lin)

    stay = Team(1, 1, cast.peer_team.pub, tuple(key.kid for key in peers if key is not ash))
    without_ash = replace(
        with_all,
        serial=3,
        staff=tuple(each for each in with_all.staff if each.kid != ash.kid),
        teams={**directory.teams, "peer": stay},
    )
    await place.publish(cast.sign(without_ash))
    url = place.served.server.settings.conversations_store
    db = Database[Conversations](url)
    async with db.write() as tx:
        kid, by = lin.kid, cast.moderator.kid
        await pauses.put(tx, Pause(kid, FlagId(bytes(16)), by, None, "abuse", day_of(place.now), None))
    await db.close()

    keys: dict[Caller, StaffKey] = {
        OTHER: cast.sol,
        PEER: cast.mara,
        PAUSED: lin,
        DEPARTED: ash,
        MODERATOR: cast.moderator,
        COORDINATOR: cast.coordinator,
    }
    line = await place.opened()
    found = Rooms(place, talk, other, with_lin, line, line, keys, str(make_url(url).database))
    found.challenges = [(await place.done("rooms/challenge", {}))["challenge"] for _ in range(9)]

    async def is_offered_to(caller: Caller) -> bool:
        return found.offered_to(caller) is not None

    # One after the other: of two who come at once, the one who speaks both might be offered the wrong one.
    await eventually(lambda: is_offered_to(PEER))
    found.second = await place.opened(language="es")
    await eventually(lambda: is_offered_to(OTHER))
    return found


def rekey_body(guest: Guest, new: Any, **more: Any) -> dict[str, Any]:
    seals = [{"purpose": s.purpose, "kid": b64u(s.kid), "sealed": b64u(s.sealed)} for s in new.seals]
    return {
        **seat(guest),
        "ke": new.ke,
        "frame": b64u(new.frame.pack()),
        "wrap": b64u(new.wrap),
        "seals": seals,
        **more,
    }


def conversation_doors() -> list[Door[Rooms]]:
    return [*_service(), *_talk(), *_queue(), *_flags(), *_pauses(), *_ends()]


def _nothing(_: Rooms, __: Caller) -> Body:
    return {}


def _service() -> list[Door[Rooms]]:
    return [
        Door("service", _nothing, anyone(), method="get"),
        Door("service/directory", lambda w, c: {"directory": w.place.signed.to_json()}, anyone()),
        Door("service/settings", _nothing, let_in(COORDINATOR)),
        Door("service/set", lambda w, c: {"keep_days": 31, "reason": "winter"}, let_in(COORDINATOR)),
        Door("rooms/challenge", _nothing, anyone()),
        Door("rooms/open", lambda w, c: w.place.opening(new_guest(), w.challenges.pop()), anyone()),
        # Eight slots are answered alike, whoever asks: which of them is a room, only its secret tells.
        Door("rooms/probe", lambda w, c: {"month": [w.seat(NOBODY, w.talk)] * 8}, anyone()),
    ]


def _talk() -> list[Door[Rooms]]:
    def room(w: Rooms, _: Caller) -> Body:
        return {"room": b64u(w.talk.room)}

    def about_sol(w: Rooms, _: Caller) -> Body:
        return {"room": b64u(w.talk.room), "kid": b64u(w.place.cast.sol.kid)}

    return [
        Door("rooms/history", lambda w, c: w.seat(c, w.talk), let_in(CLIENT)),
        Door(
            "messages/send",
            lambda w, c: w.secret(c, w.talk) + w.once("first", w.talk.next_frame).pack(),
            let_in(CLIENT),
        ),
        Door("notes/get", room, let_in(PEER)),
        Door(
            "notes/put",
            lambda w, c: {"room": b64u(w.talk.room), "version": 1, "blob": b64u(bytes(NOTE_BOX))},
            let_in(PEER),
        ),
        Door("seats/whom", room, let_in(PEER)),
        Door(
            "seats/ask",
            lambda w, c: {
                "room": b64u(w.talk.room),
                "kid": b64u(w.place.cast.sol.kid),
                "purpose": "company",
            },
            let_in(PEER),
        ),
        Door("seats/come", lambda w, c: {"room": b64u(w.talk.room), "come": True}, let_in(OTHER)),
        Door(
            "seats/refuse",
            lambda w, c: w.seat(c, w.talk, kid=b64u(w.place.cast.sol.kid)),
            let_in(CLIENT),
        ),
        Door("seats/withdraw", about_sol, let_in(PEER)),
        Door(
            "lines/show",
            lambda w, c: {
                "room": b64u(w.talk.room),
                "to": b64u(w.place.cast.sol.kid),
                "id": b64u(LINES),
                "sealed": b64u(SEALED),
            },
            let_in(PEER),
        ),
        # A list of one's own: empty for whom nobody showed anything.
        Door("lines/mine", _nothing, let_in(*STAFF)),
        Door("lines/shown", _nothing, let_in(*STAFF)),
        # Whoever shows and whoever was shown may; the second finds nothing any more.
        Door("lines/drop", lambda w, c: {"id": b64u(LINES)}, {**let_in(OTHER), PEER: "unknown"}),
        Door(
            "rooms/rekey",
            lambda w, c: {
                **w.once("epoch", lambda: rekey_body(w.talk, rekeying(w.place, w.talk, to=[w.keys[PEER]]))),
                "secret": b64u(w.secret(c, w.talk)),
            },
            let_in(CLIENT),
        ),
    ]


def _queue() -> list[Door[Rooms]]:
    def mine(w: Rooms, c: Caller) -> Guest:
        return w.second if c == OTHER else w.line

    def offered(w: Rooms, c: Caller) -> Body:
        return {"room": b64u(w.once(f"offer {c}", lambda: w.offered_to(c if c == OTHER else PEER)) or b"")}

    return [
        Door("queue/ticket", lambda w, c: w.seat(c, w.line, ticket=wish()), let_in(CLIENT)),
        # Each is offered somebody else; nobody passes on what is offered to another.
        Door("queue/pass", offered, let_in(PEER, OTHER)),
        Door(
            "queue/claim",
            lambda w, c: {"room": b64u(mine(w, c).room)},
            {**let_in(PEER, OTHER), PAUSED: "paused"},
        ),
        Door(
            "queue/meet",
            lambda w, c: w.seat(c, w.line, kid=b64u(w.keys[PEER].kid), answer="accept"),
            let_in(CLIENT),
        ),
        Door(
            "rooms/seal",
            lambda w, c: {"room": b64u(w.line.room), "ke": 1, "sealed": b64u(bytes(SEAL))},
            let_in(PEER),
        ),
        Door("queue/release", lambda w, c: {"room": b64u(w.line.room)}, let_in(PEER)),
    ]


def _flags() -> list[Door[Rooms]]:
    def flag(w: Rooms, _: Caller) -> Body:
        return {"flag": b64u(FLAG)}

    def opening(w: Rooms, c: Caller) -> Body:
        found = OWN_FLAG if c == PEER else FLAG
        return w.either(
            c,
            flag=b64u(found),
            category="other" if c == PEER else "contact",
            kid=b64u(w.place.cast.moderation_team.kid),
            sealed=b64u(SEALED),
        )

    def acting(act: str, **more: Any) -> Callable[[Rooms, Caller], Body]:
        return lambda w, c: {**line(w, **more), "act": act, "reason": "danger"}

    def team(w: Rooms) -> str:
        return b64u(w.place.cast.moderation_team.kid)

    def line(w: Rooms, note: int = 1) -> dict[str, Any]:
        return {"flag": b64u(FLAG), "kid": team(w), "note": note, "sealed": b64u(LINE)}

    reviewers = let_in(MODERATOR, COORDINATOR)
    return [
        Door("flags/open", opening, let_in(CLIENT, PEER)),
        Door(
            "flags/mine",
            lambda w, c: {} if c in w.keys or c == NOBODY else w.seat(c, w.talk),
            let_in(CLIENT, *PEERS),
        ),
        Door("flags/take", _nothing, let_in(MODERATOR)),
        Door("flags/read", flag, let_in(MODERATOR)),
        Door("flags/stale", _nothing, reviewers),
        Door(
            "flags/reseal",
            lambda w, c: {
                "flag": b64u(FLAG),
                "from": b64u(bytes(16)),
                "kid": team(w),
                "sealed": b64u(SEALED),
            },
            {MODERATOR: "closed"},
        ),
        Door(
            "flags/hand-on",
            lambda w, c: line(w),
            {MODERATOR: "second_needed"},
        ),
        Door(
            "flags/second",
            lambda w, c: {
                **line(w),
                "act": "report",
                "reason": "danger",
                "to": b64u(w.keys[COORDINATOR].kid),
                "shown": b64u(SEALED),
            },
            let_in(MODERATOR),
        ),
        Door("flags/asked", _nothing, reviewers),
        Door("flags/second-read", flag, let_in(COORDINATOR)),
        Door("flags/second-answer", acting("report", note=2), let_in(COORDINATOR)),
        Door("flags/pack", flag, reviewers),
        Door("flags/context", flag, let_in(MODERATOR), before=lambda w: w.take()),
        Door(
            "flags/more",
            lambda w, c: w.either(c, flag=b64u(FLAG), kid=team(w), sealed=None),
            let_in(CLIENT),
        ),
        Door("flags/decide", acting("none", note=3), let_in(MODERATOR), before=lambda w: w.take()),
        Door("flags/hold", lambda w, c: {"flag": b64u(FLAG), "hold": True, "reason": "asked for"}, reviewers),
        Door("flags/kept", _nothing, reviewers),
        Door("flags/trail", _nothing, let_in(COORDINATOR)),
    ]


def _pauses() -> list[Door[Rooms]]:
    def answer(**more: Any) -> Callable[[Rooms, Caller], Body]:
        return lambda w, c: {"kid": b64u(w.keys[PAUSED].kid), "reason": "read it all", **more}

    return [
        Door("pauses/mine", _nothing, let_in(*PEERS)),
        Door("pauses/list", _nothing, let_in(MODERATOR, COORDINATOR)),
        # Peers who are not paused have nothing to appeal against.
        Door(
            "pauses/appeal",
            lambda w, c: {"to": b64u(w.keys[COORDINATOR].kid), "sealed": b64u(LINE)},
            {**let_in(PAUSED), PEER: "closed", OTHER: "closed"},
        ),
        Door("pauses/appeals", _nothing, let_in(MODERATOR, COORDINATOR)),
        # Whoever asked for a pause is nobody to appeal to.
        Door("pauses/answer", answer(act="uphold"), let_in(COORDINATOR)),
        # The second to end a pause finds none.
        Door("pauses/lift", answer(), {**let_in(MODERATOR), COORDINATOR: "unknown"}),
    ]


def _ends() -> list[Door[Rooms]]:
    return [
        Door(f"rooms/{end}", lambda w, c: w.seat(c, w.talk), let_in(CLIENT))
        for end in ("rest", "close", "delete")
    ]
