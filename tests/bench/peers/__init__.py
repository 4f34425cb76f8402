"""What people would use instead, as its own documentation shows it; each a program that the benchmarks start."""
