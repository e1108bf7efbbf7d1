"""What programs that answer for a person are given: a server on standard input and output, and a skill to read."""
