"""Checks of facts against an article."""
