"""The text of a source: normalised, addressed by passages, and aligned with a user's copy."""
