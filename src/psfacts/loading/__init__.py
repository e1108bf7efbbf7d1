"""Loading fact bases: JSON, JSON Lines, several files as one base, and the rules between records."""
