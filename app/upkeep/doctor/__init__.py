"""A service as its operator cannot see it from a desk: from outside, and on the machine that serves."""
