"""Interfaces for agents: a server on standard input and output, and a skill."""
