"""What the demo's client has to say: a few evenings, and answers that follow what the peer said."""

import re
from dataclasses import dataclass

TURNS = 9
"""Replies after which the client has had enough for today."""


@dataclass(frozen=True, slots=True)
class Evening:
    """One person's evening: how they begin, what they tell bit by bit, how they go."""

    language: str
    pace: str
    opening: str
    steps: tuple[str, ...]
    goodbye: str


EVENINGS = (
    Evening(
        "en",
        "slowly",
        "hi. not sure i should be here, others have it worse",
        (
            "it’s been a long week. mostly i lie awake and go over things",
            "my brother moved out in spring and the flat got very quiet",
            "i keep the radio on so there is a voice",
            "yesterday i made soup. it’s the first thing i cooked in a while",
            "i didn’t tell anyone about it, it sounds so small",
            "maybe i’ll make it again on sunday",
        ),
        "i think i can sleep a bit now. thank you for sitting with me",
    ),
    Evening(
        "en",
        "ask",
        "can we talk about nothing much? today was hard",
        (
            "new job, everybody seems to know how things go but me",
            "i ate lunch in the stairwell so nobody would ask questions",
            "at the old place there was someone i could make faces at",
            "there is one person who holds the door. we talked about her dog",
            "the dog is called captain. he’s very round",
            "perhaps i’ll ask how captain is tomorrow",
        ),
        "this was nice. i’ll go and feed the cat. thank you",
    ),
    Evening(
        "en",
        "listen",
        "i don’t know where to start",
        (
            "it’s the date. two years today since my mom died",
            "people stopped asking after the first month",
            "i still have her number in my phone",
            "she would hum when she did the dishes. badly",
            "i caught myself humming this morning",
            "it was good to say that out loud",
        ),
        "i’m going to light a candle and stop here for today. thank you",
    ),
)

_ANSWERS = (
    (
        r"\b(hi|hello|hey|welcome|glad you)\b",
        ("hi. thanks for answering", "hello. good that someone is there"),
    ),
    (r"\b(sleep|night|awake|tired)\b", ("nights are the longest part", "i’m tired, but not the sleepy kind")),
    (r"\b(alone|lonely|quiet|company)\b", ("yes. quiet is the word", "company helps, even like this")),
    (r"\b(sorry|hear you|sounds|must|a lot)\b", ("thank you for saying that", "yes. you got that right")),
    (r"\b(help|helped|need|would you like)\b", ("just this, i think. someone listening", "i don’t know yet")),
    (r"\b(small|begin|start|first)\b", ("a small place to begin, ok",)),
    (r"\b(step|did|made|proud|nice)\b", ("it felt like something, yes", "it counts? maybe it does")),
    (r"\?", ("good question. let me think", "hm. i think so")),
)


def reply(evening: Evening, turn: int, heard: str) -> list[str]:
    """What the client says next, in one or two messages: an answer to what was heard, then a bit more."""
    said = heard.casefold()
    answer = next((lines[turn % len(lines)] for cue, lines in _ANSWERS if re.search(cue, said)), None)
    more = evening.steps[turn] if turn < len(evening.steps) else None
    return [line for line in (answer, more) if line] or ["mhm"]


def typing_time(text: str, chance: float) -> float:
    """Seconds that a person takes to read, think and type this: 2 to 6, `chance` (0..1) decides the rest."""
    return min(6.0, 2.0 + 0.03 * len(text) + 1.5 * chance)
