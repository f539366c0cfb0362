"""A search that finds nothing says something only if it would have found: here it finds."""

import secrets

import pytest

from tests.canary.dumps import as_bytes
from tests.canary.needles import Needle, base64_at, found, words
from tests.canary.story import Played

SECRETS = [
    Needle("a key", bytes.fromhex("00ff10fb7e3f" * 5 + "0a0d")),
    Needle("a random key", secrets.token_bytes(32)),
    words("some words", "zqx-planted: nobody may read this?"),
]
FORMS = {
    "raw",
    "hex",
    "HEX",
    *(f"{name} at {offset}" for name in ("base64", "base64url") for offset in range(3)),
    *(f"utf-16-{order} of {text}" for order in ("le", "be") for text in ("base64url", "hex")),
}


@pytest.mark.parametrize("needle", SECRETS, ids=lambda needle: needle.name)
def test_every_form_of_a_secret_is_looked_for_and_found_where_it_is_planted(needle: Needle) -> None:
    assert set(needle.forms) >= FORMS
    clean = secrets.token_bytes(4_096)
    assert found([needle], clean) == []
    for form, pattern in needle.forms.items():
        assert f"{needle.name} as {form}" in found([needle], clean, clean + pattern + clean)


@pytest.mark.parametrize("before", range(7))
@pytest.mark.parametrize("needle", SECRETS, ids=lambda needle: needle.name)
def test_a_secret_inside_something_encoded_is_found_wherever_it_begins(needle: Needle, before: int) -> None:
    around = b"x" * before + needle.data + b"y" * 5
    for alphabet, name in ((b"+/", "base64"), (b"-_", "base64url")):
        encoded = base64_at(around, 0, alphabet)
        assert f"{needle.name} as {name} at {before % 3}" in found([needle], encoded)
    assert f"{needle.name} as hex" in found([needle], around.hex().encode())
    assert f"{needle.name} as HEX" in found([needle], around.hex().upper().encode())


def test_text_is_found_as_wide_characters_too() -> None:
    text = "zqx-planted in a wide string"
    for order in ("utf-16-le", "utf-16-be"):
        assert found([words("wide", text)], b"x" + text.encode(order) + b"x") == [f"wide as {order} of text"]


def test_what_a_store_does_hold_is_found_in_its_files_and_in_its_dump(played: Played) -> None:
    room = Needle("the room's id", played.room)
    for copy in (played.copies["talking"], played.copies["purged"]):
        assert "the room's id as raw" in found([room], as_bytes(copy.conversations))
        assert "the room's id as raw" in found([room], *copy.files.values())
    assert found([words("a path", "rooms/open")], played.log)
