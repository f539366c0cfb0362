"""Two days in small: the same rules and bars as `make simulate`, which writes docs/waiting.md."""

from dataclasses import replace

import pytest

from app.conversations.queue.rules import Range
from tests.simulation.figures import INSIDE, OVERTAKEN, Figures, Kept, as_served, unmet
from tests.simulation.picture import svg
from tests.simulation.report import Played, markdown
from tests.simulation.service import Person, Service
from tests.simulation.world import DAY, MINUTE, WORLDS

DAYS = 2
ORDINARY, _, RUSHES = WORLDS


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return Service(ORDINARY, seed=1).run(DAYS)


def test_two_days_hold_every_bar(people: list[Person]) -> None:
    figures = Figures.of(people, DAYS)
    assert figures.missed == []
    assert figures.kept.shown > 100
    assert figures.outcomes["met"] > 0.5 * figures.people


def test_the_same_seed_plays_the_same_days_and_another_plays_others(people: list[Person]) -> None:
    def told(found: list[Person]) -> list[tuple[float, str, float]]:
        return [(person.arrived, person.outcome, person.waited) for person in found]

    assert told(Service(ORDINARY, seed=1).run(DAYS)) == told(people)
    assert told(Service(ORDINARY, seed=2).run(1))[:50] != told(people)[:50]


def test_everybody_comes_to_an_end_and_nobody_waits_behind_the_days(people: list[Person]) -> None:
    assert {person.outcome for person in people} <= {"met", "answered", "left", "closed"}
    assert all(0 <= person.arrived < (DAYS + 1) * DAY for person in people)
    assert all(person.waited == 0 for person in people if person.outcome in ("left", "closed"))


def test_a_bar_that_is_not_held_is_named(people: list[Person]) -> None:
    def never(person: Person) -> Range | None:
        return Range(10_000, 10_001) if person.shown else None

    kept = Kept.of(people, never)
    assert (kept.inside, kept.below) == (0.0, 1.0)
    assert Kept.of(people, as_served).inside >= INSIDE
    overtaken = replace(people[0], overtaken=OVERTAKEN + 1)
    assert any("overtaken" in words for words in Figures.of([*people, overtaken], DAYS).missed)


def test_unmet_demand_adds_up_to_those_who_met_nobody(people: list[Person]) -> None:
    found = unmet(people, DAYS)
    assert round(sum(came for came, _ in found.values()) * DAYS) == len(people)
    assert round(sum(left for _, left in found.values()) * DAYS) == sum(person.is_unmet for person in people)


def test_the_document_and_the_picture_say_what_was_played(people: list[Person]) -> None:
    played = [Played(ORDINARY, people, Figures.of(people, DAYS))]
    text = markdown(played, days=DAYS, seeds=(1,))
    assert f"{len(people):,} people" in text
    assert f"**{played[0].figures.kept.inside:.1%}**" in text
    assert markdown(played, days=DAYS, seeds=(1,)) == text
    picture = svg(played, DAYS)
    assert picture.startswith("<svg ")
    assert svg(played, DAYS) == picture


def test_waits_are_longer_on_a_day_with_rushes() -> None:
    calm, rush = (
        [person.waited / MINUTE for person in Service(world, seed=3).run(1) if person.outcome == "met"]
        for world in (ORDINARY, RUSHES)
    )
    assert sum(rush) / len(rush) > sum(calm) / len(calm)
