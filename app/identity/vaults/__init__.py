"""Clients' journals: opaque blobs that lead to no room and to nobody (docs/protocol.md, 3)."""
