"""The judgement: pure functions from a rubric and answers to numbers that explain themselves.

No file, clock, console or plugin manager is known here; kinds and methods arrive as records.
"""
