"""A whole fact base as one self-contained HTML page: its data, and the files that show it."""
