"""House 1: who may sign in. Knows nothing about what is said."""
