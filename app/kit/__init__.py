"""Ground everything stands on. No domain word appears here."""
