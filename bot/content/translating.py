"""``python -m bot translations``: what it says and writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from bot.content.library import AreaSpec, LanguageCode
from bot.content.shapes import shape_of_type
from bot.content.translation_template import write_templates
from bot.content.translations import Survey, keep_record, languages_of, survey
from bot.errors import ContentError, Fault

_CODE = re.compile(shape_of_type(LanguageCode).pattern or "")


def translate(
    directory: Path,
    language: str | None,
    areas: Sequence[AreaSpec],
    *,
    template: bool,
    accept: Collection[str] | None,
    say: Callable[[str], object],
) -> bool:
    """List what one language lacks, or each of them; whether they are complete.

    ``template`` writes files of what is missing; ``accept``: see :func:`~bot.content.translations.survey`. Raises
    :class:`~bot.errors.ContentError` with what keeps it from being done.
    """
    if language is not None and not _CODE.fullmatch(language):
        raise ContentError(
            [Fault(language, 0, "", "write a language code in small letters, such as es or pt-br")]
        )
    languages = (language,) if language else languages_of(directory)
    surveys = [survey(directory, code, areas, accept=accept) for code in languages]
    _check_accepted(accept, surveys)
    for found in surveys:
        _record(found)
        for text in found.texts:
            if text.state != "done":
                say(str(text))
        if template:
            for path in write_templates(found, found.language):
                say(f"{path}: written; fill it in")
        say(found.summary())
    if not surveys:
        say("There is only one language.")
    return all(found.complete for found in surveys)


def _check_accepted(accept: Collection[str] | None, surveys: Sequence[Survey]) -> None:
    known = {text.key for found in surveys for text in found.texts}
    unknown = [key for key in accept or () if key not in known]
    if unknown:
        message = "there is no such text; copy its name from the list of stale ones"
        raise ContentError([Fault(key, 0, "", message) for key in unknown])


def _record(found: Survey) -> None:
    try:
        keep_record(found)
    except OSError as error:
        message = (
            f"cannot be written ({error.strerror}), so later changes of the base texts will not be noticed"
        )
        raise ContentError([Fault(str(found.directory), 0, "", message)]) from None
