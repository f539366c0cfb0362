"""`beside talk`: a client and a peer in a terminal."""
