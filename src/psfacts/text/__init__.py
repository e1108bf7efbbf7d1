"""Words, names, numbers and dates: what can be told of text without a store."""
