"""A whole fact base as one page of HTML that needs nothing else: its data, and the files that show it."""
