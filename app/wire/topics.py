"""The fixed list of topics: of a ticket, of a staff profile, and of what either lived through themselves."""

from typing import Literal

Topic = Literal[
    "worry",
    "low-mood",
    "loneliness",
    "family",
    "money",
    "drink-drugs",
    "grief",
    "violence-home",
    "parent",
    "faith",
    "lgbtq",
    "work-school",
    "immigration",
    "health",
    "other",
]
