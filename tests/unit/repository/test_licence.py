"""The licence file is the licence that the package names."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_licence_text_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE\n")
    assert all(f"\n  {section}. " in text for section in range(18))
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_package_names_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "AGPL-3.0-or-later"
    assert project["license-files"] == ["LICENSE"]
