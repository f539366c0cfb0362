"""A peer's private notes on rooms: a box for each seat, which its owner alone opens (docs/protocol.md, 4)."""
