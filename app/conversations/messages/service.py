"""Sending: from a seat that `admission` has let in, through the writer, to the disk."""

from collections import OrderedDict

from app.conversations.errors import SlowDown
from app.conversations.messages.rules import Envelope
from app.conversations.messages.writer import Done, Writer, placed_seq
from app.kit.clock import Clock
from app.kit.limits import TokenBucket
from app.wire.frames import Ack, Erase, Send
from app.wire.ids import RoomId, SeatId

BUCKETS = 50_000
"""Seats whose rate is remembered; the one silent for longest is forgotten first."""


class Messages:
    """The one way for a message into a room, for sockets and for `messages/send` alike."""

    def __init__(self, writer: Writer, clock: Clock, *, per_minute: int) -> None:
        self._writer = writer
        self._clock = clock
        self._per_minute = per_minute
        self._buckets: OrderedDict[tuple[RoomId, SeatId], TokenBucket] = OrderedDict()

    def post(self, seat: SeatId, frame: Send | Erase, done: Done) -> None:
        """Hand a frame of this seat to the writer; `done` hears the outcome.

        The writer checks seat, state, epoch and count again inside the commit, so a seat
        lost in the meantime cannot speak.
        """
        if not self._may_send(frame.room, seat):
            done(SlowDown())
            return
        self._writer.submit(envelope_of(seat, frame), done)

    async def send(self, seat: SeatId, frame: Send | Erase) -> Ack:
        """The same for a request without a socket: waits for the commit. Raises the Refusal."""
        if not self._may_send(frame.room, seat):
            raise SlowDown
        return Ack(frame.room, frame.n, await placed_seq(self._writer, envelope_of(seat, frame)))

    def let_go(self) -> None:
        """Take nothing of what waits into another life of the store."""
        self._writer.let_go()

    def _may_send(self, room: RoomId, seat: SeatId) -> bool:
        bucket = self._buckets.get((room, seat))
        if bucket is None:
            bucket = TokenBucket(self._clock, rate=self._per_minute / 60, burst=self._per_minute)
            self._buckets[room, seat] = bucket
            if len(self._buckets) > BUCKETS:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end((room, seat))
        return bucket.take()


def envelope_of(seat: SeatId, frame: Send | Erase) -> Envelope:
    """The message of a frame, with the seat that sends it."""
    erases = frame.seq if isinstance(frame, Erase) else None
    return Envelope(frame.room, seat, frame.ke, frame.n, frame.com, frame.ct, erases)
