"""Every mistake an author may make is one line: the file, the line in it, what is wrong, what to do.

Each case spoils the small pack in one way; the fault must be the only one, so nothing is said twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.content.yaml_reader import MOST_BYTES
from bot.errors import ContentError
from tests.content.packs import PACK, Case, faults_of, load_pack, write_pack

FAQ = "en/faq.yaml"
SHOP = "platforms.yaml"
SUN = "answer: Six hours a day."
SHORT = "short: Sun"


def faq(name: str, edit: tuple[str, str], at: str | int, where: str, says: str) -> Case:
    return Case(name, {FAQ: edit}, at, where, says)


KEYS = [
    faq("an unknown key", (SUN, "anser: x\n    " + SUN), "anser: x", "faq[1].anser", "unknown; known: renamed_from, more, related"),
    faq("a mistyped key", (SUN, "anser: Six."), "anser", "faq[1].anser", "did you mean 'answer'?"),
    faq("a mistyped key at the top", ("faq:\n", "faqs:\n"), "faqs:", "faqs", "did you mean 'faq'?"),
    faq("a missing key", ("    short: Sun\n", ""), "id: sunlight", "faq[1].short", "missing; add 'short:'"),
    faq("a key that stands twice", (SHORT, "short: Sun\n    short: Sol"), "short: Sol", "faq[1].short", "first in line 21"),
    faq("a nested unknown key", ("task_types: [sowing]", "tasktypes: [sowing]"), "tasktypes", "faq[0].links.tasktypes",
        "did you mean 'task_types'?"),
    faq("a key that is a list", (SHORT, SHORT + "\n    [a]: b"), "[a]", "faq[1]", "a key must be a single word"),
    faq("a key in brackets of another kind", (SHORT, SHORT + "\n    {a: b}: b"), "{a", "faq[1]", "a key must be a single word"),
    Case("missing words of an entry stand in the words' file", {"en/platforms.yaml": ("    pay: Cheap.\n", "")},
         "- id: seed-shop", "platforms[0].pay", "missing"),
    Case("a missing fact of an entry stands in the facts' file", {SHOP: ("    status: active\n", "")},
         "- id: seed-shop", "platforms[0].status", "missing"),
]  # fmt: skip

IDS = [
    faq("an id that stands twice", ("    title: Care", "    title: Care\n  - id: care\n    title: More care"), 4,
        "categories[1].id", "a second time (first in line 2)"),
    Case("an id twice in a nested list", {"en/steps.yaml": ("id: seed-in", "id: pot-filled")}, 12,
         "steps[0].tasks[1].id", "a second time (first in line 10)"),
    faq("an id with capitals", ("id: watering", "id: WaterIng"), "WaterIng", "faq[0].id", "'watering' would be one"),
    faq("an id with spaces and underscores", ("id: watering", "id: so_much water"), "so_", "faq[0].id", "'so-much-water' would be"),
    faq("an id without any letter", ("id: watering", "id: '!'"), "'!'", "faq[0].id", "'!' is no id: only small letters"),
    faq("an id too long for a button", ("id: watering", "id: " + "water" * 6), "waterwater", "faq[0].id", "no more than 64 bytes"),
    faq("an id that is a number", ("id: watering", "id: 42"), "42", "faq[0].id", "put it in quotes: '42'"),
    faq("an id that is missing", ("  - id: watering\n    category", "  - category"), 5, "faq[0].id", "missing; add 'id:'"),
    faq("a present id that is named as former", ("id: sunlight", "id: sunlight\n    renamed_from: [sunlight]"),
        "renamed_from", "faq[1].renamed_from[0]", "is the present id"),
    faq("a former id that another entry has", ("id: sunlight", "id: sunlight\n    renamed_from: [watering]"),
        "renamed_from", "faq[1].renamed_from[0]", "present id of another entry (line 5)"),
    Case("a former id of two entries", {FAQ: PACK[FAQ].replace("    short:", "    renamed_from: [old]\n    short:")},
         22, "faq[1].renamed_from[0]", "was already the id of another entry (line 8)"),
]  # fmt: skip

LINKS = [
    faq("a link that leads nowhere", ("related: [sunlight]", "related: [sunlite]"), "sunlite", "faq[0].related[0]",
        "no 'sunlite' in faq; did you mean 'sunlight'?"),
    faq("a link to nothing alike", ("related: [sunlight]", "related: [zzz]"), "zzz", "faq[0].related[0]", "known: sunlight, watering"),
    faq("a link to itself", ("related: [sunlight]", "related: [watering]"), "related", "faq[0].related[0]", "links to itself"),
    faq("a link that stands twice", ("related: [sunlight]", "related: [sunlight, sunlight]"), "related", "faq[0].related[1]",
        "in this list already"),
    faq("a category that there is not", ("category: care\n    question: How much sun", "category: car\n    question: How much sun"),
        19, "faq[1].category", "no 'car' in faq.categories; did you mean 'care'?"),
    faq("a link to a kind that there is not", ("task_types: [sowing]", "glossary: [soil]"), "soil", "faq[0].links.glossary[0]",
        "there is no glossary.yaml to link to"),
    faq("a link by a button to nowhere", ("task_types: [sowing]", "task_types: [sewing]"), "sewing",
        "faq[0].links.task_types[0]", "did you mean 'sowing'?"),
    faq("a link to itself by a button", ("task_types: [sowing]", "faq: [watering]"), "faq: [watering]", "faq[0].links.faq[0]",
        "links to itself"),
    Case("equipment that there is not", {"en/task_types.yaml": ("[pot]", "[pod]")}, "pod", "task_types[0].equipment[0]", "'pot'?"),
    Case("a level that there is not", {"en/task_types.yaml": ("level: low", "level: lov")}, "lov", "task_types[0].level",
         "no 'lov' in pay.levels"),
    Case("a kind of work that there is not", {SHOP: ("[sowing]", "[sown]")}, "sown", "platforms[0].task_types[0]", "'sowing'?"),
    Case("a question that there is not", {"en/equipment.yaml": ("question: place", "question: plaice")}, "plaice",
         "paths[0].shown_first_if.question", "did you mean 'place'?"),
    Case("an answer that cannot be given", {"en/equipment.yaml": ("option: no-garden", "option: none")}, "option",
         "paths[0].shown_first_if.option", "no option 'none'; known: garden, no-garden"),
]  # fmt: skip

TYPES = [
    faq("a number for a text", (SHORT, "short: 42"), "42", "faq[1].short", "42 is read as a number"),
    faq("a decimal for a text", (SHORT, "short: 4.2"), "4.2", "faq[1].short", "4.2 is read as a number"),
    faq("true for a text", (SHORT, "short: true"), "true", "faq[1].short", "put it in quotes: 'true'"),
    faq("a date for a text", (SHORT, "short: 2026-01-01"), "2026-01", "faq[1].short", "is read as a date"),
    faq("a list for a text", (SHORT, "short:\n      - Sun"), 21, "faq[1].short", "take the '- ' out"),
    faq("brackets for a text", (SHORT, "short: [Sun]"), "[Sun]", "faq[1].short", "[ begins a list"),
    faq("braces for a text", (SHORT, "short: {Sun: 1}"), "{Sun", "faq[1].short", "{ begins a mapping"),
    faq("a slot for a text", (SHORT, "short: {sun}"), "{sun}", "faq[1].short", "{ at the start of a value"),
    faq("a colon in an item", ("- how much water", "- how: much water"), "how: much", "faq[0].ask[1]", "a colon and a space"),
    faq("a text for a list", ("[sun, shade, light]", "sun"), "ask: sun", "faq[1].ask", "begins with '- '"),
    faq("a mapping for a list", ("[sun, shade, light]", "\n      sun: shade"), 22, "faq[1].ask", "begin each entry with '- '"),
    faq("a text for a mapping", ("links:\n      task_types: [sowing]", "links: sowing"), "links: sowing", "faq[0].links",
        "keys with values"),
    faq("a list for a mapping", ("links:\n      task_types", "links:\n      - task_types"), 16, "faq[0].links",
        "take the '- ' out"),
    faq("a text for an entry", ("  - id: care\n    title: Care", "  - care"), "- care", "categories[0]", "keys with values"),
    Case("yes for true", {"en/equipment.yaml": ("required: true", "required: yes")}, "yes", "equipment[0].required",
         "write true, not yes"),
    Case("off for false", {"en/equipment.yaml": ("required: true", "required: Off")}, "Off", "equipment[0].required",
         "write false, not Off"),
    Case("quotes around true", {"en/equipment.yaml": ("required: true", "required: 'true'")}, "'true'",
         "equipment[0].required", "take the quotes away: true"),
    Case("maybe for true", {"en/equipment.yaml": ("required: true", "required: maybe")}, "maybe", "equipment[0].required",
         "write true or false, not 'maybe'"),
    Case("a list for true", {"en/equipment.yaml": ("required: true", "required: [true]")}, "[true]",
         "equipment[0].required", "write true or false"),
    Case("a time for a number", {"en/steps.yaml": ("[5, 50]", "[5, 12:30]")}, "12:30",
         "steps[0].figure.examples[1]", "times of day are no numbers"),
    Case("an octal number", {"en/steps.yaml": ("[5, 50]", "[5, 012]")}, "012", "steps[0].figure.examples[1]", "octal"),
    Case("a new octal number", {"en/steps.yaml": ("[5, 50]", "[5, 0o12]")}, "0o12", "steps[0].figure.examples[1]", "octal"),
    Case("a hexadecimal number", {"en/steps.yaml": ("[5, 50]", "[5, 0x1F]")}, "0x1F", "steps[0].figure.examples[1]", "decimal"),
    Case("a power of ten", {"en/steps.yaml": ("[5, 50]", "[5, 1e1]")}, "1e1", "steps[0].figure.examples[1]", "powers of ten"),
    Case("digits in groups", {"en/steps.yaml": ("[5, 50]", "[5, 1_000]")}, "1_000", "steps[0].figure.examples[1]",
         "without anything between"),
    Case("a number in quotes", {"en/steps.yaml": ("[5, 50]", "[5, '50']")}, "'50'", "steps[0].figure.examples[1]",
         "take the quotes away: 50"),
    Case("a word for a number", {"en/steps.yaml": ("[5, 50]", "[5, many]")}, "many", "steps[0].figure.examples[1]",
         "a whole number such as 15, not 'many'"),
    Case("a list for a number", {"en/steps.yaml": ("[5, 50]", "[5, [50]]")}, "[50]", "steps[0].figure.examples[1]",
         "write a whole number such as 15"),
    Case("a decimal for a whole number", {"en/steps.yaml": ("[5, 50]", "[5, 50.5]")}, "50.5", "steps[0].figure.examples[1]",
         "a whole number such as 15, not '50.5'"),
    Case("a date that is none", {SHOP: ("checked: 2026-02-01\n    sources", "checked: 2026-02-30\n    sources")},
         "02-30", "platforms[0].checked", "no day of the calendar"),
    Case("a date in quotes", {SHOP: ("checked: 2026-02-01\n    sources", "checked: '2026-02-01'\n    sources")},
         "'2026", "platforms[0].checked", "take the quotes away: 2026-02-01"),
    Case("a date in another order", {SHOP: ("checked: 2026-02-01\n    sources", "checked: 1.2.2026\n    sources")},
         "1.2.", "platforms[0].checked", "year-month-day, such as 2026-01-31, not '1.2.2026'"),
    Case("a list for a date", {SHOP: ("checked: 2026-02-01\n    sources", "checked: [2026]\n    sources")},
         "[2026]", "platforms[0].checked", "year-month-day"),
    Case("a word that is none of those possible", {SHOP: ("beginners: friendly", "beginners: frendly")}, "frendly",
         "platforms[0].beginners", "one of: friendly, mixed, hard; did you mean 'friendly'?"),
    Case("an address that is none", {FAQ: ("https://example.com/sun", "example.com/sun")}, "example.com/sun",
         "faq[1].sources[0].url", "such as https://example.com/page"),
    Case("an address for a domain", {SHOP: ("domain: seeds.example.com", "domain: https://seeds.example.com")},
         "domain:", "platforms[0].domain", "write the domain alone"),
    Case("a word for a setting", {"bot.yaml": ("areas:", "stale_after_days: soon\nareas:")}, "soon", "stale_after_days",
         "a whole number"),
    Case("a number too small", {"bot.yaml": ("areas:", "stale_after_days: 0\nareas:")}, "stale", "stale_after_days",
         "write 1 or more, not 0"),
    Case("a number too big", {"bot.yaml": ("areas:", "stale_after_days: 9999\nareas:")}, "stale", "stale_after_days",
         "write 3650 or less, not 9999"),
    Case("numbers in the wrong order", {"en/steps.yaml": ("goal: [10, 20]", "goal: [20, 10]")}, "goal",
         "steps[0].figure.goal", "the smaller first"),
    Case("one number where two are wanted", {"en/steps.yaml": ("goal: [10, 20]", "goal: [10]")}, "goal",
         "steps[0].figure.goal", "an item is missing at the end"),
    Case("three numbers where two are wanted", {"en/steps.yaml": ("goal: [10, 20]", "goal: [1, 2, 3]")}, "goal",
         "steps[0].figure.goal", "3 in this list; at most 2"),
]  # fmt: skip

SIZES = [
    faq("a text too long", (SUN, "answer: " + "so " * 201 + "on"), "so so", "faq[1].answer", "605 characters; at most 600"),
    faq("a label too long", (SHORT, "short: " + "☀️" * 25), "☀", "faq[1].short", "50 characters; at most 48"),
    faq("a text that is empty", (SHORT, "short: ''"), "''", "faq[1].short", "no text stands here"),
    faq("a text of blanks", (SUN, "answer: '  '"), "'  '", "faq[1].answer", "no text stands here"),
    faq("too few in a list", ("[sun, shade, light]", "[sun]"), "[sun]", "faq[1].ask", "1 in this list; at least 3"),
    faq("too many in a list", ("[sun, shade, light]", f"[{', '.join('abcdefghijklmnopqrstuvwxyzABCDE')}]"), "ask: [a", "faq[1].ask",
        "31 in this list; at most 30"),
    Case("a list without entries", {"en/pay.yaml": ("factors:\n  - id: size\n    title: Size\n    text: Big pots cost more.",
         "factors: []")}, "factors", "factors", "0 in this list; at least 1"),
    Case("an address too long", {FAQ: ("https://example.com/sun", "https://example.com/" + "s" * 300)}, "sss",
         "faq[1].sources[0].url", "320 characters; at most 300"),
]  # fmt: skip

MARKUP = [
    faq("a tag", (SUN, "answer: Six <b>hours</b>."), "<b>", "faq[1].answer", "<b> is not shown; write **bold**"),
    faq("a block tag", (SUN, "answer: |\n      Six.\n\n      <div>hours</div>"), 23, "faq[1].answer", "<div> is not shown"),
    faq("bold that is not closed", (SUN, "answer: Six **hours."), "**hours.", "faq[1].answer", "write \\*\\*"),
    faq("a heading", (SUN, "answer: |\n      # Six"), 23, "faq[1].answer", "a heading"),
    faq("a picture", (SUN, "answer: 'Six ![sun](https://a.b/c.png)'"), "![sun", "faq[1].answer", "a picture can't"),
    faq("a link that is no address", (SUN, "answer: 'Six [hours](hours.html)'"), "hours.html", "faq[1].answer",
        "'hours.html' is no address"),
    faq("a slot that nobody fills", (SUN, "answer: Six {hours}."), "{hours}", "faq[1].answer", "nobody fills {hours}"),
    faq("a brace alone", (SUN, "answer: Six } hours."), "Six }", "faq[1].answer", "a single } stands here"),
    faq("formatting in a label", (SHORT, "short: The **sun**"), "**sun**", "faq[1].short", "no formatting is possible"),
    faq("a slot in a label", (SHORT, "short: The {sun}"), "{sun}", "faq[1].short", "nobody fills {sun}"),
    Case("an unknown slot", {"en/ui.yaml": ("{name}", "{nam}")}, "{nam}", "faq.found", "nobody fills {nam} here; known: {count}, {name}"),
    Case("an unknown slot in a button", {"en/ui.yaml": ("{title}", "{text}")}, "{text}", "faq.next", "nobody fills {text}"),
    Case("a brace alone in a button", {"en/ui.yaml": ("On: {title}", "On: {title")}, "{title", "faq.next",
         "a single { stands here"),
]  # fmt: skip

TRAPS = [
    faq("a colon in a value", (SHORT, "short: Sun: much"), "Sun: much", "", "a colon and a space within a value"),
    faq("a colon at the end of a value", (SHORT, "short: Sun or:"), "Sun or:", "", "a colon and a space within a value"),
    faq("a value that begins with @", (SHORT, "short: '@sun'".replace("'", "")), "@sun", "", "no value can begin with @"),
    faq("a value that begins with a backtick", (SHORT, "short: `sun`"), "`sun`", "", "no value can begin with a backtick"),
    faq("a value that begins with %", (SHORT, "short: %sun"), "%sun", "", "no value can begin with %"),
    faq("a value that begins with *", (SUN, "answer: *Six* hours"), "*Six*", "", "begins with * repeats"),
    faq("a value that begins with **", (SUN, "answer: **Six** hours"), "**Six**", "", "begins with * repeats"),
    faq("a value that begins with &", (SHORT, "short: & sun"), "& sun", "", "begins with & gives it a name"),
    faq("an anchor", (SHORT, "short: &sun Sun"), "&sun", "faq[1].short", "&sun gives a value a name"),
    faq("an alias", (SHORT, "short: *sun"), "*sun", "faq[1].short", "*sun repeats something by name"),
    faq("a merge key", (SHORT, SHORT + "\n    <<: {more: x}"), "<<", "faq[1].<<", "'<<' copies a mapping"),
    faq("an alias as a key", (SHORT, SHORT + "\n    *a : b"), "*a", "faq[1]", "*a repeats something by name"),
    faq("a tag of YAML", (SHORT, "short: !!str 42"), "!!str", "faq[1].short", "!!str gives a value a type"),
    faq("a tag of Python", (SHORT, "short: !!python/object/apply:os.system [ls]"), "!!python", "faq[1].short",
        "!!python/object/apply:os.system gives a value a type"),
    faq("a tag on a key", (SHORT, "!x short: Sun"), "!x", "faq[1].short", "!x gives a value a type"),
    faq("a value that begins with !", (SHORT, "short: !sun"), "!sun", "faq[1].short", "!sun gives a value a type"),
    faq("a text beside |", (SUN, "answer: | Six"), "| Six", "", "text goes on the lines below |"),
    faq("a text beside >", (SUN, "answer: > Six"), "> Six", "", "text goes on the lines below >"),
    faq("a value that begins with a slot", (SUN, "answer: {six} hours"), "{six}", "", "begins with { is a mapping"),
    faq("a value that begins with a link", (SUN, "answer: '[Six](https://a.b) hours'".replace("'", "")), "[Six]", "",
        "begins with [ is a list"),
    faq("a value that begins with a comma", (SHORT, "short: , sun"), ", sun", "", "no value can begin with a comma"),
    faq("a list beside its key", (SHORT, "short: - sun"), "- sun", "", "on the line below its key"),
    faq("an apostrophe in single quotes", (SUN, "answer: 'It's six'"), "It's", "", "write '' or use \"double quotes\""),
    faq("quotes within quotes", (SUN, 'answer: "The "sun" shines"'), '"sun"', "", "use 'single quotes'"),
    faq("a quote that is not closed", (SUN, "answer: 'Six"), "'Six", "", "the quote ' is opened here and never closed"),
    faq("a backslash in double quotes", (SUN, 'answer: "six \\* hours"'), "six", "", "a backslash is special"),
    faq("a remark that swallows the value", (SHORT, "short: #sun"), "#sun", "faq[1].short", "so that nothing is left"),
    faq("a remark that swallows the end", (SHORT, "short: Sun #1"), "Sun #1", "faq[1].short", "only 'Sun' is left"),
    faq("a remark behind letters of many bytes", (SHORT, "short: Só 👩 #1"), "#1", "faq[1].short", "only 'Só 👩' is left"),
    faq("a remark within a text", (SUN, "answer: Six # in\n      summer"), "Six #", "", "everything behind ' #' is a remark"),
    faq("a value that is missing", (SHORT, "short:"), 21, "faq[1].short", "nothing stands here"),
    faq("an item that is missing", ("- how much water", "-"), 11, "faq[0].ask[1]", "nothing stands here"),
    faq("a tilde", (SHORT, "short: ~"), "~", "faq[1].short", "~ means nothing at all"),
    faq("null", (SHORT, "short: null"), "null", "faq[1].short", "null means nothing at all"),
    faq("a tab for indentation", ("    short: Sun", "\tshort: Sun"), "\tshort", "", "a tab stands at the start"),
    faq("a tab within a text", (SUN, "answer: |\n\tSix"), "\tSix", "", "a tab stands at the start"),
    faq("a no-break space for indentation", ("    short: Sun", "    \xa0short: Sun"), "\xa0", "faq[1].\xa0short", "no-break space"),
    faq("no space behind the colon", (SHORT, "short:Sun"), "short:Sun", "", "a space is missing behind the colon"),
    faq("a line that is indented too little", ("    short: Sun", "   short: Sun"), "short: Sun", "", "does not fit those above"),
    faq("a line that is nothing", ("    short: Sun\n", "    short: Sun\nand more\n"), "and more", "", "no 'key: value'"),
    faq("a bracket that is not closed", ("[sun, shade, light]", "[sun, shade"), "[sun, shade", "", "begins with [ is a list"),
]  # fmt: skip

FILES = [
    Case("a file that begins with a list", {FAQ: "- faq\n"}, 1, "", "must begin with a key and a colon"),
    Case("a file in braces", {FAQ: "{a: b}\n"}, 1, "", "must begin with a key and a colon"),
    Case("a file that is one value", {FAQ: "# Questions\nfaq:x\n"}, 2, "", "a space is missing behind the colon"),
    Case("a file that is an alias", {FAQ: "*faq\n"}, 1, "", "must begin with a key"),
    Case("an anchor for all", {FAQ: "&all\nfaq: []\n"}, 1, "", "&all gives a value a name"),
    Case("two documents", {FAQ: PACK[FAQ] + "---\nfaq: []\n"}, "---", "", "a second document begins here"),
    Case("an empty file", {FAQ: ""}, 0, "", "the file is empty"),
    Case("a file of blanks", {FAQ: "\n  \n"}, 0, "", "the file is empty"),
    Case("a file of remarks", {FAQ: "# later\n"}, 0, "", "nothing but remarks"),
    Case("a file that is not UTF-8", {FAQ: PACK[FAQ].replace("Sun", "Só").encode("latin-1")}, 21, "", "0xF3 is not UTF-8"),
    Case("a file in UTF-16", {FAQ: PACK[FAQ].encode("utf-16")}, 0, "", "saved as UTF-16"),
    Case("a NUL", {FAQ: (SHORT, "short: S\0un")}, 21, "", "U+0000"),
    Case("a control character", {FAQ: (SHORT, "short: S\x1bun")}, 21, "", "U+001B"),
    Case("a line break that nobody sees", {FAQ: (SHORT, "short: S\u2028un")}, 21, "", "U+2028"),
    Case("a file too large", {FAQ: "# " + "x" * MOST_BYTES + "\n"}, 0, "", "more than 1,000,000 bytes"),
    Case("values too deep", {FAQ: "faq:\n  - " + "[" * 5_000 + "]" * 5_000 + "\n"}, 2, "", "more than 20 levels deep"),
    Case("an unknown file", {"en/fag.yaml": "a: b\n"}, 0, "", "this file is unknown; did you mean 'faq.yaml'?"),
    Case("a file of another case", {"en/FAQ.yaml": "a: b\n"}, 0, "", "did you mean 'faq.yaml'?"),
    Case("another suffix", {"en/faq.yml": "a: b\n"}, 0, "", "rename this file to faq.yaml"),
    Case("words at the top", {"ui.yaml": "a: b\n"}, 0, "", "belongs into the folder of a language"),
    Case("bot.yaml in a language", {"en/bot.yaml": "a: b\n"}, 0, "", "this file belongs into"),
    Case("an unknown folder", {"pictures/sun.txt": "x"}, 0, "", "this folder is unknown", path="pictures"),
    Case("a folder within a language", {"en/more/faq.yaml": "a: b\n"}, 0, "", "a folder is not expected", path="en/more"),
]  # fmt: skip

BOT = [
    Case("no bot.yaml", {"bot.yaml": None}, 0, "", "this file is missing; it says the bot's name"),
    Case("a key missing in bot.yaml", {"bot.yaml": ("name: Tomatoes\n", "")}, 1, "name", "missing"),
    Case("an unknown area", {"bot.yaml": ("shops]", "shop]")}, 3, "areas[1]", "no area 'shop'; did you mean 'shops'?"),
    Case("an area that stands twice", {"bot.yaml": ("shops]", "faq, shops]")}, 3, "areas[1]", "a second time"),
    Case("no area at all", {"bot.yaml": ("[faq, shops]", "[]")}, 3, "areas", "0 in this list; at least 1"),
    Case("an area whose kind is missing", {"bot.yaml": ("shops]", "shops, glossary]"), "en/ui.yaml":
         ("common:", "glossary:\n  title: Words\ncommon:")}, 3, "areas[2]", "needs en/glossary.yaml, which is missing"),
    Case("a language without a folder", {"bot.yaml": ("[en]", "[en, es]")}, 2, "languages[1]", "the folder es is missing; make it"),
    Case("the base language without a folder", {"bot.yaml": ("[en]", "[de, en]")}, 2, "languages[0]", "the folder de is missing"),
    Case("a language that stands twice", {"bot.yaml": ("[en]", "[en, en]")}, 2, "languages[1]", "a second time"),
    Case("a language code that is none", {"bot.yaml": ("[en]", "[en, English]")}, 2, "languages[1]", "such as en or pt-br"),
    Case("a folder of another case", {"bot.yaml": ("[en]", "[en, pt-br]"), "pt-BR/README": ""}, 2, "languages[1]",
         "rename pt-BR to it"),
    Case("a folder that no language has", {"es/ui.yaml": "shops: {title: Tiendas}"}, 0, "",
         "bot.yaml does not list this language", path="es"),
    Case("no words at all", {"en/ui.yaml": None}, 0, "", "this file is missing; it holds the words of the areas"),
    Case("an area without its words", {"en/ui.yaml": ("shops:\n  title: Shops\n", "")}, 1, "shops",
         "the area shops is on, and its words are missing"),
    Case("an area that lacks a word", {"en/ui.yaml": ("  title: Questions\n", "")}, "faq:", "faq.title", "missing"),
    Case("words for an unknown area", {"en/ui.yaml": ("common:", "faqs:\n  title: x\ncommon:")}, "faqs:", "faqs",
         "there is no area 'faqs'; did you mean 'faq'?"),
    Case("words that are empty", {"en/ui.yaml": ("shops:\n  title: Shops", "shops:")}, "shops:", "shops", "nothing stands here"),
    Case("words that are one text", {"en/ui.yaml": ("shops:\n  title: Shops", "shops: Shops")}, "shops: Shops", "shops",
         "keys with values"),
]  # fmt: skip

MERGING = [
    Case("an empty value of two files", {"en/platforms.yaml": ("    pay: Cheap.", "    pay: Cheap.\n    status:")},
         "status", "platforms[0].status", "nothing stands here"),
    Case("a fact in both files", {"en/platforms.yaml": ("    pay: Cheap.", "    pay: Cheap.\n    status: active")},
         "status", "platforms[0].status", "platforms.yaml:11 has this as well; keep one of the two"),
    Case("words in both files", {SHOP: ("    status: active", "    status: active\n    pay: Cheap.")}, "pay: Cheap.",
         "platforms[0].pay", "platforms.yaml:12 has this as well", path="en/platforms.yaml"),
    Case("facts without words", {SHOP: ("  - id: left", "  - id: bought\n  - id: left")}, "bought", "stages[1].id",
         "'bought' has no words in en/platforms.yaml"),
    Case("words without facts", {"en/platforms.yaml": ("  - id: left", "  - id: bought\n    title: B\n  - id: left")},
         "bought", "stages[1].id", "'bought' has no facts in platforms.yaml"),
    Case("a text for an entry of the facts", {SHOP: ("  - id: visited", "  - visited\n  - id: visited")}, "- visited",
         "stages[0]", "keys with values"),
]  # fmt: skip

WAYS = [
    faq("a way to ask that another entry has", ("[sun, shade, light]", "[sun, How  much water!, light]"), "[sun,",
        "faq[1].ask[1]", "'watering' and 'sunlight' are both asked by 'How  much water!'; take it out of one of them"),
    faq("a way to ask that is another entry's question", ("[sun, shade, light]", "[how much water do they need, shade, light]"),
        "[how", "faq[1].ask[0]", "'watering' and 'sunlight'"),
    faq("a question that is another entry's way to ask", ("question: How much sun do they need?", "question: Is it too dry?"),
        "question: Is", "faq[1].question", "'watering' and 'sunlight'"),
]  # fmt: skip

CASES = [*WAYS, *KEYS, *IDS, *LINKS, *TYPES, *SIZES, *MARKUP, *TRAPS, *FILES, *BOT, *MERGING]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, case: Case) -> None:
    case.check(tmp_path)


def test_all_mistakes_of_all_files_are_told_in_one_run(tmp_path: Path) -> None:
    write_pack(
        tmp_path,
        {
            "bot.yaml": ("shops]", "shop]"),
            "platforms.yaml": ("confidence: high", "confidence: hi"),
            "en/faq.yaml": ("related: [sunlight]", "related: [sun]"),
            "en/pay.yaml": ("intro: What", "intro: Note: What"),
            "en/ui.yaml": ("menu: Menu", "menue: Menu"),
            "en/steps.yaml": ("title: Sow", "title: <b>Sow</b>"),
        },
    )

    assert [f"{fault.path}:{fault.line}" for fault in faults_of(tmp_path)] == [
        "bot.yaml:3",
        "en/faq.yaml:15",
        "en/pay.yaml:1",
        "en/steps.yaml:3",
        "en/ui.yaml:8",
        "platforms.yaml:12",
    ]


def test_an_id_that_differs_between_facts_and_words_is_told_in_both(tmp_path: Path) -> None:
    write_pack(tmp_path, {"en/platforms.yaml": ("id: visited", "id: visitd")})

    assert [str(fault) for fault in faults_of(tmp_path)] == [
        "en/platforms.yaml:2: stages[0].id: 'visitd' has no facts in platforms.yaml; did you mean 'visited'?",
        "platforms.yaml:2: stages[0].id: 'visited' has no words in en/platforms.yaml; did you mean 'visitd'?",
    ]


def test_an_entry_without_an_id_in_either_file_is_told(tmp_path: Path) -> None:
    write_pack(
        tmp_path,
        {
            "en/platforms.yaml": (
                "  - id: left\n    title: Left",
                "  - id: left\n    title: Left\n  - title: Lost",
            ),
            "platforms.yaml": ("  - id: left", "  - ends: false\n  - id: left"),
        },
    )

    assert [(fault.path, fault.line, fault.where) for fault in faults_of(tmp_path)] == [
        ("en/platforms.yaml", 6, "stages[2].id"),
        ("platforms.yaml", 3, "stages[1].id"),
        ("platforms.yaml", 3, "stages[1].title"),
    ]


def test_several_mistakes_of_one_entry_each_have_their_line(tmp_path: Path) -> None:
    spoiled = PACK[FAQ].replace("short: Sun", "short: 1").replace("[sun, shade, light]", "[sun]")
    write_pack(tmp_path, {FAQ: spoiled.replace("answer: Six", "answer: Six **")})

    assert [(fault.line, fault.where) for fault in faults_of(tmp_path)] == [
        (21, "faq[1].short"),
        (22, "faq[1].ask"),
        (23, "faq[1].answer"),
    ]


def test_mistakes_that_yaml_allows_are_told_beside_those_that_it_does_not(tmp_path: Path) -> None:
    spoiled = PACK[FAQ].replace("short: Water", "short: Water #1").replace("short: Sun", "short: Sun: much")
    write_pack(tmp_path, {FAQ: spoiled})

    assert [fault.line for fault in faults_of(tmp_path)] == [8, 21]


def test_a_file_that_cannot_be_read_is_no_reason_to_call_links_to_it_wrong(tmp_path: Path) -> None:
    write_pack(tmp_path, {"en/task_types.yaml": ("title: Sowing", "title: @Sowing")})

    assert [fault.path for fault in faults_of(tmp_path)] == ["en/task_types.yaml"]


def test_without_languages_only_the_files_themselves_are_judged(tmp_path: Path) -> None:
    write_pack(tmp_path, {"bot.yaml": ("languages: [en]", "languages: en"), FAQ: (SHORT, "short: @sun")})

    assert [(fault.path, fault.line) for fault in faults_of(tmp_path)] == [("bot.yaml", 2), (FAQ, 21)]


def test_a_bomb_of_aliases_is_harmless(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    write_pack(tmp_path, {FAQ: "\n".join(lines)})

    faults = faults_of(tmp_path)

    assert {fault.path for fault in faults} == {FAQ}
    assert "&a0 gives a value a name" in faults[0].message


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"/nowhere: there is no such folder"):
        load_pack(tmp_path / "nowhere")


def test_a_file_instead_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("x")

    with pytest.raises(ContentError, match=r"/content: this is a file; name the folder"):
        load_pack(tmp_path / "content")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "content")
    (pack / FAQ).rename(tmp_path / "faq.yaml")
    (pack / FAQ).symlink_to(tmp_path / "faq.yaml")

    assert (FAQ, "this link leads out of the folder of the content; put a copy in its place") in [
        (fault.path, fault.message) for fault in faults_of(pack)
    ]


def test_a_folder_linked_from_elsewhere_is_not_followed(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "content")
    (tmp_path / "es").mkdir()
    (pack / "es").symlink_to(tmp_path / "es")

    (fault,) = faults_of(pack)

    assert (fault.path, fault.message[:18]) == ("es", "this link leads ou")


@pytest.mark.parametrize("kind", ["a link to nothing", "a pipe"])
def test_what_is_no_file_is_named(tmp_path: Path, kind: str) -> None:
    write_pack(tmp_path)
    (tmp_path / FAQ).unlink()
    if kind == "a pipe":
        os.mkfifo(tmp_path / FAQ)
    else:
        (tmp_path / FAQ).symlink_to("nothing.yaml")

    (fault,) = faults_of(tmp_path)

    assert (fault.path, fault.line) == (FAQ, 0)
    assert "no file that can be read" in fault.message


def test_a_folder_where_a_file_should_be_is_named(tmp_path: Path) -> None:
    write_pack(tmp_path)
    (tmp_path / FAQ).unlink()
    (tmp_path / FAQ).mkdir()

    assert "a folder is not expected here; take it out" in [
        fault.message for fault in faults_of(tmp_path) if fault.path == FAQ
    ]


@contextmanager
def somebody_else() -> Iterator[None]:
    """As root, who may read everything, become nobody for a while; as anybody else stay oneself."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("name", [FAQ, "en"])
def test_what_may_not_be_read_is_named(name: str) -> None:
    with TemporaryDirectory() as folder:
        pack = Path(folder)
        write_pack(pack)
        pack.chmod(0o755)
        (pack / name).chmod(0)
        with somebody_else():
            faults = faults_of(pack)
        (pack / name).chmod(0o700)

    assert (name, True) in [
        (fault.path, "cannot be read: Permission denied" in fault.message) for fault in faults
    ]
