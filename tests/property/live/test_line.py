"""The short way in says what the library says: whatever comes, in whatever pieces, in the same order."""

import asyncio
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from uvicorn.server import ServerState
from websockets.frames import Opcode
from websockets.utils import apply_mask

from app.kit.asgi import Receive, Scope, Send
from app.live.framing import Splitter
from app.live.protocol import LINE, LiveProtocol
from app.wire.frames import MAX_FRAME
from tests.lines import CONFIG, HEAD, Wire

MASK = bytes((1, 2, 3, 4))


class ByTheLibrary(LiveProtocol):
    """Every byte goes to the library."""

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        self._splitter = Nothing(0)


class Nothing(Splitter):
    def plain(self, data: bytes, at: int) -> tuple[bytes | None, int]:
        return None, at


async def heard(
    kind: Callable[..., LiveProtocol], pieces: list[bytes]
) -> tuple[list[object], list[bytes], bool]:
    """What an application hears of these bytes, what is written back, and whether the line was closed."""
    said: list[object] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})

        def take(data: bytes) -> bool:
            said.append(data)
            return True

        scope["extensions"][LINE]["line"].on_binary = take
        while (message := await receive())["type"] == "websocket.receive":
            said.append(message)
        said.append(message)

    CONFIG.loaded_app = application
    line, wire = kind(CONFIG, ServerState(), {}), Wire()
    line.connection_made(wire)
    for piece in [HEAD, *pieces]:
        line.data_received(piece)
        for _ in range(4):
            await asyncio.sleep(0)
    line.stop_keepalive()
    line.connection_lost(None)
    for _ in range(4):
        await asyncio.sleep(0)
    # The head of the answer tells the time.
    return said, wire.written[1:], wire.closed


def frame(opcode: Opcode, data: bytes, fin: bool) -> bytes:
    """As a browser could send it, right or wrong, with a mask that is the same each time."""
    length = len(data)
    size = bytes([0x80 | length]) if length < 126 else b"\xfe" + length.to_bytes(2, "big")
    return bytes([fin << 7 | opcode]) + size + MASK + apply_mask(data, MASK)


frames = st.builds(
    frame,
    st.sampled_from([Opcode.BINARY] * 4 + [Opcode.TEXT, Opcode.CONT, Opcode.PING, Opcode.PONG]),
    st.one_of(
        st.binary(max_size=40), st.sampled_from([b"x" * 125, b"y" * 126, b"z" * 1_095, b"w" * MAX_FRAME])
    ),
    st.sampled_from([True, True, True, False]),
)
closing = st.sampled_from(
    [b"", frame(Opcode.CLOSE, b"\x03\xe8", True), b"\x82\x05wrong", b"\xf2\x80\1\1\1\1"]
)


@given(
    st.lists(frames, max_size=8), closing, st.binary(max_size=12), st.lists(st.integers(0, 4_000), max_size=8)
)
def test_frames_in_any_pieces_are_heard_and_answered_as_the_library_would(
    sent: list[bytes], end: bytes, noise: bytes, cuts: list[int]
) -> None:
    everything = b"".join(sent) + end + noise
    places = sorted({0, *(cut for cut in cuts if cut < len(everything))})
    pieces = [everything[start:stop] for start, stop in pairwise([*places, len(everything)])]

    async def both() -> None:
        assert await heard(LiveProtocol, pieces) == await heard(ByTheLibrary, pieces)

    asyncio.run(both())
