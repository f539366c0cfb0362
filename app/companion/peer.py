"""A peer: signed in, sees who waits, meets, talks in several rooms (docs/protocol.md, 6 to 8)."""

import asyncio
import random
from collections.abc import Callable, Mapping
from typing import Any

from app.companion import body
from app.companion.answers import (
    Answer,
    AskedFrame,
    AskPurpose,
    Category,
    Claimed,
    Desk,
    Offered,
    OfferFrame,
    QueueFrame,
    Report,
    Reports,
    RoomState,
    Shift,
    ShiftState,
    StateNow,
    Waiting,
    Whom,
)
from app.companion.api import ApiError
from app.companion.events import AskedIn, Joined, OfferChanged, QueueChanged, SeatGone, ShiftChanged, Trouble
from app.companion.flag import Flag, Reporter
from app.companion.live import Line, Sleep
from app.companion.participant import Participant
from app.companion.rekeying import team_seal
from app.companion.room import Room
from app.companion.seals import RoomSeal, open_room, seal_room
from app.companion.staff_session import StaffSession
from app.kit.clock import Clock, SystemClock
from app.wire.errors import WireError
from app.wire.ids import FlagId, Kid, RoomId, seat_id


class Peer(Participant):
    """One signed-in peer."""

    def __init__(
        self,
        session: StaffSession,
        *,
        clock: Clock | None = None,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(session.api, session.trust, clock or SystemClock(), sleep)
        self.session = session
        self.queue: tuple[Waiting, ...] = ()
        """Who waits, as the service lists them: tags only."""
        self.offer: Offered | None = None
        """Whom the service offers now; a claim says hello, `pass_on` lets it go to somebody else."""
        self.shift: Shift | None = None
        """This peer's shift, as the service last said it."""
        self.claims: set[RoomId] = set()
        """Rooms claimed, whose client has not answered yet or whose keys are on their way."""
        self.line = Line(session.api.url, self, fresh_pass=session.fresh_pass, sleep=sleep, chance=chance)
        self.asked: dict[RoomId, AskedFrame] = {}
        """Talks that a colleague would bring this peer into."""
        self._opening: set[RoomId] = set()
        self._coming: set[RoomId] = set()
        self._said: dict[str, Any] = {"state": "on"}

    # What a peer does

    async def be(self, state: ShiftState, *, limit: int | None = None) -> None:
        """On, finishing (nobody new), on a break or off; `limit`: rooms at once, 1 to 3."""
        self._said = {"state": state} if limit is None else {"state": state, "limit": limit}
        await self.line.say({"type": "availability", **self._said})

    async def ready(self) -> None:
        """End the quiet minutes after a talk."""
        await self.line.say({"type": "availability", **self._said, "ready": True})

    async def pass_on(self, room: RoomId) -> None:
        """No to whom the service offers; nobody asks why or counts. ApiError("unknown") for no offer."""
        await self.session.post("queue/pass", {"room": room}, Answer)

    async def claim(self, room: RoomId) -> None:
        """Ask to meet somebody who waits.

        ApiError: `unknown` (not there now), `slow_down` (enough rooms), `closed` (not on).
        """
        self.claims.add(room)
        try:
            await self.session.post("queue/claim", {"room": room}, Claimed)
        except ApiError:
            self.claims.discard(room)
            raise
        await self._enter_claimed(room)

    async def release(self, room: RoomId, *, hand_back: str | None = None) -> None:
        """Leave a talk: it rests until its client comes back.

        `hand_back` is a language: the room goes back to the queue under its present key, which the server
        allows only while the client has said nothing and not been here since the claim.
        """
        request: dict[str, Any] = {"room": room, "seal": None, "ke": None, "language": None}
        if hand_back is not None:
            own = self.rooms[room]
            await self.trust.refresh()
            seal = team_seal(self.trust, room, own.ke, own.transcript.keys)
            request |= {"seal": seal, "ke": own.ke, "language": hand_back}
        await self.session.post("queue/release", request, StateNow)
        self.claims.discard(room)
        self.rooms.pop(room, None)
        await self.line.say({"type": "leave", "room": room})

    async def whom(self, room: RoomId) -> tuple[Kid, ...]:
        """Which colleagues could come into this talk now."""
        return tuple(Kid(kid) for kid in (await self.session.post("seats/whom", {"room": room}, Whom)).peers)

    async def ask(self, room: RoomId, kid: Kid, purpose: AskPurpose) -> None:
        """Ask a colleague in; the client decides. ApiError("closed") for who cannot come."""
        await self.session.post("seats/ask", {"room": room, "kid": kid, "purpose": purpose}, Answer)

    async def withdraw(self, room: RoomId, kid: Kid) -> None:
        """Ask them in no more."""
        await self.session.post("seats/withdraw", {"room": room, "kid": kid}, Answer)

    async def come(self, room: RoomId, *, come: bool) -> None:
        """Say that one would come into a talk, or not now.

        ApiError: `unknown` (asked no more), `closed` (not on, or no place), `paused`.
        """
        (self._coming.add if come else self._coming.discard)(room)
        await self.session.post("seats/come", {"room": room, "come": come}, Answer)

    async def flag(self, room: RoomId, flag: Flag, category: Category) -> FlagId:
        """Show messages of a room to the moderation team, and tell its client so where one still can.

        ApiError, WireError("too_long").
        """
        seat = seat_id(room, self.session.kid)
        reporter = Reporter(self.trust, self.session.post, room, seat, self._sleep)
        flag_id = await reporter.send(flag, category)
        if (own := self.rooms.get(room)) is not None and own.state == "talking":
            await self.say(room, body.flagged())
        return flag_id

    async def reports(self) -> tuple[Report, ...]:
        """What became of one's own flags."""
        return (await self.session.post("flags/mine", {}, Reports)).reports

    async def writing(self, room: RoomId) -> None:
        """Let the client know that a longer reply is being written; once after a minute, at most."""
        await self.line.say({"type": "signal", "room": room, "kind": "writing"})

    # What only a peer hears

    async def joined(self, store: bytes, time: int) -> None:
        self.asked.clear()  # what still stands is said again
        await super().joined(store, time)
        await self.line.say({"type": "availability", **self._said})
        for room in self.claims:
            await self._enter_claimed(room)

    def _proof_of_seat(self, room: Room) -> dict[str, Any]:
        return {}

    async def _took(self, room: Room, news: RoomState) -> None:
        is_new = news.purpose == "seat-peer" and news.ke not in room.transcript.keys
        if is_new and news.seal is not None and (seal := await self._open_own(news, new=True)) is not None:
            room.add_keys(seal.keys)

    async def _settled(self, room: Room) -> None:
        if not any(seat.seat == room.seat and seat.open for seat in room.seats) and room.attached:
            await self._gone(room.room)

    async def _unknown_room(self, news: RoomState) -> None:
        """A room without keys here: claimed and not answered, just accepted, or found on the desk."""
        room = RoomId(news.room)
        if news.purpose == "team-peer" and news.seal is not None:
            if room not in self._opening:
                self._opening.add(room)
                self._spawn(self._narrow(news))
        elif news.purpose == "seat-peer" and news.seal is not None:
            is_let_in = room in self._coming
            if (seal := await self._open_own(news, new=is_let_in)) is not None:
                await self._sit_down(room, seal.keys)
                if is_let_in:
                    self._coming.discard(room)
                    await self.greet(room)
        elif news.state != "meeting" and room in self.claims:
            await self._gone(room)

    async def _gone(self, room: RoomId) -> None:
        self._coming.discard(room)
        if self.rooms.pop(room, None) is not None or room in self.claims:
            self.claims.discard(room)
            self.tell(SeatGone(room))

    async def _heard_other(self, kind: str, text: str) -> None:
        match kind:
            case "queue":
                self.queue = QueueFrame.model_validate_json(text).waiting
                self.tell(QueueChanged())
            case "offer":
                self.offer = OfferFrame.model_validate_json(text).offer
                self.tell(OfferChanged())
            case "availability":
                self.shift = Shift.model_validate_json(text)
                self.tell(ShiftChanged())
            case "asked":
                await self._heard_asked(AskedFrame.model_validate_json(text))
            case "desk":
                for entry in Desk.model_validate_json(text).rooms:
                    if RoomId(entry.room) not in self.rooms:
                        await self._enter_claimed(RoomId(entry.room))
            case _:
                return

    async def _heard_asked(self, news: AskedFrame) -> None:
        room = RoomId(news.room)
        if news.by is not None:
            self.asked[room] = news
        else:
            self.asked.pop(room, None)
            if room in self._coming:
                # Let in, or not: whoever enters finds out.
                await self._enter_claimed(room)
        self.tell(AskedIn(room))

    # Keys

    async def _narrow(self, news: RoomState) -> None:
        """Open the team's seal, and put one for this peer alone in its place."""
        room = RoomId(news.room)
        try:
            seal = await self._open_team(news)
            if not await self.trust.knows(seal.dir_hash):
                # That client was given another directory: say nothing, and let a coordinator know.
                raise WireError("dir_signature")
            mine = seal_room(
                self.session.keyring.key.pub, "seat-peer", room, news.ke, self.trust.hash, seal.keys
            )
            await self.session.post("rooms/seal", {"room": room, "ke": news.ke, "sealed": mine}, StateNow)
        except (WireError, ApiError) as error:
            self._trouble(room, error)
            return
        finally:
            self._opening.discard(room)
        await self._sit_down(room, seal.keys)
        await self.greet(room)

    async def _open_team(self, news: RoomState) -> RoomSeal:
        """The team's seal; where no team key held opens it, those made since sign-in are fetched."""
        for refreshed in (False, True):
            if refreshed:
                await self.session.refresh()
            for team, epoch in sorted(self.session.team_keys, reverse=True):
                try:
                    if team == "peer":
                        key = self.session.team_keys[team, epoch]
                        return open_room(key, "team-peer", RoomId(news.room), news.ke, news.seal or b"")
                except WireError as error:
                    if error.code != "aead":
                        raise
        raise WireError("aead")

    async def _open_own(self, news: RoomState, *, new: bool) -> RoomSeal | None:
        """One's own seal; `new`: the client just made it, so its directory is judged.

        One found on the desk may be one's own of the day the talk began, made under a directory that
        nobody lists any more: it was judged when it came.
        """
        room = RoomId(news.room)
        try:
            seal = open_room(self.session.keyring.key, "seat-peer", room, news.ke, news.seal or b"")
            if new and not await self.trust.knows(seal.dir_hash):
                raise WireError("dir_signature")
        except (WireError, ApiError) as error:
            self.tell(Trouble(room, error.code))
            return None
        return seal

    async def _sit_down(self, room: RoomId, keys: Mapping[int, bytes]) -> None:
        self.claims.discard(room)
        if room in self.rooms:
            # The room's news came before the answer that led to them: what was said since is in its outbox.
            return
        seat = seat_id(room, self.session.kid)
        self.rooms[room] = Room(room, seat, keys, self._clock, self.tell)
        self.tell(Joined(room))
        await self._enter(self.rooms[room])

    # Small parts

    async def greet(self, room: RoomId) -> None:
        """Say hello under the name that the directory has."""
        await self.say(room, body.hello(self.session.alias))

    async def _enter_claimed(self, room: RoomId) -> None:
        await self.line.say({"type": "enter", "room": room, "after": 0})
