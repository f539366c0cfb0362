"""What is found on the machine that serves: space, who may read what, and what web servers write down."""

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from app.upkeep.doctor.finding import Finding, bad, look, ok

TIMES: Final = 3
"""Times the size of the conversations store that must be free: the daily rewrite needs it."""

KEYS: Final = ("identity.keys", "conversations.keys", "setup-code")
STORES: Final = ("identity.sqlite", "conversations.sqlite")

TAIL: Final = 4 << 20
"""Bytes at the end of each log file that are searched."""

MOST_FILES: Final = 1_000
FRESH_SECONDS: Final = 3_600


def data_folder(data: Path) -> list[Finding]:
    """What is found in the server's data folder."""
    if not data.is_dir():
        return [bad("data", "there is no such folder")]
    try:
        return [_space(data), *_modes(data)]
    except OSError as error:
        return [bad("data", f"cannot be looked at: {error.strerror}. Run this as the server's own user")]


def _space(data: Path) -> Finding:
    size = sum(file.stat().st_size for file in data.glob("conversations.sqlite*"))
    free = shutil.disk_usage(data).free
    words = f"{free >> 20} MiB free, conversations takes {size >> 20} MiB"
    if free < TIMES * size:
        return bad("disk", f"{words}: free {TIMES} times as much, or the daily purge stops half-way")
    return ok("disk", words)


def _modes(data: Path) -> Iterator[Finding]:
    open_ones = [
        name
        for name in (*KEYS, *STORES, *(f"{store}-wal" for store in STORES))
        if (data / name).exists() and stat.S_IMODE((data / name).stat().st_mode) & 0o077
    ]
    if open_ones:
        yield bad("modes", f"others on this machine may open {', '.join(open_ones)}: chmod 600")
    else:
        yield ok("modes", "keys and stores are the server's own user's alone")


def logs(folders: Sequence[Path], token: str, now: float) -> list[Finding]:
    """Whether a path that was just asked for is in a log file below these folders."""
    searched, fresh, unread = 0, 0, 0
    for file in _files(folders):
        try:
            found = file.stat()
            searched += 1
            fresh += found.st_mtime > now - FRESH_SECONDS
            if token.encode() in _tail(file, found.st_size):
                say = f"{file.name} holds a path that was just asked for: switch that log off, then delete it"
                return [bad("logs", say)]
        except OSError:
            unread += 1
    if unread:
        return [look("logs", f"{unread} files cannot be read: run this as somebody who can")]
    if not searched:
        return [look("logs", "no file is there: is it the web server's folder?")]
    return [
        ok("logs", f"a path that was just asked for is in none of {searched} files, {fresh} of them fresh")
    ]


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    count = 0
    for folder in folders:
        for above, _, names in os.walk(folder):
            for name in names:
                file = Path(above) / name
                if file.is_file() and not file.is_symlink():
                    yield file
                    count += 1
                    if count == MOST_FILES:
                        return


def _tail(file: Path, size: int) -> bytes:
    with file.open("rb") as data:
        data.seek(max(0, size - TAIL))
        return data.read(TAIL)
