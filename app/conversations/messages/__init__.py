"""What is said in a room: placed in order, committed in groups, never read."""
