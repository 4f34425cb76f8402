"""What happens: pure functions from a person, an action and the time to a turn.

Nothing in here does I/O, reads a clock or knows Telegram.
"""
