"""What happened to the team: who came and went, and who signed in, as a chain of hashes."""
