"""What an operator does: bring stores up to date, purge, check, back up, restore; look from outside."""
