"""Answers made into text, one module a format: results in, text out.

Nothing here decides what an answer holds, and nothing here writes to a stream.
"""
