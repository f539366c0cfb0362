"""The exact words on screen: in English, in Spanish, and in the two locales made of English for checking."""

import re
import string
from typing import Literal

from tests.browser.translated import sentences

Locale = Literal["en", "es", "en-XA", "ar-XB"]

FSI, PDI = "\u2068", "\u2069"
"""What stands around a value, so that it cannot turn the sentence round it."""
RLO, PDF = "\u202e", "\u202c"

PLAIN = "aceinorsuyACEINORSUY"
ACCENTED = "áçéíñóŕšúýÁÇÉÍÑÓŔŠÚÝ"


class Words:
    """`words("Send in {room}", room="Talk 1")`: what a page in this locale shows."""

    def __init__(self, locale: Locale = "en") -> None:
        self.locale = locale

    def __call__(self, sentence: str, **values: object) -> str:
        """What stands there for this English sentence, with its values in it."""
        parts = []
        for text, name, _, _ in string.Formatter().parse(self._said(sentence)):
            parts.append(self._look(text))
            if name is not None:
                parts.append(f"{FSI}{values[name]}{PDI}")
        whole = "".join(parts)
        return f"[{whole}]" if self.locale == "en-XA" else whole

    def like(self, sentence: str) -> "re.Pattern[str]":
        """A pattern for a sentence, whatever the values in its braces are."""
        parts = []
        for text, name, _, _ in string.Formatter().parse(self._said(sentence)):
            parts.append(re.escape(self._look(text)))
            if name is not None:
                parts.append(f"{FSI}.*?{PDI}")
        whole = "".join(parts)
        return re.compile(rf"^\[{whole}\]$" if self.locale == "en-XA" else rf"^{whole}$")

    def _said(self, sentence: str) -> str:
        return sentences("es")[sentence] if self.locale == "es" else sentence

    def _look(self, text: str) -> str:
        match self.locale:
            case "en" | "es":
                return text
            case "en-XA":
                doubled = re.sub("[aeiouyAEIOUY]", lambda vowel: vowel[0] + vowel[0].lower(), text)
                return doubled.translate(str.maketrans(PLAIN, ACCENTED))
            case "ar-XB":
                return re.sub(r"[^\W\d_]+", lambda word: f"{RLO}{word[0]}{PDF}", text)
