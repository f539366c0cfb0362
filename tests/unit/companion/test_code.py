"""Return codes: made evenly, read as people type, refused before anything is computed."""

import pytest

from app.companion.code import (
    ReturnCode,
    code_root,
    make_code,
    read_code,
    read_numbers,
    read_words,
    slot,
    vault_keys,
)
from app.companion.word_list import word_list
from app.wire.errors import WireError

CODE = ReturnCode(1, (0, 1, 2, 3, 2045, 2046, 2047))
INSTANCE = b"i" * 16


def test_a_code_is_read_from_its_words() -> None:
    assert read_words(" ".join(CODE.words)) == (CODE,)
    assert CODE.words == (*word_list(1)[:4], *word_list(1)[-3:])


def test_a_code_is_read_from_its_numbers() -> None:
    assert CODE.numbers == "0001 0000 0001 0002 0003 2045 2046 2047"
    assert read_numbers(CODE.numbers) == CODE


@pytest.mark.parametrize("number", [1, 2])
def test_a_made_code_is_read_in_every_form(number: int) -> None:
    code = make_code(number)
    assert code.list == number
    assert code in read_code(" ".join(code.words))
    assert code in read_code(" - ".join(word[:4].upper() for word in code.words))
    assert read_code(code.numbers.replace(" ", "-")) == (code,)


def test_two_codes_are_never_the_same() -> None:
    assert make_code(1) != make_code(1)


def test_words_that_fit_two_lists_give_both_codes() -> None:
    both = sorted(set(word_list(1)) & set(word_list(2)))[:7]
    codes = read_words(" ".join(both))
    assert [code.list for code in codes] == [1, 2]
    assert all(code.words == tuple(both) for code in codes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ".join(CODE.words[:6]),
        " ".join((*CODE.words, CODE.words[0])),
        " ".join((*CODE.words[:6], "qqqq")),
        " ".join((*word_list(1)[:6], "arbol")),
        "x" * 10_000,
    ],
    ids=["nothing", "six", "eight", "unknown", "two lists mixed", "huge"],
)
def test_words_that_are_no_code_are_malformed(text: str) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        read_code(text)


@pytest.mark.parametrize(
    "text",
    [
        CODE.numbers[:-1],
        CODE.numbers + "0",
        CODE.numbers.replace("0001 0000", "0003 0000"),
        CODE.numbers.replace("0001 0000", "0000 0000"),
        CODE.numbers.replace("2047", "2048"),
        CODE.numbers.replace("2047", "204x"),
        CODE.numbers.replace("2047", "٢٠٤٧"),
        "1" * 10_000,
    ],
)
def test_numbers_that_are_no_code_are_malformed(text: str) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        read_code(text)


@pytest.mark.parametrize("between", ["", " ", "-", ".", ", ", "\n"])
def test_numbers_are_read_with_any_separator(between: str) -> None:
    assert read_numbers(between.join(CODE.numbers.split())) == CODE


@pytest.mark.parametrize(
    ("number", "indices"), [(256, (0,) * 7), (-1, (0,) * 7), (1, (0,) * 6), (1, (0,) * 8), (1, (2048,) * 7)]
)
def test_a_code_outside_its_ranges_is_malformed(number: int, indices: tuple[int, ...]) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        ReturnCode(number, indices)


def test_a_code_of_an_unknown_list_has_no_words() -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        _ = ReturnCode(9, (0,) * 7).words


def test_the_list_the_words_and_the_service_all_change_the_root() -> None:
    roots = {
        code_root(CODE, INSTANCE, 1),
        code_root(ReturnCode(2, CODE.indices), INSTANCE, 1),
        code_root(ReturnCode(1, CODE.indices[::-1]), INSTANCE, 1),
        code_root(CODE, b"j" * 16, 1),
    }
    assert len(roots) == 4


def test_no_two_slots_share_a_room_a_secret_or_a_key() -> None:
    slots = [slot(b"r" * 32, month, k) for month in range(3) for k in range(8)]
    parts = {part for each in slots for part in (each.room, each.secret, each.wrap_key)}
    assert len(parts) == 3 * 24


def test_a_journal_shares_nothing_with_a_room() -> None:
    keys, room = vault_keys(b"r" * 32), slot(b"r" * 32, 0, 0)
    assert not {keys.id, keys.token, keys.key} & {room.room, room.secret, room.wrap_key}


def test_codes_and_slots_do_not_print() -> None:
    for secret in (CODE, slot(b"r" * 32, 0, 0), vault_keys(b"r" * 32)):
        assert repr(secret) == object.__repr__(secret)
