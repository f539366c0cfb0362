"""What a coordinator's browser publishes is what the server and this client read, byte for byte."""

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

from app.companion.keys import StaffKey
from app.companion.seals import TeamName, open_team_key
from app.identity.directory.rules import TeamSeal, check_seals
from app.wire.directory import (
    LIFETIME,
    Directory,
    Profile,
    SignedDirectory,
    accept,
    directory_hash,
    parse_directory,
)
from app.wire.encoding import b64u, unb64u
from app.wire.ids import Kid, kid_of

ROOT = Path(__file__).parents[3]

TEAMS: dict[str, TeamName] = {"peer": "peer", "moderation": "moderation", "root": "root"}

FOUNDER = Profile('Ana "Núñez" \\ 🪨', "3", "a/b <c> & d\u2028e", ("es", "en"), ("grief",), ("faith",))
NEWCOMER = Profile("Ifẹ́", "1", "", (), (), ())


def test_a_directory_made_in_a_browser_reads_the_same_here_and_would_be_signed_as_the_same_bytes() -> None:
    founder, newcomer = StaffKey.generate(), StaffKey.generate()
    given = {
        "pkcs8": [b64u(founder.pkcs8), b64u(newcomer.pkcs8)],
        "profiles": [asdict(FOUNDER), asdict(NEWCOMER)],
    }
    run = subprocess.run(
        [ROOT / "scripts" / "with-node", "node", Path(__file__).with_name("publish.js")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    made = json.loads(run.stdout)
    root, instance, now = unb64u(made["root"]), unb64u(made["instance"]), made["now"]

    directories: list[Directory] = []
    for publication in made["publications"]:
        signed = SignedDirectory.from_json(publication["directory"])
        directory = accept(signed, {kid_of(root): root}, instance, len(directories), now)
        assert directory.to_payload() == signed.payload
        seals = [
            TeamSeal(seal["team"], seal["epoch"], Kid(unb64u(seal["kid"])), unb64u(seal["sealed"]))
            for seal in publication["team_keys"]
        ]
        held = {("root", 1, founder.kid)} if directories else set()
        check_seals(directory, held, seals)
        for seal in seals:
            key = founder if seal.kid == founder.kid else newcomer
            opened = open_team_key(key, TEAMS[seal.team], seal.epoch, seal.sealed)
            assert opened.pub == directory.teams[seal.team].pub
        directories.append(directory)

    first, second = directories
    assert [member.profile for member in second.staff] == [FOUNDER, NEWCOMER]
    assert (second.serial, second.earlier) == (2, (directory_hash(first.to_payload()),))
    assert second.expires - second.issued == LIFETIME
    members = {name: (team.epoch, team.members) for name, team in second.teams.items()}
    # Nobody is there to be a peer: the coordinator stands in.
    assert members == {
        "peer": (2, (founder.kid,)),
        "moderation": (2, (newcomer.kid,)),
        "root": (1, (founder.kid,)),
    }
    assert parse_directory(second.to_payload()) == second
