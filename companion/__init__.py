"""Companion: scene-timed notes and polls on every phone while a film plays.

Imports nothing, so that eventlet can patch first.
"""
