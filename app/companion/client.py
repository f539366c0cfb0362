"""A client: seven words, one talk at a time, and no account (docs/protocol.md, 3 and 8)."""

import asyncio
import random
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.companion.answers import (
    Answer,
    AskPurpose,
    Category,
    Challenged,
    History,
    MeetFrame,
    Rekeyed,
    Report,
    Reports,
    RoomOpened,
    RoomState,
    StateNow,
    WaitFrame,
)
from app.companion.api import AnAnswer, Api, ApiError
from app.companion.body import Content
from app.companion.code import SLOTS, ReturnCode, Slot, code_root, make_code, slot
from app.companion.events import Met, Moved, Online, SeatAsked, SeatWanted, WaitTold
from app.companion.flag import Flag, Reporter
from app.companion.live import Line, Sleep
from app.companion.participant import Participant
from app.companion.pow import solve
from app.companion.rekeying import Shared, make_rekey, readers_after, team_seal
from app.companion.returning import OVER, find_talk
from app.companion.room import Room
from app.companion.seals import open_wrap, seal_wrap
from app.companion.ticket import Ticket
from app.companion.trust import Trust, server_time
from app.kit.clock import Clock, SystemClock
from app.wire.directory import Member
from app.wire.errors import WireError
from app.wire.fields import MAX_U32
from app.wire.frames import Ack, Item, parse
from app.wire.ids import CLIENT_SEAT, FlagId, Kid, RoomId, seat_id
from app.wire.months import month_of
from app.wire.sizes import KEY

POLL = 4.0
"""Seconds between two looks at the room while there is no socket."""
ON_THE_WAY = 50
"""Fifths of a second that a message on its way may take before new keys are made without waiting for it."""


class Client(Participant):
    """One anonymous person. `open` begins a talk, `come_back` finds one; then `room` is theirs."""

    def __init__(
        self,
        api: Api,
        trust: Trust,
        code: ReturnCode,
        root: bytes,
        *,
        clock: Clock | None = None,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(api, trust, clock or SystemClock(), sleep)
        self.code = code
        self.room: Room | None = None
        self.seq_on_return = 0
        """Messages up to this number were said before the seven words brought the client back."""
        self.accepted: set[Kid] = set()
        """Who was accepted by name: nothing is sealed to anybody else."""
        self.line = Line(api.url, self, sleep=sleep, chance=chance)
        self._root = root
        self._slot: Slot | None = None
        self._shared: Shared = {}
        self._refused: set[Kid] = set()
        self._changing = asyncio.Lock()
        self._asked: set[Kid] = set()
        self._wanted: set[tuple[Kid, Kid, AskPurpose]] = set()
        self._meeting: Kid | None = None
        self._failures = 0

    @classmethod
    async def make(cls, api: Api, *, words: int = 1, **parts: Any) -> "Client":
        """A new client with a fresh code of word list `words`. ApiError where no directory is believed."""
        trust = await Trust.pin(api)
        await trust.refresh()
        code = make_code(words)
        root = await asyncio.to_thread(code_root, code, trust.instance)
        return cls(api, trust, code, root, **parts)

    @classmethod
    async def come_back(cls, api: Api, codes: tuple[ReturnCode, ...], **parts: Any) -> "Client":
        """The client whose talk these words open; words that fit several lists are tried in each.

        ApiError("unknown") where they open none.
        """
        trust = await Trust.pin(api)
        await trust.refresh(even_expired=True)
        for code in codes:
            root = await asyncio.to_thread(code_root, code, trust.instance)
            client = cls(api, trust, code, root, **parts)
            if await client._find():
                return client
        raise ApiError("unknown")

    # A talk begins

    async def open(self, ticket: Ticket, first: Content | None = None) -> None:
        """Open a room and wait for a peer, with the first words if there are any.

        ApiError: `queue_full`, `slow_down`, `dir_expired` and the like, `slot_taken` where all eight rooms of
        this code's month are taken (a new code is needed). WireError: `closed` where no peer could read it.
        """
        # A client may have been made long ago: what it seals to is judged again (docs/protocol.md, 5).
        await self.trust.refresh()
        now = await server_time(self.api)
        for k in range(SLOTS):
            candidate = slot(self._root, month_of(now), k)
            try:
                await self._open_in(candidate, ticket, first)
            except ApiError as error:
                if error.code != "slot_taken":
                    raise
            else:
                return
        raise ApiError("slot_taken")

    async def _open_in(self, place: Slot, ticket: Ticket, first: Content | None) -> None:
        keys = {1: secrets.token_bytes(KEY)}
        room = self._make_room(place, keys)
        request = {
            "room": place.room,
            "secret": place.secret,
            "wrap": seal_wrap(place.wrap_key, place.room, keys),
            "seal": team_seal(self.trust, place.room, 1, keys),
            "ticket": replace(ticket, note=ticket.note or first is not None).to_json(),
        }
        if first is not None:
            room.say(first)
            frame = room.transcript.compose(1, first, int(self._clock.now() // 60))
            room.outbox[0].frame = frame
            request["message"] = frame.pack()
        answer = await self._with_proof("rooms/open", request)
        room.state, room.ke = answer.state, answer.ke
        room.store = answer.store
        self._follow(place, room)
        self._shared = {None: {1}}
        if first is not None:
            room.acked(Ack(place.room, 1, 1))
        if self.line.up:
            await self._enter(room)

    async def _with_proof(self, path: str, request: dict[str, Any]) -> RoomOpened:
        """Post with a proof of work; what got lost on the way is posted again, with a fresh proof."""
        for attempt in range(4):
            challenge = (await self.api.post("rooms/challenge", {}, Challenged)).challenge
            solution = await asyncio.to_thread(solve, challenge)
            proof = {"challenge": challenge, "solution": solution}
            try:
                return await self.api.post(path, request | {"proof": proof}, RoomOpened)
            except ApiError as error:
                if error.code not in ("unreachable", "unavailable", "pow_invalid") or attempt == 3:
                    raise
            await self._sleep(2.0**attempt)
        raise ApiError("unavailable")

    # Coming back

    async def _find(self) -> bool:
        """Look for this code's newest talk; whether there is one."""
        found = await find_talk(self.api, self._root)
        if found is None:
            return False
        self._follow(found.place, self._make_room(found.place, found.keys))
        request = {"room": found.place.room, "secret": found.place.secret, "after": MAX_U32}
        self.seq_on_return = (await self.api.post("rooms/history", request, History)).seq
        return True

    # In a talk

    async def say_here(self, content: Content) -> None:
        """Put words into the talk."""
        await self.say(self._here.room, content)

    async def answer(self, kid: Kid, *, accept: bool) -> None:
        """Accept or refuse the peer in the meeting. Only who is accepted ever receives a key."""
        if accept:
            self.accepted.add(kid)
        request = {"kid": kid, "answer": "accept" if accept else "refuse"}
        await self._ask("queue/meet", request)

    async def answer_seat(self, kid: Kid, *, accept: bool) -> None:
        """Say yes or no to somebody who holds a seat already: a no closes it with new keys."""
        if accept:
            self.accepted.add(kid)
            await self._settled(self._here)
        else:
            await self.end_part(kid)

    async def let_in(self, kid: Kid, *, share_past: bool = False) -> None:
        """Let somebody in whom a peer would bring, under new keys; the past is shown only if shared.

        ApiError("unknown") where they are not asked in, or can come no more; WireError as for any new keys.
        """
        if not any(ask.kid == kid and ask.willing for ask in self._here.asks):
            raise ApiError("unknown")
        await self._rekey(None, share_past=share_past, newcomer=kid)
        self.accepted.add(kid)
        self._refused.discard(kid)

    async def keep_out(self, kid: Kid) -> None:
        """Somebody whom a peer would bring does not come; nobody asks about them again in this talk."""
        own = {"room": self._here.room, "secret": self._place.secret}
        await self._repeated("seats/refuse", own | {"kid": kid}, Answer)

    async def end_part(self, kid: Kid) -> None:
        """End somebody's part in this talk: the keys that follow are not for them."""
        self.accepted.discard(kid)
        self._refused.add(kid)
        await self._rekey(None)

    async def rest(self) -> None:
        """End for now: only this code's holder keeps the key."""
        await self._ask("rooms/rest", {})

    async def close(self) -> None:
        """End this talk for good."""
        await self._ask("rooms/close", {})

    async def delete(self) -> None:
        """Remove the talk's words and keys from the server at once."""
        await self._ask("rooms/delete", {})

    async def flag(self, flag: Flag, category: Category) -> FlagId:
        """Show messages of the talk to the moderation team. ApiError, WireError("too_long")."""
        return await self._reporter().send(flag, category)

    async def give_more(self, flag_id: FlagId, more: Flag | None) -> None:
        """Show a moderator who asked more of the talk; None: rather not. ApiError, WireError("too_long")."""
        await self._reporter().give_more(flag_id, more)

    def _reporter(self) -> Reporter:
        async def post(path: str, request: Mapping[str, Any], answer: type[AnAnswer]) -> AnAnswer:
            return await self.api.post(path, {**request, "secret": self._place.secret}, answer)

        return Reporter(self.trust, post, self._here.room, CLIENT_SEAT, self._sleep)

    async def reports(self) -> tuple[Report, ...]:
        """What became of one's own flags in this talk."""
        own = {"room": self._here.room, "secret": self._place.secret}
        return (await self.api.post("flags/mine", own, Reports)).reports

    async def change_ticket(self, ticket: Ticket) -> None:
        """Other tags, while waiting."""
        await self._ask("queue/ticket", {"ticket": ticket.to_json()})

    async def look_for_peer(self, ticket: Ticket, *, share_past: bool = False) -> None:
        """From resting or talking, wait for a peer again under a new epoch, the past shown only if shared."""
        await self._rekey(ticket, share_past=share_past)

    async def go_on(self) -> None:
        """Go on although the service went back to an older copy: under an epoch it has never seen."""
        self._here.go_on()
        if self._here.state in ("waiting", "talking"):
            await self._rekey(None)

    @property
    def words(self) -> str:
        """The seven words."""
        return " ".join(self.code.words)

    @property
    def readers(self) -> list[Member]:
        """Who can read this talk now, beside oneself, as the directory names them."""
        members = [self.trust.directory.member(kid) for kid in _sitting(self._here)]
        return [member for member in members if member is not None]

    # What only a client hears

    async def lost(self) -> None:
        await super().lost()
        self._failures += 1
        if self._failures == 2:
            self._spawn(self._without_socket())

    async def joined(self, store: bytes, time: int) -> None:
        self._failures = 0
        await super().joined(store, time)

    def _proof_of_seat(self, room: Room) -> dict[str, Any]:
        return {"secret": self._place.secret}

    async def _took(self, room: Room, news: RoomState) -> None:
        if news.seal is not None and news.purpose == "wrap" and news.ke not in room.transcript.keys:
            try:
                keys = open_wrap(self._place.wrap_key, room.room, news.ke, news.seal)
            except WireError as error:
                self._trouble(room.room, error)
                return
            room.add_keys(keys)

    async def _settled(self, room: Room) -> None:
        if room.meet is None:
            self._meeting = None
        elif not room.meet.accepted:
            self._meet(room.room, Kid(room.meet.kid))
        if room.state == "talking":
            self._ask_about_seats(room)
        self._tell_of_asks(room)
        if room.needs_rekey and room.state in ("waiting", "talking") and not self._changing.locked():
            self._spawn(self._rekey_by_itself())

    async def _unknown_room(self, news: RoomState) -> None:
        return

    async def _gone(self, room: RoomId) -> None:
        if (own := self.rooms.get(room)) is not None and own.state not in OVER:
            own.state = "deleted"
            self.tell(Moved(room, "deleted"))

    async def _heard_other(self, kind: str, text: str) -> None:
        match kind:
            case "wait":
                told = WaitFrame.model_validate_json(text)
                self.tell(WaitTold(RoomId(told.room), told))
            case "meet":
                news = MeetFrame.model_validate_json(text)
                self._meet(RoomId(news.room), Kid(news.kid))
            case _:
                return

    def _meet(self, room: RoomId, kid: Kid) -> None:
        if kid != self._meeting:  # the server says it with every answer about the room
            self._meeting = kid
            self._spawn(self._introduce(room, kid))

    async def _introduce(self, room: RoomId, kid: Kid) -> None:
        """Show who would like to talk; somebody the directory does not know is refused unseen."""
        try:
            member = await self.trust.member(kid)
            if member is None or "peer" not in member.roles:
                await self.answer(kid, accept=False)
            else:
                self.tell(Met(room, member))
        except ApiError as error:
            self._meeting = None
            self._trouble(room, error)

    # The way without a socket

    async def _without_socket(self) -> None:
        """Where sockets do not get through: look every few seconds, until one does (docs/protocol.md, 12)."""
        reached = False
        while not self.line.up:
            try:
                for room in list(self.rooms.values()):
                    await self._poll(room)
            except (ApiError, WireError):
                if reached:
                    reached = False
                    self.tell(Online(False))
            else:
                if not (reached or self.line.up) and self.rooms:
                    reached = True
                    self.tell(Online(True))
            await self._sleep(POLL)

    async def _poll(self, room: Room) -> None:
        more = True
        while more and not self.line.up:
            request = {"room": room.room, "secret": self._place.secret, "after": room.after}
            try:
                news = await self.api.post("rooms/history", request, History)
            except ApiError as error:
                if error.code == "unknown":
                    await self._gone(room.room)
                    return
                raise
            await self._took(room, news)
            room.entered(news)
            for data in news.items:
                item = parse(data)
                if isinstance(item, Item):
                    room.received(item)
            more = news.more
            if news.wait is not None:
                self.tell(WaitTold(room.room, news.wait))
            await self._settled(room)
        await self._post_outbox(room)

    async def _post_outbox(self, room: Room) -> None:
        while not self.line.up and (frame := room.next_frame()) is not None:
            try:
                ack = parse(await self.api.post_bytes("messages/send", self._place.secret + frame.pack()))
            except ApiError as error:
                room.refused(error.code, frame.n)
                return
            if isinstance(ack, Ack):
                room.acked(ack)

    # Keys

    async def _rekey_by_itself(self) -> None:
        """Change the keys because the service asks for it, once everyone here was accepted or refused."""
        room = self._here
        if any(kid not in self.accepted | self._refused for kid in _sitting(room)):
            return
        try:
            await self._rekey(None)
        except (ApiError, WireError) as error:
            self._trouble(room.room, error)

    async def _rekey(
        self, ticket: Ticket | None, *, share_past: bool = False, newcomer: Kid | None = None
    ) -> None:
        """Begin a new epoch: for the team where the room waits or is to, else for who sits or comes here."""
        room = self._here
        async with self._changing:
            room.holding = True
            try:
                await self._nothing_on_the_way(room)
                await self.trust.refresh()
                to_team = ticket is not None or room.state == "waiting"
                shared = readers_after(
                    room,
                    self.trust,
                    self.accepted,
                    self._shared,
                    to_team=to_team,
                    share_past=share_past,
                    newcomers=() if newcomer is None else (newcomer,),
                )
                minutes = int(self._clock.now() // 60)
                rekey = make_rekey(room, self._place, self.trust, shared, ticket, minutes)
                answer = await self._repeated("rooms/rekey", rekey.request, Rekeyed)
            finally:
                room.holding = False
        room.add_keys({rekey.epoch: rekey.key})
        room.counted(rekey.opening.n)
        room.state, room.ke, room.needs_rekey = answer.state, answer.ke, False
        self._shared = rekey.shared
        self.tell(Moved(room.room, room.state))
        if self.line.up:
            await self._enter(room)

    async def _nothing_on_the_way(self, room: Room) -> None:
        """An epoch is opened by this seat's next message: one on its way gets its ack first."""
        for _ in range(ON_THE_WAY):
            if not (room.outbox and room.outbox[0].frame and self.line.up):
                break
            await self._sleep(0.2)
        room.encrypt_anew()

    def _ask_about_seats(self, room: Room) -> None:
        for kid in _sitting(room):
            if kid in self.accepted | self._refused | self._asked:
                continue
            self._asked.add(kid)
            if (member := self.trust.directory.member(kid)) is not None:
                self.tell(SeatAsked(room.room, member))

    def _tell_of_asks(self, room: Room) -> None:
        """Say once of each ask who would come, and who asks; strangers to the directory are nobody."""
        wanted = {(Kid(ask.kid), Kid(ask.by), ask.purpose) for ask in room.asks if ask.willing}
        for kid, by, purpose in sorted(wanted - self._wanted):
            member, asker = self.trust.directory.member(kid), self.trust.directory.member(by)
            if member is not None and asker is not None:
                self.tell(SeatWanted(room.room, member, asker, purpose))
        self._wanted = wanted

    # Small parts

    @property
    def _here(self) -> Room:
        if self.room is None:
            raise ApiError("unknown")
        return self.room

    @property
    def _place(self) -> Slot:
        if self._slot is None:
            raise ApiError("unknown")
        return self._slot

    def _make_room(self, place: Slot, keys: dict[int, bytes]) -> Room:
        return Room(place.room, CLIENT_SEAT, keys, self._clock, self.tell)

    def _follow(self, place: Slot, room: Room) -> None:
        for before in self.rooms:
            self._spawn(self.line.say({"type": "leave", "room": before}))
        self._slot, self.room = place, room
        self.rooms = {place.room: room}

    async def _ask(self, path: str, request: dict[str, Any]) -> None:
        """A request about this room, whose answer is its state."""
        room = self._here
        own = {"room": room.room, "secret": self._place.secret}
        answer = await self._repeated(path, own | request, StateNow)
        if answer.state != room.state:
            room.state = answer.state
            self.tell(Moved(room.room, answer.state))

    async def _repeated(self, path: str, request: dict[str, Any], answer: Any) -> Any:
        """Post; what got lost on the way is posted again as it was: all of these may be repeated."""
        for attempt in range(3):
            try:
                return await self.api.post(path, request, answer)
            except ApiError as error:
                if error.code not in ("unreachable", "unavailable"):
                    raise
            await self._sleep(2.0**attempt)
        return await self.api.post(path, request, answer)


def _sitting(room: Room) -> list[Kid]:
    """Who holds a seat beside the client; a seat that is not its kid's is nobody's."""
    return [
        Kid(seat.kid)
        for seat in room.seats
        if seat.kid and seat.open and seat.seat == seat_id(room.room, Kid(seat.kid))
    ]
