"""A whole fact base into a file, one module a format."""
