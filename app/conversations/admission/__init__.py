"""A pass or a seat secret in, a caller out: the one door of this house."""
