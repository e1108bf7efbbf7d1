"""Search: a person's own words in, the facts that answer them out, or what is missing."""
