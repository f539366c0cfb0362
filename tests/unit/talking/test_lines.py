"""The edges of the companion that need no server: waiting, addresses, text on a terminal, key files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.companion.api import ApiError, origin_of
from app.companion.demo.story import EVENINGS, TURNS, reply, typing_time
from app.companion.key_files import BadKeyFile, read_secret_file, write_secret
from app.companion.live import LONGEST_WAIT, backoff, renew_after
from app.companion.talk.terminal import plain


def test_tries_come_after_1_2_4_and_at_most_30_seconds() -> None:
    assert [backoff(attempt, 0.0) for attempt in range(7)] == [1, 2, 4, 8, 16, LONGEST_WAIT, LONGEST_WAIT]


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_chance_shortens_a_wait_by_half_at_most(attempt: int, chance: float) -> None:
    longest = backoff(attempt, 0.0)
    assert longest / 2 <= backoff(attempt, chance) <= longest


@given(st.floats(4, 86_400))
def test_a_pass_is_renewed_before_it_ends(left: float) -> None:
    assert 1 <= renew_after(left) < left


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1", "http://127.0.0.1"),
        ("beside.example", "https://beside.example"),
        (" https://beside.example/peer.html#x ", "https://beside.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_as_people_type_it_gives_the_origin(typed: str, origin: str) -> None:
    assert origin_of(typed) == origin


@pytest.mark.parametrize(
    "typed", ["", "ftp://x", "https://", "https://me:pw@x", "http://x:99999", "http://[x"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ApiError, match="not_beside"):
        origin_of(typed)


@given(st.text())
def test_a_terminal_is_shown_nothing_that_it_would_obey(text: str) -> None:
    shown = plain(text + "\x1b[2J\x07\x9b\u202e")
    assert not set(shown) & {"\x1b", "\x07", "\x9b", "\r", "\x7f", "\u202e"}


def test_words_in_any_script_are_shown_as_they_are() -> None:
    assert plain("ñandú 你好 مرحبا 🙂\n\t") == "ñandú 你好 مرحبا 🙂\n\t"


def test_a_key_file_is_read_back_and_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "mine.key"
    write_secret(file, bytes(range(16)))
    assert read_secret_file(file) == bytes(range(16))
    assert file.stat().st_mode & 0o077 == 0


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "mine.key"
    write_secret(file, bytes(16))
    with pytest.raises(BadKeyFile):
        write_secret(file, bytes(range(16)))
    assert read_secret_file(file) == bytes(16)


@pytest.mark.parametrize("name", ["identity.keys", "conversations.keys", "site.json", "setup-code"])
def test_a_key_file_does_not_go_into_a_servers_data_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    inside = tmp_path / "deeper"
    inside.mkdir()
    with pytest.raises(BadKeyFile):
        write_secret(inside / "mine.key", bytes(16))
    assert not (inside / "mine.key").exists()


@pytest.mark.parametrize(
    "content", ["", "hello", "beside staff secret 1\nnot twelve words\n", "\x00" * 20_000]
)
def test_what_is_no_key_file_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "mine.key"
    file.write_text(content)
    with pytest.raises(BadKeyFile):
        read_secret_file(file)


@given(st.sampled_from(EVENINGS), st.integers(0, TURNS), st.text())
def test_the_visitor_always_has_something_short_to_say(evening: object, turn: int, heard: str) -> None:
    said = reply(EVENINGS[0], turn, heard)
    assert 1 <= len(said) <= 2
    assert all(0 < len(line) < 200 for line in said)


@given(st.text(), st.floats(0, 1))
def test_the_visitor_types_like_a_person(text: str, chance: float) -> None:
    assert 2.0 <= typing_time(text, chance) <= 6.0


def test_the_visitor_answers_what_was_said() -> None:
    assert reply(EVENINGS[0], 0, "do you sleep at night?") != reply(EVENINGS[0], 0, "what helped before?")
