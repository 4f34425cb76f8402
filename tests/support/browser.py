"""A real browser for tests: the system's Chromium, driven through playwright.

A test folder takes the fixtures by importing them in its conftest. Everything of playwright lives on the session's
event loop, so tests that use them say `pytestmark = pytest.mark.asyncio(loop_scope="session")`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

Screen = Literal["desktop", "phone", "small phone"]

SIZES: dict[Screen, tuple[int, int]] = {
    "desktop": (1280, 800),
    "phone": (390, 844),
    "small phone": (360, 640),
}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

OpenPage = Callable[..., Awaitable[Page]]


def chromium() -> str:
    """The path of the browser. Without one the test is skipped, or fails where CI=true promises one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = (
            "no Chromium on this machine: install it (apt-get install chromium) to run the tests in a browser"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests; each gets windows of its own from `open_page`."""
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser) -> AsyncIterator[OpenPage]:
    """`await open_page(url, screen="phone", dark=True)`: a window without history or memory.

    Whatever the page reports as an error, a script's or the browser's, fails the test at its end. A test that
    provokes such reports names them: `expected=("net::ERR_CONNECTION_REFUSED",)`.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    async def open_one(
        url: str, *, screen: Screen = "desktop", dark: bool = False, expected: tuple[str, ...] = ()
    ) -> Page:
        width, height = SIZES[screen]
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            has_touch=screen != "desktop",
            is_mobile=screen != "desktop",
            reduced_motion="reduce",
            locale="en-GB",
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = await context.new_page()

        def note(fault: str) -> None:
            if not any(text in fault for text in expected):
                faults.append(fault)

        page.on("pageerror", lambda error: note(str(error)))
        page.on(
            "console", lambda message: note(message.text) if message.type in ("error", "warning") else None
        )
        await page.goto(url)
        return page

    yield open_one
    for context in contexts:
        await context.close()
    assert faults == [], "the page reported errors"


class Chat:
    """A person at the playground's page, in words: says, taps, sees."""

    def __init__(self, page: Page, person_id: int) -> None:
        self.page = page
        self.person_id = person_id
        self.pane = page.locator(f'.pane[data-person="{person_id}"]')
        self.messages = self.pane.locator(".message")
        self.field = self.pane.get_by_role("combobox", name="Message to the bot")

    @classmethod
    async def open(cls, page: Page, person_id: int) -> Chat:
        """Goes to the chat of this person on a page that shows the playground."""
        await page.goto(f"{page.url.partition('#')[0]}#{person_id}")
        chat = cls(page, person_id)
        await expect(chat.pane).to_be_visible()
        return chat

    @property
    def last(self) -> Locator:
        """The newest message, with its buttons."""
        return self.messages.last

    def button(self, text: str) -> Locator:
        """A button of the newest message that has one with this text in it."""
        return self.pane.locator(".keyboard .key").filter(has_text=text).last

    async def starts(self) -> None:
        """Presses the Start button of an empty chat or an opened deep link."""
        await self.pane.get_by_role("button", name="Start", exact=True).click()

    async def says(self, text: str) -> None:
        """Writes a message and sends it with Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")
        await expect(self.field).to_have_value("")

    async def attaches(self, kind: str) -> None:
        """Takes this kind of message from the paper clip's menu; what is in the field goes below it."""
        await self.pane.get_by_role("button", name="Send something else").click()
        await self.page.get_by_role("menuitem", name=kind, exact=True).click()

    async def taps(self, text: str) -> None:
        """Presses an inline button and waits until the bot has answered it."""
        button = self.button(text)
        await button.click()
        await expect(self.pane.locator(".key.busy")).to_have_count(0)

    async def chooses(self, entry: str) -> None:
        """Opens the person's menu in the head of the chat and takes the entry that begins so."""
        await self.pane.locator(".who").click()
        await self.page.get_by_role("menuitem", name=entry).click()

    async def sees(self, text: str) -> None:
        """Waits until the newest message has this text in it."""
        await expect(self.last).to_contain_text(text)

    async def sees_toast(self, text: str) -> None:
        """Waits for a short line over the chat."""
        await expect(self.pane.locator(".toast")).to_contain_text(text)

    async def sees_alert(self, text: str) -> None:
        """Waits for the bot's alert and confirms it."""
        dialog = self.page.get_by_role("alertdialog")
        await expect(dialog).to_contain_text(text)
        await dialog.get_by_role("button", name="OK").click()
        await expect(dialog).to_have_count(0)
