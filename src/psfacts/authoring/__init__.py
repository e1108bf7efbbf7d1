"""From a draft to a fact base: an aid for authors."""
