"""A client's screen."""

from app.companion import body
from app.companion.answers import State
from app.companion.client import Client
from app.companion.code import ReturnCode
from app.companion.events import (
    Delivered,
    Event,
    Met,
    Moved,
    OlderCopy,
    Presence,
    Said,
    SeatAsked,
    SeatWanted,
    Trouble,
    WaitTold,
    Writing,
)
from app.companion.talk import words
from app.companion.talk.conversation import Conversation
from app.companion.talk.lines import note, show_message
from app.companion.talk.terminal import Terminal
from app.companion.ticket import Ticket
from app.companion.transcript import Received
from app.wire.directory import Member
from app.wire.ids import CLIENT_SEAT, SeatId, seat_id

HELP = (
    "/hello            say hello to the peer who is here",
    "/another          wait for someone else; /another with-past lets the next peer read what was said",
    "/let-in           let somebody join who is named; /let-in with-past lets them read what was said",
    "/keep-out         not that person; /end-part NAME: they read nothing that is said from now on",
    "/code             the seven words that bring you back; /code numbers shows them as numbers",
    "/pace P           listen, slowly or ask",
    "/pause            I am here, not writing; /pause away: I step away for a while; /back",
    "/not-ready /skip  after a question",
    "/take-back        delete your last words from both sides; /take-back 2: those before",
    "/show             show words that are hidden",
    "/end              end for now",
    "/close /delete    end for good; remove everything from the server",
    "/help-now         people you can reach right now",
    "/leave            leave at once and wipe the screen",
)


class ClientTalk(Conversation):
    """A client at a terminal; `returned` where seven words brought them back."""

    def __init__(self, terminal: Terminal, client: Client, language: str, *, returned: bool) -> None:
        super().__init__(terminal, client)
        self._client = client
        self._ticket = Ticket(language=language)
        self._returned = returned
        self._folded: list[Received] = []
        self._folding = returned
        self._mine: list[int] = []
        self._question = 0
        self._meeting: Member | None = None
        self._asking_seat: Member | None = None
        self._wanted: Member | None = None
        self._peer: Member | None = None
        self._state: State | None = None
        self._confirm = ""
        self._wait = ""

    async def begin(self) -> None:
        if self._returned:
            self.note(words.BACK_HELLO)
            self.note("/show shows them.")
            return
        for line in words.LANDING:
            self.terminal.show(("bold", line))
        for title, lines in ((words.PROMISE_TITLE, words.PROMISE), (words.LIMITS_TITLE, words.LIMITS)):
            self.terminal.show(("", ""))
            self.terminal.show(("bold", title))
            for line in lines:
                note(self.terminal, line, "")
        self.terminal.show(("", ""))
        self.note(words.START)

    async def words(self, text: str) -> None:
        self._confirm = ""
        if self._client.room is None:
            await self._open(text)
        elif not text:
            if self._meeting is not None or self._asking_seat is not None:
                await self._answer(accept=True)
        elif self._state == "closed" or self._state == "deleted":
            self.refuse(words.ERR_CLOSED)
        else:
            if self._state == "resting":
                self.note(f"{words.SEND_WAITING}: /another looks for a peer.")
            await self._client.say_here(body.text(text))

    async def command(self, name: str, rest: str) -> bool:
        if name not in ("close", "delete"):
            self._confirm = ""
        match name:
            case "help":
                for line in HELP:
                    self.note(line)
            case "help-now":
                self.terminal.show(("bold", words.HELP_NOW_TITLE))
                for line in words.HELP_NOW:
                    note(self.terminal, line, "")
            case "code":
                self._show_code(rest == "numbers")
            case "show":
                self._unfold()
            case _:
                return await self._command_in_room(name, rest)
        return True

    def show(self, event: Event) -> None:
        match event:
            case Said(received=received):
                self._said(received)
            case Delivered(content=content):
                if content["k"] == "text":
                    self.note(words.SEND_SENT)
            case Moved(state=state):
                self._moved(state)
            case Met(member=member):
                self._met(member)
            case SeatAsked(member=member):
                self._seat_asked(member)
            case SeatWanted():
                self._seat_wanted(event)
            case WaitTold(wait=wait):
                self._waiting(f"{words.wait_told(wait)} {words.ahead(wait.ahead)}")
            case Presence(seat=seat, state="lost") if seat != CLIENT_SEAT:
                self.note(words.PEER_LOST.format(peer=self._name))
            case Writing():
                self.note(words.PEER_WRITING.format(peer=self._name))
            case OlderCopy():
                self.refuse(words.OLDER_COPY)
            case Trouble(code=code):
                self._trouble(code)
            case _:
                return

    # Commands

    async def _command_in_room(self, name: str, rest: str) -> bool:
        client = self._client
        if client.room is None:
            self.note(words.START)
            return True
        match name:
            case "hello":
                await self._answer(accept=True)
            case "another":
                await self._another(share_past=rest == "with-past")
            case "let-in" | "keep-out":
                await self._decide(let_in=name == "let-in", share_past=rest == "with-past")
            case "end-part":
                await self._end_part(rest)
            case "pace" if rest in words.PACES:
                await client.say_here(body.pace(rest))
                self.note(words.PACE_CHANGED.format(pace=words.PACES[rest], peer=self._name))
            case "pace":
                self.note("/pace listen, /pace slowly or /pace ask")
            case "pause":
                await client.say_here(body.pause("away" if rest == "away" else "here"))
                self.note(words.PAUSE_ON.format(peer=self._name))
            case "back":
                await client.say_here(body.pause("back"))
                self.note(words.PAUSE_END)
            case "not-ready" | "skip" if self._question:
                make = body.not_ready if name == "not-ready" else body.skip
                await client.say_here(make(self._question))
                self.note(words.NOT_READY_DONE.format(peer=self._name))
            case "not-ready" | "skip":
                self.note("There is no question yet.")
            case "take-back":
                await self._take_back(rest)
            case "end":
                await client.rest()
                self._thank()
            case "close":
                await self._twice("close", words.CLOSE_ASK)
            case "delete":
                await self._twice("delete", words.DELETE_ASK.format(peer=self._name))
            case "go-on":
                await client.go_on()
            case _:
                return False
        return True

    async def _open(self, text: str) -> None:
        self._waiting("One moment.")
        await self._client.open(self._ticket, body.text(text) if text else None)
        self._state = "waiting"
        self.note(words.WAIT_TITLE)
        self.note(words.WAIT_WRITE)

    async def _answer(self, *, accept: bool) -> None:
        member, self._meeting = self._meeting, None
        if member is not None:
            await self._client.answer(member.kid, accept=accept)
            if accept:
                self._peer = member
            else:
                self.note(words.WAIT_BACK)
        elif (sitting := self._asking_seat) is not None:
            self._asking_seat = None
            await self._client.answer_seat(sitting.kid, accept=accept)
            self._peer = sitting if accept else None
        else:
            self.note("Nobody is asking right now.")

    async def _another(self, *, share_past: bool) -> None:
        if self._meeting is not None or self._asking_seat is not None:
            await self._answer(accept=False)
        elif self._state in ("resting", "talking"):
            await self._client.look_for_peer(self._ticket, share_past=share_past)
            self._peer = None
            self.note(words.WAIT_TITLE)
        else:
            self.note(words.WAIT_TITLE)

    async def _decide(self, *, let_in: bool, share_past: bool) -> None:
        member, self._wanted = self._wanted, None
        if member is None:
            self.note("Nobody is asking right now.")
        elif let_in:
            await self._client.let_in(member.kid, share_past=share_past)
            self.note(words.LET_IN.format(who=member.profile.alias))
        else:
            await self._client.keep_out(member.kid)
            self.note(words.KEPT_OUT.format(who=member.profile.alias))

    async def _end_part(self, alias: str) -> None:
        member = next((each for each in self._client.readers if each.profile.alias == alias), None)
        if member is None:
            self.note("Nobody of that name reads this talk.")
            return
        await self._client.end_part(member.kid)
        self.note(words.PART_ENDED.format(who=alias))

    async def _take_back(self, rest: str) -> None:
        back = int(rest) if rest.isdecimal() and rest.isascii() and len(rest) < 4 else 1
        if not 0 < back <= len(self._mine):
            self.note("There is nothing to take back.")
            return
        await self._client.say_here(body.take_back(self._mine.pop(-back)))

    async def _twice(self, name: str, ask: str) -> None:
        if self._confirm != name:
            self._confirm = name
            self.note(ask)
            return
        self._confirm = ""
        await (self._client.close() if name == "close" else self._client.delete())

    def _show_code(self, numbers: bool) -> None:
        code: ReturnCode = self._client.code
        self.note(words.CODE_OFFER)
        self.terminal.show(("bold", "   " + (code.numbers if numbers else " ".join(code.words))))
        self.note(words.CODE_CARE)

    def _thank(self) -> None:
        self.note(words.END_TITLE)
        self._show_code(numbers=False)
        self.note("/another looks for a peer again. /leave leaves.")

    # Events

    @property
    def _name(self) -> str:
        return "Your peer" if self._peer is None else self._peer.profile.alias

    def _name_of(self, seat: SeatId) -> str:
        room = self._client.room
        if room is not None:
            for member in self._client.trust.directory.staff:
                if seat == seat_id(room.room, member.kid):
                    return member.profile.alias
        return "A peer"

    def _said(self, received: Received) -> None:
        room = self._client.room
        if self._folding and room is not None and received.seq <= self._fold_until:
            self._folded.append(received)
        else:
            if received.seat == CLIENT_SEAT and received.kind == "text" and not received.erased:
                self._mine.append(received.seq)
                if not self._returned:
                    return  # it stands on the screen as it was typed
            self._show(received)

    def _show(self, received: Received) -> None:
        text = received.body.fields.get("x") if received.body is not None else None
        if received.seat != CLIENT_SEAT and isinstance(text, str) and "?" in text:
            self._question = received.seq
        show_message(self.terminal, received, CLIENT_SEAT, self._name_of)

    @property
    def _fold_until(self) -> int:
        return self._client.seq_on_return

    def _unfold(self) -> None:
        for received in self._folded:
            if received.seat == CLIENT_SEAT and received.kind == "text":
                self._mine.append(received.seq)
            self._show(received)
        self._folded.clear()

    def _moved(self, state: State) -> None:
        before, self._state = self._state, state
        if state == "talking" and before != "talking":
            readers = self._client.readers
            self._peer = readers[0] if readers else self._peer
            self.note(
                f"You are talking with {self._name}, a trained peer. {self._name} cannot see who you are."
            )
        elif state == "waiting" and before == "meeting":
            self._meeting = None
            self.note(words.WAIT_BACK)
        elif state == "resting" and before in ("talking", "meeting"):
            self._peer = None
            self.note(
                "This talk rests. Only you can open it. /another looks for a peer, /code brings you back."
            )
        elif state in ("closed", "deleted") and before != state:
            self.note("This talk is deleted." if state == "deleted" else words.ERR_CLOSED)

    def _met(self, member: Member) -> None:
        if self._meeting is not None and self._meeting.kid == member.kid:
            return
        self._meeting = member
        face = member.profile
        about = face.line or ", ".join(face.languages)
        self.note(f"{face.alias} is here. {about}")
        self.note("/hello: say hello. /another: wait for someone else.")

    def _seat_asked(self, member: Member) -> None:
        self._asking_seat = member
        self._peer = member
        self.note(f"{member.profile.alias} can read this talk. /hello if that is right, /another if not.")

    def _seat_wanted(self, asked: SeatWanted) -> None:
        self._wanted = asked.member
        by, who = asked.by.profile.alias, asked.member.profile.alias
        self.note(words.WANTED[asked.purpose].format(by=by, who=who))
        self.note("/let-in: yes. /keep-out: no. Both are OK.")

    def _waiting(self, text: str) -> None:
        if text != self._wait and self._state in (None, "waiting"):
            self._wait = text
            self.note(text)

    def _trouble(self, code: str) -> None:
        if code in ("aead", "bad_commitment", "msg_format", "msg_padding"):
            self.refuse(words.ERR_OPEN.format(peer=self._name))
        self.refuse(words.refusal(code) if code in words.REFUSALS else words.ERR_STOPPED)
