"""How far a broadcast is, and what came of it, in words."""

from __future__ import annotations

from bot.admin.taps import Hold, Progress, Stop
from bot.content.library import Library
from bot.content.markup import Rich, paragraphs
from bot.guide.broadcast import Broadcast, Tally
from bot.guide.broadcast_words import BroadcastWords
from bot.guide.screen import Row, Screen, TapButton

_MINUTE, _HOUR = 60, 3600


def duration(words: BroadcastWords, people: int, rate: int) -> str:
    """How long so many messages take at ``rate`` a second, rounded up."""
    seconds = -(-people // rate)
    if seconds < _MINUTE:
        return words.seconds.fill(count=seconds)
    minutes = -(-seconds // _MINUTE)
    if seconds <= _HOUR:
        return words.minutes.fill(count=minutes)
    return words.hours.fill(hours=minutes // 60, minutes=minutes % 60)


class ProgressTeller:
    """A :class:`bot.guide.ports_broadcast.Teller`, in the language of the broadcast's admin.

    ``rate`` is how many messages go out in a second.
    """

    def __init__(self, library: Library, rate: int) -> None:
        self._library = library
        self._rate = rate

    def progress(self, broadcast: Broadcast, tally: Tally, *, queued: bool) -> Screen:
        words = self._words(broadcast)
        title = _title(words, broadcast, queued=queued)
        parts = [title, *self._numbers(words, tally)]
        if broadcast.state == "on" and not broadcast.ended:
            parts.append(words.time_left.fill(time=duration(words, tally.left, self._rate)))
        return Screen(paragraphs(*parts), _rows(words, broadcast))

    def asked_to_stop(self, broadcast: Broadcast) -> Screen:
        """The question whether to stop it for good."""
        words = self._words(broadcast)
        yes = TapButton(words.stop_yes, Stop(broadcast.id, sure=True), "danger")
        return Screen(words.stop_ask, ((yes,), (TapButton(words.stop_no, Progress(broadcast.id)),)))

    def report(self, broadcast: Broadcast, tally: Tally) -> Screen:
        words = self._words(broadcast)
        title = words.report_stopped if broadcast.state == "cancelled" else words.report_done
        return Screen(paragraphs(title, *self._numbers(words, tally)))

    def _words(self, broadcast: Broadcast) -> BroadcastWords:
        return self._library.pack(broadcast.language).words(BroadcastWords)

    @staticmethod
    def _numbers(words: BroadcastWords, tally: Tally) -> list[Rich]:
        numbers = words.numbers.fill(
            sent=tally.sent,
            failed=tally.failed,
            blocked=tally.blocked,
            unknown=tally.unknown,
            left=tally.left,
            total=tally.total,
        )
        return [numbers, words.unknown_note] if tally.unknown else [numbers]


def _title(words: BroadcastWords, broadcast: Broadcast, *, queued: bool) -> Rich:
    if broadcast.state == "cancelled":
        return words.stopped if broadcast.ended else words.stopping
    if broadcast.ended:
        return words.done
    if broadcast.state == "paused":
        return words.paused
    return words.queued if queued else words.sending


def _rows(words: BroadcastWords, broadcast: Broadcast) -> tuple[Row, ...]:
    if broadcast.ended or broadcast.state == "cancelled":
        return ()
    held = broadcast.state == "paused"
    steer = TapButton(words.resume if held else words.pause, Hold(broadcast.id, not held), "primary")
    return ((steer,), (TapButton(words.stop, Stop(broadcast.id, sure=False), "danger"),))
