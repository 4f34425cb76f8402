"""Answers outside the private chat: as cards in any chat, and in groups. Nobody's progress is shown or kept."""

from __future__ import annotations

from typing import Annotated

from bot.content.fields import AtMost, Label, Rich
from bot.content.kinds.faq import FaqFile, Question
from bot.content.library import AreaSpec, Words
from bot.guide.answers import OFFERED
from bot.guide.area import Area, Scene
from bot.guide.areas.faq import answer_text
from bot.guide.cards import Card, Offer
from bot.guide.screen import Screen, Turn, UrlButton, in_rows

MOST_CARDS = 10
DESCRIPTION = 100
"""Characters of an answer that a card shows."""

_FROM_CARDS = "src_inline"
_FROM_GROUP = "src_group"

Line = Annotated[Rich, AtMost(200)]


class ElsewhereWords(Words):
    more: Label
    """Leads from an answer in another chat to the same answer in the private one."""
    ask: Label
    unknown: Label
    """Said above the cards, if there are none; leads into the private chat."""
    group_usage: Line
    group_unsure: Line
    group_unknown: Line


def offer(scene: Scene, text: str) -> Offer:
    """The entries that ``text`` may mean, or, while nothing is typed yet, one of each topic before any second."""
    words = scene.words(ElsewhereWords)
    if not scene.on("faq"):
        return Offer()
    questions = _asked(scene, text) if text.strip() else _first_of_each(scene)
    cards = tuple(_card(scene, question) for question in questions[:MOST_CARDS])
    label = words.ask if cards else words.unknown
    return Offer(cards, label, _FROM_CARDS)


def in_group(scene: Scene, text: str) -> Turn:
    """One message: the answer, or what the question may mean, each with the way into the private chat."""
    words = scene.words(ElsewhereWords)
    if not text.strip():
        return _said(Screen(words.group_usage, ((_private(scene),),)))
    found = scene.answers.find(scene.pack, text)
    if found.best:
        return _said(_answer(scene, found.best))
    if found.reply:
        return _said(Screen(found.reply.reply, ((_private(scene),),)))
    if found.suggestions:
        ways = (_to(scene, question, question.short) for question in found.suggestions[:OFFERED])
        return _said(Screen(words.group_unsure, in_rows(ways, 1)))
    return _said(Screen(words.group_unknown, ((_private(scene),),)))


def _said(screen: Screen) -> Turn:
    # Others may have asked something else at the same time: this answer does not stand for theirs.
    return Turn(screen, fresh=True)


def _asked(scene: Scene, text: str) -> tuple[Question, ...]:
    """What is found, best first, and what belongs to the best of it."""
    found = scene.answers.find(scene.pack, text)
    near = (*((found.best,) if found.best else ()), *found.suggestions)
    shelf = scene.pack[FaqFile].faq
    related = tuple(each for id_ in (near[0].related if near else ()) if (each := shelf.get(id_)))
    return tuple({question.id: question for question in (*near, *related)}.values())


def _first_of_each(scene: Scene) -> tuple[Question, ...]:
    file = scene.pack[FaqFile]
    topics = [[each for each in file.faq if each.category in topic.ids] for topic in file.categories]
    longest = max(map(len, topics), default=0)
    return tuple(topic[place] for place in range(longest) for topic in topics if place < len(topic))


def _card(scene: Scene, question: Question) -> Card:
    return Card(question.id, question.question, _description(question), _answer(scene, question))


def _description(question: Question) -> str:
    """The beginning of the answer, on one line, cut between words."""
    line = " ".join(question.answer.plain.split())
    if len(line) <= DESCRIPTION:
        return line
    return f"{line[:DESCRIPTION].rpartition(' ')[0] or line[:DESCRIPTION]} …"


def _answer(scene: Scene, question: Question) -> Screen:
    more = _to(scene, question, scene.words(ElsewhereWords).more)
    return Screen(answer_text(scene, question), ((more,),))


def _to(scene: Scene, question: Question, label: str) -> UrlButton:
    return UrlButton(label, scene.deep_link(f"faq_{question.id}"))


def _private(scene: Scene) -> UrlButton:
    return UrlButton(scene.words(ElsewhereWords).ask, scene.deep_link(_FROM_GROUP))


AREA = Area(AreaSpec("elsewhere", ElsewhereWords, always=True), offers=offer)
