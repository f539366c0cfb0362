"""Own lines that a peer shows to one colleague, who can check them (docs/protocol.md, 11).

The form is a flag's, the seal for one person's own key. `com` binds each body to its header: a peer alone can
show nothing that was not said, and nothing of anybody else's.
"""

import secrets
from collections.abc import Iterable, Sequence

from app.companion.answers import AllShown, Answer, LineRow, ShownLines
from app.companion.body import parse_body
from app.companion.envelope import Place, verify_item
from app.companion.evidence import Proof, Shown
from app.companion.flag import Disclosed, Flag
from app.companion.seals import open_flag, seal_flag
from app.companion.staff_session import StaffSession
from app.companion.transcript import Received
from app.wire.errors import WireError
from app.wire.ids import FlagId, Kid, RoomId, seat_id
from app.wire.sizes import ID


async def show_lines(
    session: StaffSession, room: RoomId, to: Kid, picked: Iterable[Received], *, reason: str = ""
) -> FlagId:
    """Show own messages of a room to one colleague.

    WireError: `flag_format` for a message of another seat or without words, `unknown` for who is not
    in the directory, `too_long`; ApiError.
    """
    seat = seat_id(room, session.kid)
    chosen = tuple(picked)
    if any(received.seat != seat for received in chosen):
        raise WireError("flag_format")
    member = session.trust.directory.member(to)
    if member is None:
        raise WireError("unknown")
    lines_id = FlagId(secrets.token_bytes(ID))
    content = Flag.of(chosen, reason=reason).to_json()
    sealed = seal_flag(member.pub, lines_id, room, seat, content)
    request = {"room": room, "to": to, "id": lines_id, "sealed": sealed}
    await session.post("lines/show", request, Answer)
    return lines_id


async def shown_to(session: StaffSession) -> tuple[ShownLines, ...]:
    """What colleagues show to this person."""
    return (await session.post("lines/shown", {}, AllShown)).lines


async def shown_by(session: StaffSession) -> tuple[ShownLines, ...]:
    """What this peer shows to colleagues."""
    return (await session.post("lines/mine", {}, AllShown)).lines


async def put_away(session: StaffSession, lines_id: FlagId) -> None:
    """Take lines back, or put those away that one was shown."""
    await session.post("lines/drop", {"id": lines_id}, Answer)


def read_lines(session: StaffSession, lines: ShownLines) -> tuple[Shown, ...]:
    """Each line with what the proof says of it. WireError: `flag_format`, `aead`."""
    room, by = RoomId(lines.room), Kid(lines.by)
    seat = seat_id(room, by)
    flag = Flag.read(open_flag(session.keyring.key, FlagId(lines.id), room, seat, lines.sealed))
    return tuple(_checked(room, by, lines.rows, item) for item in flag.items)


def _checked(room: RoomId, by: Kid, rows: Sequence[LineRow], item: Disclosed) -> Shown:
    seat = seat_id(room, by)
    row = next((row for row in rows if row.seq == item.seq), None)
    try:
        body = parse_body(item.body)
    except WireError:
        body = None
    is_said = row is not None and verify_item(Place(room, row.ke, seat, row.n), row.com, item.kf, item.body)
    proof: Proof = "ok" if is_said and body is not None and body.seen[0] < item.seq else "bad"
    return Shown(item.seq, seat, by, body, proof)
