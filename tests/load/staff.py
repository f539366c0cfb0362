"""Who works in the service under load, and how the server learns of it."""

import json
import secrets
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection

from app.companion.keys import StaffKey, sign_directory
from app.wire.directory import LIFETIME, SUITE, VERSION, Directory, Member, Profile, SignedDirectory, Team
from app.wire.ids import Kid
from app.wire.sizes import ID

STAFF = 900
"""Peers in the directory, which holds at most 1,000."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who works here, and the directory that says so."""

    instance: bytes
    root: StaffKey = field(repr=False)
    peers: tuple[Kid, ...]
    team: Kid
    directory: SignedDirectory = field(repr=False)


def staff_of(count: int) -> Staff:
    """Fresh keys for `count` peers and one coordinator, and their signed directory."""
    root, team, moderation, coordinator = (StaffKey.generate() for _ in range(4))
    peers = [StaffKey.generate() for _ in range(count)]
    now = int(time.time())
    directory = Directory(
        v=VERSION,
        instance=secrets.token_bytes(ID),
        serial=1,
        issued=now,
        expires=now + LIFETIME,
        earlier=(),
        teams={
            "peer": Team(SUITE, 1, team.pub, tuple(peer.kid for peer in peers)),
            "moderation": Team(SUITE, 1, moderation.pub, (coordinator.kid,)),
            "root": Team(SUITE, 1, root.pub, (coordinator.kid,)),
        },
        staff=(
            _member(coordinator, "coordinator", "Coordinator"),
            *(_member(peer, "peer", f"Peer {number}") for number, peer in enumerate(peers)),
        ),
    )
    return Staff(
        directory.instance,
        root,
        tuple(peer.kid for peer in peers),
        team.kid,
        sign_directory(root, directory.to_payload()),
    )


def _member(key: StaffKey, role: str, alias: str) -> Member:
    profile = Profile(alias, "0", "here to listen", ("en",), ("worry", "grief"), ())
    return Member(key.kid, key.pub, (role,), profile)


def put_in_force(port: int, staff: Staff) -> None:
    """Give the server its directory, as a coordinator's browser does. RuntimeError where it is refused."""
    http = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        post(http, "service/directory", {"directory": staff.directory.to_json()})
    finally:
        http.close()


def post(http: HTTPConnection, path: str, body: object, pass_: str | None = None) -> object:
    """The answer to a JSON request under /api/. RuntimeError for every status but 200."""
    headers = {"Content-Type": "application/json", "Origin": f"http://{http.host}:{http.port}"}
    if pass_ is not None:
        headers["Authorization"] = f"Bearer {pass_}"
    http.request("POST", f"/api/{path}", json.dumps(body), headers)
    answer = http.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {content[:200].decode(errors='replace')}")
    return json.loads(content)
