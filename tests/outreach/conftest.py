from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _durations_as_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    # What build() asks of python-telegram-bot, for tests that make its errors by hand.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
