"""The second guide, German and on another subject, used as its readers use it: by role and name in their language."""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from generator.build import load_guide
from tests.epubcheck import epubcheck
from tests.second_guide import SECOND, build_strictly, copy_of_second
from tests.support import GUIDE, axe_faults, settle, tiny_guide, write_project
from tests.test_words import other_language

ROOM = "messages/raum-anfragen/"
NOTICE = "messages/nachmittag-ankuendigen/"
LIST = "checklists/geraet-annehmen/"


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the guide, built strictly."""
    return build_strictly(copy_of_second(tmp_path_factory.mktemp("second") / "guide"))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep the tests' output free of requests."""


@pytest.fixture(scope="module")
def german(second: Path) -> Iterator[str]:
    """The address at which it is served."""
    handler = functools.partial(_Quiet, directory=str(second))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_the_guide_has_no_problems() -> None:
    assert load_guide(SECOND / "content").diagnostics == ()


def test_every_page_names_its_language_and_direction(second: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in second.rglob("*.html")]
    assert len(pages) > 20
    assert [page for page in pages if '<html lang="de"' not in page] == []
    assert 'dir="ltr"' in (second / "index.html").read_text(encoding="utf-8")


def test_the_home_page_counts_in_german_and_says_the_authors_own_terms(page: Page, german: str) -> None:
    page.goto(german)
    counts = page.get_by_role("main").get_by_text("Frei zum Lesen, Drucken und Weitergeben.")
    expect(counts).to_have_text("4 Lektionen, 4 Checklisten, 6 Nachrichten. Frei zum Lesen, Drucken und Weitergeben.")
    expect(page.get_by_role("heading", name="Was brauchst du gerade?")).to_be_visible()
    # The theme's own words, too.
    expect(page.get_by_role("navigation", name="Hauptnavigation")).to_be_visible()
    expect(page.get_by_title("Zu dunklen Farben wechseln")).to_be_visible()


def test_a_message_is_filled_in_and_copied(context: BrowserContext, page: Page, german: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(german + ROOM)
    page.get_by_role("radio", name="Brief").check(force=True)
    page.get_by_role("textbox", name="Anrede mit Namen").fill("Herr Öztürk")
    page.get_by_role("textbox", name="Tag und Uhrzeit").fill("Samstag, 10 Uhr")
    form = page.get_by_role("form", name="Zu dieser Nachricht")
    expect(form.get_by_text("Noch leer: Dein Name.")).to_be_visible()
    page.get_by_role("textbox", name="Dein Name").fill("Mara")
    expect(form.get_by_text("Alle Felder sind ausgefüllt.")).to_be_visible()
    page.get_by_role("checkbox", name="Gern komme ich vorher vorbei und erzähle mehr.").uncheck()
    page.get_by_role("button", name="Brief kopieren").click()
    expect(form.get_by_text("Brief: Text kopiert. Der Betreff hat einen eigenen Knopf.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Guten Tag Herr Öztürk,\n\nin unserem Viertel")
    assert "am Samstag, 10 Uhr.\n\nMit freundlichen Grüßen\nMara" in copied


def test_a_channel_of_the_guides_own_has_its_limit(page: Page, german: str) -> None:
    page.goto(german + NOTICE)
    form = page.get_by_role("form", name="Zu dieser Nachricht")
    expect(form.get_by_role("radio", name="Aushang")).to_be_checked()
    expect(form.get_by_text(re.compile(r"^\d+ von 500 Zeichen\.$"))).to_be_visible()
    page.get_by_role("textbox", name="Wo ihr euch trefft").fill("x" * 300)
    expect(form.locator(".guide-compose__count")).to_have_text(
        re.compile(r"^Aushang: \d+ Zeichen sind viel, bis 500 liest es sich gut\.")
    )


def test_a_text_message_is_counted_in_german(page: Page, german: str) -> None:
    page.goto(german + "messages/um-hilfe-bitten/")
    expect(page.get_by_text(re.compile(r"^\d+ von 306 Zeichen, 2 SMS\.$"))).to_be_visible()
    page.get_by_role("textbox", name="Dein Name").fill("Łucja")
    expect(page.locator(".guide-compose__count")).to_contain_text("3 SMS; höchstens 2. Im SMS-Alphabet fehlt Ł;")


def test_an_item_is_ticked_and_the_plan_knows_it(page: Page, german: str) -> None:
    page.goto(german + LIST)
    page.get_by_role("checkbox", name="Zieh den Stecker oder nimm die Batterie heraus.").check()
    page.get_by_role("button", name="Nicht nötig: Schreib auf, was gemacht wurde.").click()
    expect(page.get_by_text("1 von 6 erledigt, 1 nicht nötig")).to_be_visible()
    page.get_by_role("link", name="Mein Plan").first.click()
    expect(page.get_by_role("heading", name="Noch offen")).to_be_visible()
    expect(page.get_by_text("Nur auf diesem Gerät gespeichert: 2 abgehakte Punkte.")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("1 von 6 erledigt")).to_be_visible()
    page.get_by_role("button", name="Alles auf diesem Gerät vergessen").click()
    page.get_by_role("button", name="Ja, alles vergessen").click()
    expect(page.get_by_text(re.compile("^Hier ist noch nichts"))).to_be_visible()


def test_a_follow_up_is_dated_from_the_german_time(page: Page, german: str) -> None:
    page.goto(german + "messages/um-hilfe-bitten/")
    form = page.get_by_role("form", name="Trag in deinen Kalender ein, wie es weitergeht")
    form.get_by_role("radio", name="Ich habe sie noch nicht geschickt").check()
    form.get_by_label("Der Tag, um den es geht: Termin").last.fill("2030-06-15")
    # Four weeks before; the next one on the day itself.
    expect(form.get_by_role("listitem")).to_contain_text(
        ["Samstag, 18. Mai 2030 Jemanden bitten mitzuhelfen", "Samstag, 15. Juni 2030 Danke sagen"]
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("was darf man nicht reparieren", "Sicher reparieren, vor allem mit Strom"),
        ("Woher bekomme ich Helfer?", "Menschen finden, die etwas können"),
        # Another form of the word, a capital, a letter amiss.
        ("Räume", "Der erste Nachmittag, klein und bald"),
        ("mikrowelen", "Sicher reparieren, vor allem mit Strom"),
    ],
)
def test_a_question_in_german_is_answered_first(page: Page, german: str, question: str, answer: str) -> None:
    page.goto(german)
    page.get_by_role("textbox", name="Suche").click()
    page.get_by_role("textbox", name="Suche").press_sequentially(question)
    first = page.locator(".md-search-result__item").first
    expect(first.get_by_role("heading", level=1)).to_have_text(answer, timeout=15000)


def test_what_is_chosen_for_print_is_counted_in_german(page: Page, german: str) -> None:
    page.goto(german + "print/")
    form = page.get_by_role("form", name="Was gedruckt wird, und wie")
    expect(form.get_by_role("status")).to_have_text("Noch nichts ausgewählt")
    form.get_by_role("checkbox", name="Ein Gerät annehmen").check()
    form.get_by_role("checkbox", name="Am Tag vorher").check()
    expect(form.get_by_role("status")).to_have_text("2 Checklisten ausgewählt")
    expect(page.get_by_role("region", name="Vorschau").get_by_text("5 Minuten")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "path"),
    [
        *((390, path) for path in ("", ROOM, LIST, "lessons/sicher-reparieren/", "messages/", "print/", "plan/")),
        (1280, ROOM),
    ],
)
def test_long_german_words_neither_overflow_nor_keep_anybody_out(
    page: Page, german: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(german + path)
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert axe_faults(page) == []


def test_the_sheet_speaks_german(second: Path) -> None:
    reader = PdfReader(second / f"{LIST}geraet-annehmen-a4.pdf")
    text = " ".join(reader.pages[0].extract_text().split())
    for words in ("checkliste · am nachmittag selbst", "5 Minuten", "datum", "Ausgabe 2026-11", "notizen"):
        assert words in text
    assert str(reader.root_object["/Lang"]) == "de"


def test_the_e_book_is_whole_and_german(second: Path) -> None:
    book = second / "reparatur-treff.epub"
    assert epubcheck(book) == []
    archive = zipfile.ZipFile(book)
    package = ET.fromstring(archive.read("EPUB/package.opf"))  # noqa: S314  # our own file
    assert package.findtext(".//{http://purl.org/dc/elements/1.1/}language") == "de"
    lesson = archive.read("EPUB/lesson-erste-schritte.xhtml").decode()
    assert "Lektion 1 von 4, 6 Minuten" in lesson
    assert "Probier es aus (10 Minuten)" in lesson


def test_the_data_name_channels_by_id_and_in_german(second: Path) -> None:
    guide = json.loads((second / "guide.json").read_text(encoding="utf-8"))
    ways = {(variant["channel"], variant["channel_title"]) for m in guide["messages"] for variant in m["variants"]}
    assert ways == {
        ("email", "E-Mail"),
        ("letter", "Brief"),
        ("notice", "Aushang"),
        ("text-message", "SMS"),
        ("chat-message", "Chat-Nachricht"),
    }


def test_a_guide_of_a_language_from_right_to_left_is_laid_out_so(page: Page, tmp_path: Path) -> None:
    files = tiny_guide(guide=GUIDE.format(title="Tiny").replace("language: en", "language: he-IL"))
    files["content/words.yml"] = other_language("he-IL", direction="rtl")
    site = build_strictly(write_project(tmp_path, files))
    page.goto((site / "lessons/first/index.html").as_uri())
    assert page.evaluate("[document.documentElement.lang, document.body.dir]") == ["he-IL", "rtl"]
    archive = zipfile.ZipFile(site / "tiny.epub")
    assert 'dir="rtl"' in archive.read("EPUB/lesson-first.xhtml").decode()
    # Material's own Hebrew around ours, though it has none of Israel in particular.
    expect(page.get_by_role("heading", name="Key points")).to_be_visible()
    assert "דלג לתוכן" in page.content()
