"""How far a translation is: which texts it lacks, which were changed in the base language since, and which translate nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bot.content.assembly import Assembly, Trees
from bot.content.fields import KindFile
from bot.content.files import Folder, read_folder
from bot.content.kinds import KINDS
from bot.content.library import AreaSpec
from bot.content.shapes import Shape
from bot.content.translation_record import RECORD, halves, mark_of, read_record, write_record
from bot.content.tree import Broken, Items, Leaf, Pairs, Place, Tree, entries_of, id_of
from bot.content.unfilled import drop_unfilled
from bot.errors import ContentError, Fault

Way = tuple[tuple[str, bool], ...]

State = Literal["done", "missing", "stale", "extra"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the base language and what became of it.

    ``key`` is where it stands, by ids: ``faq.watering.answer``; ``way`` the same from the top of its file, and whether each
    part is the id of an entry.
    """

    key: str
    way: Way
    state: State
    base: Tree | None
    """``None`` for what is extra."""
    words: Tree | None
    """``None`` for what is missing."""
    path: str
    """The file of the translation."""

    @property
    def place(self) -> Place:
        """Where to look: at the translation, or for what is missing at the file it belongs into."""
        return self.words.place if self.words else Place(self.path, 0)

    def __str__(self) -> str:
        told = {
            "done": "is up to date",
            "missing": f"is missing; {_where(self.base)} has it",
            "stale": f"is of an earlier text; look at {_where(self.base)}, then change it or --accept it",
            "extra": "translates nothing; take it out",
        }
        return str(Fault(self.place.path, self.place.line, self.key, told[self.state]))


@dataclass(frozen=True, slots=True)
class Survey:
    """One language. ``texts`` are in the order of the base language; what is extra comes last."""

    language: str
    texts: tuple[Text, ...]
    marks: Mapping[str, str]
    """What the record should say: as it was for what is stale, anew for all else."""
    directory: Path

    def of(self, state: State) -> tuple[Text, ...]:
        return tuple(text for text in self.texts if text.state == state)

    @property
    def complete(self) -> bool:
        return all(text.state == "done" for text in self.texts)

    def summary(self) -> str:
        count = {state: len(self.of(state)) for state in ("missing", "stale", "extra")}
        wanted = len(self.texts) - count["extra"]
        there = wanted - count["missing"]
        details = ", ".join(f"{number} {state}" for state, number in count.items())
        return f"{self.language}: {there} of {wanted} texts are translated; {details}"


def languages_of(directory: Path) -> tuple[str, ...]:
    """All languages with a folder but the base. Raises :class:`~bot.errors.ContentError` if the base cannot be told."""
    folder = read_folder(directory, KINDS)
    return tuple(name for name in folder.languages if name != _base_of(folder))


def base_language(directory: Path) -> str:
    """As ``bot.yaml`` has it, whatever else is wrong. Raises :class:`~bot.errors.ContentError` if it cannot be told."""
    return _base_of(read_folder(directory, KINDS))


def survey(
    directory: Path,
    language: str,
    areas: Sequence[AreaSpec],
    *,
    kinds: Mapping[str, type[KindFile]] = KINDS,
    accept: Collection[str] | None = None,
) -> Survey:
    """Compare one language with the base; faults of the content that have nothing to do with it do not matter.

    ``accept``: stale texts with these keys count as up to date, all of them if it is empty. Raises
    :class:`~bot.errors.ContentError` if the files cannot be read, or if it is the base itself.
    """
    folder = read_folder(directory, kinds)
    base = _base_of(folder)
    if language == base:
        message = "is the first language, from which the others are translated; name one of those"
        raise ContentError([Fault(language, 0, "", message)])
    unreadable = [fault for fault in folder.faults if _concerns(fault, folder, ("", base, language))]
    if unreadable:
        raise ContentError(unreadable)
    assembly = Assembly(folder, kinds, areas)
    fallback = _fallback(folder, language, base)
    trees = assembly.languages(tuple(dict.fromkeys((base, fallback))))[fallback]
    reader = _Comparison(read_record(directory / language / RECORD), accept)
    for kind, shape in assembly.shapes.items():
        reader.compare(kind, shape, trees, folder, language)
    regional = fallback != base
    texts = (text for text in (*reader.texts, *reader.extra) if not (regional and text.state == "missing"))
    return Survey(language, tuple(texts), reader.marks, directory / language)


def keep_record(found: Survey) -> None:
    """Write the record, if it says anything new and there is a translation. :class:`OSError` if that cannot be done."""
    path = found.directory / RECORD
    if found.directory.is_dir() and found.marks != read_record(path):
        write_record(path, found.marks)


@dataclass(slots=True)
class _Comparison:
    record: Mapping[str, str]
    accept: Collection[str] | None
    texts: list[Text] = field(default_factory=list)
    extra: list[Text] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    _kind: str = ""
    _path: str = ""

    def compare(self, kind: str, shape: Shape, trees: Trees, folder: Folder, language: str) -> None:
        base, file = trees.kinds.get(kind), folder.get(language, kind)
        if base is None and file is None:
            return
        path = folder.path(language, f"{kind}.yaml")
        translated = (file.tree if file else None) or Pairs(Place(path, 0))
        drop_unfilled(shape, translated)
        self._kind, self._path = kind, path
        self._pairs(shape, base or Pairs(Place("", 0)), translated, ())

    def _pairs(self, shape: Shape, base: Pairs, words: Pairs | None, way: Way) -> None:
        for name, value in base.pairs.items():
            below = shape.below(name)
            if below and below.has_words:
                self._value(below, value, words.pairs.get(name) if words else None, (*way, (name, False)))
        for name, value in words.pairs.items() if words else ():
            below = shape.below(name)
            if name not in base.pairs and below and below.role == "list" and below.words:
                # Other names of a thing, say: a language has its own, where the base language has none.
                continue
            if name != "id" and not (name in base.pairs and below and below.has_words):
                self._extra(value, (*way, (name, False)))

    def _value(self, shape: Shape, base: Tree, words: Tree | None, way: Way) -> None:
        if shape.words:
            self._text(base, words, way)
        elif shape.role == "shelf" and isinstance(base, Items) and shape.item:
            self._shelf(shape.item, base, words if isinstance(words, Items) else None, way)
        elif isinstance(base, Pairs):
            self._pairs(shape, base, words if isinstance(words, Pairs) else None, way)

    def _shelf(self, entry: Shape, base: Items, words: Items | None, way: Way) -> None:
        translated = entries_of(words) if words else {}
        known = entries_of(base)
        for id_, base_entry in known.items():
            self._pairs(entry, base_entry, translated.get(id_), (*way, (id_, True)))
        for item in words.items if words else ():
            id_ = id_of(item) or "?"
            if id_ not in known:
                self._extra(item, (*way, (id_, True)))

    def _extra(self, words: Tree, way: Way) -> None:
        self.extra.append(Text(self._key(way), way, "extra", None, words, self._path))

    def _text(self, base: Tree, words: Tree | None, way: Way) -> None:
        key = self._key(way)
        if words is None and isinstance(base, Items) and not base.items:
            # An empty list has no words.
            return
        if words is None or isinstance(words, Broken):
            self.texts.append(Text(key, way, "missing", base, None, self._path))
            return
        of_base, of_words = halves(self.record.get(key))
        as_it_was = of_words == mark_of(words) and of_base != mark_of(base)
        stale = as_it_was and not self._accepted(key)
        self.texts.append(Text(key, way, "stale" if stale else "done", base, words, self._path))
        self.marks[key] = self.record[key] if stale else f"{mark_of(base)}-{mark_of(words)}"

    def _key(self, way: Way) -> str:
        """Of the kind and the way; a collection that is called like its kind goes without saying."""
        names = [name for name, _ in way]
        return ".".join(names if names[0] == self._kind else [self._kind, *names])

    def _accepted(self, key: str) -> bool:
        return self.accept is not None and (not self.accept or key in self.accept)


def _base_of(folder: Folder) -> str:
    file = folder.get("", "bot")
    languages = file.tree.pairs.get("languages") if file and file.tree else None
    first = languages.items[0] if isinstance(languages, Items) and languages.items else None
    if not isinstance(first, Leaf) or first.text not in folder.languages:
        message = "the base language cannot be told; name it first in 'languages', and make its folder"
        raise ContentError([Fault(folder.path("bot.yaml"), 0, "languages", message)])
    return first.text


def _fallback(folder: Folder, language: str, base: str) -> str:
    tag = language.rpartition("-")[0]
    while tag and tag not in folder.languages:
        tag = tag.rpartition("-")[0]
    return tag or base


def _concerns(fault: Fault, folder: Folder, names: Collection[str]) -> bool:
    parent = Path(fault.path).parent
    return any(parent == folder.shown / name for name in names)


def _where(tree: Tree | None) -> str:
    if tree is None:
        return "the base language"
    place = tree.place_of_words if isinstance(tree, Pairs) else tree.place
    return f"{place.path}:{place.line}"
