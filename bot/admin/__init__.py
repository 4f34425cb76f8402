"""What only operators can do: they write to many people at once."""
