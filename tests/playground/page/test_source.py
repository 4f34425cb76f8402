"""What holds for the page's files as they are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.playground.site import PAGE

FILES = sorted(path for path in PAGE.rglob("*") if path.is_file())
SCRIPTS = [path for path in FILES if path.suffix == ".js"]


def named(path: Path) -> str:
    return str(path.relative_to(PAGE))


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_no_script_can_turn_a_text_into_elements_or_code(path: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|srcdoc|setHTML"
    assert re.findall(forbidden, path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"""(?:src|href|url|import|fetch)[=(\s"']+(?:https?:)?//""", text) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_each_script_is_short_enough_to_read_at_once(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < 250


def test_the_page_has_no_inline_script_or_style() -> None:
    text = (PAGE / "index.html").read_text("utf-8")
    assert re.findall(r"<style|style=|\son\w+=|<script(?![^>]*src=)", text) == []


def test_the_page_names_only_files_that_are_there() -> None:
    text = (PAGE / "index.html").read_text("utf-8")
    named_there = re.findall(r'(?:src|href)="/assets/([^"]+)"', text)
    assert named_there
    assert [name for name in named_there if not (PAGE / name).is_file()] == []
    sheets = {f"css/{path.name}" for path in (PAGE / "css").iterdir()}
    assert sheets <= set(named_there)
