"""What is served of a module says what the module says."""

import json
import subprocess
from pathlib import Path

from app.web.comments import without_comments
from app.web.frontend import FOLDER

ROOT = Path(__file__).parents[2]


def differing(pairs: list[tuple[str, str, str]]) -> list[str]:
    """Names of the pairs whose tokens are not the same."""
    run = subprocess.run(
        [ROOT / "scripts" / "with-node", "node", "frontend/tests/same_modules.js"],
        cwd=ROOT,
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    names: list[str] = json.loads(run.stdout)
    return names


def test_without_its_comments_every_module_says_the_same() -> None:
    modules = {str(file.relative_to(FOLDER)): file.read_text() for file in FOLDER.glob("js/**/*.js")}
    lean = {name: without_comments(source) for name, source in modules.items()}
    assert differing([(name, source, lean[name]) for name, source in modules.items()]) == []
    assert sum(map(len, lean.values())) < 0.75 * sum(map(len, modules.values()))


def test_another_or_joined_statement_is_found() -> None:
    source = "const a = 1\nlet b = `x\n// no comment\n`; // said beside it\n"
    pairs = [
        ("same", source, source),
        ("another", source, source.replace("= 1", "= 2")),
        ("joined", source, source.replace("1\nlet", "1, ")),
        ("within words", source, without_comments(source)),
    ]
    assert differing(pairs) == ["another", "joined", "within words"]
