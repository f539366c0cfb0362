"""The signed directory, and team keys sealed to their members."""
