"""Which group of countries a person lives in: asked once, used wherever it matters."""

REGION = "region"
"""Kind of the mark; its item is :data:`MINE`, its value the id of a region."""
MINE = "mine"
