"""From files to validated records: JSON, JSON Lines, several files as one base, and the rules between records."""
