"""How the bot presents itself: names, descriptions, command lists and menu buttons."""

from __future__ import annotations

from typing import Any, Final

Json = dict[str, Any]

TEXTS: Final = ("name", "description", "short_description")


def scope_key(scope: Json) -> str:
    """A command scope as one word, for example `chat:1001`."""
    return ":".join(str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope)


class Profile:
    """What setMyCommands, setMyName, setMyDescription and their kin have set."""

    def __init__(self, name: str) -> None:
        self.texts: dict[str, dict[str, str]] = {key: {} for key in TEXTS}
        self.texts["name"][""] = name
        self._commands: dict[tuple[str, str], list[Json]] = {}
        self._menu_buttons: dict[int, Json] = {}

    def name(self) -> str:
        """The bot's name for everyone without a name in their own language."""
        return self.text("name", "")

    def text(self, key: str, language: str) -> str:
        """A name or description in this language, or else the one for all languages."""
        by_language = self.texts[key]
        return by_language.get(language) or by_language.get("", "")

    def set_text(self, key: str, language: str, text: str) -> None:
        """Sets a name or description; an empty one removes it, except that a bot always has a name."""
        if text:
            self.texts[key][language] = text
        elif key != "name" or language:
            self.texts[key].pop(language, None)

    def commands(self, language: str, scope: Json) -> list[Json]:
        """The list set for exactly this language and scope."""
        return self._commands.get((scope_key(scope), language), [])

    def set_commands(self, language: str, scope: Json, commands: list[Json]) -> None:
        """Replaces the list; an empty one removes it."""
        key = (scope_key(scope), language)
        if commands:
            self._commands[key] = commands
        else:
            self._commands.pop(key, None)

    def menu(self, person_id: int, language: str) -> list[Json]:
        """What a private chat offers: the narrowest scope first, the person's language before the rest."""
        for scope in (f"chat:{person_id}", "all_private_chats", "default"):
            for code in (language.partition("-")[0], ""):
                if found := self._commands.get((scope, code)):
                    return found
        return []

    def set_menu_button(self, chat_id: int, button: Json) -> None:
        """Sets the menu button of a private chat, or for chat 0 the one of all others."""
        if button["type"] == "default":
            self._menu_buttons.pop(chat_id, None)
        else:
            self._menu_buttons[chat_id] = button

    def menu_button(self, chat_id: int) -> Json:
        """The menu button of a private chat, or for chat 0 the one of all others."""
        everyone = self._menu_buttons.get(0, {"type": "commands"})
        return self._menu_buttons.get(chat_id, everyone)

    def to_dict(self) -> Json:
        """Everything, as JSON."""
        return {
            "texts": self.texts,
            "commands": [[scope, language, value] for (scope, language), value in self._commands.items()],
            "menu_buttons": {str(key): value for key, value in self._menu_buttons.items()},
        }

    @classmethod
    def from_dict(cls, data: Json) -> Profile:
        """The reverse of to_dict."""
        profile = cls("")
        profile.texts = {key: dict(data["texts"][key]) for key in TEXTS}
        profile._commands = {(scope, language): value for scope, language, value in data["commands"]}
        profile._menu_buttons = {int(key): value for key, value in data["menu_buttons"].items()}
        return profile
