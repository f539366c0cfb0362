"""The demo: a cast made through the real API, and a scripted client who waits for a peer's hello."""
