"""Founding, invitations, admission and departure. Who may act is what a root signed."""
