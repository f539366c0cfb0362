"""The ids of this house. A staff account or a vault cannot even be named here."""

from app.wire.ids import CLIENT_SEAT, FlagId, Kid, RoomId, SeatId, StoreId, kid_of, seat_id

__all__ = [
    "CLIENT_SEAT",
    "Conversations",
    "FlagId",
    "Kid",
    "RoomId",
    "SeatId",
    "StoreId",
    "kid_of",
    "seat_id",
]


class Conversations:
    """Marks transactions of this house."""
