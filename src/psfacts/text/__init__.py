"""Processing of text without a store: words, names, numbers and dates."""
