"""What every part of a tour needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page

from tests.browser.house import House
from tests.browser.people import Client
from tests.browser.windows import PHONE, Window, Windows
from tests.browser.words import Words

Stop = Callable[[str, Page], Awaitable[None]]
"""Called with a state's name and the page in it; the page must be left as it was."""


@dataclass
class Way:
    """A service, the browsers of who uses it, the words on their screens, and who looks at each state."""

    place: House
    windows: Windows
    words: Words
    stop: Stop

    async def person(self, name: str, **options: Any) -> Window:
        """Somebody at a desk, who reads this locale and wants nothing to move."""
        locale = {"en": "en-US", "es": "es-US"}.get(self.words.locale, self.words.locale)
        return await self.windows.person(name, **{"locale": locale, "reduced_motion": "reduce", **options})

    async def client(self, name: str, **options: Any) -> Client:
        """Somebody with a phone."""
        return Client(await self.person(name, **PHONE, **options), self.words)

    def own(self, english: str, spanish: str) -> str:
        """What somebody writes in the language that they read."""
        return spanish if self.words.locale == "es" else english
