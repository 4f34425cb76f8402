"""The guide: a person, what they did and when -> the turn that follows. Pure, and the only way in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.content.library import AreaSpec, Library, Pack
from bot.content.markup import paragraphs
from bot.guide.action import Block, Command, Event, GroupMessage, Press, Say, Send, Share
from bot.guide.answers import Answers
from bot.guide.area import Area, Scene, TitledWords
from bot.guide.areas import AREAS, menu
from bot.guide.areas.common import CommonWords
from bot.guide.areas.encouragement import celebrated
from bot.guide.cards import Inquiry, Offer
from bot.guide.commands import COMMANDS, WORD_AREAS, CommandWords, Menu, ProfileWords
from bot.guide.daily import daily
from bot.guide.languages import chosen
from bot.guide.pending import asks, settled, touched, waits
from bot.guide.person import Change, Erase, Person, Presence, Seen, applied
from bot.guide.places import Nowhere, Places
from bot.guide.ports import Due
from bot.guide.screen import Row, Screen, Turn, UrlButton
from bot.guide.streak import noted
from bot.guide.taps import COMMON_TAPS, LONGEST_COLLECTION, Go, Open, Tap, TapCodec

SEEN_EVERY = timedelta(hours=1)
"""How exact ``seen_at`` is: finer would cost a write for every look at a screen."""

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)

SPECS: tuple[AreaSpec, ...] = tuple(area.spec for area in (*AREAS, *WORD_AREAS))
"""What content must bring for the areas; the loader checks it."""


class Guide:
    """Answers every event. ``bot_username`` is the bot's own, without ``@``, for links into the private chat.

    ``answers`` may have been made ready for the library beforehand, so that nobody waits for it.
    """

    def __init__(
        self,
        library: Library,
        bot_username: str,
        areas: Sequence[Area] = AREAS,
        places: Places = Nowhere(),  # noqa: B008  # it never changes
        answers: Answers | None = None,
    ) -> None:
        self.library = library
        self._places = places
        self._answers = answers or Answers()
        self._username = bot_username
        self._menus: dict[Pack, tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]] = {}
        self._areas = tuple(
            area
            for area in areas
            if (area.spec.always or area.name in library.bot.areas) and area.useful(library)
        )
        self._handlers = {handler.type: (area, handler) for area in self._areas for handler in area.taps}
        self._openers = {name: (area, opener) for area in self._areas for name, opener in area.opens.items()}
        for name in self._openers:
            if len(name) > LONGEST_COLLECTION:
                raise ValueError(
                    f"{name}: a button could not carry it; at most {LONGEST_COLLECTION} characters"
                )
        self._links = {
            word: area.opens[collection] for area in self._areas for word, collection in area.links.items()
        }
        self._commands = {command.name: command for command in COMMANDS if self._has(command.area)}
        own = (handler.type for area in areas for handler in area.taps if handler.type not in COMMON_TAPS)
        self.codec = TapCodec((*COMMON_TAPS, *own))

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages of the content; the first is complete."""
        return self.library.bot.languages

    def turn(self, person: Person, event: Event, now: datetime) -> Turn:
        """The turn that follows. Whatever a person does has an answer; an exception is a bug."""
        arrival = _arrival(person, event, now)
        scene = self._scene(applied(person, arrival, now), event, now)
        turn = self._answer(scene, event)
        if any(isinstance(change, Erase) for change in turn.changes):
            return turn
        turn = _encouraged(scene, turn)
        return replace(turn, changes=(*arrival, *turn.changes, *_given_up(scene, event, turn)))

    def apology(self, person: Person, event: Event, reference: str) -> Turn:
        """A kind sentence with a reference code, for when a turn failed."""
        pack = self._pack(person, event.language)
        return Turn(Screen(pack.words(CommonWords).apology.fill(reference=reference)), fresh=True)

    def daily(self, person: Person, now: datetime) -> Due:
        """What this person, whose tip is due, gets at ``now``; nothing is changed or sent by it."""
        return daily(self._scene(person, Event(person.id, Send()), now))

    def offer(self, inquiry: Inquiry) -> Offer:
        """Cards for what somebody types in any chat; of them nothing is known, nor kept."""
        # No area may look at the time for cards: they are kept by Telegram for a while.
        scene = self._scene(Person(0), Event(0, Send(), language=inquiry.language), _NO_TIME)
        offers = next((area.offers for area in self._areas if area.offers), None)
        if offers is None:
            return Offer()
        return replace(offers(scene, inquiry.text), personal=len(self.languages) > 1)

    def menu(self, language: str | None) -> Menu:
        """The profile in a language."""
        pack = self.library.pack(language)
        profile = pack.words(ProfileWords)
        return Menu(self._commands_in(pack), self.library.bot.name, profile.about, profile.short_about)

    def _beside(self, pack: Pack) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
        """The menu and the commands, which depend on the language alone."""
        if pack not in self._menus:
            if "faq" in self.library.bot.areas:
                self._answers.expect(pack)
            self._menus[pack] = self._menu_of(pack), self._commands_in(pack)
        return self._menus[pack]

    def _commands_in(self, pack: Pack) -> tuple[tuple[str, str], ...]:
        words = pack.words(CommandWords)
        return tuple((name, str(getattr(words, name))) for name in self._commands)

    def _has(self, area: str) -> bool:
        return any(each.name == area for each in self._areas)

    def _pack(self, person: Person, told: str | None = None) -> Pack:
        """In the language that the person chose, else that which Telegram tells, or told before."""
        return self.library.pack(chosen(self.library, person) or told or person.language)

    def _in_own_language(self, scene: Scene) -> Scene:
        pack = self._pack(scene.person)
        menu, commands = self._beside(pack)
        return replace(scene, pack=pack, menu=menu, commands=commands)

    def _scene(self, person: Person, event: Event, now: datetime) -> Scene:
        pack = self._pack(person, event.language)
        return Scene(
            person,
            self.library,
            pack,
            now,
            event.name.strip(),
            frozenset(self._openers),
            *self._beside(pack),
            self._links,
            self._places,
            self._answers,
            username=self._username,
            in_own_language=self._in_own_language,
        )

    def _menu_of(self, pack: Pack) -> tuple[tuple[str, str], ...]:
        areas = {area.name: area for area in self._areas if area.home}
        titled = ((name, areas[name].spec.words) for name in self.library.bot.areas if name in areas)
        return tuple(
            (name, pack.words(words).title) for name, words in titled if issubclass(words, TitledWords)
        )

    def _answer(self, scene: Scene, event: Event) -> Turn:
        match event.action:
            case Command(name, argument):
                command = self._commands.get(name)
                turn = command.answer(scene, argument) if command else menu.unknown_command(scene)
                return replace(turn, area=command.area if command else "menu")
            case Press(tap):
                return self._pressed(scene, tap)
            case Say(text):
                return self._heard(scene, text)
            case Share(latitude, longitude):
                return self._shared(scene, latitude, longitude)
            case Send():
                return self._received(scene)
            case GroupMessage(name, argument):
                return self._said_in_group(scene, name, argument)
            case Block(blocked):
                # Of somebody we know nothing about, nothing is kept now either.
                known = scene.person != Person(scene.person.id)
                return Turn(changes=(Presence(gone=True),) if blocked and known else (), area="presence")

    def _said_in_group(self, scene: Scene, name: str, argument: str) -> Turn:
        command = self._commands.get(name)
        if command and command.in_group:
            return replace(command.in_group(scene, argument), area=command.area)
        words = scene.words(CommonWords)
        button = UrlButton(words.in_group_button, scene.deep_link("src_group"))
        return Turn(Screen(words.in_group, ((button,),)), area="group")

    def _shared(self, scene: Scene, latitude: float, longitude: float) -> Turn:
        places = ((area, area.shares(scene, latitude, longitude)) for area in self._areas if area.shares)
        return _first(places) or self._not_text(scene)

    def _received(self, scene: Scene) -> Turn:
        return _first(
            (area, area.receives(scene)) for area in self._areas if area.receives
        ) or self._not_text(scene)

    def _not_text(self, scene: Scene) -> Turn:
        return replace(menu.not_text(scene, self._open_question(scene)), area="menu")

    def _pressed(self, scene: Scene, tap: Tap | None) -> Turn:
        words = scene.words(CommonWords)
        if tap is None:
            return replace(menu.home(scene), notice=words.old_button, fresh=True, area="menu")
        area, turn = self._tapped(scene, tap)
        if turn is None:
            return replace(menu.home(scene), notice=words.gone_entry, area="menu")
        return replace(turn, area=area)

    def _tapped(self, scene: Scene, tap: Tap) -> tuple[str, Turn | None]:
        if isinstance(tap, Go):
            found = next((area for area in self._areas if area.name == tap.area and area.home), None)
            return (found.name, found.home(scene)) if found and found.home else ("menu", None)
        if isinstance(tap, Open):
            if tap.collection not in self._openers:
                return "menu", None
            area, opener = self._openers[tap.collection]
            return area.name, opener(scene, tap.id, tap.back)
        if type(tap) not in self._handlers:
            return "menu", None
        area, handler = self._handlers[type(tap)]
        return area.name, handler.answer(scene, tap)

    def _heard(self, scene: Scene, text: str) -> Turn:
        command = self._commands.get(text.strip().lower())
        if command:
            # Beginners type "menu" and "help" as often as "/menu" and "/help".
            return replace(command.answer(scene, ""), area=command.area)
        turn = _first((area, area.hears(scene, text)) for area in self._areas if area.hears)
        return self._leading_back(scene, turn or replace(menu.nothing_heard(scene), area="menu"))

    def _open_question(self, scene: Scene) -> tuple[Row, ...]:
        rows = (area.open_question(scene) for area in self._areas if area.open_question)
        return next(filter(None, rows), ())

    def _leading_back(self, scene: Scene, turn: Turn) -> Turn:
        """The turn, with a button back to a question that it did not answer."""
        if touched(turn.changes) or turn.screen is None:
            return turn
        rows = (*self._open_question(scene), *turn.screen.rows)
        return replace(turn, screen=replace(turn.screen, rows=rows))


def _first(answers: Iterable[tuple[Area, Turn | None]]) -> Turn | None:
    """The first answer that there is, as its area's."""
    return next((replace(turn, area=area.name) for area, turn in answers if turn), None)


def _arrival(person: Person, event: Event, now: datetime) -> tuple[Change, ...]:
    """What being here brings about, whatever the person does."""
    if isinstance(event.action, GroupMessage):
        return ()
    back = (Presence(gone=False),) if person.gone else ()
    if isinstance(event.action, Block):
        return () if event.action.blocked else back
    language = event.language or person.language
    stale = person.seen_at is None or now - person.seen_at >= SEEN_EVERY
    return (*back, Seen(language)) if stale or person.language != language else back


def _encouraged(scene: Scene, turn: Turn) -> Turn:
    """The turn, with its date counted, and a warm line below if it reached something."""
    if not turn.changes:
        return turn
    changes = (*turn.changes, *noted(scene.person, turn.changes, scene.now))
    kept, line = celebrated(scene, scene.after(*changes))
    screen = turn.screen
    if line and screen:
        screen = replace(screen, text=paragraphs(screen.text, line))
    return replace(turn, changes=(*changes, *kept), screen=screen)


def _given_up(scene: Scene, event: Event, turn: Turn) -> tuple[Change, ...]:
    """Whoever does something else than to answer gives up a question that waits."""
    elsewhere = not isinstance(event.action, Say | Share | Send | GroupMessage | Block)
    return settled() if waits(scene.person) and elsewhere and not asks(turn.changes) else ()
