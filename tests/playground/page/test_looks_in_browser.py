"""Sizes, colours, keyboard and reading aids, in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.playground.run import Playground
from tests.support.browser import Chat, OpenPage, Screen

pytestmark = pytest.mark.asyncio(loop_scope="session")

BRIGHTNESS = """selector => {
  const [r, g, b] = getComputedStyle(document.querySelector(selector)).backgroundColor.match(/[\\d.]+/g).map(Number);
  return (r + g + b) / 3;
}"""

CONTRAST = """selector => {
  const light = (text) => text.match(/[\\d.]+/g).slice(0, 3).map(Number)
    .map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  return [...document.querySelectorAll(selector)].filter((node) => node.offsetParent).map((node) => {
    let behind = node;
    while (/rgba\\(.*, 0\\)|transparent/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
    const [a, b] = [light(getComputedStyle(node).color), light(getComputedStyle(behind).backgroundColor)];
    return [node.className || node.tagName, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
  });
}"""


async def with_step(demo: Playground, open_page: OpenPage, name: str = "Amara", **how: Any) -> Chat:
    """Somebody who is looking at a long screen with six rows of buttons."""
    page = await open_page(demo.address.url, **how)
    person = demo.world.add_person(name)
    demo.world.say(person.id, "/start")
    chat = await Chat.open(page, person.id)
    await chat.sees("Step 1 of 6")
    return chat


@pytest.mark.parametrize("dark", [False, True])
async def test_colours_follow_the_system_until_the_person_chooses(
    demo: Playground, open_page: OpenPage, dark: bool
) -> None:
    page = await open_page(demo.address.url, dark=dark)
    await expect(page.locator(".person").first).to_be_visible()
    assert (await page.evaluate(BRIGHTNESS, ".people") < 80) == dark
    await page.get_by_role("button", name="Use light colours" if dark else "Use dark colours").click()
    assert (await page.evaluate(BRIGHTNESS, ".people") < 80) != dark
    await page.reload()
    await expect(page.locator(".person").first).to_be_visible()
    assert (await page.evaluate(BRIGHTNESS, ".people") < 80) != dark


@pytest.mark.parametrize("dark", [False, True])
async def test_text_stands_out_from_its_ground(demo: Playground, open_page: OpenPage, dark: bool) -> None:
    chat = await with_step(demo, open_page, dark=dark)
    selectors = ".text, .meta, .status, .person-name, .person-last, .who-name, .private, .badge, .commands-button, .text a"
    measured = await chat.page.evaluate(CONTRAST, selectors)
    assert len(measured) > 10
    assert [(name, round(ratio, 2)) for name, ratio in measured if ratio < 4.3] == []


@pytest.mark.parametrize("screen", ["desktop", "phone", "small phone"])
async def test_nothing_is_wider_than_the_window(
    demo: Playground, open_page: OpenPage, screen: Screen
) -> None:
    chat = await with_step(
        demo, open_page, name="Wilhelmina-Alexandrina von und zu Überlängenhausen", screen=screen
    )
    demo.world.say(chat.person_id, "wordwithoutanyspace" * 40)
    await expect(chat.messages).to_have_count(4)
    wide = """() => {
      const limit = innerWidth + 0.5;
      const inside = [...document.querySelectorAll('.pane *')].filter((node) => node.offsetParent && !node.closest('pre'));
      const over = inside.filter((node) => node.getBoundingClientRect().right > limit && !node.matches('.tail'));
      return [document.documentElement.scrollWidth > innerWidth, over.map((node) => node.className)];
    }"""
    assert await chat.page.evaluate(wide) == [False, []]


@pytest.mark.parametrize("screen", ["phone", "small phone"])
async def test_everything_to_press_is_big_enough_for_a_finger(
    demo: Playground, open_page: OpenPage, screen: Screen
) -> None:
    chat = await with_step(demo, open_page, screen=screen)
    small = """() => [...document.querySelectorAll('.pane button, .pane .key')]
      .filter((node) => node.offsetParent && !node.matches('.command-link, .quote-toggle'))
      .map((node) => [node.className, node.getBoundingClientRect().width, node.getBoundingClientRect().height])
      .filter(([, width, height]) => width < 43.5 || height < 43.5)"""
    assert await chat.page.evaluate(small) == []


async def test_a_phone_shows_the_list_or_the_chat_and_back_leads_from_one_to_the_other(
    demo: Playground, open_page: OpenPage
) -> None:
    person = demo.world.add_person("Phoney")
    page = await open_page(demo.address.url, screen="phone")
    line = page.get_by_role("listitem").filter(has_text="Phoney").get_by_role("button").first
    await line.tap()
    chat = Chat(page, person.id)
    await expect(chat.pane).to_be_visible()
    await expect(line).to_be_hidden()
    await page.get_by_role("button", name="Back to the list of people").tap()
    await expect(line).to_be_visible()
    await expect(chat.pane).to_be_hidden()
    await line.tap()
    await expect(chat.pane).to_be_visible()
    await page.go_back()
    await expect(line).to_be_visible()


async def test_new_messages_keep_the_end_in_sight_and_a_reader_further_up_in_place(
    demo: Playground, open_page: OpenPage
) -> None:
    chat = await with_step(demo, open_page, screen="phone")
    for number in range(6):
        demo.world.say(chat.person_id, f"line {number}")
    await chat.sees("You said: line 5")
    await expect(chat.last).to_be_in_viewport()
    await scroll(chat.page, "0")
    jump = chat.pane.get_by_role("button", name="Go to the newest message")
    await expect(jump).to_be_visible()
    top = await chat.page.evaluate("document.querySelector('.scroller').scrollTop")
    message = demo.world.chat(chat.person_id)[0]
    demo.world.add(
        {**{key: message[key] for key in ("chat", "date")}, "from": demo.world.bot, "text": "news"}
    )
    await expect(jump.locator(".badge")).to_have_text("1")
    assert await chat.page.evaluate("document.querySelector('.scroller').scrollTop") == top
    await jump.tap()
    await expect(chat.last).to_be_in_viewport()
    await expect(jump).to_be_hidden()


async def test_an_edited_message_above_is_pointed_to(demo: Playground, open_page: OpenPage) -> None:
    chat = await with_step(demo, open_page, screen="phone")
    step = demo.world.chat(chat.person_id)[-1]
    for number in range(12):
        demo.world.say(chat.person_id, f"line {number}")
    await chat.sees("You said: line 11")
    demo.world.tap(chat.person_id, step["message_id"], "tick:read")
    jump = chat.pane.get_by_role("button", name="Go to the edited message above, 1 unread")
    await jump.tap()
    await expect(chat.messages.nth(1)).to_be_in_viewport()
    await expect(chat.messages.nth(1)).to_contain_text("1 of 4 done")


async def test_a_walk_with_the_keyboard_alone(demo: Playground, open_page: OpenPage) -> None:
    page = await open_page(demo.address.url)
    await expect(page.locator(".person").first).to_be_visible()
    await page.get_by_role("button", name="Add a person").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.type("Keyboard Kim")
    await page.keyboard.press("Enter")
    pane = page.get_by_role("region", name="Chat of Keyboard Kim with Firstlabel")
    await expect(pane.get_by_role("button", name="Start", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    field = pane.get_by_role("combobox")
    await expect(field).to_be_focused()
    await expect(pane).to_contain_text("0 of 4 done")

    # One stop of the Tab key for all buttons of a message; arrows move between them.
    await focus_last_keyboard(page)
    await page.keyboard.press("ArrowDown")
    await expect(page.locator(":focus")).to_contain_text("I checked that they take my country")
    await page.keyboard.press("Enter")
    await expect(pane).to_contain_text("1 of 4 done")
    await expect(page.locator(":focus")).to_contain_text("✅ I checked that they take my country")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator(":focus")).to_have_text("Skip")
    await page.keyboard.press("Enter")
    await expect(pane.locator(".toast")).to_contain_text("Saved")

    await page.keyboard.press("/")
    await expect(field).to_have_value("/")
    await page.keyboard.type("fa")
    await page.keyboard.press("Enter")
    await expect(pane).to_contain_text("Formats")
    await page.keyboard.press("Alt+ArrowUp")
    await expect(pane).to_have_count(0)
    await page.keyboard.press("Alt+ArrowDown")
    await expect(pane).to_be_visible()


async def test_the_focus_is_always_visible(demo: Playground, open_page: OpenPage) -> None:
    chat = await with_step(demo, open_page)
    await chat.pane.get_by_role("button", name="Restart the bot").focus()
    seen = set()
    for _ in range(12):
        await chat.page.keyboard.press("Tab")
        style = await chat.page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " const f = document.activeElement.closest('.field');"
            " return [document.activeElement.outerHTML.slice(0, 60), s.outlineStyle, f ? getComputedStyle(f).boxShadow : '']; })()"
        )
        seen.add(style[0])
        assert style[1] != "none" or "2px" in style[2], style
    assert len(seen) > 5


async def test_menus_close_with_escape_and_give_the_focus_back(demo: Playground, open_page: OpenPage) -> None:
    chat = await with_step(demo, open_page)
    who = chat.pane.locator(".who")
    await who.focus()
    await chat.page.keyboard.press("Enter")
    await expect(chat.page.get_by_role("menuitem").first).to_be_focused()
    await chat.page.keyboard.press("End")
    await expect(chat.page.get_by_role("menuitem", name="Restart the bot")).to_be_focused()
    await chat.page.keyboard.press("Escape")
    await expect(chat.page.get_by_role("menu")).to_have_count(0)
    await expect(who).to_be_focused()


async def test_readers_hear_new_messages_and_whose_they_are(demo: Playground, open_page: OpenPage) -> None:
    chat = await with_step(demo, open_page)
    log = chat.pane.get_by_role("log", name="Messages")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log.get_by_role("article", name=re.compile("^You, "))).to_have_count(1)
    await expect(log.get_by_role("article", name=re.compile("^Firstlabel, "))).to_have_count(1)
    unnamed = """() => [...document.querySelectorAll('button, a, input, textarea, select, img')]
      .filter((node) => node.offsetParent && !node.closest('[aria-hidden]'))
      .filter((node) => !(node.ariaLabel || node.textContent.trim() || node.labels?.length || node.hasAttribute('alt')))
      .map((node) => node.outerHTML)"""
    assert await chat.page.evaluate(unnamed) == []


async def test_right_to_left_text_begins_at_the_right(demo: Playground, open_page: OpenPage) -> None:
    page = await open_page(demo.address.url)
    person = demo.world.add_person("ליאור", "he")
    demo.world.say(person.id, "שלום לכולם")
    chat = await Chat.open(page, person.id)
    direction = await chat.messages.first.locator(".text").evaluate(
        "node => getComputedStyle(node).direction"
    )
    assert direction == "rtl"
    await expect(page.locator(".who .avatar")).to_have_text("ל")


async def test_a_few_emoji_alone_are_big(demo: Playground, open_page: OpenPage) -> None:
    page = await open_page(demo.address.url)
    person = demo.world.add_person("Emo")
    for text in ("👩‍🚀", "🎉🎉🎉", "🎉🎉🎉🎉", "nice 🎉", "12"):
        demo.world.say(person.id, text)
    chat = await Chat.open(page, person.id)
    own = chat.pane.locator(".message.own .text")
    await expect(own).to_have_count(5)
    big = [("emoji" in (await own.nth(index).get_attribute("class") or "")) for index in range(5)]
    assert big == [True, True, False, False, False]


async def test_the_policy_of_the_page_lets_no_foreign_code_run(demo: Playground, open_page: OpenPage) -> None:
    page = await open_page(demo.address.url, expected=("Content Security Policy", "violates", "Refused"))
    ran = await page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.hacked = true';
          document.body.append(script);
          const button = document.createElement('button');
          button.setAttribute('onclick', 'window.hacked = true');
          document.body.append(button);
          button.click();
          return window.hacked === true;
        }"""
    )
    assert ran is False


async def focus_last_keyboard(page: Page) -> None:
    """From the field backwards to the first stop inside a keyboard."""
    for _ in range(12):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.matches('.key')"):
            return
    raise AssertionError("no keyboard within 12 stops of the field")


async def scroll(page: Page, top: str) -> None:
    await page.locator(".scroller").evaluate(f"node => node.scrollTo({{ top: {top}, behavior: 'instant' }})")


WIDTHS = """() => {
  const wide = (text) => {
    const span = document.body.appendChild(document.createElement('span'));
    span.style.cssText = 'position:absolute;white-space:pre;font-size:100px';
    span.textContent = text;
    const width = span.getBoundingClientRect().width;
    span.remove();
    return width;
  };
  return [wide('a b') - wide('ab'), wide('3'), wide('m')];
}"""


async def test_spaces_and_digits_are_those_of_a_text_font(demo: Playground, open_page: OpenPage) -> None:
    """Emoji fonts have their own, several times as wide."""
    page = await open_page(demo.address.url)
    await expect(page.locator(".person").first).to_be_visible()
    space, digit, letter = await page.evaluate(WIDTHS)
    assert space < 0.5 * letter
    assert digit < letter
