"""What the command line refuses before anything is sent or started."""

import json
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from app.cli.verbs import app
from app.companion import suspensions
from app.companion.answers import Proposal
from app.companion.api import ApiError
from app.companion.demo.cast import Card, read_cards, write_cards
from app.companion.key_files import write_secret
from app.companion.newcomer import Invitation
from app.companion.staff import make_secret
from app.companion.staff_session import StaffSession
from app.identity.enrolment.setup_code import SetupCode
from app.wire.ids import Kid
from tests.cast import Cast

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


LOADED = """
import sys
sys.argv = ["beside", *sys.argv[1:], "--help"]
from app.cli import main
try:
    main()
finally:
    print("companion" if "app.companion.api" in sys.modules else "no companion")
"""


@pytest.mark.parametrize(("verb", "loaded"), [("serve", "no companion"), ("talk", "companion")])
def test_a_server_does_not_load_what_people_talk_with(verb: str, loaded: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, verb], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == loaded


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


def test_the_set_up_link_never_leads_to_another_origin(tmp_path: Path) -> None:
    SetupCode(tmp_path).make()
    code, text = said("setup-link", "--data", str(tmp_path), BESIDE_ORIGINS="https://other.example")
    assert (code, text.split("/coordinator.html")[0]) == (0, "http://localhost:8000")


@pytest.fixture
def signing(tmp_path: Path) -> tuple[str, ...]:
    """What every verb that signs in is given."""
    (tmp_path / "password").write_text("seven kind horses at dawn\n")
    write_secret(tmp_path / "my.key", make_secret())
    files = ("--password-file", str(tmp_path / "password"), "--secret-file", str(tmp_path / "my.key"))
    return ("--name", "wren", *files)


def test_every_verb_that_signs_in_asks_for_the_code_where_it_is_needed(
    signing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def sign_in(*given: object) -> StaffSession:
        ask = given[-1]
        assert callable(ask)
        assert await ask() == "123456"
        raise ApiError("code_wrong")

    monkeypatch.setattr(StaffSession, "sign_in", sign_in)
    for verb in ("invite", "admit", "renew", "let-go", "suspend", "agree", "refuse", "reinstate", "recover"):
        alias = ("Mara",) if verb in ("let-go", "suspend", "reinstate") else ()
        code, text = said(verb, URL, *alias, *signing, typed="123456\n")
        assert (code, "(code_wrong)" in text) == (1, True), verb


def test_an_open_proposal_is_refused_or_taken_back_and_an_agreed_one_is_not(
    signing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, cora, otto = Cast(), Kid(b"c" * 16), Kid(b"o" * 16)
    trust = SimpleNamespace(directory=cast.directory(1))
    session = SimpleNamespace(kid=cast.coordinator.kid, trust=trust)
    own = Proposal(kid=cast.mara.kid, reason="safety", by=cast.coordinator.kid, day=1, agreed=None)
    others = Proposal(kid=cast.sol.kid, reason="conduct", by=cora, day=1, agreed=None)
    agreed = Proposal(kid=cast.moderator.kid, reason="other", by=cora, day=1, agreed=otto)
    ended: list[Kid] = []

    async def sign_in(*_: object) -> SimpleNamespace:
        return session

    async def proposals(_: object) -> tuple[Proposal, ...]:
        return own, others, agreed

    async def refuse(_: object, kid: Kid) -> None:
        ended.append(kid)

    monkeypatch.setattr(StaffSession, "sign_in", sign_in)
    monkeypatch.setattr(suspensions, "proposals", proposals)
    monkeypatch.setattr(suspensions, "refuse", refuse)
    asked: list[str] = []

    def confirm(question: str) -> bool:
        asked.append(question)
        return "Mara" in question

    monkeypatch.setattr("app.cli.suspending.confirm", confirm)
    assert said("refuse", URL, *signing) == (0, "Ended: 1.\n")
    assert ended == [cast.mara.kid]
    assert asked == [
        "You ask to suspend Mara (safety). Take it back?",
        "somebody asks to suspend Sol (conduct). Refuse?",
    ]


def test_everybody_who_is_invited_may_use_a_browser(
    signing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation = Invitation(make_secret())

    async def invited(*_: object) -> Invitation:
        return invitation

    monkeypatch.setattr("app.cli.staff._invite", invited)
    for role in ("peer", "moderator", "coordinator"):
        assert "open the link in a browser, or run" in said("invite", URL, "--role", role, *signing)[1]


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
