"""Words, numbers and marks for people: what every surface uses to show values.

Nothing here knows what a score means; it must never change a value, only write it.
"""
