"""In Spanish: somebody whose Telegram speaks the Spanish of Mexico reads no English word, wherever they go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from pydantic import BaseModel

from bot.content.kinds.faq import FaqFile
from bot.content.kinds.glossary import GlossaryFile
from bot.content.kinds.platforms import PlatformsFile
from bot.content.kinds.steps import StepsFile
from bot.content.library import Pack
from bot.content.loader import load
from bot.guide.answers import normalised
from bot.guide.guide import SPECS, Guide
from bot.guide.screen import Screen
from tests.guide.test_screens_fit import HISTORIES, visited
from tests.support.chat import Chats, Chatter, before_the_fold, buttons_of, picture, unfit, units
from tests.support.packs import PACKS, TODAY, pack_library

MEXICAN = "es-MX"
TO_ENGLISH = ("ls:en:", "ls:en:start")
READABLE = 850
"""Characters read at once: Spanish needs about an eighth more of them than English to say the same."""

ENGLISH = re.compile(
    r"\b(the|your|you|and|with|of|is|are|was|for|what|this|that|these|not|from|have|will|how|when|if|it|they|we|our|"
    r"step|steps|back|menu|more|before|next|skip|choose|type|done|open|pay|tip|tips|language|settings|help|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|"
    r"january|february|march|april|june|july|august|october|november|december|jan|apr|aug|dec)\b",
    re.IGNORECASE,
)
QUOTED = ("associate degree",)
"""English that is quoted as such, beside the names and the terms of the glossary."""


@cache
def spanish() -> Pack:
    return pack_library("firstlabel").pack(MEXICAN)


@cache
def named() -> re.Pattern[str]:
    """Names of platforms and sites, terms that people meet in English, commands, and other languages' own names."""
    terms = [term for each in spanish()[GlossaryFile].glossary for term in (each.term, *each.also)]
    platforms = spanish()[PlatformsFile].platforms
    names = [name for each in platforms for name in (each.name, *each.also_known_as)]
    known = sorted((*terms, *names, *QUOTED), key=len, reverse=True)
    return re.compile(
        "|".join([r"/\w+", r"[\w.-]+\.[a-z]{2,}\b", r"\{\w+\}", *map(re.escape, known)]), re.IGNORECASE
    )


def shown(history: str) -> Iterator[tuple[str, Screen, str]]:
    """Every screen, and all that is read there: its text, its buttons, the notice, what stands with a file."""
    for way, turn in visited("firstlabel", history, MEXICAN, TO_ENGLISH):
        assert turn.screen is not None, f"{way} shows nothing"
        labels = [button.label for button in buttons_of(turn.screen)]
        caption = turn.document.caption.plain if turn.document else ""
        yield way, turn.screen, "\n".join((turn.screen.text.plain, *labels, turn.notice or "", caption))


@pytest.mark.parametrize("history", list(HISTORIES))
def test_no_english_word_is_read_anywhere(history: str) -> None:
    count = 0
    for way, screen, text in shown(history):
        count += 1
        found = ENGLISH.findall(named().sub(" ", text))
        assert not found, f"{way} says {found}:{picture(screen)}"
    assert count > 200


@pytest.mark.parametrize("history", list(HISTORIES))
def test_every_screen_fits_telegram_and_is_short_before_the_fold(history: str) -> None:
    guide = Guide(pack_library("firstlabel"), "the_bot")
    for way, screen, _ in shown(history):
        assert not unfit(screen, guide), way
        assert units(before_the_fold(screen.text.nodes).strip()) <= READABLE, f"{way}:{picture(screen)}"


def test_nothing_is_left_untranslated() -> None:
    loaded = load(PACKS["firstlabel"], SPECS, today=TODAY)
    assert loaded.untranslated["es"] == 0, [each for each in loaded.warnings if "es/" in each.path]


def test_no_long_text_is_the_english_one_copied() -> None:
    english = {text for text in _texts(pack_library("firstlabel").pack("en")) if len(text.split()) >= 3}
    same = english & set(_texts(spanish()))
    assert not {text for text in same if ENGLISH.search(named().sub(" ", text))}


def _texts(pack: Pack) -> Iterator[str]:
    for model in (*pack.kinds.values(), *pack.sections.values()):
        yield from _below(model)


def _below(value: object) -> Iterator[str]:
    plain = value if isinstance(value, str) else getattr(value, "plain", None)
    if isinstance(plain, str):
        yield plain
    elif isinstance(value, BaseModel):
        for _, each in value:
            yield from _below(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _below(each)


@pytest.fixture
def eva() -> Chatter:
    return Chats(pack_library("firstlabel")).meet("Eva", language=MEXICAN)


def test_del_primer_saludo_al_ultimo_paso(eva: Chatter) -> None:
    eva.says("/start")
    eva.sees("Hola, Eva", "Lo que este bot nunca hace")
    eva.taps("Empecemos")
    eva.sees("Pregunta 1 de 3")
    eva.taps("📱 Solo un teléfono")
    eva.taps("De 5 a 15 horas")
    eva.taps("📝 Texto")
    total = len(eva.chats.guide.library.pack("es")[StepsFile].steps)
    for number in range(1, total + 1):
        eva.sees(f"Paso {number} de {total}", "Qué hacer")
        eva.taps("✅ Hecho")
        eva.is_told(f"¡El paso {number} está hecho!")
        if number < total:
            eva.says("/next")
    eva.says("/progress")
    eva.sees("Mi avance", f"{total} de {total}", "Un primer día")


def test_la_lista_y_los_ajustes(eva: Chatter) -> None:
    eva.says("/checklist")
    eva.taps("☐ Audífonos")
    eva.is_told("Marcado: Audífonos")
    eva.says("/settings")
    eva.sees("Idioma: Español")
    eva.taps("📄 ¿Qué guardan sobre mí?")
    assert "Ni tu nombre ni tus mensajes" in eva.file.caption.plain


def test_los_consejos_hablan_de_dias_en_espanol(eva: Chatter) -> None:
    eva.says("/tips")
    eva.taps("⏰ Elegir una hora")
    eva.says("7:30 p. m.")
    eva.says("Ciudad de México")
    eva.sees("ahora es lunes 06:00")
    eva.taps("Sí, es mi hora")
    eva.sees("19:30", "Todos los días", "Tu próximo consejo llega el lunes a las 19:30")
    eva.taps("⏸ Pausar")
    eva.taps("3 días")
    eva.sees("En pausa hasta el jueves 26 nov")
    eva.taps("Seguir con los consejos")
    eva.waits_for_the_tip()
    eva.sees("Consejo")
    eva.taps("☆ Guardar")
    eva.is_told("Guardado. Lo encuentras en /tips.")


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("¿cómo me pagan?", "payment-speed"),
        ("no tengo laptop, solo celular", "phone-only"),
        ("me piden pagar 50 dólares", "avoid-scams"),
        ("mi inglés es muy malo", "languages"),
        ("cuanto pagan x hora", "pay-rates"),
        ("no me pagaron mi trabajo", "dispute"),
        ("reprobe el examen puedo repetirlo", "failed-test"),
        ("me piden foto de mi cedula", "id-check"),
        ("tengo que pagar impuestos al SAT", "taxes"),
        ("puedo usar chatgpt en las tareas", "ai-tools"),
        ("no me salen tareas", "no-tasks"),
        ("me bloquearon la cuenta", "account-closed"),
    ],
)
def test_lo_que_la_gente_pregunta_encuentra_su_respuesta(eva: Chatter, typed: str, id_: str) -> None:
    question = spanish()[FaqFile].faq.get(id_)
    assert question is not None
    eva.says(typed)
    assert question.question in eva.text or any(question.short in label for label in eva.labels), eva.text


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("qué es el etiquetado", "annotation"),
        ("bounding box", "bounding-box"),
        ("¿Qué significa rúbrica?", "rubric"),
    ],
)
def test_una_palabra_se_explica_tambien_por_su_nombre_ingles(eva: Chatter, typed: str, term: str) -> None:
    entry = spanish()[GlossaryFile].glossary.get(term)
    assert entry is not None
    eva.says(typed)
    eva.sees(entry.term, entry.meaning)


def test_un_saludo_recibe_otro(eva: Chatter) -> None:
    eva.says("/start")
    for hello in ("¡Hola!", "Buenas tardes", "muchas gracias"):
        eva.says(hello)
        eva.sees("Qué bueno leerte")


def test_cada_manera_escrita_de_preguntar_encuentra_su_respuesta(eva: Chatter) -> None:
    lost = []
    for question in spanish()[FaqFile].faq:
        for way in question.ask:
            eva.says(way)
            # The name of a platform by itself opens its card, and what sounds like an offer is looked at as one.
            if question.question not in eva.text and eva.turn.area not in ("platforms", "offers"):
                lost.append((question.id, way))
    assert not lost


def test_toda_pregunta_tiene_al_menos_seis_maneras_y_ninguna_esta_dos_veces() -> None:
    ways = [normalised(way) for question in spanish()[FaqFile].faq for way in question.ask]
    assert len(ways) == len(set(ways))
    assert all(len(question.ask) >= 6 for question in spanish()[FaqFile].faq)
