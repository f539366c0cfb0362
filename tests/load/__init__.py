"""The load table: Beside beside a bare relay and a minimal durable relay, on the same work, in one run."""
