"""The pages as files, for a web server to hand out in this program's place."""

from pathlib import Path

from app.settings import Settings
from app.web.frontend import Frontend

LIST = ".written-by-beside"
"""Names every file that was written, a line each: what a newer version has no more is removed by it."""


class FolderUnusable(Exception):
    """Something that is not ours lies in the folder; the text says so."""


def write_pages(settings: Settings, folder: Path) -> int:
    """Write every file that the server answers, as it answers it, and nothing else; how many there are.

    `site.json` is not among them: the identity side writes it once the service is founded. PagesUnusable,
    FolderUnusable, OSError. A web server may hand the folder out meanwhile: each file is there whole.
    """
    files = Frontend(settings.site_file, settings).files
    written = _written(folder)
    # First, so that a run that is cut short leaves no file that no list names.
    _put(folder / LIST, "".join(f"{name}\n" for name in sorted(written | files.keys())).encode())
    for name, data in files.items():
        _put(folder / name, data)
    for name in written - files.keys():
        (folder / name).unlink(missing_ok=True)
    _put(folder / LIST, "".join(f"{name}\n" for name in sorted(files)).encode())
    return len(files)


def _written(folder: Path) -> set[str]:
    """What an earlier run left there."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / LIST).is_file():
        names = set((folder / LIST).read_text("utf-8").splitlines())
        if any(name.startswith("/") or ".." in Path(name).parts for name in names):
            raise FolderUnusable(f"the list in {folder} names files outside of it")
        return names
    if any(folder.iterdir()):
        raise FolderUnusable(f"{folder} is not empty, and not a folder of pages")
    return set()


def _put(file: Path, data: bytes) -> None:
    """In the place of the old one, readable for a web server of another user. The same stays as it is: web
    servers tell by a file's time whether a reader has it."""
    if file.is_file() and file.read_bytes() == data:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.new")
    draft.write_bytes(data)
    draft.chmod(0o644)
    draft.replace(file)
