"""Beside: anonymous peer chat behind a blind server."""
