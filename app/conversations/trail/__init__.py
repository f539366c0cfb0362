"""What staff did about others: an append-only list, each entry hashed over the one before."""
