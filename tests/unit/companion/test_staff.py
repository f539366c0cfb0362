"""Staff keys, invitations, and secrets as twelve words."""

import pytest

from app.companion.staff import (
    check_enrol_mac,
    enrol_mac,
    invite_keys,
    key_file,
    make_secret,
    read_key_file,
    read_secret,
    secret_words,
    staff_keys,
)
from app.companion.word_list import word_list
from app.wire.errors import WireError
from app.wire.ids import StaffId

SECRET = bytes(range(16))
SALT = b"s" * 16
MARA = StaffId(b"m" * 16)


def test_password_secret_and_salt_all_change_the_keys() -> None:
    ours = staff_keys("password", SALT, SECRET, 1)
    others = [
        staff_keys("Password", SALT, SECRET, 1),
        staff_keys("password", b"t" * 16, SECRET, 1),
        staff_keys("password", SALT, bytes(16), 1),
    ]
    assert len({keys.auth for keys in [ours, *others]} | {keys.wrap for keys in [ours, *others]}) == 8


def test_a_password_typed_on_another_keyboard_is_the_same() -> None:
    assert staff_keys("Pässword ﬁ", SALT, SECRET, 1) == staff_keys("Pa\u0308ssword fi", SALT, SECRET, 1)


def test_an_enrolment_mac_holds_for_what_was_invited_and_nothing_else() -> None:
    key = invite_keys(SECRET).mac_key
    mac = enrol_mac(key, SALT, MARA, "peer", b"p" * 65)
    assert check_enrol_mac(mac, key, SALT, MARA, "peer", b"p" * 65)
    assert not check_enrol_mac(mac, key, SALT, MARA, "coordinator", b"p" * 65)
    assert not check_enrol_mac(mac, key, SALT, MARA, "peer", b"q" * 65)
    assert not check_enrol_mac(mac, key, SALT, StaffId(b"n" * 16), "peer", b"p" * 65)
    assert not check_enrol_mac(mac, key, b"t" * 16, MARA, "peer", b"p" * 65)
    assert not check_enrol_mac(mac, invite_keys(bytes(16)).mac_key, SALT, MARA, "peer", b"p" * 65)


def test_the_token_that_a_server_sees_is_not_the_mac_key() -> None:
    keys = invite_keys(SECRET)
    assert keys.token != keys.mac_key


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("secret", [SECRET, bytes(16), b"\xff" * 16])
def test_a_secret_is_twelve_words_and_read_from_them(secret: bytes, number: int) -> None:
    words = secret_words(secret, number)
    assert len(words) == 12
    assert read_secret(" ".join(words)) == secret
    assert read_secret("-".join(word[:4].upper() for word in words)) == secret


def test_two_secrets_are_never_the_same() -> None:
    assert len(make_secret()) == 16
    assert make_secret() != make_secret()


def test_a_slip_in_the_last_word_is_found() -> None:
    *most, last = secret_words(SECRET)
    index = word_list(1).index(last)
    with pytest.raises(WireError, match=r"^malformed$"):
        read_secret(" ".join([*most, word_list(1)[index ^ 1]]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ".join(secret_words(SECRET)[:11]),
        " ".join((*secret_words(SECRET), "able")),
        "qqqq " * 12,
        "x" * 9999,
    ],
)
def test_words_that_are_no_secret_are_malformed(text: str) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        read_secret(text)


def test_a_key_file_gives_its_secret_back() -> None:
    assert read_key_file(key_file(SECRET)) == SECRET
    assert read_key_file(key_file(SECRET).replace("\n", "\r\n")) == SECRET


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ".join(secret_words(SECRET)),
        key_file(SECRET).replace("1", "2", 1),
        key_file(SECRET)[:-12],
        "x" * 1001,
    ],
)
def test_any_other_file_is_malformed(text: str) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        read_key_file(text)


def test_staff_keys_do_not_print() -> None:
    for keys in (staff_keys("password", SALT, SECRET, 1), invite_keys(SECRET)):
        assert repr(keys) == object.__repr__(keys)
