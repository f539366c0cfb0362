"""A peer's screen: who waits, several rooms, one of them open."""

from app.companion import body
from app.companion.answers import AskPurpose, Offered, Waiting
from app.companion.api import ApiError
from app.companion.events import (
    AskedIn,
    Event,
    Joined,
    Moved,
    OfferChanged,
    Presence,
    QueueChanged,
    Said,
    SeatGone,
    ShiftChanged,
    SignedOut,
    Trouble,
)
from app.companion.peer import Peer
from app.companion.talk import words
from app.companion.talk.conversation import Conversation
from app.companion.talk.lines import show_message
from app.companion.talk.terminal import Terminal
from app.companion.transcript import Received
from app.wire.ids import CLIENT_SEAT, Kid, RoomId, SeatId

HELP = (
    "/queue        who waits, and who is offered to you",
    "/claim N      meet the person in row N; /claim alone: whoever is offered to you",
    "/pass         let the person who is offered to you go to another peer",
    "/on           you are on; also: /finishing (nobody new), /break, /off",
    "/ready        end the quiet minutes after a talk",
    "/rooms        your talks",
    "/room N       open talk N: what you type goes there and nowhere else",
    "/here         I’m here, no rush",
    "/nod          nod at their last words",
    "/take-back    take back your last words",
    "/bring        who of your colleagues could join this talk; /bring NAME handover or /bring NAME company",
    "/come         you would join a talk a colleague asks you into; /not-now: you would not",
    "/release      leave this talk: it rests until they come back",
    "/leave        sign out here and wipe the screen",
)
LONG_WAIT = 20


class PeerTalk(Conversation):
    """A peer at a terminal."""

    def __init__(self, terminal: Terminal, peer: Peer) -> None:
        super().__init__(terminal, peer)
        self._peer = peer
        self._order: list[RoomId] = []
        self._current: RoomId | None = None
        self._heard: dict[RoomId, list[Received]] = {}
        self._names: dict[RoomId, str] = {}
        self._readers: dict[RoomId, str] = {}
        self._rows: tuple[Waiting, ...] = ()
        self._waiting = -1
        self._state: str | None = None

    @property
    def prompt(self) -> str:
        """Whom words go to, so that a reply cannot go to the wrong person."""
        return "> " if self._current is None else f"talk {self._number(self._current)} > "

    async def begin(self) -> None:
        self.note(f"You are signed in as {self._peer.session.alias}. /queue shows who waits, /help the rest.")

    async def words(self, text: str) -> None:
        if not text:
            return
        if self._current is None:
            self.note("No talk is open. /queue shows who waits.")
        else:
            await self._peer.say(self._current, body.text(text))

    async def command(self, name: str, rest: str) -> bool:
        number = int(rest) if rest.isascii() and rest.isdecimal() and len(rest) < 4 else 0
        match name:
            case "help":
                for line in HELP:
                    self.note(line)
            case "queue":
                self._show_queue()
            case "claim":
                await self._claim(number)
            case "pass":
                await self._pass()
            case "on" | "finishing" | "break" | "off" as state:
                await self._peer.be(state)
            case "ready":
                await self._peer.ready()
            case "rooms":
                self._show_rooms()
            case "room":
                self._open(number)
            case "come" | "not-now":
                await self._come(come=name == "come")
            case "bring":
                await self._bring(rest)
            case _:
                return await self._command_in_room(name)
        return True

    def show(self, event: Event) -> None:
        match event:
            case Said(room=room, received=received):
                self._said(room, received)
            case QueueChanged():
                self._queue_changed()
            case OfferChanged():
                self._offer_changed()
            case ShiftChanged():
                self._shift_changed()
            case Joined(room=room):
                self._joined(room)
            case AskedIn(room=room):
                self._asked(room)
            case SeatGone(room=room):
                self._gone(room)
            case Presence(room=room, seat=seat, state=state) if seat == CLIENT_SEAT and room in self._order:
                self._presence(room, state)
            case Moved(room=room, state="closed" | "deleted"):
                self.note(f"Talk {self._number(room)} is closed.")
            case Moved(room=room) if room in self._order:
                self._say_who_reads(room)
            case Trouble(room=room, code=code):
                self._trouble(room, code)
            case SignedOut():
                self.refuse("The service does not let you in any more. Ask a coordinator.")
            case _:
                return

    # Commands

    async def _command_in_room(self, name: str) -> bool:
        if name not in ("here", "nod", "release", "take-back"):
            return False
        room = self._current
        if room is None:
            self.note("No talk is open. /rooms lists yours.")
            return True
        said = self._heard.get(room, [])
        match name:
            case "here":
                await self._peer.say(room, body.here())
            case "nod":
                theirs = [entry.seq for entry in said if entry.seat == CLIENT_SEAT]
                if theirs:
                    await self._peer.say(room, body.nod(theirs[-1]))
            case "take-back":
                own = self._peer.rooms[room].seat
                mine = [entry.seq for entry in said if entry.seat == own and entry.kind == "text"]
                if mine:
                    await self._peer.say(room, body.take_back(mine[-1]))
            case _:
                await self._peer.release(room)
                self._gone(room)
        return True

    async def _come(self, *, come: bool) -> None:
        asked = [room for room, ask in self._peer.asked.items() if not (come and ask.willing)]
        if not asked:
            self.note("Nobody asks you into a talk right now.")
        for room in asked[:1]:
            await self._peer.come(room, come=come)
            self.note("The person they talk with decides." if come else "They know. Not now is always OK.")

    async def _bring(self, rest: str) -> None:
        if self._current is None:
            self.note("No talk is open. /rooms lists yours.")
            return
        alias, _, why = rest.partition(" ")
        could = {self._alias(kid): kid for kid in await self._peer.whom(self._current)}
        if alias not in could or why not in ("handover", "company"):
            self.note(f"Who could come now: {', '.join(sorted(could)) or 'nobody'}.")
            return
        purpose: AskPurpose = "handover" if why == "handover" else "company"
        await self._peer.ask(self._current, could[alias], purpose)
        self.note(f"{alias} is asked. If they would come, the person you talk with decides.")

    def _alias(self, kid: Kid) -> str:
        member = self._peer.trust.directory.member(kid)
        return "" if member is None else member.profile.alias

    async def _claim(self, number: int) -> None:
        room = self._chosen(number)
        if room is None:
            self.note("There is no such row. /queue shows who waits.")
            return
        try:
            await self._peer.claim(room)
        except ApiError as error:
            if error.code == "closed":
                self.note("You are not on. /on shows you who waits.")
            elif error.code == "unknown":
                self.note("Somebody else said hello first, or they left. /queue shows who waits now.")
            else:
                raise
        else:
            self.note("They see your name now, and choose. You can read their words once they say hello.")

    def _chosen(self, number: int) -> RoomId | None:
        """The room in a row of the list; without a number whom the service offers, or else the first row."""
        if number == 0 and self._peer.offer is not None:
            return RoomId(self._peer.offer.room)
        self._rows = self._rows or self._peer.queue
        row = self._rows[max(number, 1) - 1 :][:1]
        return RoomId(row[0].room) if row else None

    async def _pass(self) -> None:
        if self._peer.offer is None:
            self.note("Nobody is offered to you right now.")
            return
        try:
            await self._peer.pass_on(RoomId(self._peer.offer.room))
        except ApiError as error:
            if error.code != "unknown":
                raise  # one that is over already is as good as passed
        self.note("They go to another peer. Nobody counts.")

    def _show_queue(self) -> None:
        if self._peer.offer is not None:
            self.note(_offered(self._peer.offer))
        self._rows = self._peer.queue
        if not self._rows:
            self.note("Nobody waits right now.")
        for number, row in enumerate(self._rows, 1):
            self.note(f"{number}. {_described(row)}")

    def _show_rooms(self) -> None:
        if not self._order:
            self.note("You have no talks right now.")
        for room in self._order:
            mark = "*" if room == self._current else " "
            self.note(f"{mark} {self._number(room)}. {self._names.get(room, 'They')}")

    def _open(self, number: int) -> None:
        if not 0 < number <= len(self._order):
            self.note("There is no such talk. /rooms lists yours.")
            return
        self._current = self._order[number - 1]
        self.note(f"Talk {number} is open.")
        for received in self._heard.get(self._current, [])[-10:]:
            self._show(self._current, received)

    # Events

    def _number(self, room: RoomId) -> int:
        return self._order.index(room) + 1 if room in self._order else 0

    def _said(self, room: RoomId, received: Received) -> None:
        self._heard.setdefault(room, []).append(received)
        alias = received.body.fields.get("alias") if received.kind == "hello" and received.body else None
        if received.seat == CLIENT_SEAT and isinstance(alias, str):
            self._names[room] = alias
        if room != self._current:
            self.note(f"Talk {self._number(room)}: new words.")
        elif not self._is_echo(room, received):
            self._show(room, received)

    def _is_echo(self, room: RoomId, received: Received) -> bool:
        """Whether it stands on the screen already, as it was typed."""
        own = self._peer.rooms.get(room)
        caught_up = own is not None and own.caught_up
        return own is not None and received.seat == own.seat and received.kind == "text" and caught_up

    def _show(self, room: RoomId, received: Received) -> None:
        own = self._peer.rooms.get(room)

        def name_of(seat: SeatId) -> str:
            return self._names.get(room, "They") if seat == CLIENT_SEAT else "Another peer"

        if own is not None:
            show_message(self.terminal, received, own.seat, name_of)

    def _queue_changed(self) -> None:
        waiting = len(self._peer.queue)
        if waiting != self._waiting:
            self._waiting = waiting
            self.note(f"Waiting: {waiting}.")

    def _offer_changed(self) -> None:
        if self._peer.offer is not None:
            self.note(_offered(self._peer.offer))

    def _shift_changed(self) -> None:
        shift = self._peer.shift
        if shift is None:
            return
        if shift.until is not None:
            self.note("A few quiet minutes for you. /ready ends them.")
        elif shift.state != self._state:
            self.note(words.SHIFTS[shift.state])
        self._state = shift.state

    def _joined(self, room: RoomId) -> None:
        if room not in self._order:
            self._order.append(room)
        if self._current is None:
            self._current = room
        self.note(f"Talk {self._number(room)} is open.")

    def _say_who_reads(self, room: RoomId) -> None:
        """Say who can read the talk, when that is new."""
        own, mine = self._peer.rooms.get(room), self._peer.session.kid
        seats = () if own is None else own.seats
        kids = [Kid(each.kid) for each in seats if each.open and each.kid is not None and each.kid != mine]
        names = "".join(f", {self._alias(kid)}" for kid in kids)
        told = f"You{names} and they can read it." if names else "Only you and they can read it."
        if self._readers.get(room) != told:
            self._readers[room] = told
            self.note(f"Talk {self._number(room)}: {told}")

    def _gone(self, room: RoomId) -> None:
        if room in self._order:
            self.note(f"Talk {self._number(room)} has ended for you.")
            self._order.remove(room)
        elif room != self._current:
            self.note("They wait for someone else. That is always OK.")
        if room == self._current:
            self._current = self._order[0] if self._order else None
        self._heard.pop(room, None)
        self._names.pop(room, None)
        self._readers.pop(room, None)

    def _asked(self, room: RoomId) -> None:
        ask = self._peer.asked.get(room)
        if ask is None:
            if room not in self._order:
                self.note("You are not asked into that talk any more.")
        elif ask.by is not None and ask.purpose is not None and not ask.willing:
            self.note(words.ASKED_IN[ask.purpose].format(by=self._alias(Kid(ask.by))))
            self.note("/come: you would. /not-now: not now.")

    def _presence(self, room: RoomId, state: str) -> None:
        if state == "left":
            self.note(words.LEFT)
        elif state == "lost":
            self.note(f"Talk {self._number(room)}: they lost connection.")

    def _trouble(self, room: RoomId, code: str) -> None:
        if code == "dir_signature" and room not in self._order:
            self.refuse(
                "This person was given another list of peers than yours. Do not answer. Tell a coordinator."
            )
        else:
            self.refuse(words.refusal(code) if code in words.REFUSALS else words.ERR_STOPPED)


def _offered(offer: Offered) -> str:
    """Whom the service offers, and why these two."""
    shared = [
        *(["they ask for you"] if offer.fits.asked else []),
        *(f"you both lived through {topic}" for topic in offer.fits.lived),
        *(f"you both chose {topic}" for topic in offer.fits.topics),
    ]
    fits = f" Why you: {', '.join(shared)}." if shared else ""
    return f"Offered to you: {_described(offer)}.{fits} /claim says hello, /pass lets them go on."


def _described(row: Waiting) -> str:
    """A row of the queue: tags only."""
    parts = [
        f"{row.minutes} min" if row.minutes <= LONG_WAIT else f"over {LONG_WAIT} min",
        row.language,
        "here" if row.here else "away",
        *row.topics,
        *(f"lived through {topic}" for topic in row.lived),
    ]
    parts += ["it feels urgent"] if row.urgent else []
    parts += ["asks for you"] if row.back else []
    parts += ["has a note ready"] if row.note else []
    return " · ".join(parts)
