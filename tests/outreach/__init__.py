"""What the bot starts by itself, in virtual time, with every port in miniature."""
