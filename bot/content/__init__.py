"""What the bot says: YAML files, read once into one typed, frozen :class:`~bot.content.library.Library`."""
