"""The message page in a real browser: fill in, choose, count, copy, send, remember."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from generator.addresses import mailto, whatsapp
from generator.diagnostics import Log, Place
from generator.message_text import fill, read_text
from generator.sms import foreign_characters, septets
from generator.texts import Blank, MessageText, Optionally
from tests.ensure_browser import find_browser
from tests.support import axe_faults

PAGE = "messages/thank-after-meeting/"
AWKWARD = (
    "\"Ann\" & 'Bo'",
    "<b>x</b><script>window.hit=1</script>",
    "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4} \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "{first_name} [[x]] $& $1 \\n %0A+#?=",
    "long " * 59 + "words",
    "\u2019\u201c\u20ac\u2026\u00a0z",
)
"""Quotes and ampersand, markup, emoji and right-to-left text, signs of templates, 300 characters, typographic marks."""
TOOLS = "customElements.get('guide-compose').tools"


# ---- help ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def guide(site: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((site / "guide.json").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module")
def message(guide: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(entry for entry in guide["messages"] if entry["url"] == PAGE)
    return found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile that may read the clipboard, so that a test sees what was copied."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    fresh.grant_permissions(["clipboard-read", "clipboard-write"])
    yield fresh
    fresh.close()


def _read(source: str) -> MessageText:
    return read_text(source, Place("guide.json"), Log())


def _expected(source: str, labels: Mapping[str, str], values: Mapping[str, str], kept: tuple[bool, ...] = ()) -> str:
    """Return what the generator makes of a text: an empty field is its label in brackets, or drops its sentence."""
    text = _read(source)
    typed = {name: values.get(name, "").strip() for name in labels}
    optional = [piece for piece in text.pieces if isinstance(piece, Optionally)]

    def keep(number: int) -> bool:
        blanks = [inner.field for inner in optional[number].pieces if isinstance(inner, Blank)]
        return all(typed[name] for name in blanks) and (number >= len(kept) or kept[number])

    return fill(text, {name: typed[name] or f"[{label}]" for name, label in labels.items()}, keep)


def _labels(message: dict[str, Any]) -> dict[str, str]:
    return {field["id"]: field["label"] for field in message["fields"]}


def _variant(message: dict[str, Any], channel: str, tone: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = next(
        entry for entry in message["variants"] if (entry["channel_title"], entry["tone"]) == (channel, tone)
    )
    return found


def _field(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def _body(page: Page) -> Locator:
    return page.locator(".guide-message__body")


def _said(page: Page) -> Locator:
    """What the page says to screen readers."""
    return page.get_by_role("status").locator(".guide-status__spoken")


def _clipboard(page: Page, address: str) -> str:
    """Return what is on the clipboard, read on a page that is allowed to: only secure origins are."""
    reader = page.context.new_page()
    reader.goto(f"{address}404.html")
    reader.bring_to_front()
    text = reader.evaluate("navigator.clipboard.readText()")
    reader.close()
    page.bring_to_front()
    return str(text)


def _fill_in(page: Page, values: dict[str, str]) -> None:
    for label, value in values.items():
        _field(page, label).fill(value)


NOTE = {"Their first name": "Ana", "What you talked about": "wind", "Where you met": "Porto", "Your name": "Sam"}
NOTE_TEXT = "Hi Ana, we talked about wind at Porto. I would be glad to stay in touch. Sam"


# ---- the text --------------------------------------------------------------------------------------------------------


def test_a_text_is_filled_in_as_the_generator_does_it(page: Page, address: str) -> None:
    dice = random.Random(4)  # noqa: S311  # the same texts in every run
    texts = ["a", "b.", " ", "\n", "\n\n", " and ", ", ", "x \n", "\u00a0", "{one}", "{two}", "{three}"]
    cases = []
    for _ in range(600):
        parts = []
        for _ in range(dice.randrange(1, 7)):
            part = "".join(dice.choices(texts, k=dice.randrange(1, 4)))
            parts.append(f"[[{part}]]" if dice.random() < 0.4 else part)
        values = {name: dice.choice(["", "A", "B c", "\n", " "]) for name in ("one", "two", "three")}
        kept = [dice.random() < 0.7 for _ in range(6)]
        cases.append(("".join(parts), values, kept))

    def pieces(text: Any) -> list[dict[str, Any]]:
        return [
            {"pieces": pieces(piece)}
            if isinstance(piece, Optionally)
            else {"field": piece.field}
            if isinstance(piece, Blank)
            else {"text": piece.text}
            for piece in text.pieces
        ]

    page.goto(address + PAGE)
    filled = page.evaluate(
        f"cases => cases.map(([pieces, values, kept]) => "
        f"{TOOLS}.fill(pieces, new Map(Object.entries(values)), number => kept[number]).text)",
        [(pieces(_read(source)), values, kept) for source, values, kept in cases],
    )
    for (source, values, kept), text in zip(cases, filled, strict=True):
        assert text == fill(_read(source), values, kept.__getitem__), (source, values, kept)


THROUGH_THE_CONTROLS = """async rounds => {
  const form = document.querySelector("guide-compose form");
  const all = selector => [...form.querySelectorAll(selector)];
  const shown = part => { const found = form.querySelector(`[data-part=${part}]`);
    return found.closest("[hidden]") ? null : found.textContent; };
  const said = form.querySelector(".guide-compose__said");
  const copied = async part => {
    // Said of this one, not of the one before.
    said.textContent = "";
    const done = new Promise(go => new MutationObserver(go).observe(said, {childList: true}));
    form.querySelector(`button[data-do=${part}]`).click();
    await done;
    if (!/copied/.test(said.textContent)) throw new Error(said.textContent);
    return navigator.clipboard.readText(); };
  const out = [];
  for (const values of rounds) {
    for (const field of all(".guide-field input")) {
      field.value = values[field.name] || "";
      field.dispatchEvent(new Event("input", {bubbles: true}));
    }
    for (const tone of all("[data-choice=tone] input")) {
      const channel = tone.closest("fieldset").dataset.channel;
      all("input[name=channel]").find(button => button.value === channel).click();
      tone.click();
      const boxes = all(".guide-options:not([hidden]) input");
      // All parts on; and once every choice of parts, all off at last.
      const choices = values === rounds[0] ? 2 ** boxes.length : 1;
      for (let choice = 0; choice < choices; choice += 1) {
        const kept = boxes.map((_, number) => !(choice & 1 << number));
        boxes.forEach((box, number) => { if (box.checked !== kept[number]) box.click(); });
        const result = {anchor: tone.value, values, kept, subject: shown("subject"), body: shown("body")};
        if (choice === 0 || choice === choices - 1) {
          result.copied = await copied("body");
          if (values === rounds[0] && result.subject) result.copiedSubject = await copied("subject");
        }
        out.push(result);
      }
      boxes.forEach(box => { if (!box.checked) box.click(); });
    }
  }
  return out;
}"""


def test_every_text_is_shown_and_copied_as_the_generator_fills_it_in(
    page: Page, address: str, guide: dict[str, Any]
) -> None:
    for number, message in enumerate(guide["messages"]):
        labels = _labels(message)
        mixed = dict(zip(labels, itertools.islice(itertools.cycle(AWKWARD), number, None), strict=False))
        half = {name: f" {value} " for name, value in list(mixed.items())[::2]}
        # All of them in the first message; what fills is the same in all.
        alike = AWKWARD[number % len(AWKWARD) :][:1] if number else AWKWARD
        rounds = [mixed, half, {}] + [dict.fromkeys(labels, value) for value in alike]
        page.goto(address + message["url"], wait_until="domcontentloaded")
        results = page.evaluate(THROUGH_THE_CONTROLS, rounds)
        # The page groups tones by channel; its anchors say which text is which.
        texts = {_anchor(entry): entry for entry in message["variants"]}
        seen = [(result["anchor"], result["values"]) for result in results if "copied" in result]
        assert all((anchor, values) in seen for anchor in texts for values in rounds), message["id"]
        for result in results:
            variant, values = texts[result["anchor"]], result["values"]
            body = _expected(variant["text"], labels, values, tuple(result["kept"]))
            subject = variant["subject"] and _expected(variant["subject"], labels, values)
            assert (result["subject"], result["body"]) == (subject, body), message["id"]
            assert result.get("copied") in (None, body), message["id"]
            assert result.get("copiedSubject") in (None, subject), message["id"]
        assert page.evaluate("window.hit === undefined")


def _anchor(variant: dict[str, Any]) -> str:
    return str(variant["channel"]) + (f"-{variant['tone']}" if variant["tone"] else "")


def test_what_is_typed_shows_at_once_and_is_marked(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}#linkedin-note")
    expect(_body(page)).to_contain_text("Hi [Their first name], we talked")
    _field(page, "Their first name").press_sequentially("Ana")
    expect(_body(page)).to_contain_text("Hi Ana, we talked")
    expect(_body(page).locator(".guide-blank--filled")).to_have_text(["Ana"])
    expect(_body(page).locator(".guide-blank--open")).to_have_count(3)


def test_a_sentence_can_be_left_out_and_waits_for_its_field(page: Page, address: str, message: dict[str, Any]) -> None:
    page.goto(address + PAGE)
    sentence = "would help you, tell me and I will send it."
    box = page.get_by_role("checkbox", name=f"If [Something you could send] {sentence}")
    expect(box).to_be_checked()
    expect(box).to_have_accessible_description("Left out until you fill in: Something you could send.")
    expect(_body(page)).not_to_contain_text(sentence)
    _field(page, "Something you could send").fill("the list")
    expect(_body(page)).to_contain_text(f"If the list {sentence}")
    box.uncheck()
    expect(_body(page)).not_to_contain_text(sentence)
    values = {"offer": "the list"}
    text = _expected(_variant(message, "Email")["text"], _labels(message), values, (False,))
    assert _body(page).text_content() == text


# ---- channel and tone ------------------------------------------------------------------------------------------------


def test_switching_channel_and_tone_keeps_what_was_typed(page: Page, address: str, message: dict[str, Any]) -> None:
    page.goto(address + PAGE)
    _field(page, "Where you met").fill("Porto")
    for entry in message["variants"]:
        page.get_by_role("radio", name=entry["channel_title"], exact=True).check(force=True)
        tone = page.get_by_role("radio", name=(entry["tone"] or "Everyday").capitalize(), exact=True)
        if tone.count():
            tone.check(force=True)
        expect(_body(page)).to_have_text(_expected(entry["text"], _labels(message), {"event": "Porto"}))
        expect(_field(page, "Where you met")).to_have_value("Porto")
        expect(page.locator("h2:visible").nth(0)).to_have_text("Write it")
        if entry != message["variants"][0]:
            assert page.url.endswith(f"#{_anchor(entry)}")
    expect(_field(page, 'One thing they said, after "that"')).to_have_count(0)


def test_an_address_with_an_anchor_chooses_its_channel(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}#email-formal")
    expect(page.get_by_role("radio", name="Email", exact=True)).to_be_checked()
    expect(page.get_by_role("radio", name="Formal")).to_be_checked()
    expect(page.get_by_role("heading", name="Write it")).to_be_in_viewport()
    page.evaluate("location.hash = '#text-message'")
    expect(page.get_by_role("radio", name="Text message")).to_be_checked()
    expect(page.get_by_role("button", name="Copy text message")).to_be_visible()


def test_the_next_page_knows_what_was_typed(page: Page, address: str) -> None:
    page.goto(address + PAGE, wait_until="networkidle")
    page.evaluate("window.sameVisit = true")
    page.get_by_role("radio", name="LinkedIn message").check(force=True)
    _fill_in(page, {"Their first name": "Ana", "Your name": "Sam"})
    page.get_by_role("link", name="Share something useful", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Share something useful")
    expect(_field(page, "Their first name")).to_have_value("Ana")
    expect(page.get_by_role("radio", name="LinkedIn message")).to_be_checked()
    expect(_body(page)).to_contain_text("Ana")
    assert page.evaluate("window.sameVisit")
    page.go_back()
    expect(_field(page, "Your name")).to_have_value("Sam")


def test_all_fields_are_emptied_and_brought_back(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}#linkedin-note")
    expect(page.get_by_role("button", name="Empty all fields")).to_have_count(0)
    _fill_in(page, NOTE)
    page.get_by_role("button", name="Empty all fields").click()
    expect(_field(page, "Your name")).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(_body(page)).to_have_text(NOTE_TEXT)


# ---- counting --------------------------------------------------------------------------------------------------------


def test_a_linkedin_note_is_counted_for_free_and_paid_accounts(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}#linkedin-note")
    _fill_in(page, NOTE)
    counter = page.locator(".guide-compose__count")
    expect(counter).to_contain_text(f"{len(NOTE_TEXT)} of 200 characters. 300 with LinkedIn Premium.")
    rest = len(NOTE_TEXT) - len("wind")
    topic = _field(page, "What you talked about")
    topic.fill("x" * (200 - rest))
    expect(counter).to_contain_text("200 of 200 characters")
    expect(counter).to_have_attribute("data-state", "fits")
    topic.fill("x" * (201 - rest))
    expect(counter).to_contain_text("Too long without LinkedIn Premium: 201 of 200 characters.")
    expect(counter).to_have_attribute("data-state", "over")
    expect(_said(page)).to_contain_text("Too long without LinkedIn Premium")
    topic.fill("x" * (301 - rest))
    expect(counter).to_contain_text("Too long by 1: 301 of 300 characters, even with LinkedIn Premium.")


def test_a_text_message_is_counted_in_parts_of_its_alphabet(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}#text-message")
    _fill_in(page, NOTE)
    counter = page.locator(".guide-compose__count")
    length = len(str(_body(page).text_content()))
    expect(counter).to_contain_text(f"{length} of 160 characters, 1 text message.")
    topic = _field(page, "What you talked about")
    topic.fill("wind" + "x" * (161 - length))
    expect(counter).to_contain_text("161 of 306 characters, 2 text messages.")
    topic.fill("wind" + "x" * (307 - length))
    expect(counter).to_contain_text("Too long: 307 characters, 3 text messages; 2 is the most.")
    topic.fill("wi\u2019d")
    expect(counter).to_contain_text("2 text messages. The SMS alphabet lacks \u2019, so one message holds 70")
    page.get_by_role("button", name="Use plain marks").click()
    expect(topic).to_have_value("wi'd")
    expect(counter).to_contain_text(f"{length} of 160 characters, 1 text message.")


def test_a_character_counts_as_the_generator_counts_it(page: Page, address: str) -> None:
    page.goto(address + PAGE)
    characters = [chr(code) for code in range(0x3000) if not 0xD800 <= code < 0xE000]
    counted = page.evaluate(
        f"all => all.map(one => {TOOLS}.countSms(one)).map(found => [found.foreign.join(''), found.length])",
        characters,
    )
    for character, (foreign, length) in zip(characters, counted, strict=True):
        assert foreign == foreign_characters(character), hex(ord(character))
        assert length == septets(character) or foreign


def test_the_subject_of_an_email_is_counted(page: Page, address: str) -> None:
    page.goto(address + PAGE)
    _field(page, "Where you met").fill("Porto")
    expect(page.locator(".guide-compose__count")).to_contain_text("Subject: 21 of 50 characters.")
    _field(page, "Where you met").fill("x" * 40)
    expect(page.locator(".guide-compose__count")).to_contain_text("Subject too long for a phone: 56 of 50 characters.")


# ---- what is missing -------------------------------------------------------------------------------------------------


def test_empty_fields_are_named_and_the_first_one_gets_the_focus(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}#linkedin-note")
    _fill_in(page, {"Where you met": "Porto", "Their first name": "Ana"})
    page.get_by_role("button", name="Go to the first").click()
    expect(_said(page)).to_have_text("Still empty: What you talked about, Your name.")
    expect(_field(page, "What you talked about")).to_be_focused()
    _fill_in(page, NOTE)
    expect(page.get_by_text("Every field is filled in.")).to_be_visible()
    expect(page.get_by_role("button", name="Go to the first")).to_have_count(0)


def test_copying_with_empty_fields_works_and_says_what_is_missing(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}#linkedin-note")
    _fill_in(page, {**NOTE, "Your name": "  "})
    page.get_by_role("button", name="Copy LinkedIn note").click()
    expect(_said(page)).to_have_text("LinkedIn note copied. Still empty: Your name.")
    assert _clipboard(page, address) == NOTE_TEXT.replace("Sam", "[Your name]")


# ---- copying ---------------------------------------------------------------------------------------------------------


def test_copied_is_said_once_and_the_focus_stays(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}#linkedin-note")
    _fill_in(page, NOTE)
    page.evaluate(
        """() => { window.said = [];
        for (const region of document.querySelectorAll("[role=status], [role=alert], [role=log], [aria-live]")) {
          new MutationObserver(() => { if (region.innerText.trim()) said.push(region.innerText.trim()); })
            .observe(region, {childList: true, characterData: true, subtree: true});
        } }"""
    )
    button = page.get_by_role("button", name="Copy LinkedIn note")
    button.click()
    expect(_said(page)).to_have_text("LinkedIn note copied.")
    expect(button).to_be_focused()
    assert page.evaluate("said") == ["LinkedIn note copied."]
    button.click()
    page.wait_for_function("said.length === 2")
    # After a change it would no longer be true.
    _field(page, "Your name").fill("Sem")
    expect(_said(page)).to_have_text("")


def test_subject_and_text_of_an_email_are_copied_apart(page: Page, address: str, message: dict[str, Any]) -> None:
    page.goto(address + PAGE)
    values = {"event": AWKWARD[0], "first_name": AWKWARD[2], "topic": AWKWARD[3], "offer": "x", "your_name": "Sam"}
    labels = _labels(message)
    _fill_in(page, {labels[name]: value for name, value in values.items()})
    variant = _variant(message, "Email")
    page.get_by_role("button", name="Copy subject").click()
    expect(_said(page)).to_have_text("Subject copied.")
    assert page.evaluate("navigator.clipboard.readText()") == _expected(variant["subject"], labels, values)
    page.get_by_role("button", name="Copy email").click()
    expect(_said(page)).to_contain_text("Email text copied.")
    assert page.evaluate("navigator.clipboard.readText()") == _expected(variant["text"], labels, values)
    types = page.evaluate("navigator.clipboard.read().then(items => items.flatMap(item => item.types))")
    assert types == ["text/plain"]


def test_it_is_all_done_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(address + PAGE)
    page.get_by_role("radio", name="Email", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="LinkedIn note")).to_be_focused()
    for value in ("Porto", "Ana", "wind", "Sam"):
        page.keyboard.press("Tab")
        page.keyboard.type(value)
    page.keyboard.press("Control+Enter")
    expect(_said(page)).to_have_text("LinkedIn note copied.")
    expect(_field(page, "Your name")).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == NOTE_TEXT
    # On a phone "next" goes on, and from the last field to the button.
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copy LinkedIn note")).to_be_focused()


def test_copying_works_from_a_file(page: Page, address: str, site: Path) -> None:
    page.goto(f"{(site / PAGE / 'index.html').as_uri()}#linkedin-note")
    _fill_in(page, NOTE)
    page.get_by_role("button", name="Copy LinkedIn note").click()
    expect(_said(page)).to_have_text("LinkedIn note copied.")
    assert _clipboard(page, address) == NOTE_TEXT
    page.get_by_role("radio", name="Text message").check(force=True)
    expect(_field(page, "Your name")).to_have_value("Sam")


def test_copying_works_in_a_local_network_and_in_a_dialog(
    browser: Browser, address: str, message: dict[str, Any]
) -> None:
    options = ["--host-resolver-rules=MAP guide.lan 127.0.0.1", "--disable-gpu", "--no-sandbox"]
    other = browser.browser_type.launch(executable_path=find_browser(), args=options)
    context = other.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address.replace("127.0.0.1", "guide.lan") + PAGE)
    assert page.evaluate("[isSecureContext, navigator.clipboard === undefined]") == [False, True]
    values = {"first_name": AWKWARD[1], "topic": AWKWARD[2]}
    _fill_in(page, {_labels(message)[name]: value for name, value in values.items()})
    button = page.get_by_role("button", name="Copy email")
    button.click()
    expect(_said(page)).to_contain_text("Email text copied.")
    expect(button).to_be_focused()
    assert _clipboard(page, address) == _expected(_variant(message, "Email")["text"], _labels(message), values)
    page.evaluate(
        """() => { const dialog = document.createElement("dialog");
        dialog.style.width = "600px";
        document.body.append(dialog); dialog.append(document.querySelector("guide-compose")); dialog.showModal(); }"""
    )
    page.get_by_role("button", name="Copy subject").click()
    expect(_said(page)).to_contain_text("Subject copied.")
    assert _clipboard(page, address) == _expected(_variant(message, "Email")["subject"], _labels(message), values)
    other.close()


def test_where_nothing_may_copy_the_text_is_selected_and_nothing_is_claimed(page: Page, address: str) -> None:
    page.add_init_script(
        """Clipboard.prototype.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
        Document.prototype.execCommand = () => true;"""
    )
    page.goto(address + PAGE)
    _fill_in(page, {"Their first name": AWKWARD[2], "Your name": AWKWARD[0]})
    shown = _body(page).text_content()
    page.get_by_role("button", name="Copy email").click()
    status = _said(page)
    expect(status).to_contain_text("The text is selected: press Ctrl+C.")
    expect(status).not_to_contain_text("copied")
    page.keyboard.press("Control+C")
    expect(status).to_have_text("Copied.")
    assert _clipboard(page, address) == shown


# ---- sending ---------------------------------------------------------------------------------------------------------


def test_an_address_is_encoded_as_the_generator_does_it(page: Page, address: str) -> None:
    page.goto(address + PAGE)
    for text in (*AWKWARD, "two\nlines\n\nand (more)* ~!"):
        assert page.evaluate(f"text => {TOOLS}.mailto('S & ' + text, text)", text) == mailto(f"S & {text}", text)
        assert page.evaluate(f"text => {TOOLS}.whatsapp('', text)", text) == whatsapp(text)


def test_the_mail_link_carries_what_is_shown_and_waits_for_empty_fields(
    page: Page, address: str, message: dict[str, Any]
) -> None:
    page.goto(address + PAGE)
    page.evaluate("document.addEventListener('click', event => { window.went = !event.defaultPrevented; })")
    link = page.get_by_role("link", name="Open in mail")
    link.click()
    assert page.evaluate("went") is False
    expect(_said(page)).to_contain_text("Still empty: Where you met")
    labels = _labels(message)
    values = dict.fromkeys(labels, "caf\u00e9 & +1")
    _fill_in(page, {labels[name]: values[name] for name in labels if name != "title_and_name"})
    variant = _variant(message, "Email")
    wanted = mailto(_expected(variant["subject"], labels, values), _expected(variant["text"], labels, values))
    expect(link).to_have_attribute("href", wanted)
    _field(page, "Something you could send").fill("x" * 1800)
    expect(link).to_have_count(0)
    expect(page.get_by_text("Too long to open in mail")).to_be_visible()


def test_a_chat_message_opens_in_whatsapp_only_when_the_reader_clicks(
    page: Page, address: str, guide: dict[str, Any]
) -> None:
    chat = next(m for m in guide["messages"] if any(v["channel"] == "chat-message" for v in m["variants"]))
    page.goto(f"{address}{chat['url']}#chat-message")
    link = page.get_by_role("link", name="Open in WhatsApp")
    expect(link).to_have_attribute("href", whatsapp(str(_body(page).text_content())))
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(page.get_by_role("link", name="Open in mail")).to_have_count(0)


def test_a_text_message_is_copied_before_the_messages_app_opens(page: Page, address: str) -> None:
    page.add_init_script(
        """window.went = []; HTMLAnchorElement.prototype.click = function () { went.push(this.href); };"""
    )
    page.goto(f"{address}{PAGE}#text-message")
    _fill_in(page, NOTE)
    page.get_by_role("button", name="Copy and open messages").click()
    page.wait_for_function("went.length")
    assert page.evaluate("went") == ["sms:"]
    assert page.evaluate("navigator.clipboard.readText()") == _body(page).text_content()


def test_sharing_hands_over_the_text_and_nothing_else(page: Page, address: str) -> None:
    page.goto(address + PAGE)
    assert page.get_by_role("button", name="Share").count() == int(page.evaluate("'share' in navigator"))
    page.add_init_script("Navigator.prototype.share = async what => { window.shared = what; };")
    page.goto(f"{address}{PAGE}?again#linkedin-note")
    _fill_in(page, NOTE)
    page.get_by_role("button", name="Share").click()
    page.wait_for_function("window.shared")
    assert page.evaluate("shared") == {"text": NOTE_TEXT}


def test_a_message_is_saved_as_a_text_file(page: Page, address: str, message: dict[str, Any]) -> None:
    page.goto(address + PAGE)
    _field(page, "Their first name").fill(AWKWARD[2])
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text file").click()
    assert download.value.suggested_filename == "thank-after-meeting-email.txt"
    variant, labels, values = _variant(message, "Email"), _labels(message), {"first_name": AWKWARD[2]}
    subject, text = _expected(variant["subject"], labels, values), _expected(variant["text"], labels, values)
    assert Path(download.value.path()).read_text(encoding="utf-8") == f"Subject: {subject}\n\n{text}"


# ---- remembering -----------------------------------------------------------------------------------------------------


KEY = "coaching-guide:good-company"
OLD_KEY = f"{KEY}:fields"
"""Where editions before the one store kept fields."""


def _remembered(page: Page) -> dict[str, str]:
    entries = json.loads(page.evaluate("key => localStorage.getItem(key)", KEY) or '{"entries": {}}')["entries"]
    fields = {key.removeprefix("field/"): entry["v"] for key, entry in entries.items() if key.startswith("field/")}
    return {name: value for name, value in fields.items() if value is not None}


def _remember(page: Page, label: str) -> None:
    page.get_by_text("Remember on this device").click()
    page.get_by_role("checkbox", name=label).click()


def test_a_field_is_remembered_only_when_asked_and_forgotten_in_one_click(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}#linkedin-note")
    _fill_in(page, NOTE)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('coaching-guide'))") == []
    _remember(page, "Your name")
    _field(page, "Your name").fill("Sam <Osei>")
    assert _remembered(page) == {"your_name": "Sam <Osei>"}
    page.reload()
    expect(_field(page, "Your name")).to_have_value("Sam <Osei>")
    expect(_field(page, "Their first name")).to_have_value("")
    expect(page.get_by_text("Remembered on this device: Your name.")).to_be_visible()
    page.get_by_role("button", name="Forget").click()
    expect(_said(page)).to_contain_text("Forgotten on this device.")
    assert "Sam" not in str(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
    expect(page.get_by_role("button", name="Forget")).to_have_count(0)
    page.reload()
    expect(_field(page, "Your name")).to_have_value("")


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }});",
            "This browser keeps nothing for this site.",
        ),
        (
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
            "There is no room left in this browser's storage.",
        ),
    ],
    ids=["blocked", "full"],
)
def test_a_storage_that_refuses_is_said_once_and_breaks_nothing(
    page: Page, address: str, block: str, words: str
) -> None:
    page.add_init_script(block)
    page.goto(f"{address}{PAGE}#linkedin-note")
    _fill_in(page, NOTE)
    # It does not stay ticked, so that it promises nothing.
    _remember(page, "Your name")
    notice = page.get_by_role("status").get_by_text(words)
    expect(notice).to_be_visible()
    expect(page.get_by_role("checkbox", name="Your name")).not_to_be_checked()
    page.get_by_role("button", name="Close").click()
    _field(page, "Your name").fill("Sem")
    page.get_by_role("checkbox", name="Your name").click()
    expect(page.get_by_role("checkbox", name="Your name")).not_to_be_checked()
    expect(notice).to_have_count(0)
    page.get_by_role("button", name="Copy LinkedIn note").click()
    expect(_said(page)).to_have_text("LinkedIn note copied.")


def test_copying_is_said_while_the_notice_about_the_storage_is_open(page: Page, address: str) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };")
    page.goto(f"{address}{PAGE}#linkedin-note")
    _remember(page, "Your name")
    expect(page.get_by_role("button", name="Close")).to_be_visible()
    _fill_in(page, NOTE)
    page.get_by_role("button", name="Copy LinkedIn note").click()
    expect(_said(page)).to_have_text("LinkedIn note copied.")
    expect(page.get_by_text("There is no room left")).to_be_visible()


def test_what_an_earlier_edition_remembered_is_taken_over(page: Page, address: str) -> None:
    old = {"your_name": "Sam <Osei>", "event": "x" * 3000, "first_name": 7, "__proto__": "x", "no name": "x"}
    page.goto(f"{address}guide.json")
    page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)", [OLD_KEY, json.dumps({"version": 1, "fields": old})]
    )
    page.goto(address + PAGE)
    expect(_field(page, "Your name")).to_have_value("Sam <Osei>")
    expect(page.get_by_text("Remembered on this device: Where you met, Your name.")).to_be_visible()
    assert _remembered(page) == {"your_name": "Sam <Osei>", "event": "x" * 2000}
    assert page.evaluate("key => localStorage.getItem(key)", OLD_KEY) is None


def test_what_is_remembered_or_forgotten_since_is_not_written_over_by_an_earlier_edition(
    page: Page, address: str
) -> None:
    page.goto(address + PAGE)
    _field(page, "Your name").fill("Sam")
    _remember(page, "Your name")
    page.get_by_role("checkbox", name="Their first name").check()
    page.get_by_role("checkbox", name="Their first name").uncheck()
    fields = {"your_name": "Old", "first_name": "Old"}
    page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)", [OLD_KEY, json.dumps({"version": 1, "fields": fields})]
    )
    page.reload()
    expect(_field(page, "Your name")).to_have_value("Sam")
    assert _remembered(page) == {"your_name": "Sam"}


def test_what_an_earlier_edition_remembered_stays_where_it_is_until_there_is_room(page: Page, address: str) -> None:
    kept = json.dumps({"version": 1, "fields": {"your_name": "Sam"}})
    page.goto(f"{address}guide.json")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [OLD_KEY, kept])
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };")
    page.goto(address + PAGE)
    expect(_field(page, "Your name")).to_have_value("Sam")
    assert page.evaluate("key => localStorage.getItem(key)", OLD_KEY) == kept


@pytest.mark.parametrize("kept", ["x", "null", "[]", '{"version": 2, "fields": {"your_name": "x"}}', '{"version": 1}'])
def test_an_earlier_store_that_cannot_be_read_counts_as_empty(page: Page, address: str, kept: str) -> None:
    page.add_init_script(f"localStorage.setItem({json.dumps(OLD_KEY)}, {json.dumps(kept)})")
    page.goto(address + PAGE)
    expect(_field(page, "Your name")).to_have_value("")


def test_another_tab_follows_what_is_remembered_but_not_over_what_was_typed_there(
    context: BrowserContext, address: str
) -> None:
    one, two = context.new_page(), context.new_page()
    one.goto(address + PAGE)
    _field(one, "Your name").fill("Sam")
    _remember(one, "Your name")
    two.goto(address + PAGE)
    expect(_field(two, "Your name")).to_have_value("Sam")
    _field(two, "Where you met").fill("Porto")
    _field(one, "Your name").fill("Sem")
    expect(_field(two, "Your name")).to_have_value("Sem")
    _field(one, "Where you met").fill("Lille")
    one.get_by_role("checkbox", name="Where you met").check()
    expect(two.get_by_text("Remembered on this device: Where you met, Your name.")).to_be_visible()
    expect(_field(two, "Where you met")).to_have_value("Porto")
    two.get_by_role("button", name="Forget").click()
    expect(one.get_by_role("button", name="Forget")).to_have_count(0)
    expect(_field(one, "Your name")).to_have_value("Sem")


# ---- for everybody ---------------------------------------------------------------------------------------------------


def test_nothing_typed_leaves_the_device_or_enters_an_address(page: Page, address: str) -> None:
    requests: list[str] = []
    page.context.on("request", lambda request: requests.append(request.url + (request.post_data or "")))
    page.goto(address + PAGE, wait_until="networkidle")
    _fill_in(page, {"Their first name": "Zaphod", "Your name": "Zaphod"})
    page.get_by_role("radio", name="LinkedIn note").check(force=True)
    page.get_by_role("button", name="Copy LinkedIn note").click()
    expect(_said(page)).to_contain_text("copied")
    page.get_by_role("link", name="Share something useful", exact=True).last.click()
    expect(_field(page, "Their first name")).to_have_value("Zaphod")
    page.wait_for_load_state("networkidle")
    assert [url for url in requests if not url.startswith((address, "data:")) or "Zaphod" in url] == []
    assert "Zaphod" not in page.url
    assert "Zaphod" not in str(
        page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_filled_in_page(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address + PAGE)
    _fill_in(page, {"Where you met": "x" * 300, "Their first name": AWKWARD[2]})
    page.get_by_text("Remember on this device").click()
    page.get_by_role("checkbox", name="Your name").check()
    page.get_by_role("button", name="Copy email").click()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for anchor in ("email", "text-message"):
            page.evaluate("anchor => { location.hash = anchor; }", anchor)
            expect(page.get_by_text("Subject too long" if anchor == "email" else "Too long:").first).to_be_visible()
            assert axe_faults(page, "article") == []
            _check_targets(page)
    page.set_viewport_size({"width": 320, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def _check_targets(page: Page) -> None:
    """Fail for a control of the form that is smaller than 24 by 24 pixels (WCAG 2.2, 2.5.8)."""
    small = page.locator("guide-compose :is(button, a, input, summary):visible").evaluate_all(
        """all => all.map(one => one.closest("label") || one).filter(one => {
          const box = one.getBoundingClientRect();
          return box.width < 24 || box.height < 24; }).map(one => one.outerHTML)"""
    )
    assert small == []


def test_paper_shows_the_filled_in_text_and_no_controls(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}#linkedin-note")
    _fill_in(page, NOTE)
    page.emulate_media(media="print")
    expect(_body(page)).to_be_visible()
    expect(_body(page)).to_have_text(NOTE_TEXT)
    assert page.locator("guide-compose :is(button, input, summary, [role=status]):visible").count() == 0


def test_without_javascript_every_text_is_there_and_no_control(
    browser: Browser, address: str, message: dict[str, Any]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    article = page.get_by_role("article")
    for variant in message["variants"]:
        name = variant["channel_title"] + (f", {variant['tone']}" if variant["tone"] else "")
        expect(article.get_by_role("heading", name=name, exact=True)).to_be_visible()
    texts = article.locator(".guide-message__text")
    assert texts.all_text_contents() == [variant["example"] for variant in message["variants"]]
    assert all(text.is_visible() for text in texts.all())
    for role in ("textbox", "button", "radio", "checkbox"):
        assert article.get_by_role(role).count() == 0
    context.close()


def test_the_form_stays_out_of_the_search_index(site: Path) -> None:
    entries = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    found = [entry for entry in entries if re.search("Remember on this device|Copy subject", entry["text"])]
    assert found == []
