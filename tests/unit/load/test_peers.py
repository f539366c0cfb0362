"""Other chat servers in the bench: what is missing is said, and what they answer is read right."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.wire.sizes import CT_SIZES
from tests.load.peers import PEERS
from tests.load.peers.django_channels import ChannelsLine
from tests.load.peers.installed import node_modules, not_installed, venv_python
from tests.load.peers.loop import BODY, Broken, Heard, Loop, What
from tests.load.peers.socketio import SocketIoLine
from tests.load.peers.texts import TextLine
from tests.load.peers.xmpp import XmppLine


class Spender:
    """A server that burns a second each time one looks."""

    def __init__(self) -> None:
        self._spent = 0.0

    def cpu_seconds(self) -> float:
        self._spent += 1
        return self._spent


class Wire:
    """One of two lines in the same room, without a server between them."""

    def __init__(self, *, mute: bool = False, doubles: bool = False) -> None:
        self.other: Wire
        self.heard: Heard
        self.failed: Any
        self._mute, self._doubles = mute, doubles

    def say(self, n: int) -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(self.heard, What.STORED, n)
        for _ in range(2 if self._doubles else 1):
            if not self._mute:
                loop.call_soon(self.other.heard, What.SAID, n)

    def close(self) -> None: ...


def two(loop: Loop, **first: bool) -> None:
    one, other = Wire(**first), Wire()
    one.other, other.other = other, one
    loop.seat(one, other)


async def test_a_round_counts_messages_that_were_stored_and_delivered() -> None:
    loop = Loop("a peer", [Spender(), Spender()])
    two(loop)
    two(loop)
    round_ = await loop.round(0.02, 0.0)
    assert round_.messages == len(round_.deliveries) > 10
    assert abs(len(round_.acks) - len(round_.deliveries)) <= 2
    assert round_.server_cpu == 2


async def test_a_message_delivered_twice_fails_the_round() -> None:
    loop = Loop("a peer", [])
    two(loop, doubles=True)
    with pytest.raises(Broken, match="out of turn"):
        await loop.round(0.02, 0.0)


async def test_a_peer_that_hangs_up_fails_the_round() -> None:
    loop = Loop("a peer", [])
    two(loop, mute=True)
    asyncio.get_running_loop().call_later(0.01, loop.fail, Broken("the peer closed a socket"))
    with pytest.raises(Broken, match="closed"):
        await loop.round(5, 0.0)


async def heard_by(line: TextLine | XmppLine, *frames: bytes) -> list[tuple[What, int]]:
    heard: list[tuple[What, int]] = []
    line.heard = lambda what, n: heard.append((what, n))
    for frame in frames:
        line.read(frame) if isinstance(line, TextLine) else line.data_received(frame)
    return heard


async def test_socket_io_tells_the_insert_from_the_other_ones_words_and_from_ones_own() -> None:
    line = SocketIoLine()
    line.sender = "a"
    frames = b'437["12"]', b'42["said",8,"b","hello"]', b'42["said",7,"a","mine"]'
    assert await heard_by(line, *frames) == [(What.STORED, 7), (What.SAID, 8)]


async def test_channels_tells_the_insert_from_the_other_ones_words_and_from_ones_own() -> None:
    frames = b'{"stored":7}', b'{"said":8,"sender":"b","body":"x"}', b'{"said":7,"sender":"a","body":"x"}'
    assert await heard_by(ChannelsLine("a"), *frames) == [(What.STORED, 7), (What.SAID, 8)]


async def test_xmpp_takes_the_copy_that_comes_back_as_stored_however_the_stanzas_are_cut() -> None:
    line = XmppLine()
    line.entered("a")
    stanzas = (
        b"<presence from='room'/><message id='a-7' type='groupchat'><body>x</body>"
        b"<stanza-id id='b-99'/></message>"
        b'<message to="x" type="groupchat" id="b-8"><stanza-id id="a-1"/><body>x</body></message>'
    )
    pieces = [stanzas[at : at + 11] for at in range(0, len(stanzas), 11)]
    assert await heard_by(line, *pieces) == [(What.STORED, 7), (What.SAID, 8)]


async def test_a_refused_stanza_of_xmpp_fails_the_round() -> None:
    line = XmppLine()
    line.entered("a")
    failures: list[Exception] = []
    line.failed = failures.append
    refused = b"<message type='error' id='a-7'><error type='wait'/></message>"
    assert await heard_by(line, refused) == []
    assert len(failures) == 1


def test_what_is_not_installed_is_named() -> None:
    assert not_installed([]) is None
    assert not_installed(["erl", "a schema"]) == "not installed: needs erl, a schema"


def test_an_empty_folder_of_peers_holds_none_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BESIDE_BENCH_PEERS", str(tmp_path))
    assert venv_python("django") is None
    modules = tmp_path / "node" / "node_modules"
    for package in ("socket.io", "pg"):
        assert node_modules("socket.io", "pg") != modules
        (modules / package).mkdir(parents=True)
        (modules / package / "package.json").write_text("{}")
    assert node_modules("socket.io", "pg") == modules


def test_every_peer_has_a_name_a_goal_and_a_word_on_whether_it_is_here() -> None:
    assert [peer.goal for peer in PEERS] == [4, 15, 20, 25]
    assert len({peer.name for peer in PEERS}) == len(PEERS)
    for peer in PEERS:
        why_not = peer.why_not_here()
        assert why_not is None or why_not.startswith("not installed: needs ")


def test_a_message_is_as_long_as_ours() -> None:
    assert len(BODY) == CT_SIZES[0]
