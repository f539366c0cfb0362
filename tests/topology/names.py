"""The name server of a network of containers, on loopback: one name, all addresses that have it now."""

import asyncio
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address

A = 1
"""The type of a question for addresses (RFC 1035, 3.2.2)."""


class Names(asyncio.DatagramProtocol):
    """Answers each question for addresses with what `found` has for the name; others with nothing."""

    def __init__(self, found: Callable[[str], Iterable[str]]) -> None:
        self._found = found
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]  # all ends of UDP are such
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        assert self._transport is not None
        self._transport.sendto(self._answer(data), addr)

    def _answer(self, asked: bytes) -> bytes:
        labels, at = [], 12
        while length := asked[at]:
            labels.append(asked[at + 1 : at + 1 + length].decode("ascii"))
            at += 1 + length
        kind = int.from_bytes(asked[at + 1 : at + 3])
        addresses = [IPv4Address(each).packed for each in self._found(".".join(labels))] if kind == A else []
        head = asked[:2] + b"\x85\x80" + b"\0\1" + len(addresses).to_bytes(2) + b"\0\0\0\0"
        # The name again by its place, type, class, a second to live, length.
        records = [b"\xc0\x0c\0\1\0\1\0\0\0\1\0\4" + each for each in addresses]
        return head + asked[12 : at + 5] + b"".join(records)
