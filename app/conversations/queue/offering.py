"""Who is on, and who is offered to them: one function a use case (docs/protocol.md, 8)."""

from collections.abc import Collection
from dataclasses import dataclass, field

from app.conversations.admission.callers import StaffCaller
from app.conversations.availability import store as shifts
from app.conversations.availability.rules import OnPeer, Shift, ShiftState, is_quiet
from app.conversations.errors import Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.queue import offer_store, rules
from app.conversations.queue.rules import FreePeer, Offer, Turn, Waiter
from app.conversations.queue.store import Listed, Waiting
from app.kit.database import ReadTx, WriteTx
from app.wire.directory import Profile


@dataclass(frozen=True, slots=True)
class Fits:
    """Why these two: what they have in common."""

    language: bool
    topics: tuple[str, ...] = field(repr=False)
    lived: tuple[str, ...] = field(repr=False)
    asked: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody who waits, as the peer sees them who could say hello."""

    row: Waiting
    fits: Fits


@dataclass(frozen=True, slots=True)
class Standing:
    """A peer's shift, None for no shift, and whom they are offered."""

    shift: Shift | None
    offered: Offered | None


class Offering:
    """Matching in this house. An offer reserves nothing: a claim stays the one door."""

    def __init__(self, house: House) -> None:
        self._house = house

    # The peer

    async def say(
        self, caller: StaffCaller, state: ShiftState, room_limit: int | None = None, *, ready: bool = False
    ) -> None:
        """Take over what a peer says of their shift; `ready` ends the quiet minutes after a room.

        Without a limit the one said before stays. The pass's own limit is never exceeded. `Unknown` for
        everybody but a peer in the directory in force.
        """
        house = self._house
        now = house.now
        async with house.db.write() as tx:
            await require_peer(house, tx, caller)
            before = await shifts.lock(tx, caller.kid)
            wished = room_limit or (caller.limit if before is None else before.room_limit)
            shift = Shift(
                caller.kid,
                state,
                min(wished, caller.limit),
                None if before is None or ready or not is_quiet(before, now) else before.buffer_until,
                now,
                None if before is None else before.met_quarter,
            )
            await shifts.put(tx, shift)
            if state is not ShiftState.ON:
                await offer_store.end_of_peers(tx, [caller.kid])
        await self.match()

    async def pass_on(self, caller: StaffCaller, room: RoomId) -> None:
        """No to an offer, without a reason; repeats succeed. `Unknown` for what was not offered."""
        house = self._house
        async with house.db.write() as tx:
            await require_peer(house, tx, caller)
            if await offer_store.take_back(tx, room, caller.kid):
                await offer_store.pass_over(tx, room, caller.kid, house.now + rules.PASSED)
            elif not await offer_store.has_passed(tx, room, caller.kid):
                raise Unknown
        await self.match()

    async def seen(self, kids: list[Kid]) -> None:
        """These peers have a page open now."""
        async with self._house.db.write() as tx:
            await shifts.mark_seen(tx, kids, self._house.now)

    async def standing(self, tx: ReadTx[Conversations], kids: list[Kid]) -> dict[Kid, Standing]:
        """Where each of these peers stands."""
        known = await shifts.of(tx, kids)
        offered = await offer_store.shown(tx, kids)
        return {
            kid: Standing(known.get(kid), self._offered(offered[kid].listed, kid) if kid in offered else None)
            for kid in kids
        }

    # The line

    async def match(self) -> None:
        """Make offers, end those that hold no more, move on those that ran out.

        Any node may, every second or few; several at once take turns.
        """
        house = self._house
        async with house.db.read() as tx:
            turn = await self._next_turn(tx, house.now)
        if not turn:
            return
        async with house.db.write() as tx:
            await offer_store.one_at_a_time(tx)
            now = house.now
            turn = await self._next_turn(tx, now)
            for room in turn.ended:
                await offer_store.end(tx, room)
            for room, kid in turn.passed:
                await offer_store.end(tx, room)
                await offer_store.pass_over(tx, room, kid, now + rules.PASSED)
            for room in turn.anew:
                await offer_store.start_anew(tx, room, now + rules.OFFERED)
            for room, kid in turn.made:
                await offer_store.offer(tx, Offer(room, kid, now + rules.OFFERED))

    async def languages_on(self, tx: ReadTx[Conversations], but: Collection[Kid] = ()) -> list[list[str]]:
        """What each peer speaks who is on; `but`: those who do not count."""
        peers = self._peers()
        on = await shifts.on_now(tx, self._house.now)
        return [spoken_by(peers[peer.kid]) for peer in on if peer.kid in peers and peer.kid not in but]

    async def _next_turn(self, tx: ReadTx[Conversations], now: int) -> Turn:
        peers = self._peers()
        on = [peer for peer in await shifts.on_now(tx, now) if peer.kid in peers]
        offers = await offer_store.standing(tx)
        if not on and not offers:
            return Turn((), (), (), ())
        held = await offer_store.epochs(tx)
        free = [
            _free(peer, peers[peer.kid], held.get(peer.kid, set()))
            for peer in on
            if peer.can_meet(now) and not peer.is_asking
        ]
        waiting = [_waiter(each, now) for each in await offer_store.line(tx, now)]
        return rules.next_turn(waiting, free, offers, await offer_store.passed(tx, now), now)

    def _peers(self) -> dict[Kid, Profile]:
        """The peers of the directory in force."""
        in_force = self._house.admission.in_force
        staff = () if in_force is None else in_force.directory.staff
        return {member.kid: member.profile for member in staff if "peer" in member.roles}

    def _offered(self, listed: Listed, kid: Kid) -> Offered | None:
        profile = self._peers().get(kid)
        if profile is None:
            return None
        wish = listed.place.ticket
        fits = Fits(
            rules.spoken(wish.language) in spoken_by(profile),
            tuple(each for each in wish.topics if each in profile.topics),
            tuple(each for each in wish.lived if each in profile.lived),
            wish.back == kid,
        )
        return Offered(Waiting.of(listed, kid, self._house.now), fits)


async def require_peer(house: House, tx: WriteTx[Conversations], caller: StaffCaller) -> None:
    """`Unknown` for everybody but a peer in the directory in force."""
    await house.admission.rely(tx)
    if caller.role != "peer" or not house.admission.still_listed(caller):
        raise Unknown


def spoken_by(profile: Profile) -> list[str]:
    """The languages of a profile, as waits and matching go by them."""
    return [rules.spoken(language) for language in profile.languages]


def _free(peer: OnPeer, profile: Profile, epochs: Collection[int]) -> FreePeer:
    return FreePeer(
        peer.kid,
        spoken_by(profile),
        profile.topics,
        profile.lived,
        peer.rooms,
        peer.shift.met_quarter,
        epochs,
    )


def _waiter(listed: Listed, now: int) -> Waiter:
    place, wish = listed.place, listed.place.ticket
    return Waiter(
        listed.room,
        wish.language,
        wish.urgent,
        wish.topics,
        wish.lived,
        wish.back,
        wish.refused,
        rules.is_here(place.seen_at, now),
        wish.note,
        place.waiting_since,
        place.peer_epoch,
    )
