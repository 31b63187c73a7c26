"""The catalogues of words: each language is whole, and what is filled in, counted and read by them is right."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from markupsafe import Markup

from generator.build import load_guide
from generator.diagnostics import Log, Place
from generator.export.downloads import human_size
from generator.export.paper import about
from generator.links import variant_anchor
from generator.model import Guide
from generator.names import alphabetical
from generator.parse import Source, read_guide
from generator.render.script_words import with_words
from generator.render.scripts import ORDER, ScriptError
from generator.render.theme import served
from generator.schedule import Delay, read_delay, rhythm, sequence
from generator.site_settings import theme_settings
from generator.words import (
    GRAMMAR,
    NUMBER,
    Entry,
    MissingWordError,
    Words,
    catalogue,
    english,
    known_languages,
    nearest_language,
    placeholders,
)
from generator.words.plurals import PLURAL_RULES
from generator.yaml_nodes import Text
from tests.support import GUIDE, LESSON, MESSAGE, ROOT, tiny_guide, write_project

PARTS = ROOT / "templates" / "theme" / "assets" / "guide"
PLAN = ROOT / "templates" / "pages" / "plan.md.j2"
OTHERS = [code for code in known_languages() if code != "en"]


def texts_of(entry: Entry) -> dict[str, str]:
    return {"": entry} if isinstance(entry, str) else dict(entry)


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_word_and_no_other(code: str) -> None:
    assert catalogue(code).texts.keys() == english().texts.keys()
    for section in GRAMMAR:
        assert catalogue(code).grammar[section].keys() == english().grammar[section].keys()


@pytest.mark.parametrize("code", known_languages())
def test_a_text_has_the_placeholders_of_the_english_one_and_the_forms_of_its_language(code: str) -> None:
    words = catalogue(code)
    forms = PLURAL_RULES[words("language.plural")].forms
    faults = []
    for key, wanted in english().texts.items():
        needed = placeholders(wanted if isinstance(wanted, str) else wanted["other"])
        texts = texts_of(words.texts[key])
        if not isinstance(wanted, str) and tuple(texts) != forms:
            faults.append(key)
        faults += [key for text in texts.values() if placeholders(text) | {NUMBER} != needed | {NUMBER}]
        faults += [key for text in texts.values() if text != " ".join(text.split())]
    assert faults == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_english_sentence_stands_in_another_language(code: str) -> None:
    mine = catalogue(code).texts
    same = [key for key, entry in english().texts.items() if texts_of(entry) == texts_of(mine[key])]
    assert [key for key in same if len(re.findall(r"[a-z]{3,}", str(english().texts[key]))) > 3] == []


def test_a_guide_finds_the_words_of_its_language_or_of_the_one_it_is_a_variant_of() -> None:
    codes = ("de", "de-AT", "de-Latn-CH", "en-GB", "fr", "deutsch", "de_AT", "../de", "")
    assert [nearest_language(code) for code in codes] == ["de", "de", "de", "en", None, None, None, None, None]


def test_the_theme_takes_the_nearest_language_that_it_has() -> None:
    settings = theme_settings(catalogue("de", "de-AT"), {"de", "en", "pt"})
    assert (settings["language"], settings["direction"]) == ("de", "ltr")
    assert [colours["toggle"]["name"] for colours in settings["palette"]] == [
        "Zu dunklen Farben wechseln",
        "Zu hellen Farben wechseln",
    ]
    assert theme_settings(Words("tlh", "", english().texts), {"de", "en"})["language"] == "en"


def test_a_word_is_filled_in_and_takes_the_form_of_its_number() -> None:
    words = english()
    assert words("lesson.number_of", number=2, of=9) == "Lesson 2 of 9"
    assert [words("count.lessons", n=number) for number in (0, 1, 2)] == ["0 lessons", "1 lesson", "2 lessons"]
    assert words("take.sheets_all", n=1) == "One checklist"


def test_a_word_with_a_link_in_it_is_markup_and_escapes_the_rest() -> None:
    words = Words("en", "", {"a.b": "<b>{link} & {name}"})
    assert words("a.b", link=Markup("<a>x</a>"), name="<i>") == "&lt;b&gt;<a>x</a> &amp; &lt;i&gt;"
    assert words("a.b", link="<a>", name="x") == "<b><a> & x"


def test_a_word_that_leaves_its_link_out_is_markup_too() -> None:
    word = Words("en", "", {"a.b": {"one": "<b>", "other": "{link}"}, "language.plural": "one-is-1"})(
        "a.b", n=1, link=Markup("<a>x</a>")
    )
    assert isinstance(word, Markup)
    assert word == "&lt;b&gt;"


def test_a_word_of_the_guide_s_own_is_plain_text() -> None:
    own = Text.at("My lists", Place("content/words.yml", 2))
    assert type(Words("en", "", {"a.b": own})("a.b")) is str


@pytest.mark.parametrize(
    ("key", "values"), [("no.such", {}), ("lesson.number", {}), ("count.lessons", {}), ("count.lessons", {"n": "2"})]
)
def test_a_word_that_is_not_there_or_cannot_be_filled_in_is_said(key: str, values: dict[str, object]) -> None:
    with pytest.raises(MissingWordError, match=re.escape(key)):
        english()(key, **values)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("one-is-1", "other one other other other other other other"),
        ("one-is-0-or-1", "one one other other other other other other"),
        ("no-forms", "other other other other other other other other"),
        ("czech", "other one few few other other other other"),
        ("polish", "many one few few many many many few"),
        ("slavic", "many one few few many many one few"),
        ("arabic", "zero one two few few many many many"),
    ],
)
def test_numbers_choose_forms_as_cldr_says(rule: str, expected: str) -> None:
    assert " ".join(PLURAL_RULES[rule].form_of(n) for n in (0, 1, 2, 3, 5, 11, 21, 22)) == expected
    assert set(expected.split()) <= set(PLURAL_RULES[rule].forms)


def test_times_and_sizes_are_written_as_in_the_language() -> None:
    german = catalogue("de")
    assert [german.duration(minutes) for minutes in (1, 45, 120, 125)] == [
        "1 Minute",
        "45 Minuten",
        "2 Stunden",
        "2 Stunden 5 Minuten",
    ]
    assert human_size(1_250_000, german) == "1,2\u00a0MB"


def test_titles_are_put_in_order_as_a_reader_looks_for_them() -> None:
    assert sorted(["Zug", "Öl", "apfel", "Ofen", "Apfel"], key=alphabetical) == ["Apfel", "apfel", "Ofen", "Öl", "Zug"]


@pytest.mark.parametrize(
    ("send", "delay"),
    [
        ("1 Tag nach dem Treffen", Delay(1, 1, "day", "after", "dem Treffen")),
        ("2 bis 5 Tage vor dem Termin, oder am Abend davor", Delay(2, 5, "day", "before", "dem Termin")),
        ("zwei Wochen nach deiner letzten Nachricht", Delay(2, 2, "week", "after", "deiner letzten Nachricht")),
        ("ein paar Tage, nachdem es war", Delay(3, 3, "day", "", "")),
        ("3 Monate später", Delay(3, 3, "month", "after", "")),
        ("am selben Tag oder am Tag danach", Delay(0, 0, "day", "", "")),
        ("einmal im Quartal", Delay(1, 1, "quarter", "", "")),
        ("sobald du es merkst", None),
        ("1 day after meeting", None),
    ],
)
def test_the_time_that_send_names_is_read_in_german(send: str, delay: Delay | None) -> None:
    assert read_delay(send, catalogue("de")) == delay


def test_a_reminder_comes_as_often_as_a_german_time_asks_for() -> None:
    assert rhythm("innerhalb von 2 Wochen", catalogue("de")).rule == {"FREQ": "WEEKLY", "INTERVAL": 2}


def german_guide(language: str = "de", **changes: str) -> tuple[Guide, list[str]]:
    files = tiny_guide(
        **{
            "guide": GUIDE.format(title="Klein").replace("language: en", f"language: {language}"),
            "lesson": LESSON.replace("Try it (5 minutes)", "Probier es aus (5 Minuten)").replace(
                "### Reflect", "### Denk darüber nach"
            ),
            "message": MESSAGE.replace("## Email", "## E-Mail")
            .replace("Subject:", "Betreff:")
            .replace("## Text message", "## SMS")
            .replace("1 day after the help", "1 Tag nach der Hilfe"),
            **changes,
        }
    )
    log = Log()
    guide = read_guide(Source("content", {path.removeprefix("content/"): text for path, text in files.items()}), log)
    return guide, [str(found) for found in log.sorted()]


def test_a_german_guide_is_written_with_german_headings() -> None:
    guide, found = german_guide()
    assert found == []
    assert [variant.channel for variant in guide.messages[0].variants] == ["E-Mail", "SMS"]
    assert [section.kind for section in guide.lessons[0].parts[0].sections] == ["prose", "exercise", "reflection"]
    plan = sequence(guide, guide.messages[0])
    assert (plan.event, plan.event_is_clause, plan.steps[0].days) == ("Hilfe", False, 1)


def test_the_english_headings_of_exercises_and_subjects_hold_in_every_language() -> None:
    message = MESSAGE.replace("## Email", "## E-Mail").replace("## Text message", "## SMS")
    guide, found = german_guide(lesson=LESSON, message=message)
    assert found == []
    assert [section.kind for section in guide.lessons[0].parts[0].sections] == ["prose", "exercise", "reflection"]


def test_what_is_said_of_a_german_message_names_german_headings() -> None:
    found = german_guide(message=MESSAGE)[1]
    assert any("'Email' is no channel; did you mean 'E-Mail'?" in line for line in found)
    found = german_guide(
        message=MESSAGE.replace("## Email", "## E-Mail").replace("Subject: Thank you for {thing}\n", "")
    )[1]
    assert any("begin it with a line like: Betreff: Good to meet you" in line for line in found)


def test_paper_is_told_language_and_region_apart() -> None:
    guide = german_guide("de-AT")[0]
    assert (about(guide)["language"], about(guide)["region"], guide.words.language) == ("de", "AT", "de-AT")


def test_tones_in_other_letters_have_anchors_of_their_own() -> None:
    message = MESSAGE.replace(
        "## Text message",
        "## Email, förmlich\n\nSubject: A\n\nB {thing}\n\n## Email, 丁寧\n\nSubject: A\n\nB {thing}\n\n## Email, 気軽",
    )
    files = {path.removeprefix("content/"): text for path, text in tiny_guide(message=message).items()}
    guide = read_guide(Source("content", files), Log())
    anchors = [variant_anchor(variant) for variant in guide.messages[0].variants]
    assert anchors[:2] == ["email", "email-formlich"]
    assert len({*anchors}) == 4


# ---- words of a guide's own ------------------------------------------------------------------------------------------


def words_with(text: str, language: str = "en") -> tuple[Words, list[str]]:
    files = {path.removeprefix("content/"): content for path, content in tiny_guide().items()}
    files["guide.yml"] = files["guide.yml"].replace("language: en", f"language: {language}")
    log = Log()
    return read_guide(Source("content", {**files, "words.yml": text}), log).words, [str(one) for one in log.sorted()]


def test_a_guide_puts_its_own_words_in_the_place_of_ours() -> None:
    words, found = words_with("lesson:\n  key_points: What to keep\nsend:\n  day: [sleep, sleeps]\n")
    assert found == []
    assert words("lesson.key_points") == "What to keep"
    assert words("lesson.now") == "Now do it"
    assert read_delay("2 sleeps after the talk", words) == Delay(2, 2, "day", "after", "the talk")


def other_language(code: str, wrap: str = "{}", **language: str) -> str:
    """Return words.yml for a language of its own: every English text, wrapped."""
    sections: dict[str, dict[str, object]] = {}
    for key, entry in english().texts.items():
        section, _, name = key.partition(".")
        wrapped = {form: wrap.format(text) for form, text in texts_of(entry).items()}
        sections.setdefault(section, {})[name] = wrapped.get("", wrapped)
    sections["language"] = {"name": code, "direction": "ltr", "plural": "one-is-1", "decimal": ".", **language}
    return yaml.safe_dump(sections, allow_unicode=True)


def test_a_guide_may_bring_a_language_that_the_generator_lacks() -> None:
    words, found = words_with(other_language("fr"), "fr")
    assert found == []
    assert (words.language, words.catalogue, words("page.lessons")) == ("fr", "", "Lessons")
    # What is not said of times in this language is not read as English.
    assert read_delay("1 day after the talk", words) is None


def test_forms_of_a_brought_language_are_those_of_its_rule() -> None:
    text = other_language("pl", plural="polish")
    assert any("lacks the form 'few'; this language has: one, few, many" in line for line in words_with(text, "pl")[1])


def test_the_check_reads_words_beside_the_content(tmp_path: Path) -> None:
    write_project(tmp_path, tiny_guide())
    (tmp_path / "content/words.yml").write_text("lesson:\n  key_points: Merke\n", encoding="utf-8")
    checked = load_guide(tmp_path / "content")
    assert checked.guide is not None
    assert checked.guide.words("lesson.key_points") == "Merke"


# ---- the scripts -----------------------------------------------------------------------------------------------------


def parts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in PARTS.iterdir()}


def keys_asked_for() -> Iterator[str]:
    """Every key that the scripts give to `t`; what is put together in the page is a pattern."""
    for name, text in parts().items():
        if name == ORDER:
            continue
        for call in re.finditer(r"(?<![\w.$])t\(", text):
            rest = text[call.end() : call.end() + 160].split(";\n")[0]
            either = re.match(r'[^"`{}]*(?:"[^"]*"[^"`{}?]*)?\? "([a-z_.]+)" : "([a-z_.]+)"', rest)
            one = re.match(r'"([a-z_.]+)"', rest)
            together = re.match(r"`([a-z_.]+\$\{\w[\w.]*\}[a-z_]*)`", rest)
            if one:
                yield one[1]
            elif either:
                yield from either.groups()
            elif together:
                yield re.sub(r"\$\{.*?\}", "[a-z]+", together[1])


def test_the_scripts_say_every_word_of_theirs_and_no_other() -> None:
    asked = {*keys_asked_for()}
    there = {*english().section("script"), *(f"plan.{key}" for key in english().section("plan"))}
    there -= {f"plan.{key}" for key in re.findall(r't\("plan\.(\w+)"', PLAN.read_text(encoding="utf-8"))}
    assert sorted(key for key in there if not any(re.fullmatch(pattern, key) for pattern in asked)) == []
    assert sorted(pattern for pattern in asked if not any(re.fullmatch(pattern, key) for key in there)) == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('say(t("undone"));', 'say("Taken back.");'),
        ('t("run_renamed",{name})', "`Renamed to “${name}”.`"),
        ('t("print_chosen",{what:parts.join(", ")})', '`${parts.join(", ")} chosen`'),
        ('t(done?"lesson_unmark":"lesson_mark")', '(done?"Not done after all":"Mark as done")'),
        ('t(one?.done??two?"lesson_unmark":"lesson_mark")', '(one?.done??two?"Not done after all":"Mark as done")'),
        ('t("runs",{n:runs})', 't({"one":"{n} run","other":"{n} runs"},{n:runs})'),
        ('t("run_renamed",facing)', 't("Renamed to “{name}”.",facing)'),
        (
            't("field_long",{...facing,most})',
            't("{length} characters; written for up to {most}",{...facing,most})',
        ),
        ('at("undone")', 'at("undone")'),
        ('t("plan.open")', 't("plan.open")'),
    ],
)
def test_words_take_the_place_of_their_keys_in_the_script(code: str, expected: str) -> None:
    assert with_words({"a.js": code}, english()) == {"a.js": expected}


def test_marks_in_a_word_stay_text_in_the_script() -> None:
    words = Words("en", "", {"script.a": "`${x}` \\ {name}"})
    assert with_words({"": 't("a",{x:1,name})'}, words) == {"": "`\\`$${1}\\` \\\\ ${name}`"}
    assert with_words({"": 't("a")'}, Words("en", "", {"script.a": '"</script>\n'})) == {"": '"\\"</script>\\n"'}


def test_what_the_page_puts_together_is_handed_in() -> None:
    made = with_words({"all.js": "const WORDS={};", "apart.js": "t(`state_${state}`)"}, english())
    assert made["all.js"] == 'const WORDS={"state_open":"Opened","state_read":"Read","state_done":"Done"};'


def test_a_script_that_asks_for_a_word_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(ScriptError, match="says 'no_such', which is not in 'script' of the catalogue"):
        with_words({"": 't("no_such")'}, english())


@pytest.mark.parametrize("code", known_languages())
def test_the_scripts_are_small_in_every_language(code: str) -> None:
    theme = PARTS.parent.parent
    sources = {path.relative_to(theme).as_posix(): path.read_bytes() for path in theme.glob("assets/**/*.*")}
    scripts = {uri: made for uri, made in served(sources, catalogue(code)).items() if uri.endswith(".js")}
    sizes = {uri: len(gzip.compress(script, 9)) for uri, script in scripts.items()}

    assert sum(sizes.values()) < 30_000, sizes


# ---- channels of a guide's own ---------------------------------------------------------------------------------------

OWN = """\
channels:
  - id: email
    title: Post
    subject: true
    limit: {most: 20, kind: advice, source: a card, checked: "2020-01-31"}
"""


def test_a_channel_of_the_guide_takes_the_place_of_ours_with_its_id(tmp_path: Path) -> None:
    files = tiny_guide(guide=GUIDE.format(title="Tiny") + OWN, message=MESSAGE.replace("## Email", "## Post"))
    checked = load_guide(write_project(tmp_path, files) / "content", today=date(2026, 11, 25))
    assert checked.guide is not None
    assert [channel.title for channel in checked.guide.channels][:2] == ["Post", "LinkedIn note"]
    assert variant_anchor(checked.guide.messages[0].variants[0]) == "email"
    assert [(found.code, found.message.partition(";")[0]) for found in checked.diagnostics] == [
        ("old-limit", "the limit of 20 for 'Post' was last checked on 2020-01-31"),
        (
            "too-long-to-send",
            "'Post' has 98 characters with every field at its longest",
        ),
    ]


def test_a_message_without_a_channel_of_the_guide_is_told_which_there_are() -> None:
    files = tiny_guide(guide=GUIDE.format(title="Tiny") + OWN)
    log = Log()
    read_guide(Source("content", {path.removeprefix("content/"): text for path, text in files.items()}), log)
    assert [found.message for found in log.sorted() if found.code == "unknown-channel"] == [
        "'Email' is no channel; known: Chat message, LinkedIn message, LinkedIn note, Post, Text message"
    ]
