"""Private keys of staff, teams and the root: P-256 for all (docs/protocol.md, 1, 2 and 5)."""

from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from app.wire.directory import SignedDirectory, signed_bytes
from app.wire.errors import WireError
from app.wire.ids import Kid, kid_of


@dataclass(frozen=True, repr=False)
class StaffKey:
    """A P-256 private key that staff hold: their own, a team's, or the organisation's root."""

    private: ec.EllipticCurvePrivateKey

    @classmethod
    def generate(cls) -> "StaffKey":
        """A fresh key from the system's generator."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def load(cls, pkcs8: bytes) -> "StaffKey":
        """The key in unencrypted PKCS#8 (DER). WireError("malformed") for anything but a P-256 key."""
        try:
            private = load_der_private_key(pkcs8, None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise WireError("malformed") from None
        if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
            raise WireError("malformed")
        return cls(private)

    @cached_property
    def pub(self) -> bytes:
        """The public half as an uncompressed point (65 bytes)."""
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @cached_property
    def kid(self) -> Kid:
        """The id of the public half."""
        return kid_of(self.pub)

    @property
    def pkcs8(self) -> bytes:
        """The private half as unencrypted PKCS#8 (DER), to be sealed or boxed at once."""
        return self.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def __repr__(self) -> str:
        return "<StaffKey P-256>"


def public_key(pub: bytes) -> ec.EllipticCurvePublicKey:
    """The public key of an uncompressed point. WireError("malformed") where it is not on the curve."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), pub)
    except ValueError:
        raise WireError("malformed") from None


def sign_directory(root: StaffKey, payload: bytes) -> SignedDirectory:
    """The payload with the root's ES256 signature over it (raw r‖s)."""
    der = root.private.sign(signed_bytes(payload), ec.ECDSA(SHA256()))
    r, s = decode_dss_signature(der)
    return SignedDirectory(payload, ((root.kid, r.to_bytes(32, "big") + s.to_bytes(32, "big")),))
