"""Plugins as the host sees them: found by metadata, loaded one at a time, never trusted to succeed.

A plugin that fails is named with the reason; it never ends the run and never changes what another
plugin gives.
"""
