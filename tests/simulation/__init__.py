"""Days of arrivals and shifts, played against the rules by which the service matches and tells the wait."""
