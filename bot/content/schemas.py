"""JSON Schemas of the content's files, so that editors complete keys and underline mistakes while one writes.

They are made of the models. Three of each kind: ``faq.json`` for a file that holds everything, ``faq.part.json`` for one whose
rest stands in another file (facts apart from words), ``faq.words.json`` for a translation. They cannot tell all that the check
can, but what they underline is wrong, or empty in a translation that is not finished.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.content.fields import KindFile
from bot.content.kinds import KINDS
from bot.content.library import AreaSpec, BotFile
from bot.content.shapes import Shape, shape_of
from bot.errors import ContentError, Fault

FOLDER = "schema"
"""In the folder of the content; the bot does not read it."""

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NOT_SAID_OF_PARTS = ("required", "minItems", "prefixItems")

Json = dict[str, Any]


def schemas(areas: Sequence[AreaSpec], kinds: Mapping[str, type[KindFile]] = KINDS) -> dict[str, str]:
    """All of them: the name of the file and what stands in it."""
    made: dict[str, Json] = {"bot": _bot(areas)}
    for kind, model in kinds.items():
        made[kind] = _whole(model)
        made[f"{kind}.part"] = _loose(made[kind])
        if (shape := shape_of(model)).has_words:
            made[f"{kind}.words"] = _loose(_words_of(shape, made[kind]))
    made["ui"] = {"type": "object", "additionalProperties": False, "properties": _sections(areas)}
    made["ui.words"] = _loose(made["ui"])
    return {
        f"{name}.json": json.dumps({"$schema": DRAFT, **schema}, ensure_ascii=False, indent=1) + "\n"
        for name, schema in made.items()
    }


def write_schemas(directory: Path, areas: Sequence[AreaSpec]) -> tuple[Path, ...]:
    """Write them below a folder of content; returns the files. Raises :class:`ContentError` if that cannot be done."""
    folder, written = directory / FOLDER, schemas(areas)
    try:
        folder.mkdir(exist_ok=True)
        for former in set(folder.glob("*.json")) - {folder / name for name in written}:
            former.unlink()
        for name, text in written.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        message = f"cannot be written ({error.strerror})"
        raise ContentError([Fault(str(folder), 0, "", message)]) from None
    return tuple(folder / name for name in written)


def lacking_lines(directory: Path, base: str) -> list[tuple[Path, str]]:
    """The files that do not name their schema in the first line, and what should stand there."""
    named = files_and_schemas(directory, base)
    return [(file, line) for file, line in named if file.read_text("utf-8").split("\n", 1)[0].strip() != line]


def files_and_schemas(directory: Path, base: str) -> Iterator[tuple[Path, str]]:
    """Each file of a folder of content, and the first line that names its schema."""
    for file in sorted((*directory.glob("*.yaml"), *directory.glob("*/*.yaml"))):
        if file.name.startswith(".") or file.name.endswith(".missing.yaml"):
            continue
        language = "" if file.parent == directory else file.parent.name
        yield file, first_line(file.stem, up=bool(language), form=_form(directory, file, language, base))


def first_line(kind: str, *, up: bool, form: str = "") -> str:
    """``form`` is empty, ``.part`` or ``.words``; ``up``: the file is in the folder of a language."""
    return f"# yaml-language-server: $schema={'../' if up else ''}{FOLDER}/{kind}{form}.json"


def _form(directory: Path, file: Path, language: str, base: str) -> str:
    if language not in ("", base):
        return ".words"
    apart = (directory / file.name).exists() and (directory / base / file.name).exists()
    return ".part" if apart else ""


def _bot(areas: Sequence[AreaSpec]) -> Json:
    schema = _whole(BotFile)
    schema["properties"]["areas"]["items"] = {"enum": [area.name for area in areas]}
    return schema


def _sections(areas: Sequence[AreaSpec]) -> Json:
    return {area.name: _whole(area.words) for area in areas}


def _whole(model: type[BaseModel]) -> Json:
    """A model's schema in one piece, without what a file cannot hold and what only says the key again."""
    schema = model.model_json_schema()
    inlined: Json = _inlined(schema, schema.get("$defs", {}))
    inlined.pop("$defs", None)
    return inlined


def _inlined(schema: Any, definitions: Json) -> Any:
    if isinstance(schema, list):
        return [_inlined(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if reference := schema.get("$ref"):
        return _inlined(definitions[reference.rpartition("/")[2]], definitions)
    choices = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(choices) == 1:
        schema = {**schema, **choices[0]}
        del schema["anyOf"]
        return _inlined(schema, definitions)
    made: Json = {}
    for key, value in schema.items():
        if key == "properties":
            made[key] = {name: _inlined(each, definitions) for name, each in value.items()}
        elif key not in ("title", "default", "$defs"):
            made[key] = _inlined(value, definitions)
    return made


def _words_of(shape: Shape, schema: Json, *, entry: bool = False) -> Json:
    """Only what a translation may change, and the ids that say which entry of a list it belongs to."""
    if shape.words:
        return schema
    if shape.item and "items" in schema:
        return {**schema, "items": _words_of(shape.item, schema["items"], entry=shape.role == "shelf")}
    properties = {
        name: _words_of(below, schema["properties"][name])
        for name, below in shape.fields.items()
        if name in schema.get("properties", {}) and (below.has_words or (entry and name == "id"))
    }
    required = [name for name in schema.get("required", ()) if name in properties]
    return {**schema, "properties": properties, "required": required}


def _loose(schema: Any) -> Any:
    """Nothing must be there but the id of an entry, since the rest stands elsewhere."""
    if isinstance(schema, list):
        return [_loose(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    loose: Json = {}
    for key, value in schema.items():
        if key == "properties":
            loose[key] = {name: _loose(each) for name, each in value.items()}
        elif key not in _NOT_SAID_OF_PARTS:
            loose[key] = _loose(value)
    if "id" in schema.get("required", ()):
        loose["required"] = ["id"]
    return loose
