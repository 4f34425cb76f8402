"""Several people, the bot's process and the wire, in a real browser."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.playground.run import Playground, playground
from tests.support.browser import Chat, OpenPage

from .conftest import DEMO, NO_BOT

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = "<img src=x onerror=alert(1)>\"'&<script>"


@pytest_asyncio.fixture(loop_scope="session")
async def own(tmp_path: Path) -> AsyncIterator[Playground]:
    """A playground for one test alone."""
    async with playground("127.0.0.1:0", data=tmp_path, command=DEMO, log=lambda text: None) as running:
        await running.bot.start()
        await running.world.wait_until(lambda: running.bot.state == "running", 30)
        yield running


def row(page: Page, name: str) -> Locator:
    """A person's line in the list."""
    return page.get_by_role("listitem").filter(has_text=name)


async def test_a_person_is_added_with_a_name_and_a_language(own: Playground, open_page: OpenPage) -> None:
    page = await open_page(own.address.url)
    await page.get_by_role("button", name="Add a person").click()
    dialog = page.get_by_role("dialog", name="Add a person")
    await dialog.get_by_role("textbox", name="Name").fill("Óscar Núñez")
    await dialog.get_by_label("Language").select_option("es")
    await dialog.get_by_role("button", name="Add", exact=True).click()
    await expect(page.locator(".pane")).to_have_attribute("aria-label", "Chat of Óscar Núñez with Firstlabel")
    await expect(row(page, "Óscar Núñez")).to_contain_text("es")
    assert [person.language for person in own.world.people.values()] == ["en", "es"]


async def test_a_name_that_the_server_refuses_is_said_in_the_dialog(
    own: Playground, open_page: OpenPage
) -> None:
    page = await open_page(own.address.url, expected=("status of 400",))
    await page.get_by_role("button", name="Add a person").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="Name").fill("   ")
    await dialog.get_by_role("button", name="Add", exact=True).click()
    await expect(dialog.get_by_role("alert")).to_have_text("name: give a text that is not empty")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_a_person_is_renamed_in_the_list_and_in_their_chat(
    own: Playground, open_page: OpenPage
) -> None:
    page = await open_page(own.address.url)
    chat = Chat(page, next(iter(own.world.people)))
    await chat.chooses("Name and language")
    await page.get_by_role("textbox", name="Name").fill("Samira")
    await page.get_by_role("button", name="Save").click()
    await expect(row(page, "Samira")).to_be_visible()
    await expect(chat.pane.locator(".who-name")).to_have_text("Samira")


async def test_people_do_not_see_each_other_s_chats_and_unread_ones_are_counted(
    own: Playground, open_page: OpenPage
) -> None:
    first = next(iter(own.world.people))
    second = own.world.add_person("Second").id
    page = await open_page(own.address.url)
    chat = await Chat.open(page, first)
    await chat.starts()
    await chat.sees("Step 1")
    own.world.say(second, "only for me")
    await expect(row(page, "Second").locator(".badge")).to_have_text("1")
    await expect(page).to_have_title("(1) Firstlabel")
    await expect(chat.pane).not_to_contain_text("only for me")
    await row(page, "Second").get_by_role("button").first.click()
    other = Chat(page, second)
    await other.sees("You said: only for me")
    await expect(row(page, "Second").locator(".badge")).to_have_count(0)
    await expect(page).to_have_title("Firstlabel")


async def test_an_edit_in_another_chat_is_counted_as_unread(own: Playground, open_page: OpenPage) -> None:
    first = next(iter(own.world.people))
    second = own.world.add_person("Second").id
    page = await open_page(own.address.url)
    chat = await Chat.open(page, first)
    await chat.starts()
    await chat.sees("0 of 4 done")
    message = own.world.chat(first)[-1]
    await Chat.open(page, second)
    own.world.tap(first, message["message_id"], "tick:read")
    await expect(row(page, "Sam").locator(".badge")).to_have_text("1")


async def test_what_changes_under_one_s_own_tap_is_not_unread(own: Playground, open_page: OpenPage) -> None:
    page = await open_page(own.address.url)
    chat = await Chat.open(page, next(iter(own.world.people)))
    await chat.starts()
    await chat.sees("0 of 4 done")
    await chat.taps("I registered with two")
    await chat.sees("1 of 4 done")
    await expect(row(page, "Sam").locator(".badge")).to_have_count(0)
    await expect(page).to_have_title("Firstlabel")


async def test_two_chats_stand_side_by_side_in_a_wide_window(own: Playground, open_page: OpenPage) -> None:
    own.world.add_person("Second")
    page = await open_page(own.address.url)
    await expect(page.locator(".pane")).to_have_count(1)
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitemcheckbox", name="Two chats side by side").click()
    await expect(page.locator(".pane")).to_have_count(2)
    left, right = (Chat(page, person) for person in own.world.people)
    await left.starts()
    await left.sees("Step 1")
    await right.starts()
    await right.sees("Step 1")
    await page.reload()
    await expect(page.locator(".pane")).to_have_count(2)
    await right.pane.get_by_role("button", name="Close this chat").click()
    await expect(page.locator(".pane")).to_have_count(1)


async def test_who_begins_anew_stays_open_with_an_empty_chat(own: Playground, open_page: OpenPage) -> None:
    page = await open_page(own.address.url)
    old = next(iter(own.world.people))
    chat = Chat(page, old)
    await chat.starts()
    await chat.sees("Step 1")
    await chat.chooses("Begin anew")
    await page.get_by_role("alertdialog").get_by_role("button", name="Begin anew").click()
    await expect(chat.pane).to_have_count(0)
    [new] = own.world.people
    assert new != old
    await Chat(page, new).starts()
    await Chat(page, new).sees("Step 1")


async def test_who_is_removed_is_gone_and_the_last_one_leaves_a_hint(
    own: Playground, open_page: OpenPage
) -> None:
    page = await open_page(own.address.url)
    chat = Chat(page, next(iter(own.world.people)))
    await chat.chooses("Remove")
    await page.get_by_role("alertdialog", name="Remove Sam?").get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("Nobody is here. Add a person")).to_be_visible()
    assert own.world.people == {}


async def test_markup_in_names_messages_buttons_and_answers_stays_text(
    own: Playground, open_page: OpenPage
) -> None:
    person = own.world.add_person(HOSTILE).id
    page = await open_page(own.address.url)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    chat = await Chat.open(page, person)
    await chat.starts()
    await chat.says(HOSTILE)
    await chat.sees(f"You said: {HOSTILE}")
    await chat.says("/markup")
    await chat.sees("<b>not bold</b>")
    await chat.taps("<i>x</i>")
    await chat.sees_toast("<img src=x onerror=alert(1)>")
    await expect(row(page, HOSTILE)).to_be_visible()
    await page.keyboard.press("Alt+w")
    await page.get_by_role("complementary", name="Panels").get_by_text("answerCallbackQuery").click()
    assert await page.locator("img[src=x], script:not([src])").count() == 0
    assert dialogs == []


async def test_the_bot_that_died_is_shown_with_its_last_line_and_can_be_started_again(
    own: Playground, open_page: OpenPage
) -> None:
    page = await open_page(own.address.url)
    chat = Chat(page, next(iter(own.world.people)))
    await chat.starts()
    await chat.sees("Step 1")
    await chat.says("/crash")
    alert = chat.pane.get_by_role("alert")
    await expect(alert).to_contain_text("The bot is not running. RuntimeError: the bot fell over")
    await alert.get_by_role("button", name="Start it again").click()
    await expect(alert).to_be_hidden(timeout=20_000)
    await chat.says("back?")
    await chat.sees("You said: back?")


async def test_the_bot_is_restarted_from_the_head_of_a_chat(own: Playground, open_page: OpenPage) -> None:
    page = await open_page(own.address.url)
    old = own.bot.pid
    await page.get_by_role("button", name="Restart the bot").click()
    await own.world.wait_until(lambda: own.bot.state == "running" and own.bot.pid != old, 30)
    await expect(page.locator(".status-running")).to_be_visible()
    chat = Chat(page, next(iter(own.world.people)))
    await chat.starts()
    await chat.sees("Step 1")


async def test_the_wire_shows_each_request_with_its_answer(own: Playground, open_page: OpenPage) -> None:
    page = await open_page(own.address.url)
    chat = Chat(page, next(iter(own.world.people)))
    await chat.starts()
    await chat.sees("Step 1")
    await page.keyboard.press("Alt+w")
    side = page.get_by_role("complementary", name="Panels")
    call = side.locator(".call").filter(has_text="sendMessage").first
    await call.locator("summary").click()
    await expect(call).to_contain_text("Request")
    await expect(call.locator(".json").first).to_contain_text('"inline_keyboard"')
    await expect(call.locator(".json").last).to_contain_text('"ok": true')
    await expect(call.locator(".call-status")).to_have_text("200")
    await side.get_by_label("Filter the calls").fill("setmycommands")
    await expect(side.locator(".call-method")).to_have_text(["setMyCommands", "setMyCommands"])
    await side.get_by_label("Filter the calls").fill("")
    await side.get_by_role("button", name="Clear").click()
    await expect(side.get_by_text("Nothing yet. Say something to the bot.")).to_be_visible()
    own.world.faults.add_spec({"method": "sendMessage", "act": "bad_request", "text": "made up", "times": 1})
    await chat.says("hello")
    failed = side.locator(".call.failed").first
    await expect(failed).to_contain_text("400")
    await expect(failed).to_contain_text("Bad Request: made up")


async def test_a_lost_connection_is_said_and_mended_by_itself(open_page: OpenPage, tmp_path: Path) -> None:
    def listening(port: int) -> AbstractAsyncContextManager[Playground]:
        return playground(f"127.0.0.1:{port}", data=tmp_path, command=NO_BOT, log=lambda text: None)

    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(listening(0))
        page = await open_page(first.address.url, expected=("Failed to load resource", "net::ERR"))
        chat = Chat(page, next(iter(first.world.people)))
        first.world.say(chat.person_id, "before")
        await expect(chat.messages).to_have_count(1)
        await chat.field.fill("typed meanwhile")
        await stack.aclose()
        line = page.get_by_text("The playground is not answering. Trying again…")
        await expect(line).to_be_visible(timeout=20_000)
        await chat.field.press("Enter")
        await expect(page.locator(".toast-fault")).to_contain_text("The playground is not answering")
        await expect(chat.field).to_have_value("typed meanwhile")

        second = await stack.enter_async_context(listening(first.address.port))
        second.world.say(chat.person_id, "after")
        await expect(line).to_be_hidden(timeout=20_000)
        await expect(chat.messages).to_have_count(2)
        await expect(chat.field).to_have_value("typed meanwhile")


async def test_an_error_of_the_page_itself_is_shown(own: Playground, open_page: OpenPage) -> None:
    page = await open_page(own.address.url, expected=("made up",))
    await page.evaluate("setTimeout(() => { throw new Error('made up') })")
    await page.evaluate("Promise.reject(new Error('made up too')), null")
    failures = page.locator("#failures")
    await expect(failures).to_contain_text("This page stumbled: Uncaught Error: made up")
    await expect(failures).to_contain_text("made up too")


async def test_the_bot_killed_while_people_talk_answers_all_of_it_after_its_restart(
    own: Playground, open_page: OpenPage
) -> None:
    page = await open_page(own.address.url)
    chat = Chat(page, next(iter(own.world.people)))
    await chat.starts()
    await chat.sees("Step 1")
    assert own.bot.pid is not None
    os.kill(own.bot.pid, signal.SIGKILL)
    await expect(chat.pane.get_by_role("alert")).to_contain_text("The bot is not running")
    await chat.says("are you there?")
    await chat.pane.get_by_role("button", name="Start it again").click()
    await chat.sees("You said: are you there?")
    await expect(chat.pane.locator(".status")).to_have_class(re.compile("status-running"))
