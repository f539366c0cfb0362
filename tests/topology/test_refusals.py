"""What `beside serve` refuses before it starts, in one sentence and with the code 2."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import main
from app.cli.verbs import app
from app.settings import Settings

POSTGRES = {
    "BESIDE_IDENTITY_URL": "postgresql+asyncpg://identity@127.0.0.1:1/identity",
    "BESIDE_CONVERSATIONS_URL": "postgresql+asyncpg://conversations@127.0.0.1:1/conversations",
}
BUS = {"BESIDE_BUS_URL": "nats://beside:word@127.0.0.1:1"}


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings of each server that would have been started."""
    started: list[Settings] = []
    monkeypatch.setattr(main, "serve", started.append)
    # The command writes its options there, for its workers.
    monkeypatch.setenv("BESIDE_SIDE", "both")
    monkeypatch.setenv("BESIDE_WORKERS", "1")
    return started


@pytest.mark.parametrize(
    ("options", "more", "why"),
    [
        (("--workers", "2"), BUS, "several workers need PostgreSQL"),
        (("--workers", "2"), POSTGRES, "several workers need a bus"),
        (("--workers", "0"), POSTGRES | BUS, "BESIDE_WORKERS"),
        (("--workers", "65"), POSTGRES | BUS, "BESIDE_WORKERS"),
        ((), BUS, "a bus joins processes on PostgreSQL"),
        ((), POSTGRES | {"BESIDE_BUS_URL": "redis://beside:word@127.0.0.1"}, "BESIDE_BUS_URL"),
        ((), POSTGRES | {"BESIDE_BUS_URL": "nats://beside:@127.0.0.1"}, "BESIDE_BUS_URL"),
        (("--side", "king"), {}, "--side"),
        (("--side", "identity", "--workers", "2"), {}, "several workers need PostgreSQL"),
    ],
)
def test_what_cannot_be_meant_is_refused_without_a_secret_in_the_words(
    served: list[Settings], tmp_path: Path, options: tuple[str, ...], more: dict[str, str], why: str
) -> None:
    done = CliRunner().invoke(app, ["serve", *options], env={"BESIDE_DATA": str(tmp_path), **more})
    assert (done.exit_code, served) == (2, [])
    assert why in done.output
    assert "word@" not in done.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "more", "side", "workers"),
    [
        ((), {}, "both", 1),
        (("--workers", "2"), POSTGRES | BUS, "both", 2),
        (("--side", "conversations", "--workers", "3"), POSTGRES | BUS, "conversations", 3),
        (("--side", "identity", "--workers", "2"), POSTGRES, "identity", 2),
        (("--side", "identity"), {"BESIDE_SIDE": "conversations"}, "identity", 1),
        ((), {"BESIDE_SIDE": "conversations"}, "conversations", 1),
    ],
)
def test_an_option_goes_before_the_environment(
    served: list[Settings],
    tmp_path: Path,
    options: tuple[str, ...],
    more: dict[str, str],
    side: str,
    workers: int,
) -> None:
    environment = {"BESIDE_DATA": str(tmp_path), "BESIDE_PORT": "1024", **more}
    done = CliRunner().invoke(app, ["serve", *options], env=environment)
    assert done.exit_code == 0, done.output
    assert [(each.side, each.workers) for each in served] == [(side, workers)]


def test_an_identity_service_needs_a_folder_to_show_its_key_in(
    served: list[Settings], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    environment = {"BESIDE_DATA": str(tmp_path / "data"), "BESIDE_PUBLIC": str(tmp_path / "file" / "public")}
    done = CliRunner().invoke(app, ["serve", "--side", "identity"], env=environment)
    assert (done.exit_code, served) == (2, [])
    # Conversations only reads there, which may be forbidden to it.
    done = CliRunner().invoke(app, ["serve", "--side", "conversations"], env=environment)
    assert (done.exit_code, len(served)) == (0, 1)
