"""Whatever stands in the files: a library or an orderly refusal, never a crash."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.content.grammar import isolated
from bot.content.markdown import parse_markdown
from bot.content.markup import Node, Slot, Template
from bot.content.tree import value_of
from bot.content.yaml_reader import FASTEST_LOADER, read_yaml
from bot.errors import ContentError
from tests.content.packs import PACK, load_pack, write_pack

_fragments = st.sampled_from(
    ["a", "b: ", ": ", "- ", "\n", "  ", "\t", "'", '"', "#", " #", "{", "}", "[", "]", ",", "&x", "*x", "!t", "|", ">",
     "%", "@", "`", "---\n", "...\n", "? ", "<<", "~", "null", "no", "12:30", "2026-01-01", "\\", "é", "👩", "\x00",
     "\u2028", "\ufeff", "\xa0", "=", "1e3"]
)  # fmt: skip
_yamlish = st.lists(_fragments, max_size=40).map("".join)
_signs = st.sampled_from(
    ["a", "b ", " ", "\n", "\n\n", "*", "**", "_", "__", "~~", "||", "|", "`", "```", "[", "](", ")", "https://x.y", "<", ">",
     "<b>", "> ", "- ", "1. ", "# ", "{", "}", "{a}", "{{", "}}", "&amp;", "\\", "!", "    ", "---", "=", "🌱", "\x00", "|-|-|"]
)  # fmt: skip
_markdownish = st.lists(_signs, max_size=40).map("".join)


@given(st.binary(max_size=300) | _yamlish.map(str.encode))
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_line_that_exists(data: bytes) -> None:
    tree, faults = read_yaml(data, "f.yaml")

    assert tree or faults
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(0 <= fault.line <= lines and fault.message for fault in faults)


@pytest.mark.skipif(FASTEST_LOADER is yaml.SafeLoader, reason="there is only one loader here")
@given(_yamlish)
@settings(max_examples=300, deadline=None)
def test_the_fast_loader_and_the_plain_one_read_the_same(text: str) -> None:
    fast, fast_faults = read_yaml(text.encode(), "f.yaml")
    plain, plain_faults = read_yaml(text.encode(), "f.yaml", loader=yaml.SafeLoader)

    if not fast_faults and not plain_faults:
        assert fast == plain


_plain_values = st.recursive(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"))
    | st.integers(-(10**15), 10**15)
    | st.booleans()
    | st.dates(date(1000, 1, 1)),
    lambda below: (
        st.lists(below, max_size=4) | st.dictionaries(st.text("abcdé-", min_size=1), below, max_size=4)
    ),
    max_leaves=15,
)


def _with_tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_with_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _with_tuples(item) for key, item in value.items()}
    return value


@given(_plain_values)
@settings(max_examples=200, deadline=None)
def test_what_any_yaml_program_writes_is_read_as_it_was_meant(value: Any) -> None:
    data = yaml.safe_dump({"key": value}, allow_unicode=True, default_flow_style=False).encode()

    tree, faults = read_yaml(data, "f.yaml")

    assert not faults
    assert tree is not None
    assert value_of(tree) == {"key": _with_tuples(value)}


@given(
    name=st.sampled_from(sorted(PACK)),
    at=st.integers(0, 900),
    length=st.integers(0, 30),
    instead=_yamlish | st.sampled_from(["", "[]", "{}", "x", "1"]),
)
@settings(max_examples=250, deadline=None)
def test_a_pack_spoiled_anywhere_is_loaded_or_refused(name: str, at: int, length: int, instead: str) -> None:
    text = PACK[name]
    spoiled = text[:at] + instead + text[at + length :]
    with TemporaryDirectory() as directory:
        write_pack(Path(directory), {name: spoiled})
        try:
            load_pack(Path(directory))
        except ContentError as error:
            faults = error.faults
        else:
            return
    assert faults
    assert all(fault.message for fault in faults)


@given(_markdownish | st.text(max_size=100))
@settings(max_examples=500, deadline=None)
@example("[" * 200)
@example("*" * 300 + "a" + "*" * 300)
@example("> " * 100 + "a")
@example("||a" * 100)
@example("[a](" * 100)
def test_any_markdown_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        nodes = parse_markdown(text)
    except ValueError as refusal:
        assert str(refusal)  # noqa: PT017
    else:
        _check_nodes(nodes)


def _check_nodes(nodes: tuple[Node, ...]) -> None:
    assert not any(isinstance(one, str) and isinstance(next_, str) for one, next_ in pairwise(nodes))
    for node in nodes:
        assert node != ""
        if not isinstance(node, str | Slot):
            _check_nodes(node.children)


_words = st.text("abc XYZ0.,ü", min_size=1, max_size=8).filter(lambda text: text.strip() == text)
_names = st.text("abcxyz", min_size=1, max_size=6)


@given(st.lists(st.tuples(_words, _names, st.text(max_size=12)), min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_filled_text_is_its_words_with_the_values_in_between(parts: list[tuple[str, str, str]]) -> None:
    values = {name: value for _, name, value in parts}
    template = Template(parse_markdown("x" + "".join(f" {word}{{{name}}}" for word, name, _ in parts)))

    filled = template.fill(**values)

    assert filled.plain == "x" + "".join(f" {word}{isolated('', values[name])}" for word, name, _ in parts)
