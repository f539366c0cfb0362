"""Frames to one socket: in order, without waiting, and bounded."""

import asyncio
from typing import Any

from app.kit.asgi import Message
from app.live.outbox import BYTES, FRAMES, Outbox


class Transport:
    """An ASGI send that can be held up, as one whose reader does not read."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.ready = asyncio.Event()
        self.ready.set()
        self.gone = False

    async def send(self, message: Message) -> None:
        await self.ready.wait()
        if self.gone:
            raise OSError
        self.sent.append(message.get("text") or message.get("bytes"))


def overflowing(transport: Transport) -> tuple[Outbox, list[str]]:
    overflows: list[str] = []
    return Outbox(transport.send, lambda: overflows.append("overflow")), overflows


async def test_a_frame_is_sent_within_the_call_while_the_transport_takes_bytes() -> None:
    transport = Transport()
    outbox, _ = overflowing(transport)
    outbox.push("a")
    outbox.push(b"b")
    assert transport.sent == ["a", b"b"]


async def test_frames_wait_in_order_behind_a_held_transport() -> None:
    transport = Transport()
    outbox, overflows = overflowing(transport)
    transport.ready.clear()
    for text in "abc":
        outbox.push(text)
    assert transport.sent == []
    transport.ready.set()
    await outbox.drained()
    outbox.push("d")
    assert (transport.sent, overflows) == (["a", "b", "c", "d"], [])


async def test_a_reader_who_never_reads_overflows_once_by_count_and_keeps_nothing() -> None:
    transport = Transport()
    outbox, overflows = overflowing(transport)
    transport.ready.clear()
    for _ in range(FRAMES + 10):
        outbox.push("x")
    transport.ready.set()
    await asyncio.sleep(0)
    assert (overflows, transport.sent) == (["overflow"], [])


async def test_a_reader_who_never_reads_overflows_by_bytes() -> None:
    transport = Transport()
    outbox, overflows = overflowing(transport)
    transport.ready.clear()
    outbox.push(b"first")
    outbox.push(b"x" * BYTES)
    assert overflows == []
    outbox.push(b"x")
    assert overflows == ["overflow"]


async def test_a_broken_line_ends_the_outbox_quietly() -> None:
    transport = Transport()
    outbox, overflows = overflowing(transport)
    transport.gone = True
    outbox.push("a")
    transport.gone = False
    outbox.push("b")
    assert (transport.sent, overflows) == ([], [])


async def test_a_line_that_breaks_while_frames_wait_ends_the_outbox_quietly() -> None:
    transport = Transport()
    outbox, _ = overflowing(transport)
    transport.ready.clear()
    outbox.push("a")
    outbox.push("b")
    transport.gone = True
    transport.ready.set()
    await outbox.drained()
    outbox.push("c")
    assert transport.sent == []
