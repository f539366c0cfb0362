"""What goes out on a line: together by turns of the loop, in order, and before its end."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from uvicorn.server import ServerState

from app.kit.asgi import Receive, Scope, Send
from app.live.protocol import GATHERED, LiveProtocol
from tests.lines import CONFIG, HEAD, Wire


@pytest.fixture
async def line() -> AsyncIterator[LiveProtocol]:
    """A line that is open; nothing was written on it but the answer to the handshake."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (await receive())["type"] == "websocket.receive":
            pass

    CONFIG.loaded_app = application
    line = LiveProtocol(CONFIG, ServerState(), {})
    line.connection_made(Wire())
    line.data_received(HEAD)
    await turns()
    yield line
    line.stop_keepalive()
    line.connection_lost(None)
    await turns()


async def turns() -> None:
    for _ in range(4):
        await asyncio.sleep(0)


def written(line: LiveProtocol) -> list[bytes]:
    wire: object = line.transport
    assert isinstance(wire, Wire)
    return wire.written[1:]


async def test_frames_of_one_turn_go_out_in_one_writing_and_in_order(line: LiveProtocol) -> None:
    for frame in (b"ack", b"item", b"more"):
        line.write(frame)
    assert written(line) == []
    await turns()
    assert written(line) == [b"ackitemmore"]
    line.write(b"next")
    await turns()
    assert written(line) == [b"ackitemmore", b"next"]


async def test_much_of_one_turn_goes_out_at_once_so_that_a_slow_reader_shows(line: LiveProtocol) -> None:
    line.write(b"first")
    line.write(bytes(GATHERED))
    assert written(line) == [b"first" + bytes(GATHERED)]
    line.pause_writing()
    assert not line.is_writable
    line.resume_writing()
    assert line.is_writable


async def test_what_was_said_goes_out_before_the_line_is_hung_up_and_nothing_after(
    line: LiveProtocol,
) -> None:
    line.write(b"bye")
    line.hang_up(4409)
    line.write(b"late")
    await turns()
    assert written(line)[0] == b"bye"
    assert written(line)[1:] == [b"\x88\x02" + (4409).to_bytes(2, "big")]
