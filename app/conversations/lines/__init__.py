"""Own lines that a peer shows to a colleague by name, provably: nothing of it can be read here."""
