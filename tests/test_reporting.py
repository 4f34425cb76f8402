"""``python -m bot stats`` and ``unanswered``: for reports and for authors, while the bot runs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.guide.person import Asked, Remember, Seen, Start
from bot.store import open_store
from tests.store.knowing import NOON
from tests.support.bot_process import environment


@pytest.fixture
async def lived(tmp_path: Path) -> AsyncIterator[Path]:
    """A folder in which a bot serves people."""
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    await store.claim()
    for person in range(1, 8):
        await store.save(person, [Start("ad"), Seen("en"), Remember("have", "laptop", "yes")], NOON)
    yield tmp_path
    await store.close()


def stats(folder: Path, *options: str, database: str = "bot.db") -> subprocess.CompletedProcess[str]:
    return run(folder, "stats", *options, database=database)


def run(folder: Path, *arguments: str, database: str = "bot.db") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(DATABASE_URL=f"sqlite:///{folder}/{database}"),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_json_goes_to_standard_output(lived: Path) -> None:
    found = json.loads(stats(lived).stdout)
    assert {"what": "started", "people": 7} in found["people"]
    assert found["sources"] == [{"source": "ad", "people": 7}]


def test_a_page_and_a_folder_of_tables_are_written(lived: Path) -> None:
    done = stats(lived, "--html", "out/page.html", "--csv", "out/tables", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "<h2>People</h2>" in (lived / "out/page.html").read_text(encoding="utf-8")
    assert (lived / "out/tables/sources.csv").read_text(encoding="utf-8") == "source,people\nad,7\n"
    assert len(list((lived / "out/tables").iterdir())) == 8
    assert json.loads(done.stdout)["sources"]
    assert stats(lived, "--html", "out/page.html").stdout == ""


def test_a_file_that_cannot_be_written_is_one_clear_line(lived: Path) -> None:
    (lived / "taken").write_text("", encoding="utf-8")
    done = stats(lived, "--html", "taken/page.html")
    assert done.returncode == 1
    assert "taken/page.html: cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistyped_database_is_not_made_anew(lived: Path) -> None:
    done = stats(lived, database="other.db")
    assert done.returncode == 1
    assert "other.db" in done.stderr
    assert not (lived / "other.db").exists()


async def test_what_was_asked_in_vain_becomes_entries(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    await store.save(1, [Asked("can my cat help", "en")], datetime.now(UTC))
    await store.close()
    done = run(tmp_path, "unanswered", "--yaml", "out/faq.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    (entry,) = yaml.safe_load((tmp_path / "out/faq.yaml").read_text(encoding="utf-8"))
    assert entry["ask"] == ["can my cat help"]
    assert "id: can-my-cat-help" in run(tmp_path, "unanswered").stdout


async def test_entries_that_somebody_may_be_completing_are_not_written_over(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    await store.save(1, [Asked("can my cat help", "en")], datetime.now(UTC))
    await store.close()
    (tmp_path / "faq.yaml").write_text("mine", encoding="utf-8")
    done = run(tmp_path, "unanswered", "--yaml", "faq.yaml")
    assert done.returncode == 1
    assert done.stderr == "faq.yaml: is there already and is not written over; name a new file\n"
    assert (tmp_path / "faq.yaml").read_text(encoding="utf-8") == "mine"


def test_that_nothing_was_asked_in_vain_is_said_and_no_file_is_made(lived: Path) -> None:
    done = run(lived, "unanswered", "--yaml", "faq.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "# Within the last 60 days nothing was asked in vain.\n"
    assert not (lived / "faq.yaml").exists()
