"""People in XMPP group chats (XEP-0045), no further than a room of two that talks.

They sign in anonymously (XEP-0175) over plain TCP, as the other systems are measured without TLS too. A room
sends each message back to its sender once it is archived: that copy is the proof of storage.
"""

import asyncio
import re
from collections.abc import Callable
from typing import cast

from tests.load.peers.loop import BODY, SECONDS_TO_ANSWER, Broken, Heard, What

HOST = "localhost"
ROOMS = f"conference.{HOST}"

_STREAM = (
    f"<stream:stream to='{HOST}' version='1.0' xmlns='jabber:client'"
    " xmlns:stream='http://etherx.jabber.org/streams'>"
)
_END = b"</message>"
_ID = re.compile(rb"""<message [^>]*\bid=['"]([ab])-([0-9]+)['"]""")


class XmppLine(asyncio.Protocol):
    """One occupant of one room."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.heard: Heard = _deaf
        self.failed: Callable[[Exception], None] = _unheard
        self._sender = b""
        self._head = self._tail = ""
        self._rest = b""
        self._joined = False
        self._more = asyncio.Event()
        self._lost = False

    async def join(self, room: int, sender: str) -> None:
        """Sign in and enter. Broken where the server refuses, TimeoutError where it is mute."""
        address = f"room-{room}@{ROOMS}"
        self._head = f"<message to='{address}' type='groupchat' id='{sender}-"
        self._tail = f"'><body>{BODY}</body></message>"
        await self._ask(_STREAM, b"</stream:features>")
        auth = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>"
        await self._ask(auth, b"<success")
        await self._ask(_STREAM, b"</stream:features>")
        bind = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
        await self._ask(bind, b"</jid>")
        muc = "<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>"
        # The room's subject is the last that it sends to whoever enters.
        await self._ask(f"<presence to='{address}/{sender}'>{muc}</presence>", b"<subject")
        self.entered(sender)

    def entered(self, sender: str) -> None:
        """What comes from now on is talk."""
        self._sender = sender.encode()
        self._joined = True

    def say(self, n: int) -> None:
        self.transport.write(f"{self._head}{n}{self._tail}".encode())

    def close(self) -> None:
        self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = True
        self._more.set()
        self.failed(Broken("the peer closed a connection"))

    def data_received(self, data: bytes) -> None:
        self._rest += data
        if not self._joined:
            self._more.set()
            return
        *stanzas, self._rest = self._rest.split(_END)
        for stanza in stanzas:
            found = _ID.search(stanza)
            if found is not None and b"type='error'" not in stanza:
                self.heard(What.STORED if found[1] == self._sender else What.SAID, int(found[2]))
            elif b"error" in stanza:
                self.failed(Broken("the room refused a message"))

    async def _ask(self, what: str, answer: bytes) -> None:
        self._rest = b""
        self.transport.write(what.encode())
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            while answer not in self._rest:
                refused = re.search(rb"<failure|<stream:error|type=['\"]error['\"]", self._rest)
                if self._lost or refused:
                    raise Broken(f"no {answer.decode()}: {self._rest[-300:].decode(errors='replace')}")
                self._more.clear()
                await self._more.wait()


async def joined(port: int, room: int, sender: str) -> XmppLine:
    """An occupant of a room, which begins to exist with the first."""
    _, line = await asyncio.get_running_loop().create_connection(XmppLine, "127.0.0.1", port)
    await line.join(room, sender)
    return line


def _deaf(what: What, n: int) -> None:
    pass


def _unheard(error: Exception) -> None:
    pass
