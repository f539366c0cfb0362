"""Checks a list of return-code words against its rules (docs/protocol.md, 3).

    check_words.py app/companion/words/words.en.txt
    check_words.py app/companion/words/words.es.txt --longest 8 --near 250

Two files beside the list are read when they exist, named after it (words.en.txt: avoid.en.txt and
alike.en.txt); `#` starts a comment in both:

    avoid  patterns that no word may match, several a line: `word` (that very word), `stem*` (begins with
           it) or `*part*` (holds it)
    alike  words on one line sound alike; at most one of them may be in the list

Prints the counts, each broken rule, then "N passed, N failed". Exit 1 on failure.
"""

import argparse
import fnmatch
import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

LETTERS = "abcdefghijklmnopqrstuvwxyz"
COUNT = 2048
TELLING = 4
"""Letters that tell every word from the others."""
SHOWN = 40

# Letters that are easily taken for one another on a small screen or in handwriting.
_PAIRS = "bd bp bq dp dq pq gq gy mn mw nr nu hn hb uv vw vy ij il jl lt ft ao ce co sz xz"
CONFUSED = [frozenset(pair) for pair in _PAIRS.split()]


@dataclass(frozen=True)
class Rule:
    """A rule and what breaks it; nothing does where the list keeps it."""

    name: str
    broken_by: list[object]


def rules(raw: bytes, avoid: Sequence[str], alike: Sequence[str], longest: int, near: int) -> list[Rule]:
    """All rules of form, for the bytes of a list, patterns to avoid and groups that sound alike.

    Words have 3 to `longest` letters, one in twenty may have one more; fewer than `near` pairs are one slip
    apart.
    """
    text = raw.decode("utf-8", "replace")
    plain = text.encode() == raw and "\r" not in text and text.endswith("\n") and not text.endswith("\n\n")
    words = text.removesuffix("\n").split("\n")
    stretched = [word for word in words if len(word) == longest + 1]
    slipping = slips(words)
    openings: dict[str, list[str]] = defaultdict(list)
    for word in words:
        openings[word[:TELLING]].append(word)
    sizes = f"3 to {longest + 1} letters"
    few = f"at most one in twenty of {longest + 1} letters"
    telling = f"told apart by the first {TELLING} letters"
    close = f"fewer than {near} pairs one slip apart"
    shun = re.compile("|".join(map(fnmatch.translate, avoid)) or r"(?!)")
    shunned = f"no word of {len(avoid)} patterns to avoid"
    sounding = f"no two words of {len(alike)} groups that sound alike"
    return [
        Rule("plain UTF-8 text, one word a line, one newline at the end", [] if plain else ["the file"]),
        Rule(f"{COUNT} words", [] if len(words) == COUNT else [f"{len(words)} words"]),
        Rule("no word twice", [word for word, times in Counter(words).items() if times > 1]),
        Rule("only the letters a to z", [word for word in words if not word or set(word) - set(LETTERS)]),
        Rule("sorted", [a for a, b in zip(words, sorted(words), strict=True) if a != b]),
        Rule(sizes, [word for word in words if not 3 <= len(word) <= longest + 1]),
        Rule(few, [*stretched] if len(stretched) * 20 > len(words) else []),
        Rule(telling, [group for group in openings.values() if len(group) > 1]),
        Rule("no word opens another", [*prefixes(words)]),
        Rule(close, [] if len(slipping) < near else [*slipping]),
        Rule(
            "no pair apart by one easily confused letter", [both for both in slipping if looks_alike(*both)]
        ),
        Rule(shunned, [word for word in words if shun.fullmatch(word)]),
        Rule(sounding, [both for group in alike if len(both := set(words) & set(group.split())) > 1]),
    ]


def prefixes(words: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs (short, long) where one word opens the other."""
    known = set(words)
    return [(word[:n], word) for word in sorted(known) for n in range(1, len(word)) if word[:n] in known]


def slips(words: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs one letter apart: changed, added or left out."""
    known = set(words)
    pairs: set[tuple[str, str]] = set()
    gapped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word in known:
        for i in range(len(word)):
            gapped[word[:i], word[i + 1 :]].append(word)
            if (shorter := word[:i] + word[i + 1 :]) in known:
                pairs.add((shorter, word))
    for group in gapped.values():
        pairs.update(combinations(sorted(group), 2))
    return sorted(pairs)


def looks_alike(first: str, second: str) -> bool:
    """Whether two words of one length differ by one easily confused letter."""
    if len(first) != len(second):
        return False
    differ = [frozenset(both) for both in zip(first, second, strict=True) if both[0] != both[1]]
    return len(differ) == 1 and differ[0] in CONFUSED


def lines_of(path: Path) -> list[str]:
    """Lines without comments and blanks; none where there is no such file."""
    text = path.read_text("utf-8") if path.is_file() else ""
    return [line for raw in text.splitlines() if (line := raw.split("#", 1)[0].strip())]


def main(arguments: Sequence[str]) -> int:
    """The command; its exit code."""
    parser = argparse.ArgumentParser(description="Check a list of return-code words against its rules.")
    parser.add_argument("list", type=Path, help="the word list, one word a line")
    parser.add_argument("--longest", type=int, default=7, help="letters of the longest words but a few")
    parser.add_argument("--near", type=int, default=150, help="pairs one slip apart: fewer than this")
    opts = parser.parse_args(arguments)
    listing: Path = opts.list
    try:
        raw = listing.read_bytes()
    except OSError as error:
        parser.error(f"{listing.name} cannot be read: {error.strerror}")
    ending = listing.name.removeprefix("words.")
    avoid = [pattern for line in lines_of(listing.with_name(f"avoid.{ending}")) for pattern in line.split()]
    checked = rules(raw, avoid, lines_of(listing.with_name(f"alike.{ending}")), opts.longest, opts.near)
    failed = [rule for rule in checked if rule.broken_by]
    print(f"{listing.name}: SHA-256 {hashlib.sha256(raw).hexdigest()}")
    for rule in failed:
        print(f"FAILED {rule.name}: " + "; ".join(map(str, rule.broken_by[:SHOWN])))
    print(f"{len(checked) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
