"""Prosody with group chats and their archive (XEP-0313) in SQLite."""

import re
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from tests.load.peers.installed import not_installed, program, said
from tests.load.peers.journal import empty_wal_file
from tests.load.peers.loop import Broken, Loop, seat_all
from tests.load.peers.xmpp import HOST, ROOMS, joined
from tests.load.processes import free_port, running

_CONFIGURATION = """\
daemonize = false
run_as_root = true
pidfile = "{folder}/prosody.pid"
data_path = "{folder}"
log = {{ warn = "{folder}/prosody-warnings.log" }}
modules_enabled = {{ "roster", "saslauth", "disco", "posix" }}
modules_disabled = {{ "s2s", "tls" }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
c2s_direct_tls_ports = {{}}
s2s_ports = {{}}
http_ports = {{}}
https_ports = {{}}
c2s_require_encryption = false
network_backend = "epoll"
storage = "sql"
sql = {{ driver = "SQLite3", database = "{folder}/prosody.sqlite" }}

VirtualHost "{host}"
authentication = "anonymous"

Component "{rooms}" "muc"
modules_enabled = {{ "muc_mam" }}
muc_log_by_default = true
muc_room_locking = false
muc_room_cache_size = 10000
"""


class Prosody:
    """A `tests.load.peer.Peer`."""

    name = "Prosody MUC + MAM, SQLite"
    goal = 20.0

    def why_not_here(self) -> str | None:
        missing = [] if program("prosody") else ["prosody"]
        missing += [] if _sqlite_for_lua() else ["the Lua module dbd.sqlite3"]
        return not_installed(missing)

    @asynccontextmanager
    async def running(self, scratch: Path, core: int | None, rooms: int) -> AsyncIterator[Loop]:
        prosody = program("prosody")
        if prosody is None:
            raise Broken("not installed")
        port = free_port()
        empty_wal_file(scratch / "prosody.sqlite")
        configuration = scratch / "prosody.cfg.lua"
        configuration.write_text(_CONFIGURATION.format(folder=scratch, port=port, host=HOST, rooms=ROOMS))
        with ExitStack() as stack:
            command = [prosody, "--config", str(configuration), "-F"]
            server = stack.enter_context(running(command, port, core, scratch / "prosody.log"))
            loop = Loop(_sentence(), (server,))
            stack.callback(loop.close)
            await seat_all(loop, rooms, partial(joined, port))
            yield loop


def _sqlite_for_lua() -> bool:
    places = ("/usr/lib", "/usr/local/lib")
    return any(any(Path(place).glob("**/lua/*/dbd/sqlite3.so")) for place in places)


def _sentence() -> str:
    return (
        f"Prosody {_version()}, muc_mam for every room, SQLite in WAL mode with synchronous=FULL, epoll, "
        "no TLS, anonymous sign-in, log level warn"
    )


def _version() -> str:
    found = re.search(r"^Prosody ([0-9]\S*)", said("prosodyctl", "about"), re.MULTILINE)
    return found[1] if found else "of an unknown version"
