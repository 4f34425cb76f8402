"""What the bot starts by itself: a tip at the hour that each person chose.

It knows neither Telegram nor a database: only the ports of the guide, and a clock that can be waited on.
"""
