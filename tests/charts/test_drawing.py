"""Charts are drawn: bars as long as their values, letters that can be read, in a thread of their own."""

from __future__ import annotations

import asyncio
import io
import threading
from decimal import Decimal

import pytest
from PIL import Image

from bot.charts import draw, drawing
from bot.charts.drawing import WIDTH, png
from bot.charts.lettering import fitted, known_letters, typeface
from bot.guide.chart import MOST_BARS, Band, Bar, Chart

BLUE, YELLOW = (31, 111, 235), (255, 231, 163)
TWO = Chart("Pay an hour", (Bar("One", Decimal(4), "US$4"), Bar("Two", Decimal(8), "US$8")))


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    assert image.format == "PNG"
    return image.convert("RGB")


def lengths(image: Image.Image, colour: tuple[int, int, int]) -> list[int]:
    """How many pixels of a colour each line has that has some, without repeats."""
    found: list[int] = []
    for y in range(image.height):
        count = sum(image.getpixel((x, y)) == colour for x in range(image.width))
        if count and (not found or abs(found[-1] - count) > 12):
            found.append(count)
    return found


def test_bars_are_as_long_as_their_values() -> None:
    image = opened(png(TWO))
    assert image.width == WIDTH
    short, long = sorted({max(lengths(image, BLUE)), min(lengths(image, BLUE))})
    assert long == pytest.approx(2 * short, abs=14)


def test_the_band_is_there_to_compare_with() -> None:
    assert not lengths(opened(png(TWO)), YELLOW)
    banded = Chart(TWO.title, TWO.bars, Band("Forecast", Decimal(2), Decimal(10)))
    assert lengths(opened(png(banded)), YELLOW)


@pytest.mark.parametrize("letter", "áéíóúüñÁÉÍÓÚÜÑ¿¡ºª€£çãõàèß")
def test_the_letters_of_spanish_and_its_neighbours_are_drawn(letter: str) -> None:
    assert known_letters(letter) == letter
    base = known_letters("o")
    assert typeface(30).getmask(letter).getbbox() is not None
    assert bytes(typeface(30).getmask(letter)) != bytes(typeface(30).getmask(base))


def test_what_cannot_be_drawn_is_left_out_and_no_box_stands_there() -> None:
    assert known_letters("🖼 Señal 中") == "Señal"
    assert opened(png(Chart("🙂", (Bar("Привет", Decimal(1), "1"),)))).height > 0


def test_a_name_in_other_letters_is_told_by_its_number() -> None:
    named = Chart("x", (Bar("中文", Decimal(1), "1"),))
    numbered = Chart("x", (Bar("1", Decimal(1), "1"),))
    assert png(named) == png(numbered)


def test_a_long_name_is_cut_off_and_stays_in_the_picture() -> None:
    font = typeface(30)
    cut = fitted("W" * 400, font, 300)
    assert cut.endswith("…")
    assert font.getlength(cut) <= 300
    assert fitted("short", font, 300) == "short"
    image = opened(png(Chart("W" * 400, (Bar("W" * 400, Decimal(1), "9" * 99),))))
    edge = {image.getpixel((x, y)) for x in range(WIDTH - 20, WIDTH) for y in range(image.height)}
    assert edge == {(255, 255, 255)}


def test_nothing_earned_is_a_bar_that_can_be_seen() -> None:
    assert lengths(opened(png(Chart("x", (Bar("One", Decimal(0), "US$0"),)))), BLUE)


@pytest.mark.parametrize("count", [0, MOST_BARS + 1])
def test_a_chart_without_bars_or_with_too_many_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="bars"):
        png(Chart("x", TWO.bars[:1] * count))


async def test_it_is_drawn_off_the_loop() -> None:
    threads: list[int] = []
    turns = 0

    class Watched(Decimal):
        def __truediv__(self, other: object) -> Decimal:
            threads.append(threading.get_ident())
            return Decimal(1)

        def __rmul__(self, other: object) -> Decimal:
            threads.append(threading.get_ident())
            return Decimal(1)

    task = asyncio.create_task(draw(Chart("x", (Bar("One", Watched(1), "1"),))))
    while not task.done():
        turns += 1
        await asyncio.sleep(0)
    assert opened(await task).width == drawing.WIDTH
    assert threads
    assert threading.get_ident() not in threads
    assert turns > 1
