"""Ids of this house. A room, a seat or a client cannot even be named here."""

from typing import Literal

from app.wire.ids import Kid, StaffId, VaultId

__all__ = ["Identity", "Kid", "Role", "StaffId", "VaultId"]

Role = Literal["peer", "moderator", "coordinator"]


class Identity:
    """Marks transactions of this house."""
