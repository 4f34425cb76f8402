"""One person talks to the demo bot, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, expect

from bot.playground.run import Playground
from tests.support.browser import Chat, OpenPage, Screen

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def empty_chat(demo: Playground, open_page: OpenPage, screen: Screen = "desktop") -> Chat:
    """Somebody new, before their first word."""
    page = await open_page(demo.address.url, screen=screen)
    return await Chat.open(page, demo.world.add_person("Amara").id)


async def talking(demo: Playground, open_page: OpenPage, said: str, language: str = "en") -> Chat:
    """Somebody who has just said this."""
    page = await open_page(demo.address.url)
    person = demo.world.add_person("Amara", language)
    demo.world.say(person.id, said)
    return await Chat.open(page, person.id)


async def test_an_empty_chat_says_what_the_bot_does_and_begins_with_one_button(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await empty_chat(demo, open_page)
    await expect(chat.pane).to_contain_text("I never recruit, never charge")
    await expect(chat.pane).to_contain_text(
        "Everything here runs on your computer. Nobody on Telegram sees it."
    )
    await expect(chat.field).to_be_hidden()
    await chat.starts()
    await chat.sees("Step 1 of 6")
    await expect(chat.field).to_be_visible()
    await expect(chat.messages.first).to_contain_text("/start")


async def test_a_tap_edits_the_message_in_place_and_marks_it(demo: Playground, open_page: OpenPage) -> None:
    chat = await empty_chat(demo, open_page)
    await chat.starts()
    await chat.sees("0 of 4 done")
    await expect(chat.last.locator(".edited")).to_have_count(0)
    await chat.taps("I registered with two")
    await chat.sees("1 of 4 done")
    await expect(chat.button("✅ I registered with two")).to_be_visible()
    await expect(chat.last.locator(".edited")).to_have_text("edited")
    await expect(chat.messages).to_have_count(2)


async def test_the_answer_to_a_button_is_a_short_line_over_the_chat(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await empty_chat(demo, open_page)
    await chat.starts()
    await chat.sees("Step 1")
    await chat.taps("Skip")
    await chat.sees_toast("Saved. You can come back to this at any time.")


async def test_a_button_shows_that_it_waits_while_the_bot_is_busy(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await empty_chat(demo, open_page)
    await chat.starts()
    await chat.sees("Step 1")
    await chat.button("Next").click()
    await expect(chat.button("Next")).to_have_attribute("aria-busy", "true")
    # The demo bot answers this one only when the person says something.
    await chat.says("go on")
    await chat.sees_toast("On to the next step")
    await expect(chat.pane.locator(".key.busy")).to_have_count(0)


async def test_an_alert_stays_until_it_is_confirmed(demo: Playground, open_page: OpenPage) -> None:
    chat = await empty_chat(demo, open_page)
    await chat.starts()
    await chat.taps("Back")
    await chat.sees_alert("This is the first step, so there is nothing before it.")


async def test_a_link_button_opens_a_new_tab_and_a_copy_button_copies(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await empty_chat(demo, open_page)
    await chat.starts()
    link = chat.button("See all platforms")
    await expect(link).to_have_attribute("href", "https://example.org/platforms")
    await expect(link).to_have_attribute("target", "_blank")
    await expect(link).to_have_attribute("rel", re.compile("noopener"))
    await chat.button("Copy the checklist").click()
    await chat.sees_toast("Copied")
    assert await chat.page.evaluate("navigator.clipboard.readText()") == "laptop, headphones, quiet room"


async def test_a_long_quote_shows_three_lines_until_it_is_opened(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await empty_chat(demo, open_page, screen="phone")
    await chat.starts()
    quote = chat.last.locator("blockquote.expandable")
    toggle = quote.get_by_role("button", name="Show all of the quote")
    closed = await height(quote)
    await toggle.click()
    assert await height(quote) > closed * 2
    await expect(quote.get_by_role("button", name="Show less of the quote")).to_have_attribute(
        "aria-expanded", "true"
    )
    await quote.get_by_role("button", name="Show less of the quote").click()
    assert await height(quote) == closed


async def test_formatted_text_is_shown_as_telegram_would(demo: Playground, open_page: OpenPage) -> None:
    chat = await talking(demo, open_page, "/faq")
    text = chat.last.locator(".text")
    await expect(text.locator("strong")).to_have_text("Formats")
    await expect(text.locator("u")).to_have_text("under")
    await expect(text.locator("s")).to_have_text("strike")
    await expect(text.locator("code").first).to_have_text("code()")
    await expect(text.get_by_role("link", name="a link")).to_have_attribute("href", "https://example.org/")
    await expect(text.locator("pre")).to_contain_text('print("hello")')
    await expect(text.locator("blockquote.fits .quote-toggle")).to_be_hidden()
    spoiler = text.get_by_role("button", name="Hidden text")
    assert await spoiler.locator("span").evaluate("node => getComputedStyle(node).opacity") == "0"
    await spoiler.click()
    await expect(text.locator(".spoiler.shown")).to_have_text("the secret")
    await text.get_by_role("button", name="/steps").click()
    await chat.sees("You said /steps")


async def test_entities_count_in_utf16_units_as_telegram_does(demo: Playground, open_page: OpenPage) -> None:
    chat = await talking(demo, open_page, "🙂🙂 /faq")
    await expect(chat.messages.first.get_by_role("button", name="/faq")).to_have_text("/faq")


async def test_a_picture_is_shown_and_a_file_can_be_downloaded(demo: Playground, open_page: OpenPage) -> None:
    chat = await talking(demo, open_page, "/checklist")
    await expect(chat.messages).to_have_count(3)
    picture = chat.pane.get_by_role("img", name="Picture")
    await expect(picture).to_be_visible()
    await chat.page.wait_for_function("document.querySelector('.picture img').naturalWidth === 640")
    async with chat.page.expect_download() as started:
        await chat.pane.get_by_role("link", name=re.compile("Download my-data.json, 25 B")).click()
    download = await started.value
    assert download.suggested_filename == "my-data.json"


async def test_commands_are_listed_in_the_person_s_language_and_chosen_by_keyboard(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await talking(demo, open_page, "hola", language="es")
    await chat.field.press("/")
    options = chat.pane.get_by_role("option")
    await expect(options).to_have_text(["/startEmpezar o continuar", "/faqPreguntas frecuentes"])
    await chat.field.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await expect(chat.field).to_have_attribute(
        "aria-activedescendant", await options.nth(1).get_attribute("id") or ""
    )
    await chat.field.press("Enter")
    await chat.sees("Formats")


async def test_the_list_of_commands_narrows_while_typing_and_the_menu_button_opens_all(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await talking(demo, open_page, "hello")
    await chat.pane.get_by_role("button", name="Commands of the bot").click()
    await expect(chat.pane.get_by_role("option")).to_have_count(5)
    await chat.field.press_sequentially("st")
    await expect(chat.pane.get_by_role("option")).to_have_count(3)
    await chat.field.press("Escape")
    await expect(chat.pane.get_by_role("option")).to_have_count(0)
    await chat.field.fill("/s")
    await chat.field.press("Tab")
    await expect(chat.field).to_have_value("/start ")


async def test_a_deep_link_in_the_address_is_offered_and_sent_once(
    demo: Playground, open_page: OpenPage
) -> None:
    person = demo.world.add_person("Linked")
    page = await open_page(f"{demo.address.url}/?start=faq_avoid-scams#{person.id}")
    chat = Chat(page, person.id)
    await expect(chat.pane).to_contain_text("/start faq_avoid-scams")
    await chat.starts()
    await chat.sees("Deep link: faq_avoid-scams")
    await page.reload()
    await expect(chat.field).to_be_visible()


async def test_a_deep_link_to_this_bot_in_a_message_is_offered_here(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await talking(demo, open_page, "https://t.me/firstlabel_bot?start=step_2")
    await chat.messages.first.get_by_role("link").click()
    await chat.starts()
    await chat.sees("Deep link: step_2")


async def test_an_own_message_can_be_changed_with_the_arrow_key(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await talking(demo, open_page, "frist")
    await chat.sees("You said: frist")
    await chat.field.press("ArrowUp")
    await expect(chat.field).to_have_value("frist")
    await chat.says("first")
    await chat.sees("You changed it to: first")
    await expect(chat.messages.first).to_contain_text("first")
    await expect(chat.messages.first.locator(".edited")).to_be_visible()


async def test_a_deleted_message_goes_and_a_reaction_comes(demo: Playground, open_page: OpenPage) -> None:
    chat = await talking(demo, open_page, "/delete")
    await expect(chat.messages.first.locator(".reaction")).to_have_text("👍")
    await expect(chat.messages).to_have_count(1)


async def test_a_reply_keyboard_takes_the_place_below_and_can_share_a_place(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await talking(demo, open_page, "/keys")
    keys = chat.pane.get_by_role("group", name="Suggested answers")
    await keys.get_by_role("button", name="Manila").click()
    await chat.sees("You said: Manila")
    await keys.get_by_role("button", name="Share my place").click()
    await chat.sees("Thank you for the place.")
    await expect(keys).to_be_hidden()


async def test_a_quiz_takes_a_vote_and_shows_what_was_right(demo: Playground, open_page: OpenPage) -> None:
    chat = await talking(demo, open_page, "/quiz")
    poll = chat.last.get_by_role("group", name="Which of these is never asked for?")
    await poll.get_by_role("button", name="Your name").click()
    await expect(poll.locator(".option.wrong")).to_contain_text("Your name")
    await expect(poll.locator(".option.right")).to_contain_text("Money")
    await expect(poll).to_contain_text("Nobody honest asks for money.")
    await expect(poll).to_contain_text("1 vote")


async def test_anything_else_can_be_sent_from_the_paper_clip(demo: Playground, open_page: OpenPage) -> None:
    chat = await talking(demo, open_page, "hello")
    await chat.sees("You said: hello")
    kinds = ["Photo", "File", "Voice message", "Sticker", "Video", "Location", "Contact", "Poll", "Dice"]
    for count, label in enumerate(kinds, start=2):
        await chat.attaches(label)
        await expect(chat.messages).to_have_count(2 * count)
    own = chat.pane.locator(".message.own")
    await expect(own.nth(1).get_by_role("img", name="Picture")).to_be_visible()
    await expect(own.nth(2)).to_contain_text("notes.pdf")
    await expect(own.nth(3).get_by_role("img", name=re.compile("Voice message"))).to_be_visible()
    await expect(own.nth(4).locator(".sticker")).to_be_visible()
    await expect(own.nth(6)).to_contain_text("Location")
    await expect(own.nth(8).get_by_role("group", name="Tea or coffee?")).to_be_visible()


async def test_the_words_in_the_field_go_below_the_photo_that_is_attached(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await talking(demo, open_page, "hello")
    await chat.field.fill("My desk")
    await chat.attaches("Photo")
    await expect(chat.field).to_have_value("")
    own = chat.pane.locator(".message.own").last
    await expect(own.get_by_role("img", name="Picture")).to_be_visible()
    await expect(own).to_contain_text("My desk")
    await chat.field.fill("Not for this")
    await chat.attaches("Dice")
    await expect(chat.field).to_have_value("Not for this")


async def test_a_text_over_the_limit_goes_out_as_several_messages(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await talking(demo, open_page, "hello")
    await chat.field.fill("x" * 4095 + "🙂" + "y")
    await expect(chat.pane.locator(".counter")).to_have_text("goes out as 2 messages")
    await chat.field.press("Enter")
    await expect(chat.pane.locator(".message.own")).to_have_count(3)
    sent = [
        message["text"]
        for message in demo.world.chat(chat.person_id)
        if message["from"]["id"] == chat.person_id
    ]
    assert sent[1:] == ["x" * 4095, "🙂y"]


async def test_a_chat_is_still_there_after_a_reload(demo: Playground, open_page: OpenPage) -> None:
    chat = await empty_chat(demo, open_page)
    await chat.starts()
    await chat.taps("I read how three platforms pay")
    await chat.sees("1 of 4 done")
    await chat.page.reload()
    await chat.sees("1 of 4 done")
    await chat.taps("I read how three platforms pay")
    await chat.sees("0 of 4 done")


async def test_blocking_the_bot_leaves_one_button_to_take_it_back(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await talking(demo, open_page, "hello")
    await chat.sees("You said: hello")
    await chat.chooses("Block the bot")
    await chat.pane.get_by_role("button", name="Unblock the bot").click()
    await expect(chat.field).to_be_visible()


async def height(locator: Locator) -> float:
    box = await locator.bounding_box()
    assert box is not None
    return float(box["height"])
