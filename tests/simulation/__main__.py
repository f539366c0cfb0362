"""`python -m tests.simulation`: what `make simulate` runs. Writes docs/waiting.md and its picture."""

import sys
from pathlib import Path

from tests.simulation.figures import Figures
from tests.simulation.picture import svg
from tests.simulation.report import Played, markdown
from tests.simulation.service import Service
from tests.simulation.world import WORLDS, World

DOCS = Path(__file__).parents[2] / "docs"
DAYS = 14
SEEDS = (1, 2, 3)


def play(world: World) -> Played:
    """All runs of a world, one after another."""
    people = [person for seed in SEEDS for person in Service(world, seed).run(DAYS)]
    return Played(world, people, Figures.of(people, DAYS * len(SEEDS)))


def main() -> int:
    """Play, write, and say which bars are not held; 1 where one is not."""
    played = []
    for world in WORLDS:
        played.append(play(world))
        missed = played[-1].figures.missed
        sys.stdout.write(f"{world.name}: {', '.join(missed) or 'every bar is held'}\n")
        sys.stdout.flush()
    (DOCS / "waiting.md").write_text(markdown(played, days=DAYS, seeds=SEEDS), "utf-8")
    (DOCS / "waiting.svg").write_text(svg(played, DAYS * len(SEEDS)), "utf-8")
    return 1 if any(each.figures.missed for each in played) else 0


if __name__ == "__main__":
    sys.exit(main())
