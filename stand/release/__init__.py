"""Releases: the gate before one, and what one consists of."""
