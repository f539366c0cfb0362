"""Two histories, one a house: they share no revision, no table and no database."""

from pathlib import Path
from typing import Final

IDENTITY: Final = Path(__file__).parent / "identity"
CONVERSATIONS: Final = Path(__file__).parent / "conversations"
