"""Runs a file of test vectors against this implementation: `python -m app.companion.vectors FILE`.

A file is `{"format": "beside-vectors", "version": 1, "cases": [{"id", "op", "in", "out" | "error"}]}`,
bytes in lower-case hex. One line for each case that fails, then `N passed, N failed`. Exit 1 where one
failed, an operation is unknown or the file is not of this form.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.companion import box, code, envelope, key_list, seals, staff
from app.companion.envelope import Place
from app.companion.keys import StaffKey
from app.wire import directory, transcript
from app.wire.errors import WireError
from app.wire.ids import FlagId, Kid, RoomId, SeatId, StaffId, kid_of, seat_id
from app.wire.pow import solves

Given = dict[str, Any]
_MAX_FILE = 16 << 20


class BadFile(Exception):
    """A vectors file that is not of the form above; the text says what is wrong."""


def run(path: Path, say: Callable[[str], object]) -> bool:
    """Runs a file's cases, says each failure and the sum; whether all passed. BadFile for another form."""
    cases = _cases(path)
    failed = 0
    for number, case in enumerate(cases, 1):
        if complaint := _complaint(case):
            failed += 1
            say(f"FAILED {case.get('id', number)}: {complaint}")
    say(f"{len(cases) - failed} passed, {failed} failed")
    return failed == 0


def _cases(path: Path) -> list[Given]:
    try:
        if path.stat().st_size > _MAX_FILE:
            raise BadFile("the file is too large")
        file = json.loads(path.read_bytes())
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise BadFile("the file is not JSON") from None
    if not isinstance(file, dict) or file.get("format") != "beside-vectors" or file.get("version") != 1:
        raise BadFile('the file is not {"format": "beside-vectors", "version": 1, …}')
    cases = file.get("cases")
    if not isinstance(cases, list) or not cases or not all(isinstance(case, dict) for case in cases):
        raise BadFile('"cases" is not a list of cases')
    return cases


def _complaint(case: Given) -> str | None:
    """What is wrong with a case, None where it holds."""
    op, given = case.get("op"), case.get("in")
    if not isinstance(op, str) or op not in OPERATIONS:
        return f"unknown operation {op!r}"
    if not isinstance(given, dict) or ("out" in case) == ("error" in case):
        return 'a case needs "in" and either "out" or "error"'
    try:
        got, error = OPERATIONS[op](given), None
    except WireError as raised:
        got, error = None, raised.code
    except (KeyError, ValueError, TypeError, OverflowError, AttributeError) as raised:
        return f'"in" does not fit {op}: {type(raised).__name__}'
    if error != case.get("error"):
        return f"wanted {case.get('error') or 'a result'}, got {error or 'a result'}"
    return None if error or _agree(got, case["out"]) else "another result"


def _agree(got: object, wanted: object) -> bool:
    """Equality; of an object, only the parts that the case names."""
    if isinstance(got, dict) and isinstance(wanted, dict):
        return bool(wanted) and all(name in got and got[name] == part for name, part in wanted.items())
    return type(got) is type(wanted) and got == wanted


def _hex(given: Given, name: str) -> bytes:
    return bytes.fromhex(given[name])


def _room(given: Given) -> RoomId:
    return RoomId(_hex(given, "room"))


def _place(given: Given) -> Place:
    m = given["m"]
    return Place(_room(m), m["epoch"], SeatId(_hex(m, "seat")), m["n"])


def _key(given: Given) -> StaffKey:
    key = StaffKey.load(_hex(given, "pkcs8"))
    if key.pub != _hex(given, "pub"):
        raise ValueError("pub")
    return key


def _keys(keys: dict[int, bytes]) -> list[list[int | str]]:
    return [[epoch, key.hex()] for epoch, key in keys.items()]


def _code_root(given: Given) -> str:
    own = code.ReturnCode(given["list"], tuple(given["idx"]))
    return code.code_root(own, _hex(given, "instance"), given["iter"]).hex()


def _slot(given: Given) -> Given:
    slot = code.slot(_hex(given, "root"), given["month"], given["k"])
    return {"room": slot.room.hex(), "seatSecret": slot.secret.hex(), "wrapKey": slot.wrap_key.hex()}


def _vault_keys(given: Given) -> Given:
    keys = code.vault_keys(_hex(given, "root"))
    return {"id": keys.id.hex(), "token": keys.token.hex(), "key": keys.key.hex()}


def _box_seal(given: Given) -> str:
    return box.box_seal(
        _hex(given, "key"), given["label"], _hex(given, "aad"), _hex(given, "pt"), _hex(given, "salt")
    ).hex()


def _box_open(given: Given) -> str:
    return box.box_open(_hex(given, "key"), given["label"], _hex(given, "aad"), _hex(given, "blob")).hex()


def _pack_keys(given: Given) -> str:
    return key_list.pack_keys({epoch: bytes.fromhex(key) for epoch, key in given["keys"]}).hex()


def _unpack_keys(given: Given) -> list[list[int | str]]:
    return _keys(key_list.unpack_keys(_hex(given, "packed")))


def _chain0(given: Given) -> str:
    return transcript.chain_start(_room(given)).hex()


def _chain_next(given: Given) -> str:
    place = _place(given)
    return transcript.chain_next(_hex(given, "prev"), given["seq"], place.header, _hex(given, "com")).hex()


def _encrypt(given: Given) -> Given:
    com, ct = envelope.encrypt(_hex(given, "key"), _place(given), _hex(given, "body"), _hex(given, "kf"))
    return {"com": com.hex(), "ct": ct.hex(), "ct_len": len(ct), "ct_sha256": hashlib.sha256(ct).hexdigest()}


def _decrypt(given: Given) -> Given:
    opened = envelope.decrypt(_hex(given, "key"), _place(given), _hex(given, "com"), _hex(given, "ct"))
    return {"body": opened.body.hex(), "kf": opened.kf.hex()}


def _verify_item(given: Given) -> bool:
    place = _place({"m": {**given["row"], "room": given["room"]}})
    return envelope.verify_item(place, _hex(given["row"], "com"), _hex(given, "kf"), _hex(given, "body"))


def _wit_key_hash(given: Given) -> str:
    return envelope.witness_key_hash(_hex(given, "kw")).hex()


def _witness(given: Given) -> str:
    return envelope.witness(_hex(given, "kw"), _place(given), _hex(given, "com")).hex()


def _kid(given: Given) -> str:
    return kid_of(_hex(given, "pub")).hex()


def _seat_id(given: Given) -> str:
    return seat_id(_room(given), Kid(_hex(given, "kid"))).hex()


def _rekey_hash(given: Given) -> str:
    return key_list.rekey_hash(_room(given), given["epoch"], _hex(given, "key")).hex()


def _open_room(given: Given) -> Given:
    seal = seals.open_room(_key(given), given["purpose"], _room(given), given["epoch"], _hex(given, "sealed"))
    return {"dirHash": seal.dir_hash.hex(), "keys": _keys(seal.keys)}


def _open_team_key(given: Given) -> Given:
    key = seals.open_team_key(_key(given), given["team"], given["epoch"], _hex(given, "sealed"))
    return {"pkcs8": key.pkcs8.hex(), "pub": key.pub.hex()}


def _open_flag(given: Given) -> object:
    seat = SeatId(_hex(given, "seat"))
    flag = FlagId(_hex(given, "flag"))
    return seals.open_flag(_key(given), flag, _room(given), seat, _hex(given, "sealed"))


def _staff_keys(given: Given) -> Given:
    keys = staff.staff_keys(given["password"], _hex(given, "salt"), _hex(given, "secret"), given["iter"])
    return {"auth": keys.auth.hex(), "wrap": keys.wrap.hex()}


def _enrol_mac(given: Given) -> str:
    mac_key = staff.invite_keys(_hex(given, "invite")).mac_key
    staff_id = StaffId(_hex(given, "staff_id"))
    return staff.enrol_mac(
        mac_key, _hex(given, "instance"), staff_id, given["role"], _hex(given, "pub")
    ).hex()


def _dir_verify(given: Given) -> bool:
    return directory.verify_signature(_hex(given, "pub"), _hex(given, "payload"), _hex(given, "sig"))


def _pow_check(given: Given) -> bool:
    salt, cost, bits = _hex(given, "salt"), given["cost"], given["bits"]
    return all(solves(salt, cost, bits, i, counter) for i, counter in enumerate(given["solution"]))


OPERATIONS: dict[str, Callable[[Given], object]] = {
    "code_root": _code_root,
    "slot": _slot,
    "vault_keys": _vault_keys,
    "box_seal": _box_seal,
    "box_open": _box_open,
    "pack_keys": _pack_keys,
    "unpack_keys": _unpack_keys,
    "chain0": _chain0,
    "chain_next": _chain_next,
    "encrypt": _encrypt,
    "decrypt": _decrypt,
    "verify_item": _verify_item,
    "wit_key_hash": _wit_key_hash,
    "witness": _witness,
    "kid": _kid,
    "seat_id": _seat_id,
    "rekey_hash": _rekey_hash,
    "open_room": _open_room,
    "open_team_key": _open_team_key,
    "open_flag": _open_flag,
    "staff_keys": _staff_keys,
    "enrol_mac": _enrol_mac,
    "dir_verify": _dir_verify,
    "pow_check": _pow_check,
}


def main(arguments: list[str]) -> int:
    """The command; its exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m app.companion.vectors FILE\n")
        return 2
    try:
        return 0 if run(Path(arguments[0]), lambda text: sys.stdout.write(text + "\n")) else 1
    except BadFile as error:
        sys.stderr.write(f"{arguments[0]}: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
