"""Who is on the staff: what a publication changes, and how two people suspend one. All of it is audited."""
