"""The stand-in for the Bot API keeps Telegram's rules, and two independent libraries agree with it."""
