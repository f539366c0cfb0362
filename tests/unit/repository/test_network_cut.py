"""No test reaches another machine; this machine stays in reach. (The guard is in tests/conftest.py.)"""

import asyncio
import socket
from pathlib import Path

import pytest

ELSEWHERE = "192.0.2.1"  # RFC 5737: an address for examples, nobody's


@pytest.mark.parametrize("loopback", ["127.0.0.1", "localhost"])
def test_loopback_stays_in_reach(loopback: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection((loopback, server.getsockname()[1]), timeout=10) as connection,
    ):
        assert connection.getpeername()[0] == "127.0.0.1"


def test_unix_sockets_stay_in_reach(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))


def test_another_address_is_refused() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="this machine only"):
        client.connect((ELSEWHERE, 443))


def test_a_datagram_to_another_address_is_refused() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as client,
        pytest.raises(RuntimeError, match="this machine only"),
    ):
        client.sendto(b"x", (ELSEWHERE, 53))


def test_a_name_of_another_machine_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="this machine only"):
        socket.getaddrinfo("somewhere.example", 443)


async def test_asyncio_is_refused_too() -> None:
    with pytest.raises(RuntimeError, match="this machine only"):
        await asyncio.open_connection(ELSEWHERE, 443)
