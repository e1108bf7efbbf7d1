"""Facts held against an article."""
