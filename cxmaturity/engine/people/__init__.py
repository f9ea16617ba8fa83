"""What people answered, made into levels and into figures that may be shown.

Everything that rests on respondents passes through here once; what leaves is a scorecard's cards.
Nothing here may hand on an answer, a code, or a figure of people who are too few.
"""
