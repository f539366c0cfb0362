"""What the coordinator set of the service: opening hours, closures, how long talks are kept, the hold."""
