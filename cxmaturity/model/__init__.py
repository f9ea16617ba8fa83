"""The nouns of the field as frozen values: rubric, answers, engagement, scorecard.

Nothing here reads a file, prints, knows a clock or computes a score.
"""
