"""Rubrics as files: found, read with all problems at once, extended, and described for authors.

This is where a folder of TOML becomes a checked :class:`~cxmaturity.model.rubric.Rubric`.  Nothing
here scores, and nothing here writes into a rubric's folder.
"""
