"""ejabberd with group chats and their archive (XEP-0313) in SQLite."""

import re
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from tests.load.peers.installed import not_installed, program
from tests.load.peers.journal import empty_wal_file
from tests.load.peers.loop import Broken, Loop, seat_all
from tests.load.peers.xmpp import HOST, ROOMS, joined
from tests.load.processes import free_port, running

_CONFIGURATION = """\
loglevel: warning
hosts: ["{host}"]
listen:
  - {{port: {port}, ip: "127.0.0.1", module: ejabberd_c2s, shaper: none, access: all}}
auth_method: [anonymous]
anonymous_protocol: sasl_anon
allow_multiple_connections: true
default_db: sql
sql_type: sqlite
sql_database: "{folder}/ejabberd.sqlite"
modules:
  mod_mam: {{db_type: sql, default: always}}
  mod_muc:
    host: "{rooms}"
    db_type: sql
    access: all
    access_create: all
    default_room_options: {{mam: true}}
"""


class Ejabberd:
    """A `tests.load.peer.Peer`."""

    name = "ejabberd MUC + MAM, SQLite"
    goal = 15.0

    def why_not_here(self) -> str | None:
        missing = [name for name in ("ejabberdctl", "erl") if program(name) is None]
        missing += [] if _schema() else ["its schema lite.sql"]
        return not_installed(missing)

    @asynccontextmanager
    async def running(self, scratch: Path, core: int | None, rooms: int) -> AsyncIterator[Loop]:
        erl, schema = program("erl"), _schema()
        if erl is None or schema is None:
            raise Broken("not installed")
        port = free_port()
        empty_wal_file(scratch / "ejabberd.sqlite", [schema.read_text()])
        configuration = scratch / "ejabberd.yml"
        configuration.write_text(_CONFIGURATION.format(folder=scratch, port=port, host=HOST, rooms=ROOMS))
        with ExitStack() as stack:
            log = scratch / "ejabberd-output.log"
            server = stack.enter_context(
                running(_command(erl, scratch), port, core, log, _environment(scratch, configuration))
            )
            loop = Loop(_sentence(schema), (server,))
            stack.callback(loop.close)
            await seat_all(loop, rooms, partial(joined, port))
            yield loop


def _command(erl: str, folder: Path) -> list[str]:
    # As `ejabberdctl foreground` does, but without a name in Erlang's network and as whoever asks; one
    # scheduler of each kind, as there is one core.
    flags = "+K true +P 250000 +S 1:1 +SDcpu 1:1 +sbwt none -noinput -start_epmd false"
    return [erl, *flags.split(), "-mnesia", "dir", f'"{folder}/mnesia"', "-s", "ejabberd"]


def _environment(folder: Path, configuration: Path) -> dict[str, str]:
    return {
        "EJABBERD_CONFIG_PATH": str(configuration),
        "EJABBERD_LOG_PATH": str(folder / "ejabberd.log"),
        "ERL_CRASH_DUMP_SECONDS": "0",
        "ERL_LIBS": str(_libraries()),
        "HOME": str(folder),
    }


def _libraries() -> Path | None:
    """The folder of Erlang libraries in which ejabberd lies: its own start script knows."""
    script = program("ejabberdctl")
    found = script and re.search(r"^ERL_LIBS='?([^'\n]+)", Path(script).read_text(), re.MULTILINE)
    return Path(found[1]) if found else None


def _schema() -> Path | None:
    libraries = _libraries()
    found = [] if libraries is None else sorted(libraries.glob("ejabberd-*/priv/sql/lite.sql"))
    return found[-1] if found else None


def _sentence(schema: Path) -> str:
    version = schema.parents[2].name.partition("-")[2]
    return (
        f"ejabberd {version}, one Erlang scheduler, mod_mam for every room, SQLite in WAL mode with "
        "synchronous=FULL, no traffic shaping, no TLS, anonymous sign-in, log level warning"
    )
