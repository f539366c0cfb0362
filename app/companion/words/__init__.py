"""The lists of return-code words, one word a line, in the order of their indices (docs/protocol.md, 3)."""
