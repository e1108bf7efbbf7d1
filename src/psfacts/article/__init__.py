"""A source's text: normalised, addressed by passages, and found again in a user's copy."""
