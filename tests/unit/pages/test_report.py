"""What a page's weight is counted by, and the report as it is written."""

import pytest

from tests.pages.report import BLANK, MOST_REQUESTS, Machine, Results, markdown, middle, verdict
from tests.pages.slow_link import Visit
from tests.pages.wire import Answer, Link, Sum, by_kind, kind_of, together

MACHINE = Machine("Some CPU", 2, 0.1, "Linux 6", "Chromium 1")
LINK = Link(400_000, 400, 4)


def answer(path: str, wire: int = 1_000) -> Answer:
    return Answer(path, wire, 0.0, 1.0)


def a_visit(composer: float = 4_000, promise: float = 2_000, requests: int = 3) -> Visit:
    by_then = tuple(answer("/js/client.js") for _ in range(requests))
    return Visit(promise, composer, by_then, requests + 2)


def written(visits: list[Visit], room: int = 1_000, blank: float = 50.0) -> str:
    results = Results(
        visits=visits,
        room=(
            answer("/"),
            answer("/js/client.js", room),
            answer("/js/crypto/keys.js"),
            answer("/words/words.en.txt"),
        ),
        team={"peer.html": (answer("/peer.html", 2_500),), "moderator.html": (answer("/js/moderator.js"),)},
        blank={slower: [blank] * 5 for slower in BLANK},
    )
    return markdown(results, MACHINE, LINK, 400, 100)


def row(report: str, name: str) -> list[str]:
    line, *_ = [line for line in report.splitlines() if line.startswith(f"| {name} ")]
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "html"),
        ("/peer.html", "html"),
        ("/css/base.css", "css"),
        ("/vendor/preact.js", "libraries"),
        ("/vendor/hpke-core.js", "crypto"),
        ("/js/crypto/keys.js", "crypto"),
        ("/js/client.js", "rest of the app"),
        ("/js/net/line.js", "rest of the app"),
        ("/locales/en.ftl", "words on screen"),
        ("/content/en/help.json", "words on screen"),
        ("/words/words.en.txt", "code words"),
        ("/api/rooms/open", "answers of the service"),
        ("/site.json", "answers of the service"),
    ],
)
def test_each_path_has_its_kind(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_the_kinds_together_are_all_that_was_fetched() -> None:
    answers = [answer("/"), answer("/css/a.css", 10), answer("/css/b.css", 20)]
    assert by_kind(answers) == {"html": Sum(1, 1_000), "css": Sum(2, 30)}
    assert together(answers) == Sum(3, 1_030)


def test_a_bar_is_kept_up_to_its_figure_and_missed_above() -> None:
    assert verdict(90_000, 90_000) == "kept"
    assert verdict(90_001, 90_000) == "**missed**"


def test_the_visit_shown_is_the_one_in_the_middle() -> None:
    visits = [a_visit(composer) for composer in (9, 1, 5, 3, 7)]
    assert middle(visits).composer == 5


def test_each_kind_stands_beside_its_budget_before_and_after_one_can_write() -> None:
    report = written([a_visit()], room=20_001)
    assert row(report, "rest of the app") == [
        "rest of the app", "20,000", "3", "3,000", "kept", "1", "20,001", "**missed**",
    ]  # fmt: skip
    assert row(report, "code words") == ["code words", "–", "0", "0", "", "1", "1,000", ""]
    assert row(report, "**bytes together**")[1:] == ["90,000", "", "3,000", "kept", "", "23,001", "kept"]


def test_too_many_requests_are_called_missed() -> None:
    assert row(written([a_visit(requests=MOST_REQUESTS)]), "**requests together**")[4] == "kept"
    assert row(written([a_visit(requests=MOST_REQUESTS + 1)]), "**requests together**")[4] == "**missed**"


def test_times_are_medians_beside_their_bar() -> None:
    report = written([a_visit(composer) for composer in (4_000, 5_001, 6_000)], blank=101)
    assert row(report, "field usable") == [
        "field usable",
        "5,001",
        "4,000 – 6,000",
        "3",
        "5,000",
        "**missed**",
    ]
    assert row(report, "promise readable") == [
        "promise readable",
        "2,000",
        "2,000 – 2,000",
        "3",
        "2,500",
        "kept",
    ]
    assert row(report, "processor 1×")[-1] == "**missed**"
    assert row(report, "processor 4×")[-1] == "kept"


def test_the_pages_of_the_team_are_there_by_name() -> None:
    report = written([a_visit()])
    assert "peer.html: requests" in report
    assert row(report, "**together**")[1:] == ["1", "2,500", "1", "1,000"]


def test_the_report_says_where_it_was_made_and_how_busy_it_was() -> None:
    report = written([a_visit()])
    for said in ("Some CPU, 2 cores", "Chromium 1", "of 0.1 when the run began", "make bench-pages"):
        assert said in report
