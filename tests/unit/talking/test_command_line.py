"""What the command line refuses before anything is sent or started."""

import json
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.companion.demo.cast import Card, read_cards, write_cards
from app.identity.enrolment.setup_code import SetupCode

URL = "http://localhost:1"
CARD = Card("peer", "Mara", "mara", "a password", f"{URL}/peer.html#secret=AAAA", "twelve words")


def said(*arguments: str, typed: str = "", **settings: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments), input=typed, env=settings)
    return done.exit_code, done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("demo", "--port", "0"),
        ("demo", "--port", "65536"),
        ("demo", "--port", "eight"),
        ("talk",),
        ("talk", "ftp://x"),
        ("talk", URL, "--peer", "--code"),
        ("talk", URL, "--name", "mara"),
        ("talk", URL, "--language", "klingon"),
        ("invite", URL, "--role", "king"),
        ("nothing",),
    ],
)
def test_arguments_that_cannot_be_meant_end_with_2(arguments: tuple[str, ...]) -> None:
    assert said(*arguments)[0] == 2


def test_a_password_is_never_an_argument() -> None:
    for verb in ("talk", "setup", "invite", "join", "admit", "renew", "agree", "recover"):
        assert said(verb, URL, "--password", "x")[0] == 2


def test_a_service_that_does_not_answer_is_a_sentence_and_1() -> None:
    code, text = said("check", URL)
    assert code == 1
    assert "does not answer" in text
    assert "Traceback" not in text


def test_the_demo_does_not_take_a_port_that_is_in_use() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        code, text = said("demo", "--port", str(other.getsockname()[1]))
    assert code == 2
    assert "in use" in text


def test_the_demo_does_not_take_somebody_elses_folder(tmp_path: Path) -> None:
    (tmp_path / "identity.sqlite").touch()
    code, text = said("demo", "--data", str(tmp_path), "--port", str(_free_port()))
    assert code == 2
    assert "not a demo's folder" in text


def test_a_server_does_not_take_a_demos_folder(tmp_path: Path) -> None:
    (tmp_path / "demo-cast.json").touch()
    assert said("serve", BESIDE_DATA=str(tmp_path))[0] == 2


def test_a_folder_that_cannot_be_written_ends_with_2(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert said("serve", BESIDE_DATA=str(file / "data"))[0] == 2


def test_a_wrong_setting_is_named_without_its_value() -> None:
    code, text = said("serve", BESIDE_IDENTITY_URL="mysql://someone:secret@somewhere/x")
    assert code == 2
    assert "BESIDE_IDENTITY_URL" in text
    assert "secret" not in text


def test_setting_up_next_to_a_servers_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "identity.keys").touch()
    (tmp_path / "code").write_text("AAAA\n")
    arguments = (
        "setup",
        URL,
        "--code-file",
        str(tmp_path / "code"),
        "--secret-file",
        str(tmp_path / "my.key"),
    )
    code, _ = said(*arguments, typed="wren\nlong enough password\nWren\n")
    assert code == 2
    assert not (tmp_path / "my.key").exists()


def test_the_set_up_link_is_there_until_the_service_is_founded(tmp_path: Path) -> None:
    code, text = said("setup-link", "--data", str(tmp_path))
    assert (code, "#setup=" in text) == (1, False)
    SetupCode(tmp_path).make()
    written = (tmp_path / "setup-code").read_text().strip()
    assert said("setup-link", "--data", str(tmp_path)) == (
        0,
        f"http://localhost:8000/coordinator.html#setup={written}\n",
    )
    code, text = said("setup-link", "--url", "https://Beside.example/", BESIDE_DATA=str(tmp_path))
    assert (code, text) == (0, f"https://beside.example/coordinator.html#setup={written}\n")
    assert said("setup-link", "--url", "ftp://x", "--data", str(tmp_path))[0] == 2
    SetupCode(tmp_path).forget()
    assert said("setup-link", "--data", str(tmp_path))[0] == 1


def test_cards_are_for_their_owner_only_and_lead_to_the_present_address(tmp_path: Path) -> None:
    file = tmp_path / "cards.json"
    coordinators = f"{URL}/coordinator.html#secret=AAAA"
    write_cards(file, URL, [CARD, replace(CARD, role="coordinator", link=coordinators)])
    assert file.stat().st_mode & 0o077 == 0
    assert json.loads(file.read_text())["url"] == URL
    card, coordinator = read_cards(file, "http://localhost:2")
    assert coordinator.link == "http://localhost:2/coordinator.html#secret=AAAA"
    assert card.link == "http://localhost:2/peer.html#secret=AAAA"
    assert "password" not in repr(card)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
