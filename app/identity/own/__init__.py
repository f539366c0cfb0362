"""One's own sign-in: sessions, password and second factor; and what the team is told of itself."""
