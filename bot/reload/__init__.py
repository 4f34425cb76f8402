"""Content that changes while the bot runs: noticed, checked, and put in place whole, or not at all."""
