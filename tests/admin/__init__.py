"""Operators write to many people at once."""
