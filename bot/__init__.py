"""A Telegram bot that walks complete beginners into a new field. Everything it says is YAML."""
