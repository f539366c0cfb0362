"""Small files that must be there whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_once(path: Path, data: bytes, *, mode: int) -> bool:
    """Make a file with `mode` and these bytes, on the disk before this returns; False where it exists.

    Two writers at once: one makes it, the other gets False. No reader ever sees a part of it.
    """
    try:
        with _draft(path, data, mode) as draft:
            os.link(draft, path)
    except FileExistsError:
        return False
    sync_folder(path.parent)
    return True


def replace(path: Path, data: bytes, *, mode: int) -> None:
    """Put these bytes in the place of a file, on the disk before this returns; no reader sees a part."""
    with _draft(path, data, mode) as draft:
        draft.replace(path)
    sync_folder(path.parent)


@contextmanager
def _draft(path: Path, data: bytes, mode: int) -> Iterator[Path]:
    """These bytes on the disk beside `path`, under a name that nobody reads; gone when the block ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk: without it a file made or removed may come back or be gone."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
