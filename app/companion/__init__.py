"""The protocol in Python: its cryptography, a client and a peer. The server never imports it."""
