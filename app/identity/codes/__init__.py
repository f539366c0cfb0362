"""The second factor: six digits that a phone makes anew every thirty seconds (RFC 6238)."""
