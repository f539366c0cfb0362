"""Writes tests/vectors/rfc9180.json: the public HPKE vectors of our suite, out of `cryptography_vectors`.

The package (Apache-2.0 or BSD-3-Clause) carries the vectors that accompany RFC 9180. Taken are mode base,
DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; the first encryptions are enough, as later ones differ
only in the sequence number.
"""

import json
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

PACKAGE = "cryptography_vectors"
SUITE = {"mode": 0, "kem_id": 0x0010, "kdf_id": 0x0001, "aead_id": 0x0002}
FIELDS = ("info", "ikmR", "ikmE", "skRm", "pkRm", "pkEm", "enc", "exports")
ENCRYPTIONS = 8
TARGET = Path(__file__).parent.parent / "tests" / "vectors" / "rfc9180.json"


def main() -> None:
    """Write the file anew; the same package version gives the same bytes."""
    everything = json.loads(files(PACKAGE).joinpath("HPKE", "test-vectors.json").read_text())
    ours = [entry for entry in everything if SUITE.items() <= entry.items()]
    cases = [
        {name: entry[name] for name in FIELDS} | {"encryptions": entry["encryptions"][:ENCRYPTIONS]}
        for entry in ours
    ]
    if not cases or not all(case["encryptions"] for case in cases):
        raise SystemExit("The package holds no vectors of our suite.")
    source = f"{PACKAGE} {version(PACKAGE)}, HPKE/test-vectors.json (RFC 9180), Apache-2.0 or BSD-3-Clause"
    TARGET.write_text(json.dumps({"source": source, **SUITE, "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
