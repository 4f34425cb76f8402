"""Markdown as authors write it becomes what a chat can show, or a sentence that says why not."""

from __future__ import annotations

import gc
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.content.markdown import parse_markdown, parse_marked
from bot.content.markup import Link, Node, Slot, Styled, Template


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("plain", ("plain",)),
        ("*a*", (Styled("italic", ("a",)),)),
        ("_a_ b", (Styled("italic", ("a",)), " b")),
        ("so **a *b* c**.", ("so ", Styled("bold", ("a ", Styled("italic", ("b",)), " c")), ".")),
        ("~~a~~", (Styled("strike", ("a",)),)),
        ("||a **b**|| c", (Styled("spoiler", ("a ", Styled("bold", ("b",)))), " c")),
        ("`a * b`", (Styled("code", ("a * b",)),)),
        ("[a *b*](https://x.y/z_z?q=1)", (Link("https://x.y/z_z?q=1", ("a ", Styled("italic", ("b",)))),)),
        ("[join](tg://resolve?domain=x)", (Link("tg://resolve?domain=x", ("join",)),)),
        ("<https://x.y>", (Link("https://x.y", ("https://x.y",)),)),
        ("<a@x.org>", (Link("mailto:a@x.org", ("a@x.org",)),)),
        ("> a\n> *b*", (Styled("quote", ("a ", Styled("italic", ("b",)))),)),
        ("a\n\n> b\n\nc", ("a\n\n", Styled("quote", ("b",)), "\n\nc")),
        ("> - a\n> - b", (Styled("quote", ("• a\n• b",)),)),
    ],
)
def test_formatting_is_understood(text: str, nodes: tuple[Node, ...]) -> None:
    assert parse_markdown(text) == nodes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", "a b"),
        ("a\\\nb", "a\nb"),
        ("a  \nb", "a\nb"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("- a\n- b", "• a\n• b"),
        ("- a\n\n- b", "• a\n\n• b"),
        ("Do:\n- a\n- b\n\nThen", "Do:\n• a\n• b\n\nThen"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("1. a\n1. b", "1. a\n2. b"),
        ("- a\n  - b\n    - c\n- d", "• a\n   • b\n      • c\n• d"),
        ("- a\n\n  b", "• a\n\nb"),
        ("[1]: https://a.b", "[1]: https://a.b"),
    ],
)
def test_lines_and_lists_stand_as_they_were_written(text: str, shown: str) -> None:
    assert parse_markdown(text) == (shown,)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3 < 4 & 5 > 2", "3 < 4 & 5 > 2"),
        ("<3", "<3"),
        ("a & b &amp; c &lt;b&gt;", "a & b & c <b>"),
        ("2 * 3, price*, snake_case_x, ____", "2 * 3, price*, snake_case_x, ____"),
        (r"\*a\* \<b> \`c\` \{d\} \|\|e\|\| \[f\](g)", "*a* <b> `c` {d} ||e|| [f](g)"),
        ("{{a}} {{", "{a} {"),
        ("a | b", "a | b"),
        ("no #heading, no 1.item", "no #heading, no 1.item"),
        ("Ж é 你好 👩‍🌾 \u200fעברית", "Ж é 你好 👩‍🌾 \u200fעברית"),
    ],
)
def test_signs_that_format_nothing_are_just_signs(text: str, shown: str) -> None:
    assert parse_markdown(text) == (shown,)


def test_slots_are_found_wherever_words_stand() -> None:
    nodes = parse_markdown("{a} **{b_c}** `x {d}` [{e}](https://x.y) ||{f}|| {{g}} `{{h}}` {_i} {j_}\n> {k}")

    assert Template(nodes).slots == {"a", "b_c", "d", "e", "f", "_i", "j_", "k"}
    assert nodes[:3] == (Slot("a"), " ", Styled("bold", (Slot("b_c"),)))
    assert Styled("code", ("{h}",)) in nodes


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<b>a</b>", "<b> is not shown; write **bold**. For the sign itself write \\<"),
        ("a <I>b</I>", "<I> is not shown; write *italic*. "),
        ("a<br>b", "<br> is not shown; leave an empty line, or end the line with a backslash. "),
        ("<a href='https://x.y'>b</a>", "<a href='https://x.y'> is not shown; write [words](https://…). "),
        ("<div>\na\n</div>", "<div> is not shown; "),
        ("a <!-- b -->", "<!-- b --> is not shown; a remark goes behind # outside of the text. "),
        ("a <?b?>", "<?b?> is not shown; write **bold**, *italic*, `code` or [words](https://…)"),
        ("<marquee>a</marquee>", "<marquee> is not shown; write **bold**, *italic*, "),
        ("# a", "a heading "),
        ("a\n---", "a heading "),
        ("a\n\n---\n\nb", "a ruled line "),
        ("a|b\n-|-\n1|2", "a table "),
        ("```\na\n```", "a block of code (```) "),
        ("a\n\n    b", "a line that begins with four or more spaces "),
        ("a ![b](https://x.y/z.png)", "a picture can't stand within a text"),
        ("> a\n> > b", "a quote within a quote "),
        ("- a\n\n  > b", "a quote (>) within a list "),
        (">", "there is nothing behind the '>'"),
        ("- a\n-", "a list item is empty"),
        ("- a\n  - b\n    - c\n      - d", "a list more than 3 levels deep"),
        ("[a](b.html)", "'b.html' is no address; write it in full: [words](https://…)"),
        ("[a](javascript:alert)", "'javascript:alert' is no address"),
        ("[a](https://)", "'https://' is no address"),
        ("[a]()", "'' is no address"),
        ("[a](https://x.y 'b')", "a link's title is never shown"),
        ("[](https://x.y)", "the link to https://x.y has no words"),
        ("[a](https://x.y/{b})", "a link's address can't hold { or }"),
        ("[a](https://x y)", "a link is not finished"),
        ("[a] (https://x.y)", "a link is not finished"),
        ("a **b", "** is opened or closed but not both"),
        ("** b **", "** is opened or closed but not both"),
        ("a *b", "* is opened or closed but not both"),
        ("a __b", "__ is opened or closed but not both"),
        ("a ~~b", "~~ is opened or closed but not both"),
        ("a ||b", "|| is opened or closed but not both"),
        ("a `b", "` is opened or closed but not both"),
        ("**a `b** c`", "** is opened or closed but not both"),
        ("{Name}", "a single { stands here; a slot is {name} in small letters, the sign itself is {{"),
        ("a } b", "a single } stands here"),
        ("`{`", "a single { stands here"),
        ("{ a }", "a single { stands here"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_way_out(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        parse_markdown(text)

    assert str(refusal.value).startswith(sentence), str(refusal.value)


def test_a_value_is_never_read_as_markup() -> None:
    template = Template(parse_markdown("Hello *{name}*"))

    assert template.fill(name="**<b>_x_ {y}").nodes == ("Hello ", Styled("italic", ("**<b>_x_ {y}",)))


@given(st.text("abcßñ ,.;?!'’()%$–—09", max_size=30))
def test_a_plain_text_is_read_as_one_with_marks_would_be(text: str) -> None:
    assume(text.strip())
    try:
        nodes = parse_marked(text)
    except ValueError as refusal:
        with pytest.raises(ValueError, match=re.escape(str(refusal))):
            parse_markdown(text)
    else:
        assert parse_markdown(text) == nodes


def test_a_text_that_was_read_leaves_nothing_that_only_a_collector_could_let_go_of() -> None:
    parse_markdown("**a** [*b*](https://x.y)\n\n- c\n- `d`")
    gc.collect()
    gc.disable()
    try:
        parse_markdown("**a** [*b*](https://x.y)\n\n- c\n- `d`")
        assert gc.collect() == 0
    finally:
        gc.enable()
