"""The bytes of the protocol: pure, without I/O, shared by both houses, the live socket and the companion."""
