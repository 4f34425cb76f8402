"""What is sent to Sentry of a failure: enough to mend it, and nothing about anybody."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from bot.admin.sentry import set_up_sentry
from bot.errors import StoreError
from bot.references import report

TOKEN = "123456789:AAkanarienvogelkanarienvogelkanarie"
WORDS = "my canary diary"
log = logging.getLogger("bot.test")


class Kept(Transport):
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Any] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.extend(json.loads(item.get_bytes()) for item in envelope.items)

    @property
    def text(self) -> str:
        return json.dumps(self.sent)


@pytest.fixture
def sentry() -> Iterator[Kept]:
    transport = Kept()
    set_up_sentry("https://key@sentry.example/1", (TOKEN,), "1.0", transport)
    yield transport
    sentry_sdk.get_client().close()
    sentry_sdk.init()


def fail(text: str) -> None:
    name = "Kanarienvogel"
    try:
        raise ValueError(f"{text} of {name}")
    except ValueError as error:
        report(log, "a turn", error, person=7_000_000_001, update=12345678)


def test_a_failure_is_told_with_its_code_and_place_and_nobody_in_it(sentry: Kept) -> None:
    fail(WORDS)
    (event,) = sentry.sent
    assert "a turn failed ref=" in event["logentry"]["message"]
    (error,) = event["exception"]["values"]
    assert error["type"] == "ValueError"
    assert error["stacktrace"]["frames"][-1]["function"] == "fail"
    assert event["release"] == "firstlabel@1.0"
    for secret in (WORDS, "Kanarienvogel", "7000000001", "12345678", TOKEN):
        assert secret not in sentry.text


def test_a_text_of_our_own_is_told_without_secrets(sentry: Kept) -> None:
    report(log, "the store", StoreError(f"bot.db: is locked {TOKEN}"))
    assert "bot.db: is locked [secret]" in sentry.text
    assert TOKEN not in sentry.text


def test_what_nothing_caught_is_told_without_its_words(sentry: Kept) -> None:
    try:
        raise RuntimeError(WORDS)
    except RuntimeError:
        log.critical("stopped by an error that nothing caught", exc_info=True)
    assert "stopped by an error that nothing caught" in sentry.text
    assert WORDS not in sentry.text


def test_only_errors_are_told_and_no_trail_of_what_came_before(sentry: Kept) -> None:
    log.warning("%s", WORDS)
    log.info("%s", WORDS)
    assert sentry.sent == []
    fail("x")
    assert WORDS not in sentry.text
    assert not {"breadcrumbs", "user", "request", "server_name", "modules", "contexts", "extra"} & set(
        sentry.sent[0]
    )
