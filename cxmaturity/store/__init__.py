"""Engagements on disk: read, write, lock, upgrade, verify.

Everything that is kept is kept through this package, so that one place promises what a consultant
relies on: what was acknowledged is there, whatever broke in between.
"""
