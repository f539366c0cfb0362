"""Who is on, and who is offered to them: one function a use case (docs/protocol.md, 8)."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace

from app.conversations.admission.callers import StaffCaller
from app.conversations.availability import pauses
from app.conversations.availability import store as shifts
from app.conversations.availability.rules import HERE, OnPeer, Shift, ShiftState, is_quiet
from app.conversations.errors import Paused, Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.queue import offer_store, rules
from app.conversations.queue.rules import FreePeer, Judged, Offer, Turn
from app.conversations.queue.store import Listed, Waiting, waiter_of
from app.kit.database import ReadTx, WriteTx
from app.kit.errors import Refusal
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
    """A peer's shift, None for no shift, whom they are offered, and whether they are paused."""

    shift: Shift | None
    offered: Offered | None
    paused: bool


class Offering:
    """Matching in this house. An offer reserves nothing: a claim stays the one door."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.moves = 0
        """How often a shift was changed through this process: what was read before is out of date."""

    # The peer

    async def say(
        self, caller: StaffCaller, state: ShiftState, room_limit: int | None = None, *, ready: bool = False
    ) -> Shift:
        """Take over what a peer says of their shift, and give it back as it stands now.

        `ready` ends the quiet minutes after a room. Without a limit the one said before stays. The pass's own
        limit is never exceeded. Who has nobody to finish with is off at once. `Unknown` for everybody but a
        peer in the directory in force, `Paused` for a paused one who would be on.
        """
        house = self._house
        now = house.now
        async with house.db.write() as tx:
            await require_peer(house, tx, caller)
            before = await shifts.lock(tx, caller.kid)
            if state is ShiftState.ON and await pauses.of(tx, caller.kid, now) is not None:
                raise Paused
            if state is ShiftState.FINISHING and not await shifts.rooms_held(tx, caller.kid):
                state = ShiftState.OFF
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
            moved = before is None or before.seen_at < now - HERE or replace(before, seen_at=now) != shift
            if state is not ShiftState.ON:
                moved |= await offer_store.end_of_peers(tx, [caller.kid])
        if moved:
            self.moves += 1
            await self._match_at_once()
        return shift

    async def pass_on(self, caller: StaffCaller, room: RoomId) -> None:
        """No to an offer, without a reason; repeats succeed. `Unknown` for what was not offered."""
        house = self._house
        async with house.db.write() as tx:
            await require_peer(house, tx, caller)
            if await offer_store.take_back(tx, room, caller.kid):
                await offer_store.pass_over(tx, room, caller.kid, house.now + rules.PASSED)
            elif await offer_store.has_passed(tx, room, caller.kid):
                return
            else:
                raise Unknown
        await self._match_at_once()

    async def seen(self, kids: list[Kid]) -> None:
        """These peers have a page open now."""
        async with self._house.db.write() as tx:
            await shifts.mark_seen(tx, kids, self._house.now)

    async def standing(self, tx: ReadTx[Conversations], kids: list[Kid]) -> dict[Kid, Standing]:
        """Where each of these peers stands."""
        known = await shifts.of(tx, kids)
        offered = await offer_store.shown(tx, kids)
        paused = await pauses.paused(tx, kids, self._house.now)
        return {
            kid: Standing(
                known.get(kid),
                self._offered(offered[kid].listed, kid) if kid in offered and kid not in paused else None,
                kid in paused,
            )
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

    async def _match_at_once(self) -> None:
        # What the peer said is stored by now; where matching fails the next round makes up for it.
        with suppress(Refusal):
            await self.match()

    async def languages_on(self, tx: ReadTx[Conversations]) -> dict[Kid, list[str]]:
        """What each peer speaks who is on."""
        peers = self._peers()
        on = await shifts.on_now(tx, self._house.now)
        return {peer.kid: spoken_by(peers[peer.kid]) for peer in on if peer.kid in peers}

    async def _next_turn(self, tx: ReadTx[Conversations], now: int) -> Turn:
        peers = self._peers()
        able = [
            peer
            for peer in await shifts.on_now(tx, now)
            if peer.kid in peers and peer.can_meet(now) and not peer.is_asking
        ]
        held = await offer_store.epochs(tx, [peer.kid for peer in able])
        free = [_free(peer, peers[peer.kid], held.get(peer.kid, set())) for peer in able]
        offers = await offer_store.standing(tx)
        offered = await offer_store.still_waiting(tx, [offer.room for offer in offers], now)
        judged = rules.judge([waiter_of(each, now) for each in offered], free, offers, now)
        return judged.turn(await self._made(tx, judged, judged.left(free), now))

    async def _made(
        self, tx: ReadTx[Conversations], judged: Judged, left: list[FreePeer], now: int
    ) -> list[tuple[RoomId, Kid]]:
        """Offers to the peers who are left: as `assign` over all who wait, read only as far as needed."""
        if not left:
            return []
        passed = judged.all_passed(await offer_store.passed(tx, [peer.kid for peer in left], now), now)
        made: list[tuple[RoomId, Kid]] = []
        last: Listed | None = None
        while left:
            languages = {language for peer in left for language in peer.languages}
            page = await offer_store.line(tx, languages, now, behind=last)
            waiting = judged.unoffered([waiter_of(each, now) for each in page])
            made += rules.assign(waiting, left, passed, now)
            if len(page) < offer_store.PAGE:
                break
            last = page[-1]
            taken = {kid for _, kid in made}
            left = [peer for peer in left if peer.kid not in taken]
        return made

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
