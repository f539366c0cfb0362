"""Lengths in bytes that the protocol fixes (docs/protocol.md, 1, 4, 9 and 12)."""

ID = 16
"""A room, seat, key, staff, store, flag or vault id."""

KEY = 32
"""A room key, wrap key, seat secret or any other symmetric key."""

COM = 32
"""A message's commitment."""

HEAD = 32
"""A head of a room's chain."""

HASH = 32
"""A SHA-256 digest, such as a directory's hash."""

PUB = 65
"""An uncompressed P-256 point."""

SIGNATURE = 64
"""An ES256 signature, raw r‖s."""

EPOCHS = 15
"""The most key epochs a room may have."""

KEY_LIST = 512
"""A room's keys by epoch, packed and padded."""

SEAL = 625
"""A key list and a directory hash, sealed to a team or to one staff key."""

BOX_OVERHEAD = 81
"""What a box adds to its plaintext."""

WRAP = KEY_LIST + BOX_OVERHEAD
"""A key list in the client's own box."""

TEAM_KEY_SEAL = 337
"""A team's private key, sealed to one member."""

HPKE_OVERHEAD = 81
"""What an HPKE seal adds to its plaintext: the encapsulated key and a tag."""

FLAG_SEALS = frozenset(4096 * 2**k + HPKE_OVERHEAD for k in range(5))
"""A flag, sealed to the moderation team: five sizes, so that a length says little of how much was picked."""

SHOWN_SEALS = FLAG_SEALS | {4096 * 2**5 + HPKE_OVERHEAD}
"""A flag with what was sent later, sealed to the one person who is asked about it."""

FLAG_NOTE_SEALS = frozenset(1024 * 2**k + HPKE_OVERHEAD for k in range(3))
"""A moderator's line on a flag, sealed to the moderation team."""

VAULT_BOXES = frozenset(4096 * 2**k + BOX_OVERHEAD for k in range(7))
"""A client's journal in its box: seven sizes, so that a length says little of how much was written."""

NOTE_BOX = 4096 + BOX_OVERHEAD
"""A peer's private notes on one room, in their box: one size."""

STAFF_KEYS_BOX = 1024 + BOX_OVERHEAD
"""A staff member's private keys, in a box under the wrap key of their password and secret."""

CT_SIZES = (1040, 4112, 16400)
"""A message's ciphertext: three sizes, so that a length says little."""

TAKE_BACK_CT = CT_SIZES[0]
"""The ciphertext of the message inside an erase frame: always the smallest."""

MESSAGE_OVERHEAD = 36
"""What precedes the body in a message's plaintext: kf and the body's length."""

TAG = 16
"""An AES-GCM tag."""

BODY = CT_SIZES[-1] - TAG - MESSAGE_OVERHEAD
"""The longest body a message can carry."""
