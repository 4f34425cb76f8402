"""Telegram's HTML: what becomes of each tag, and Telegram's complaints to the letter."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin.html import HtmlError, parse
from bot.playground.standin.params import Params
from bot.playground.standin.rules import ApiError
from bot.playground.standin.texts import formatted

from .markup import ANN, entity, nobody, shown

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("STRONG", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
    ],
)
def test_each_simple_tag_is_its_entity(tag: str, kind: str) -> None:
    assert parse(f"😀<{tag}>x é</{tag}>") == ("😀x é", [entity(kind, 2, 3)])


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ('<blockquote expandable="">x</blockquote>', "x", [entity("expandable_blockquote", 0, 1)]),
        ('<a href="https://x.org?a=1&amp;b=2">x</a>', "x", [entity("text_link", 0, 1, url="https://x.org/?a=1&b=2")]),
        ("<a href='tg://user?id=1001'>x</a>", "x", [entity("text_mention", 0, 1, user={"id": 1001})]),
        ("<a href='tg://resolve?domain=x'>x</a>", "x", [entity("text_link", 0, 1, url="tg://resolve?domain=x")]),
        ("<a>example.org</a>", "example.org", [entity("text_link", 0, 11, url="http://example.org/")]),
        ("<a href='nowhere'>x</a>", "x", []),
        ("<a href=example.org >x</a>", "x", [entity("text_link", 0, 1, url="http://example.org/")]),
        ('<pre><code class="language-python">x</code></pre>', "x", [entity("pre", 0, 1, language="python")]),
        ('<code class="language-python"><pre>x</pre></code>', "x", [entity("pre", 0, 1, language="python")]),
        ('<code class="language-python">x</code>', "x", [entity("code", 0, 1)]),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")]),
        ('<tg-time unix="1760000000" format="d">x</tg-time>', "x", [entity("date_time", 0, 1, unix_time=1760000000, date_time_format="d")]),
        ("<tg-time unix='5'>x</tg-time>", "x", [entity("date_time", 0, 1, unix_time=5)]),
        ("<b></b><i></i>x", "x", []),
        ("<b >x</b >", "x", [entity("bold", 0, 1)]),
        ("<b>x</>", "x", [entity("bold", 0, 1)]),
        ("<b foo='1' bar = \"&lt;\">x</b>", "x", [entity("bold", 0, 1)]),
        ("&lt;&gt;&amp;&quot;&#39;&#x1F600;&#128512", "<>&\"'😀😀", []),
        ("&nbsp; &apos; & &; &#; &#0; &#99999999; &#x110000; AT&T;", "&nbsp; &apos; & &; &#; &#0; &#99999999; &#x110000; AT&T;", []),
        ("a > b", "a > b", []),
        ("<b><i>x</i>y</b>", "xy", [entity("bold", 0, 2), entity("italic", 0, 1)]),
        ("<i><b>x</b></i>", "x", [entity("bold", 0, 1), entity("italic", 0, 1)]),
    ],
)  # fmt: skip
def test_tags_become_entities(source: str, text: str, found: list[Json]) -> None:
    assert parse(source) == (text, found)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("é<script>", 'Unsupported start tag "script" at byte offset 2'),
        ("<", "Unclosed start tag at byte offset 0"),
        ("a <3 b", 'Unsupported start tag "3" at byte offset 2'),
        ("a <3", "Unclosed start tag at byte offset 2"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a ", "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b c>", "Unclosed end tag at byte offset 4"),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<a =1>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=x", "Unclosed start tag at byte offset 0"),
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            '<tg-emoji emoji-id="9999999999999999999">x</tg-emoji>',
            "Invalid custom emoji identifier specified",
        ),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ('<tg-time unix="soon">x</tg-time>', "Invalid Unix time specified"),
        (
            "&#xD83D;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
            "code units",
        ),
    ],
)
def test_what_is_no_html_is_refused_in_telegrams_words(source: str, complaint: str) -> None:
    with pytest.raises(HtmlError) as refusal:
        parse(source)
    assert str(refusal.value) == complaint
    with pytest.raises(ApiError) as answered:
        shown(source)
    assert answered.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("<b>a</b><b>b</b>", "ab", [entity("bold", 0, 2)]),
        ("<b>a<b>b</b></b>", "ab", [entity("bold", 0, 2)]),
        ("<b> \n </b>x", "x", []),
        ("<b> a </b>", "a", [entity("bold", 0, 1)]),
        ("x <b> a</b>", "x  a", [entity("bold", 3, 1)]),
        (
            "<b>a<code>b</code>c</b>",
            "abc",
            [entity("bold", 0, 1), entity("code", 1, 1), entity("bold", 2, 1)],
        ),
        ("<code>a<b>b</b></code>", "ab", [entity("code", 0, 2)]),
        ("<pre>a<i>b</i></pre>", "ab", [entity("pre", 0, 2)]),
        ("<blockquote><code>a</code></blockquote>", "a", [entity("blockquote", 0, 1), entity("code", 0, 1)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [entity("blockquote", 0, 2)]),
        (
            "<a href='x.org'>a<code>b</code></a>",
            "ab",
            [entity("text_link", 0, 2, url="http://x.org/")],
        ),
        ("<a href='tg://user?id=1001'>a</a>", "a", [entity("text_mention", 0, 1, user=ANN)]),
        ("<a href='tg://user?id=7'>a</a>", "a", []),
        (
            "<b>see https://x.org now</b>",
            "see https://x.org now",
            [entity("bold", 0, 21), entity("url", 4, 13)],
        ),
        ("<b>a\r\n\x01b</b>\u202e", "a\n b", [entity("bold", 0, 4)]),
        ("\r<b>\u202ea</b>", "a", [entity("bold", 0, 1)]),
        (
            "<a href='x.org'> </a>x",
            " x",
            [entity("text_link", 0, 1, url="http://x.org/")],
        ),
        (
            "<blockquote>a<b>b</b></blockquote><b>c</b>",
            "abc",
            [entity("blockquote", 0, 2), entity("bold", 1, 1), entity("bold", 2, 1)],
        ),
    ],
)
def test_entities_are_put_in_order_as_telegram_does(source: str, text: str, found: list[Json]) -> None:
    assert shown(source) == (text, found)


@pytest.mark.parametrize(
    ("given_entity", "complaint"),
    [
        (
            {"type": "bold", "offset": 100, "length": 1},
            "entity begins after the end of the text at UTF-16 offset 100",
        ),
        (
            {"type": "bold", "offset": 0, "length": 100},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
        ),
        (
            {"type": "bold", "offset": 1, "length": 1},
            "entity begins in a middle of a UTF-16 symbol at byte offset 1",
        ),
        (
            {"type": "bold", "offset": 0, "length": 1},
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 1",
        ),
        ({"type": "bold", "offset": -1, "length": 1}, "receive an entity with incorrect offset -1"),
        ({"type": "bold", "offset": 0, "length": -1}, "receive an entity with incorrect length -1"),
        ({"type": "glow", "offset": 0, "length": 1}, "can't parse MessageEntity: Unsupported type specified"),
        ({"type": "bold", "offset": 0}, "can't parse MessageEntity: Can't find field \"length\""),
        (
            {"type": "text_link", "offset": 0, "length": 1},
            "can't parse MessageEntity: Can't find field \"url\"",
        ),
        (
            {"type": "text_link", "offset": 0, "length": 1, "url": ""},
            "entity URL '' is invalid: URL host is empty",
        ),
        (
            {"type": "text_link", "offset": 0, "length": 1, "url": "not-a-url"},
            "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        ("bold", "can't parse MessageEntity: expected an Object"),
    ],
)
def test_given_entities_are_checked(given_entity: Any, complaint: str) -> None:
    with pytest.raises(ApiError) as refusal:
        formatted(Params({"text": "😀 text", "entities": [given_entity]}), "text", nobody)
    assert refusal.value.description == f"Bad Request: {complaint}"


def test_given_entities_are_kept() -> None:
    given_entities = [
        entity("pre", 0, 2, language="python"),
        entity("text_link", 3, 4, url="https://x.org/"),
        entity("hashtag", 3, 4),
    ]
    text, found = formatted(Params({"text": "😀 text", "entities": given_entities}), "text", nobody)
    assert (text, found) == ("😀 text", given_entities[:2])


def test_crossing_entities_are_cut_so_that_they_nest() -> None:
    crossing = [
        entity("bold", 0, 4),
        entity("italic", 2, 4),
        entity("blockquote", 1, 2),
        entity("code", 2, 3),
    ]
    text, found = formatted(Params({"text": "abcdef", "entities": crossing}), "text", nobody)
    assert text == "abcdef"
    assert found == [
        entity("bold", 0, 1),
        entity("blockquote", 1, 2),
        entity("bold", 1, 1),
        entity("bold", 2, 1),
        entity("italic", 2, 1),
        entity("italic", 3, 3),
        entity("bold", 3, 1),
    ]
