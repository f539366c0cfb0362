"""`beside pages`: the pages as files, with the operator's settings in them, and nothing beside them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.verbs import app
from app.settings import Settings
from app.web.frontend import Frontend
from app.web.written_pages import LIST, FolderUnusable, write_pages


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != LIST
    }


def test_the_folder_holds_what_the_server_answers_with_the_operators_settings(tmp_path: Path) -> None:
    settings = {"BESIDE_LEAVE_URL": "https://news.example/", "BESIDE_BACKUP_DAYS": "7"}
    done = CliRunner().invoke(app, ["pages", str(tmp_path / "pages")], env=settings)
    assert done.exit_code == 0
    chosen = Settings(data=tmp_path, leave_url="https://news.example/", backup_days=7)
    written = files_in(tmp_path / "pages")
    assert written == Frontend(tmp_path / "site.json", chosen).files
    assert b"https://news.example/" in written["index.html"]
    assert {
        "peer.html",
        "moderator.html",
        "coordinator.html",
        "js/client.js",
        "locales/en.ftl",
    } <= written.keys()
    assert f"{len(written)} files" in done.output
    # A web server of another user reads them.
    assert all(file.stat().st_mode & 0o777 == 0o644 for file in (tmp_path / "pages").rglob("*.html"))


def test_a_second_run_takes_away_what_is_no_page_any_more_and_leaves_the_rest_as_it_is(
    tmp_path: Path,
) -> None:
    settings = Settings(data=tmp_path)
    write_pages(settings, tmp_path / "pages")
    (tmp_path / "pages" / "js" / "old.js").write_text("gone in this version")
    with (tmp_path / "pages" / LIST).open("a") as names:
        names.write("js/old.js\n")
    changed = (tmp_path / "pages" / "index.html").stat().st_mtime_ns
    write_pages(settings, tmp_path / "pages")
    assert files_in(tmp_path / "pages") == Frontend(tmp_path / "site.json", settings).files
    # Its time is its tag: who has it need not fetch it again.
    assert (tmp_path / "pages" / "index.html").stat().st_mtime_ns == changed


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    done = CliRunner().invoke(app, ["pages", str(tmp_path)])
    assert (done.exit_code, files_in(tmp_path)) == (2, {"letters.txt": b"mine"})
    assert "not empty" in done.output
    done = CliRunner().invoke(app, ["pages", str(tmp_path / "letters.txt")])
    assert done.exit_code == 2


@pytest.mark.parametrize("name", ["../letters.txt", "/etc/passwd", "js/../../letters.txt"])
def test_a_list_that_names_files_outside_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (tmp_path / "letters.txt").write_text("mine")
    (folder / LIST).write_text(f"{name}\n")
    with pytest.raises(FolderUnusable):
        write_pages(Settings(data=tmp_path), folder)
    assert (tmp_path / "letters.txt").exists()
