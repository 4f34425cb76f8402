"""The playground: the whole bot on this machine, with a stand-in for Telegram and a chat page."""
