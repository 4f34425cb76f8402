"""A report as files for others to work with: a page, JSON, or a folder of CSV. Counts only, few people only as few."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape

from bot.admin.report import FEW, Counted, Report, few

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def tables(report: Report) -> Sequence[Table]:
    """All tables of a report."""
    people = {name: _people(count) for name, count in asdict(report.people).items()}
    tips = {
        "sent": report.tips_sent,
        "liked": _people(report.tips_liked),
        "disliked": _people(report.tips_disliked),
    }
    questions = {
        "asked": report.asked,
        "answered": report.answered,
        "unanswered": report.unanswered,
        "helpful": _people(report.helpful),
        "not_helpful": _people(report.not_helpful),
    }
    return (
        Table("people", ("what", "people"), tuple(people.items())),
        Table("steps", ("step", "title", "reached", "done", "skipped", "median_days"), tuple(_steps(report))),
        Table("checklist", ("item", "title", "people"), tuple(_counted(report.checklist))),
        Table("platforms", ("platform", "title", "people"), tuple(_counted(report.platforms))),
        Table("tips", ("what", "count"), tuple(tips.items())),
        Table("questions", ("what", "count"), tuple(questions.items())),
        Table(
            "sources", ("source", "people"), tuple((each.id, _people(each.people)) for each in report.sources)
        ),
        Table("days", ("day", "active", "new", "turns", "asked", "tips"), tuple(_days(report))),
    )


def as_json(report: Report) -> str:
    """All tables, each as a list of objects; a number of few people is text, such as ``"<5"``."""
    body: dict[str, object] = {"at": report.at.isoformat(timespec="seconds")}
    for table in tables(report):
        body[table.name] = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def as_csv(report: Report) -> Mapping[str, str]:
    """A file for each table, by its name."""
    return {f"{table.name}.csv": _csv(table) for table in tables(report)}


def as_html(report: Report, title: str) -> str:
    """One page that needs nothing else."""
    body = "\n".join(_section(table) for table in tables(report) if table.rows)
    when = report.at.isoformat(timespec="minutes")
    return _PAGE.format(title=escape(title), when=escape(when), few=FEW, body=body)


def _steps(report: Report) -> Iterable[tuple[Cell, ...]]:
    for step in report.steps:
        days = step.days if step.done >= FEW else None
        counts = (_people(step.reached), _people(step.done), _people(step.skipped))
        yield (step.id, step.title, *counts, days)


def _counted(counted: Iterable[Counted]) -> Iterable[tuple[Cell, ...]]:
    return ((each.id, each.title, _people(each.people)) for each in counted)


def _days(report: Report) -> Iterable[tuple[Cell, ...]]:
    for day in report.days:
        yield (day.day.isoformat(), _people(day.active), _people(day.new), day.turns, day.asked, day.tips)


def _people(count: int) -> Cell:
    told = few(count)
    return int(told) if told.isdecimal() else told


def _csv(table: Table) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return file.getvalue()


def _harmless(cell: Cell) -> Cell:
    """A word of a link is anybody's to choose, and a spreadsheet would run what begins like a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _section(table: Table) -> str:
    head = "".join(f"<th>{escape(_words(name))}</th>" for name in table.columns)
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    return f"<h2>{escape(_words(table.name))}</h2>\n<table>\n<tr>{head}</tr>\n{rows}\n</table>"


def _cell(cell: Cell) -> str:
    number = isinstance(cell, int) or cell == few(1)
    return f"<td{' class=n' if number else ''}>{'' if cell is None else escape(str(cell))}</td>"


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem; color: #1c2733 }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #d9e0e7 }}
.n {{ text-align: right; font-variant-numeric: tabular-nums }}
</style>
<h1>{title}</h1>
<p>{when}. Counts only; fewer than {few} people are shown as &lt;{few}.</p>
{body}
</html>
"""
