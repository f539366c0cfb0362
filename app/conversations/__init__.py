"""House 2: what happens in rooms. Knows nothing about people."""
