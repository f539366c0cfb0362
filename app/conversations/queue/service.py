"""Waiting, claiming, meeting, and leaving again: one function a use case, one transaction each."""

from dataclasses import dataclass, field, replace

from app.conversations.admission.callers import ClientCaller, StaffCaller
from app.conversations.availability import pauses, turns
from app.conversations.availability import store as shifts
from app.conversations.availability.rules import ShiftState
from app.conversations.errors import Closed, Paused, QueueFull, SealFormat, SlowDown, StaleEpoch, Unknown
from app.conversations.house import House
from app.conversations.ids import CLIENT_SEAT, Conversations, Kid, RoomId
from app.conversations.queue import offer_store, pausing, rules, store
from app.conversations.queue.offering import Offering, require_peer
from app.conversations.queue.outlook import Outlook
from app.conversations.queue.rules import Ticket, Why
from app.conversations.queue.store import Place, Waiting
from app.conversations.rooms import service as rooms
from app.conversations.rooms import store as rooms_store
from app.conversations.rooms.rules import Act, State, move
from app.conversations.rooms.store import SEAT_PEER, TEAM_PEER, Meeting, Room, Sealed
from app.conversations.seats import service as seats_service
from app.conversations.service.hours import every_language, hours_of
from app.kit.clock import day_of
from app.kit.database import ReadTx, WriteTx
from app.wire.encoding import b64u
from app.wire.sizes import SEAL

AT_ONCE = 500
"""Rooms in one statement."""


@dataclass(frozen=True, slots=True)
class Wait:
    """How many are ahead, what most people waited in this language, in minutes, and why it may take long.

    `opens`: when, in unix seconds, where the reason is `closed` and it is known; `over`: the minutes that
    were expected, where it is `long`.
    """

    ahead: int
    low: int | None
    high: int | None
    why: Why | None
    opens: int | None
    over: int | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim gave; before the client's yes nothing of the room shows: no seal, epoch 0."""

    state: State
    ke: int
    accepted: bool
    seal: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class SealBack:
    """The present key, sealed to the peer team by a peer who leaves; `language` is the peer's."""

    kid: Kid = field(repr=False)
    sealed: bytes = field(repr=False)
    ke: int
    language: str = field(repr=False)


class Queue:
    """The line of those who wait, and every way out of it and back."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._outlook: Outlook | None = None
        self.offering = Offering(house)

    # Looking

    async def listing(self, tx: ReadTx[Conversations], caller: StaffCaller) -> tuple[Waiting, ...]:
        """Whom this peer could meet, best first; sleepers (neither here nor with a note) at the end.

        Nobody for a peer who is not on, or paused, and for other staff, also where they stand in as holders
        of the peer team's key.
        """
        shift = (await shifts.of(tx, [caller.kid])).get(caller.kid)
        if caller.role != "peer" or shift is None or shift.state is not ShiftState.ON:
            return ()
        now = self._house.now
        if await pauses.of(tx, caller.kid, now) is not None:
            return ()
        found = await store.listing(tx, caller.kid, caller.languages, now)
        return tuple(Waiting.of(each, caller.kid, now) for each in found)

    async def wait_of(self, tx: ReadTx[Conversations], room: RoomId) -> Wait | None:
        """What to tell a client who waits; None for a room that is not in the queue."""
        now = self._house.now
        place = await store.place(tx, room)
        if place is None:
            return None
        wish = place.ticket
        outlook = await self.outlook(tx)
        was_here = place.waiting_since <= outlook.read_at and rules.is_here(place.seen_at, outlook.read_at)
        usual = outlook.wait(wish.language, is_counted=was_here)
        hours = hours_of(outlook.hours, rules.spoken(wish.language))
        why = rules.why_wait(
            wish.language,
            outlook.languages_without(wish.refused),
            hours.open,
            max(0, now - place.waiting_since) // 60,
            usual,
        )
        ahead = outlook.ahead.get(room)
        if ahead is None:
            # Just come, or come back: whoever asks has the page open.
            ahead = await store.ahead(tx, room, replace(place, seen_at=now), now)
        return Wait(
            ahead,
            None if usual is None else usual.low,
            None if usual is None else usual.high,
            why,
            hours.opens if why is Why.CLOSED else None,
            usual.high if why is Why.LONG and usual is not None else None,
        )

    async def outlook(self, tx: ReadTx[Conversations]) -> Outlook:
        """What is the same for everybody who waits, not older than a few seconds."""
        now, moves = self._house.now, self.offering.moves
        kept = self._outlook
        if kept is None or not kept.is_fresh(now, moves):
            kept = self._outlook = Outlook(
                now,
                moves,
                await store.minutes_lately(tx, now),
                await store.in_line(tx, now),
                await store.all_ahead(tx, now),
                await self.offering.languages_on(tx),
                every_language(self._house.rules.hours, now),
            )
        return kept

    async def is_open(self, tx: ReadTx[Conversations]) -> bool:
        """Whether another ticket without a note would be taken."""
        settings = self._house.settings
        load = await store.load(tx, self._house.now)
        return rules.has_room(load, False, settings.tickets_limit, settings.notes_limit)

    async def seen(self, these: list[RoomId]) -> None:
        """The clients of these rooms have a page open now: entered, polled, or still connected."""
        now = self._house.now
        woken = False
        for start in range(0, len(these), AT_ONCE):
            async with self._house.db.write() as tx:
                woken |= await store.mark_seen(tx, these[start : start + AT_ONCE], now)
        if woken:
            self._house.notices.queue_changed()

    # The client

    async def set_ticket(
        self, caller: ClientCaller, ticket: Ticket, kept: frozenset[str] = frozenset()
    ) -> State:
        """Another wish, at the same place; the parts named in `kept` stay as they are.

        `Closed` unless the room waits; `QueueFull` for a full kind.
        """
        house = self._house
        async with house.db.write() as tx:
            room = await rooms.locked(tx, caller.room)
            place = await store.place(tx, room.id)
            if room.state is not State.WAITING or place is None:
                raise Closed
            ticket = replace(ticket, **{part: getattr(place.ticket, part) for part in kept})
            if ticket.note != place.ticket.note:
                await require_space(house, tx, ticket)
            known = dict.fromkeys((*place.ticket.refused, *ticket.refused))
            # Whoever is newly asked for by name is refused no more. Who was asked for before, and refused
            # then, stays so: a page says its whole wish with each change.
            asked = ticket.back if ticket.back != place.ticket.back else None
            refused = tuple(kid for kid in known if kid != asked)
            await store.change(
                tx, room.id, replace(ticket, refused=refused[-rules.MOST_REMEMBERED :]), house.now
            )
        house.notices.queue_changed()
        return room.state

    async def meet(self, caller: ClientCaller, kid: Kid, *, accept: bool) -> State:
        """The client's word about the peer that it was offered; repeats succeed.

        `Unknown` where this peer is not the one asked about, `Closed` for a refusal after the key
        was handed over.
        """
        if accept:
            return await self._accept(caller, kid)
        return await self._refuse(caller, kid)

    async def _accept(self, caller: ClientCaller, kid: Kid) -> State:
        house = self._house
        async with house.db.write() as tx:
            # A peer who left the directory a moment ago must not be seated now.
            await house.admission.rely(tx)
            room = await rooms.locked(tx, caller.room)
            meeting = await rooms_store.meeting(tx, room.id)
            if meeting is None or meeting.kid != kid:
                if any(seat.open and seat.kid == kid for seat in await rooms_store.seats_of(tx, room.id)):
                    return room.state
                raise Unknown
            if meeting.accepted:
                return room.state
            await _seat(tx, meeting, house.now, alone_since_n=None)
        house.notices.room_changed(room.id)
        return room.state

    async def _refuse(self, caller: ClientCaller, kid: Kid) -> State:
        house = self._house
        async with house.db.write() as tx:
            room = await rooms.locked(tx, caller.room)
            meeting = await rooms_store.meeting(tx, room.id)
            place = await store.place(tx, room.id)
            if place is None:
                raise Unknown
            if meeting is None or meeting.kid != kid:
                if kid in place.ticket.refused:
                    return room.state
                raise Unknown
            if meeting.accepted:
                raise Closed
            state = await _part(house, tx, room)
            known = tuple(b64u(each) for each in place.ticket.refused)
            await store.set_refused(tx, room.id, rules.remember(known, b64u(kid)))
            await _count(tx, place, "refused", 0, house.now)
        rooms.tell(house, room)
        return state

    # The peer

    async def claim(self, caller: StaffCaller, room_id: RoomId) -> Claimed:
        """Reserve a waiting room for a minute; of two peers one wins. Again: how one's own meeting stands.

        A client who is away is met at once if it left a note. `Paused`; `Closed` for a peer who is not on;
        `Unknown` for a room that is not there, not waiting, asleep, sealed to an epoch this peer does
        not hold, or that refused this peer; `SlowDown` for more rooms at once than the pass allows, or
        than the peer takes.
        """
        house = self._house
        now = house.now
        async with house.db.write() as tx:
            await require_peer(house, tx, caller)
            epochs = await turns.take(tx, [caller.kid])
            room = await rooms.locked(tx, room_id)
            meeting = await rooms_store.meeting(tx, room.id)
            if meeting is not None and meeting.kid == caller.kid:
                return await _claimed(tx, room, meeting)
            if await pauses.of(tx, caller.kid, now) is not None:
                raise Paused
            shift = (await shifts.of(tx, [caller.kid])).get(caller.kid)
            if shift is None or shift.state is not ShiftState.ON:
                raise Closed
            place = await store.place(tx, room.id)
            if room.state is not State.WAITING or place is None:
                raise Unknown
            here = rules.is_here(place.seen_at, now)
            if place.peer_epoch not in epochs or caller.kid in place.ticket.refused:
                raise Unknown
            if not here and not place.ticket.note:
                raise Unknown
            if await shifts.rooms_held(tx, caller.kid) >= min(caller.limit, shift.room_limit):
                raise SlowDown
            if not await store.reserve(tx, room, day_of(now), house.rules.keep_days):
                raise Unknown
            meeting = Meeting(room.id, caller.kid, now, now + rules.ANSWER, False, None)
            await store.add_meeting(tx, meeting)
            await offer_store.claimed(tx, room.id, caller.kid)
            if not here:
                meeting = await _seat(tx, meeting, now, alone_since_n=await _said_by_client(tx, room.id))
            claimed = await _claimed(tx, replace(room, state=State.MEETING), meeting)
        rooms.tell(house, room)
        return claimed

    async def narrow(self, caller: StaffCaller, room_id: RoomId, ke: int, sealed: bytes) -> State:
        """Take the key sealed to this peer alone; team seal and ticket go, and the talk begins.

        An identical repeat succeeds. `SealFormat`, `StaleEpoch`; `Closed` without an accepted
        meeting of this peer's in a room it sits in, `Unknown` in any other.
        """
        house = self._house
        now = house.now
        if len(sealed) != SEAL:
            raise SealFormat
        async with house.db.write() as tx:
            await require_peer(house, tx, caller)
            room = await rooms.locked(tx, room_id)
            meeting = await rooms_store.meeting(tx, room.id)
            place = await store.place(tx, room.id)
            if meeting is None or place is None or meeting.kid != caller.kid:
                return await _repeated(tx, room, caller.kid, sealed)
            if not meeting.accepted:
                raise Closed
            if ke != room.ke:
                raise StaleEpoch
            state = move(room.state, Act.NARROW)
            was_here = place.seen_at >= meeting.claimed_at - rules.HERE
            if place.seen_at >= meeting.claimed_at:
                await rooms_store.open_seat(tx, room.id, caller.kid, alone_since_n=None)
            # Shifts before offers, as everywhere: whoever matches waits for those who hold both.
            await shifts.met(tx, caller.kid, now)
            await rooms_store.end_wait(tx, room.id)
            await rooms_store.put_seal(tx, room.id, ke, Sealed(caller.kid, SEAT_PEER, sealed))
            await rooms.enter_state(house, tx, room, state)
            minutes = max(0, meeting.claimed_at - place.waiting_since) // 60
            if was_here:
                # A note may wait all night: its time would mislead those who sit and wait.
                await store.add_sample(tx, rules.spoken(place.ticket.language), minutes, now)
            await _count(tx, place, "met" if was_here else "met-note", rules.band(minutes), now)
        rooms.tell(house, room)
        return state

    async def release(self, caller: StaffCaller, room_id: RoomId, back: SealBack | None) -> State:
        """Leave a room, or give a meeting up.

        Out of a talk: with `back`, and a client who sent nothing and was not here since the claim,
        the room waits again; else it rests once the last peer has left. `SealFormat`, `StaleEpoch`,
        `Unknown` for a room this peer is not in and for a seal to another key than the team's.
        """
        house = self._house
        if back is not None and len(back.sealed) != SEAL:
            raise SealFormat
        async with house.db.write() as tx:
            in_force = await house.admission.rely(tx)
            room = await rooms.locked(tx, room_id)
            meeting = await rooms_store.meeting(tx, room.id)
            if meeting is not None and meeting.kid == caller.kid:
                state = await _give_up(house, tx, room, meeting)
            else:
                state = await _leave(house, tx, room, caller.kid, back, in_force.team)
                if state is State.WAITING and back is not None:
                    epoch = in_force.directory.teams["peer"].epoch
                    await _seal_back(house, tx, room, caller.kid, back, epoch)
        rooms.tell(house, room)
        if state is State.WAITING:
            house.notices.queue_changed()
        return state

    # Deadlines

    async def sweep(self) -> None:
        """End the meetings, pauses and asks that ran out, match, forget what is over, take over what is new.

        New: a directory, and what a coordinator set.

        Deadlines are columns: any node may sweep, every second or few, several at once. A deadline
        missed by more than OUTAGE seconds was not swept by anybody, so it starts anew.
        """
        house = self._house
        if await house.admission.refresh():
            house.notices.staff_changed()
        await pausing.end_those_over(house)
        now = house.now
        async with house.db.read() as tx:
            due = await store.overdue(tx, now)
            stale = await store.has_expired(tx, now) or await shifts.has_over(tx, now)
        for room in due:
            await self._run_out(room)
        if stale:
            async with house.db.write() as tx:
                # Shifts before passes: whoever ends a talk locks them in this order.
                await shifts.forget_over(tx, now)
                await store.drop_expired(tx, now)
        await seats_service.sweep(house)
        await self.offering.match()
        # At last: where this machine cannot read the hours that were set, the round says so, and is done.
        await house.service.refresh()

    async def _run_out(self, room_id: RoomId) -> None:
        house = self._house
        now = house.now
        async with house.db.write() as tx:
            room = await rooms_store.lock(tx, room_id)
            meeting = await rooms_store.meeting(tx, room_id)
            if room is None or meeting is None:
                return
            end = meeting.resumable_until if meeting.accepted else meeting.deadline
            if end is None or end >= now:
                return
            if now - end > rules.OUTAGE:
                await store.set_deadline(tx, _started_anew(meeting, now))
            else:
                await _give_up(house, tx, room, meeting)
        rooms.tell(house, room)


async def require_space(house: House, tx: ReadTx[Conversations], ticket: Ticket) -> None:
    """`QueueFull` unless one more ticket of this kind may come."""
    load = await store.load(tx, house.now)
    if not rules.has_room(load, ticket.note, house.settings.tickets_limit, house.settings.notes_limit):
        raise QueueFull


async def _count(tx: WriteTx[Conversations], place: Place, kind: str, bucket: int, now: int) -> None:
    await store.count(tx, rules.spoken(place.ticket.language), kind, bucket, now)


async def _seat(tx: WriteTx[Conversations], meeting: Meeting, now: int, alone_since_n: int | None) -> Meeting:
    """Accept a meeting: the seat is written for good, and the upload is awaited."""
    accepted = _started_anew(replace(meeting, accepted=True), now)
    await rooms_store.open_seat(tx, meeting.room, meeting.kid, alone_since_n)
    await store.set_deadline(tx, accepted)
    return accepted


def _started_anew(meeting: Meeting, now: int) -> Meeting:
    if not meeting.accepted:
        return replace(meeting, deadline=now + rules.ANSWER)
    deadline = now + rules.UPLOAD
    return replace(meeting, deadline=deadline, resumable_until=deadline + rules.RESUME)


async def _said_by_client(tx: ReadTx[Conversations], room: RoomId) -> int:
    """The client's own number of their last message."""
    return (await rooms_store.tip(tx, room)).counts.get(CLIENT_SEAT, 0)


async def _claimed(tx: ReadTx[Conversations], room: Room, meeting: Meeting) -> Claimed:
    if not meeting.accepted:
        return Claimed(room.state, 0, False, None)
    team = await rooms_store.seal(tx, room.id, TEAM_PEER)
    return Claimed(room.state, room.ke, True, None if team is None else team.sealed)


async def _repeated(tx: ReadTx[Conversations], room: Room, kid: Kid, sealed: bytes) -> State:
    seats = await rooms_store.seats_of(tx, room.id)
    if not any(seat.open and seat.kid == kid for seat in seats):
        raise Unknown
    own = await rooms_store.seal(tx, room.id, SEAT_PEER, kid)
    if room.state is not State.TALKING or own is None or own.sealed != sealed:
        raise Closed
    return room.state


async def _part(house: House, tx: WriteTx[Conversations], room: Room) -> State:
    """End a meeting without a talk: the room waits at its old place."""
    state = move(room.state, Act.PART)
    await rooms_store.end_meeting(tx, room.id)
    await rooms.enter_state(house, tx, room, state)
    return state


async def _give_up(house: House, tx: WriteTx[Conversations], room: Room, meeting: Meeting) -> State:
    """End a meeting that came to nothing on the peer's side, or for want of an answer."""
    state = await _part(house, tx, room)
    place = await store.place(tx, room.id)
    if place is not None:
        await store.set_later(tx, room.id, rules.remember(place.later, b64u(meeting.kid)))
        await offer_store.pass_over(tx, room.id, meeting.kid, house.now + rules.PASSED)
        await _count(tx, place, "missed", 0, house.now)
    if meeting.accepted:
        # They hold the key by now; the seat's row stays, so that the client's page can name them.
        await rooms_store.close_seat(tx, room.id, meeting.kid)
        await rooms_store.set_needs_rekey(tx, room.id)
    return state


async def _leave(
    house: House, tx: WriteTx[Conversations], room: Room, kid: Kid, back: SealBack | None, team: Kid
) -> State:
    """Close a seat of a talk and say where that leaves the room."""
    seats = await rooms_store.seats_of(tx, room.id)
    mine = next((seat for seat in seats if seat.kid == kid and seat.open), None)
    if mine is None or room.state is not State.TALKING:
        raise Unknown
    if back is not None and back.kid != team:
        raise Unknown
    if back is not None and back.ke != room.ke:
        raise StaleEpoch
    await rooms_store.close_seat(tx, room.id, kid)
    await shifts.room_ended(tx, [kid], house.now)
    if any(seat.open and seat.kid not in (None, kid) for seat in seats):
        await rooms_store.set_needs_rekey(tx, room.id)
        return room.state
    untouched = mine.alone_since_n is not None and mine.alone_since_n == await _said_by_client(tx, room.id)
    state = move(room.state, Act.REQUEUE if back is not None and untouched else Act.REST)
    await rooms.enter_state(house, tx, room, state)
    return state


async def _seal_back(
    house: House, tx: WriteTx[Conversations], room: Room, kid: Kid, back: SealBack, peer_epoch: int
) -> None:
    """Put a room in line for a client who is away: language and "has a note", nothing else is known.

    Others come first: whoever leaves sees it behind the others, and is not offered it for some minutes.
    """
    ticket = Ticket(back.language, False, None, True, (), (), ())
    await rooms_store.put_seal(tx, room.id, back.ke, Sealed(back.kid, TEAM_PEER, back.sealed))
    await rooms_store.set_needs_rekey(tx, room.id)
    await store.put(tx, room.id, Place(ticket, (b64u(kid),), peer_epoch, house.now, 0))
    await offer_store.pass_over(tx, room.id, kid, house.now + rules.PASSED)
