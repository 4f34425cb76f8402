"""What a turn shows, written down, kept and read back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.content.markup import Rich, bold, rich
from bot.guide.broadcast import Post
from bot.guide.chart import Band, Bar, Chart, Picture
from bot.guide.screen import Document, Screen, TapButton, Turn, UrlButton
from bot.guide.taps import Go
from bot.telegram_io.reply import Reply, written

SCREEN = Screen(
    rich("Step ", bold("<2>"), " ♥"),
    ((TapButton("Next", Go("next"), "primary"), UrlButton("Page", "https://a.example/?b=1&c=2")),),
)
PICTURE = Picture(
    Chart("Pago", (Bar("Señal", Decimal("6.40"), "6,40 US$"),), Band("…", Decimal(1), Decimal("2.5"))),
    rich("<alt> ", bold("text")),
)
FILE = Document("my-data.json", bytes(range(256)), rich("<yours>"))


@pytest.mark.parametrize(
    "turn",
    [
        Turn(),
        Turn(SCREEN, notice="Well done", area="steps"),
        Turn(SCREEN, document=FILE, fresh=True),
        Turn(document=FILE),
        Turn(document=replace(FILE, photo=True)),
        Turn(notice="Just a word"),
        Turn(SCREEN, post=Post("Hi \ud83d", '[{"type": "bold"}]', "photo")),
        Turn(SCREEN, picture=PICTURE, fresh=True),
        Turn(picture=replace(PICTURE, chart=replace(PICTURE.chart, band=None))),
        Turn(Screen(rich("No buttons"))),
        Turn(Screen(Rich())),
    ],
)
def test_what_was_kept_is_shown_as_it_would_have_been(turn: Turn) -> None:
    reply = written(turn)
    assert Reply.from_json(reply.to_json()) == reply


def test_only_what_changes_the_tapped_message_is_an_edit() -> None:
    assert written(Turn(SCREEN)).edits
    assert not written(Turn(SCREEN, fresh=True)).edits
    assert not written(Turn(notice="Just a word")).edits


def test_without_its_screen_a_reply_still_answers_and_sends_its_file() -> None:
    reply = written(Turn(SCREEN, notice="Noted", document=FILE)).without_screen()
    assert (reply.text, reply.markup, reply.notice) == (None, None, "Noted")
    assert reply.file is not None


def test_a_screen_that_cannot_be_written_down_is_refused() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        written(Turn(Screen(rich("x"), ((TapButton("x", Go("y" * 80)),),))))
