"""Short-lived signed passes: the one thing that a browser carries from this house to the other."""
