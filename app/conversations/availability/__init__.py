"""Which peers are on, and who of them could meet somebody now."""
