"""Tools for authors: from a draft to a fact base."""
