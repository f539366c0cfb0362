"""A room's life, its seats and its seals."""
