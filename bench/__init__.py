"""Measurements: each prints its figure beside its limit or its counterpart in the same run."""
