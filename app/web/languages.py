"""Which languages the pages may be read in: those that people have read, as the locale files' heads tell."""

import re
from collections.abc import Iterator
from pathlib import Path

FIRST = "en"
"""What everything is written in; all other languages are made from it."""

READERS = re.compile(r"### reviewers: (?P<names>[^,;]+(?:, [^,;]+)+); (?P<day>\d{4}-\d{2}-\d{2})")
"""First line of a locale file that was read: two names or more, and the day; before that, "none yet"."""

UNREAD = ":unread"


def offered(locales: Path, *, trial: bool) -> str:
    """What a page says of its languages: "en", or "en es"; "en es:unread" where a language is on trial.

    A language is read when every part of it names its reviewers. In a trial (demo, development) the others
    are offered too, marked.
    """
    return " ".join((FIRST, *_others(locales, trial=trial)))


def _others(locales: Path, *, trial: bool) -> Iterator[str]:
    files = sorted(locales.glob("*.ftl"))
    for language in sorted({file.name.partition(".")[0] for file in files} - {FIRST}):
        if all(_was_read(file) for file in files if file.name.partition(".")[0] == language):
            yield language
        elif trial:
            yield f"{language}{UNREAD}"


def _was_read(file: Path) -> bool:
    head = file.read_text("utf-8").partition("\n")[0]
    return READERS.fullmatch(head) is not None
