from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.markup import Link, Node, Rich, Slot, Style, Styled, bold, italic, link, more, rich
from bot.guide.screen import TapButton, UrlButton
from bot.guide.taps import Go, Open
from bot.playground.standin.html import parse
from bot.telegram_io.render import html, keyboard


def styled(style: Style, text: Rich | str) -> Rich:
    return Rich((Styled(style, rich(text).nodes),))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (rich("a ", bold("b"), " ", italic("c"), " ", styled("strike", "d")), "a <b>b</b> <i>c</i> <s>d</s>"),
        (rich("<b>&_*\"'"), "&lt;b&gt;&amp;_*&quot;'"),
        (
            link("https://a.example/?q=\"<x>&y='1'", "here"),
            "<a href=\"https://a.example/?q=&quot;&lt;x&gt;&amp;y='1'\">here</a>",
        ),
        (styled("quote", "q"), "<blockquote>q</blockquote>"),
        (more("m"), "<blockquote expandable>m</blockquote>"),
        (
            Rich((Styled("code", ("x < y",)), Styled("spoiler", ("z",)))),
            "<code>x &lt; y</code><tg-spoiler>z</tg-spoiler>",
        ),
        (more(rich("a ", styled("quote", "b"), " c")), "<blockquote expandable>a b c</blockquote>"),
        (styled("quote", bold(more("x"))), "<blockquote><b>x</b></blockquote>"),
        (
            Rich((Styled("code", (Styled("bold", ("x",)), Link("https://a.example", ("y",)))),)),
            "<code>xy</code>",
        ),
        (link("https://a.example", link("https://b.example", "x")), '<a href="https://a.example">x</a>'),
        (rich("a\x00b", bold("\u202ec")), "ab<b>c</b>"),
        (Rich(), ""),
    ],
)
def test_text_becomes_the_html_that_telegram_can_show(text: Rich, shown: str) -> None:
    assert html(text) == shown


def test_a_slot_that_nobody_filled_is_a_bug() -> None:
    with pytest.raises(ValueError, match="nobody filled"):
        html(Rich((Slot("name"),)))


def _nodes() -> st.SearchStrategy[Node]:
    styles = st.sampled_from(("bold", "italic", "strike", "code", "spoiler", "quote", "more"))
    return st.recursive(
        st.text(),
        lambda inner: st.one_of(
            st.builds(Styled, styles, st.lists(inner, max_size=3).map(tuple)),
            st.builds(
                Link, st.just('https://a.example/?a="b"&c=<d>'), st.lists(inner, max_size=3).map(tuple)
            ),
        ),
    )


@given(st.lists(_nodes(), max_size=4))
def test_any_text_is_html_that_telegram_can_parse(nodes: list[Node]) -> None:
    parse(html(Rich(tuple(nodes))))


def test_buttons_carry_their_tap_and_their_look() -> None:
    markup = keyboard(
        (
            (TapButton("Menu", Go("menu")), TapButton("Good\x00", Open("faq", "vpn"), "good")),
            (TapButton("No", Go("no"), "danger"), TapButton("Yes", Go("yes"), "primary")),
            (UrlButton("Page", "https://a.example"),),
        )
    )
    assert markup is not None
    rows = markup["inline_keyboard"]
    assert [list(row) for row in rows] == [
        [
            {"text": "Menu", "callback_data": "g:menu"},
            {"text": "Good", "callback_data": "o:faq:vpn:", "style": "success"},
        ],
        [
            {"text": "No", "callback_data": "g:no", "style": "danger"},
            {"text": "Yes", "callback_data": "g:yes", "style": "primary"},
        ],
        [{"text": "Page", "url": "https://a.example"}],
    ]


def test_a_screen_without_buttons_has_no_keyboard() -> None:
    assert keyboard(()) is None
