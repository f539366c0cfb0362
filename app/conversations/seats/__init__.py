"""A second staff seat: a peer asks a colleague in, the colleague would come, the client decides by name."""
