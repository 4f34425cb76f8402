"""What must hold whatever goes wrong: kills, outages, floods, nonsense.

Each row is one file, on every database. The ordinary test run proves a small size of it, ``make faults`` the full
one, with a table of figures.
"""
