"""Who waits, who meets whom, and how a room gets back in line."""
