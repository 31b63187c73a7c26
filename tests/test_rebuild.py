"""Building again: whatever was edited, the site has the bytes of one that was built with nothing kept."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.rebuild.inputs import frame_key
from generator.rebuild.record import load_record, save_record
from tests.bench.guides import write_guide
from tests.support import MESSAGE, ROOT, tiny_guide, write_project

# The plugin asks MkDocs for something that it will remove one day; the command line does not show such warnings.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

_MKDOCS = """\
site_name: Tiny
site_url: https://tiny.example/
docs_dir: content
theme: {name: material}
plugins:
  - coaching-guide: {exports: false}
  - search
"""
_LESSON = Path("content/lessons/first.md")


def _build(project: Path) -> Path:
    assert main(["build", "--strict", str(project)]) == 0
    return project / "site"


def _bytes(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _clean(project: Path, folder: Path) -> dict[str, bytes]:
    """Return the site that is built of the same sources with nothing kept."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    return _bytes(_build(folder))


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _times(site: Path) -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module", autouse=True)
def _compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Templates stay compiled from one build to the next, whatever the environment says: it saves half the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", False)
        patch.setattr(sys, "pycache_prefix", str(tmp_path_factory.mktemp("compiled")))
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been built."""
    project = write_project(tmp_path_factory.mktemp("built"), tiny_guide(mkdocs=_MKDOCS))
    _build(project)
    return project


@pytest.fixture(scope="module")
def built_with_manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another, with the authors' manual, which takes longer than all the rest."""
    mkdocs = _MKDOCS.replace("exports: false", "exports: false, manual: true")
    project = write_project(tmp_path_factory.mktemp("built"), tiny_guide(mkdocs=mkdocs))
    _build(project)
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of it for one test, with the times of its files."""
    return shutil.copytree(built, tmp_path / "guide")


def _is_built_anew(project: Path) -> bool:
    """Whether the next build makes the page that nothing but the theme has a hand in once more."""
    before = _times(project / "site")["404.html"]
    return _times(_build(project))["404.html"] != before


_EDITS: dict[str, Callable[[Path, int], object]] = {
    "prose": lambda project, n: _edit(project / _LESSON, "Some prose", f"Some prose, <{n}> &"),
    "heading": lambda project, n: _edit(project / _LESSON, "## The only", f"## The {n} only"),
    "title": lambda project, n: _edit(project / "content/messages/thank.md", "title: ", f"title: {n} & "),
    "item": lambda project, n: _edit(
        project / "content/checklists/before.md",
        "- [ ] Do the first",
        f"- [ ] Do number {n}. {{#number-{n}}}\n- [ ] Do the first",
    ),
    "item text": lambda project, n: _edit(
        project / "content/checklists/before.md", "- [ ] Do the", f"- [ ] Do {n} the"
    ),
    "text": lambda project, n: _edit(project / "content/messages/thank.md", "It came", f"It, number {n}, came"),
    "description": lambda project, n: _edit(
        project / "content/guide.yml", "\ndescription: ", f"\ndescription: Number {n}. "
    ),
    "name": lambda project, n: _edit(project / "content/guide.yml", "\ntitle: ", f"\ntitle: {n} & "),
    "edition": lambda project, n: _edit(project / "content/guide.yml", '"2026-11"', f'"2026-0{n}-01"'),
    "another page": lambda project, n: write_project(
        project, {f"content/messages/more-{n}.md": MESSAGE.replace("title: Say", f"title: Number {n}, say")}
    ),
    "template": lambda project, n: write_project(
        project,
        {
            "templates/pages/lesson.md.j2": (ROOT / "templates/pages/lesson.md.j2").read_text(encoding="utf-8")
            + f"\n<p>Number {n}.</p>\n"
        },
    ),
    "style": lambda project, n: write_project(
        project, {"templates/theme/assets/guide/base.css": f"p {{ margin: {n}px; }}\n"}
    ),
    "setting": lambda project, n: _edit(project / "mkdocs.yml", "site_name: ", f"site_name: {n} "),
    "question": lambda project, n: _edit(project / _LESSON, "did you do?", f"did you do, number {n}?"),
    "another line": lambda project, n: _edit(
        project / "content/messages/thank.md", "Thank you for {thing}. [[", f"I am {n}.\n\nThank you for {{thing}}. [["
    ),
    "another link": lambda project, n: _edit(
        project / "content/checklists/before.md", "Because [", f"See [{n}](../messages/thank.md), because ["
    ),
    "nothing": lambda *_: None,
}


_SPLICED = ("prose", "item text", "text", "question", "another line", "another link")
_ANEW = tuple(sorted(_EDITS.keys() - {*_SPLICED, "nothing"}))


@settings(max_examples=4, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.sampled_from(sorted(_EDITS)), min_size=2, max_size=3, unique=True))
def test_after_any_edits_the_site_is_that_of_a_clean_build(
    built: Path, tmp_path_factory: pytest.TempPathFactory, edits: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("edited")
    project = shutil.copytree(built, folder / "guide")
    for number, edit in enumerate(edits, 1):
        _EDITS[edit](project, number)
        assert _bytes(_build(project)) == _clean(project, folder / "clean"), edit


@pytest.mark.parametrize("edit", _SPLICED)
def test_words_of_one_page_are_put_into_the_last_site(built_with_manual: Path, tmp_path: Path, edit: str) -> None:
    project = shutil.copytree(built_with_manual, tmp_path / "guide")
    _EDITS[edit](project, 1)

    assert not _is_built_anew(project)
    site = _bytes(project / "site")
    assert site == _clean(project, tmp_path / "clean")
    # The policy for hosts and the authors' manual are of the whole site.
    assert {"_headers", "headers.nginx.conf", "edition.json", "manual/commands/index.html"} <= site.keys()


@pytest.mark.parametrize("offline", ["true", "false"])
def test_what_the_author_says_to_hosts_or_leaves_out_stays_in_a_site_that_is_spliced(
    built: Path, tmp_path: Path, offline: str
) -> None:
    project = shutil.copytree(built, tmp_path / "guide")
    _edit(project / "mkdocs.yml", "exports: false", f"exports: false, offline: {offline}")
    # With bytes that are no text, and ends of lines as another system writes them.
    (project / "templates/theme").mkdir(parents=True)
    (project / "templates/theme/_headers").write_bytes(b"/*\r\n  X-Mine: \xff\r\n")
    _build(project)
    _EDITS["prose"](project, 1)

    assert not _is_built_anew(project)
    site = _bytes(project / "site")
    assert site == _clean(project, tmp_path / "clean")
    assert site["_headers"] == b"/*\r\n  X-Mine: \xff\r\n"
    assert "manual/index.html" not in site


def test_a_site_is_left_alone_while_nothing_changes(project: Path) -> None:
    before = _times(project / "site")
    inode = (project / "site").stat().st_ino

    _build(project)

    assert (_times(project / "site"), (project / "site").stat().st_ino) == (before, inode)


@pytest.mark.parametrize("edit", _ANEW)
def test_what_shows_on_other_pages_builds_the_site_anew(project: Path, edit: str) -> None:
    _EDITS[edit](project, 1)

    assert _is_built_anew(project)


def test_another_version_of_a_package_builds_the_site_anew(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "packages/something-1.1.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "packages")

    assert _is_built_anew(project)


def test_the_date_of_the_build_is_part_of_the_key(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = frame_key(project / "mkdocs.yml", drafts=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")

    assert frame_key(project / "mkdocs.yml", drafts=False) != before


def test_drafts_are_part_of_the_key(project: Path) -> None:
    assert frame_key(project / "mkdocs.yml", drafts=True) != frame_key(project / "mkdocs.yml", drafts=False)


def test_the_source_of_the_generator_is_part_of_the_key(project: Path, tmp_path: Path) -> None:
    for name in ("generator", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    code = "import pathlib, sys; from generator.rebuild.inputs import frame_key\n"
    code += "print(frame_key(pathlib.Path(sys.argv[1]), False))"

    def key() -> str:
        command = [sys.executable, "-c", code, str(project / "mkdocs.yml")]
        environment = {**os.environ, "PYTHONPATH": str(tmp_path / "copy")}
        return subprocess.run(
            command, cwd=tmp_path / "copy", env=environment, capture_output=True, text=True, check=True
        ).stdout

    before = key()
    with (tmp_path / "copy/generator/sms.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    assert key() != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - search\n", "  - search\n  - tags\n"),
        ("  - search\n", "  - search\nhooks: [hook.py]\n"),
        ("site_name: Tiny", "site_name: !ENV [NAME, Tiny]"),
        ("theme: {name: material}", "theme: {name: material, custom_dir: mine}"),
    ],
)
def test_where_others_have_a_hand_in_the_pages_nothing_is_kept(project: Path, old: str, new: str) -> None:
    write_project(project, {"mine/main.html": '{% extends "base.html" %}\n'})
    _edit(project / "mkdocs.yml", old, new)

    assert frame_key(project / "mkdocs.yml", drafts=False) is None


def test_templates_of_the_theme_in_the_project_keep_nothing(project: Path) -> None:
    write_project(project, {"templates/theme/main.html": '{% extends "base.html" %}\n'})

    assert frame_key(project / "mkdocs.yml", drafts=False) is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda record: record.write_bytes(b""),
        lambda record: record.write_bytes(record.read_bytes().replace(b'"quiet":true', b'"quiet":null')),
        lambda record: (record.unlink(), record.mkdir()),
        lambda record: shutil.rmtree(record.parent.parent),
    ],
    ids=["empty", "changed", "a folder", "gone"],
)
def test_a_harmed_record_is_not_used(project: Path, tmp_path: Path, harm: Callable[[Path], object]) -> None:
    _EDITS["prose"](project, 1)
    harm(project / ".cache/rebuild/site.json")

    assert _is_built_anew(project)
    assert _bytes(project / "site") == _clean(project, tmp_path / "clean")


@pytest.mark.parametrize(
    "harm",
    [
        lambda site: (site / "lessons/first/index.html").write_text("somebody else's"),
        lambda site: (site / "lessons/first/index.html").unlink(),
        lambda site: shutil.rmtree(site / "lessons"),
    ],
    ids=["changed", "gone", "a folder gone"],
)
def test_a_site_that_was_changed_by_hand_is_built_anew(
    project: Path, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    harm(project / "site")

    assert _bytes(_build(project)) == _clean(project, tmp_path / "clean")


def test_builds_at_the_same_time_do_not_mix(project: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator", "build", "--strict", str(project)]
    for number in (1, 2):
        _EDITS["prose"](project, number)
        running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(3)]
        assert [one.wait() for one in running] == [0, 0, 0]
        clean = _clean(project, tmp_path / "clean")

        assert _bytes(project / "site") == clean
        assert _bytes(_build(project)) == clean


def test_an_address_that_vanishes_is_gone_from_the_site(project: Path) -> None:
    _EDITS["another page"](project, 1)
    _build(project)
    (project / "content/messages/more-1.md").unlink()

    assert not (_build(project) / "messages/more-1").exists()


def test_a_mistake_after_a_build_is_said_and_leaves_the_site(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _bytes(project / "site")
    _edit(project / _LESSON, "minutes: 5", "minutes: soon")

    assert main(["build", str(project)]) == 1
    assert "minutes" in capsys.readouterr().err
    assert _bytes(project / "site") == before


def test_a_warning_is_said_by_every_build(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(project, {"content/giude.yml": "not of the guide"})
    said = []
    for _ in range(2):
        assert main(["build", str(project)]) == 0
        said.append(capsys.readouterr().err)

    assert said[0] == said[1] != ""


def test_a_script_that_no_template_of_the_theme_has_is_said_by_every_build(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    template = (ROOT / "templates/pages/lesson.md.j2").read_text(encoding="utf-8")
    write_project(project, {"templates/pages/lesson.md.j2": f"{template}\n<script>mine()</script>\n"})
    said = "lessons/first/index.html: holds a script that no template has"
    for edit in ("nothing", "nothing", "prose"):
        _EDITS[edit](project, 1)
        assert main(["build", str(project)]) == 0
        assert said in capfd.readouterr().err, edit
        assert main(["build", "--strict", str(project)]) == 1
        assert said in capfd.readouterr().err, edit


_LINKS: dict[str, tuple[str, str]] = {
    "a template": ("templates/pages/lesson.md.j2", "lesson.md.j2"),
    "a folder of the theme": ("templates/theme/more", "."),
    "a page with the same bytes": ("content/lessons/first.md", "first.md"),
    "a picture": ("content/picture.png", "lesson.md.j2"),
    "a folder of content": ("content/pictures", "."),
}


@pytest.mark.parametrize("edit", ["nothing", "prose"])
@pytest.mark.parametrize("link", _LINKS)
def test_a_link_out_of_the_project_is_refused_when_nothing_else_has_changed(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], link: str, edit: str
) -> None:
    _EDITS[edit](project, 1)
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.copyfile(project / _LESSON, outside / "first.md")
    shutil.copyfile(ROOT / "templates/pages/lesson.md.j2", outside / "lesson.md.j2")
    before = _bytes(project / "site")
    name, target = _LINKS[link]
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).unlink(missing_ok=True)
    (project / name).symlink_to(outside / target)

    assert main(["build", str(project)]) == 1
    said = capsys.readouterr().err
    assert "error[outside]" in said or "error[not-a-file]" in said
    assert _bytes(project / "site") == before


def test_a_cache_that_is_a_link_out_of_the_project_is_neither_read_nor_written_to(
    project: Path, tmp_path: Path
) -> None:
    (project / ".cache").rename(tmp_path / "elsewhere")
    (project / ".cache").symlink_to(tmp_path / "elsewhere")
    before = _times(tmp_path / "elsewhere")

    assert _is_built_anew(project)
    assert _times(tmp_path / "elsewhere") == before


@pytest.mark.parametrize("name", ["../../out.html", "/out.html"])
def test_a_record_that_names_a_file_out_of_the_site_is_not_used(project: Path, name: str) -> None:
    record = load_record(project / ".cache/rebuild/site.json")
    assert record is not None
    record.site[name] = (1, 1)
    save_record(project / ".cache/rebuild/site.json", record)

    assert load_record(project / ".cache/rebuild/site.json") is None


def test_a_site_in_which_a_file_became_a_link_is_built_anew(project: Path, tmp_path: Path) -> None:
    shutil.move(project / "site/404.html", tmp_path / "404.html")
    (project / "site/404.html").symlink_to(tmp_path / "404.html")

    assert not (_build(project) / "404.html").is_symlink()


def test_files_of_the_theme_that_the_author_has_elsewhere_are_part_of_the_key(project: Path) -> None:
    _edit(project / "mkdocs.yml", "theme: {name: material}", "theme: {name: material, custom_dir: mine}")
    write_project(project, {"mine/mine.css": "p { margin: 0; }\n"})
    before = frame_key(project / "mkdocs.yml", drafts=False)
    write_project(project, {"mine/mine.css": "p { margin: 1px; }\n"})

    assert None not in {before, frame_key(project / "mkdocs.yml", drafts=False)}
    assert frame_key(project / "mkdocs.yml", drafts=False) != before


def test_templates_behind_a_link_to_a_folder_keep_nothing(project: Path) -> None:
    write_project(project, {"look/mine.css": "", "templates/theme/assets/mine.css": ""})
    (project / "templates/theme/more").symlink_to(project / "look")

    assert frame_key(project / "mkdocs.yml", drafts=False) is None


def test_templates_of_the_manual_in_the_project_are_part_of_the_key(built_with_manual: Path, tmp_path: Path) -> None:
    project = shutil.copytree(built_with_manual, tmp_path / "guide")
    front = (ROOT / "templates/manual/index.md.j2").read_text(encoding="utf-8")
    write_project(project, {"templates/manual/index.md.j2": f"{front}\nMine.\n"})

    site = _bytes(_build(project))
    assert b"Mine." in site["manual/index.html"]
    assert site == _clean(project, tmp_path / "clean")


def test_other_words_of_a_language_build_the_site_anew(project: Path, tmp_path: Path) -> None:
    write_project(project, {"content/words.yml": 'page: {edition: "{title}, issue {edition}"}\n'})
    _build(project)
    _edit(project / "content/words.yml", "issue", "number")

    assert _is_built_anew(project)
    site = _bytes(project / "site")
    assert b", number 2026-11" in site["lessons/first/index.html"]
    assert site == _clean(project, tmp_path / "clean")


def _change_words(path: Path, seed: int) -> None:
    """Change some words below the front matter of a page, never its structure."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    head, mark, body = path.read_text(encoding="utf-8").rpartition("\n---\n")
    words = [word for word in re.findall(r"(?<= )[a-z]{3,}(?= )", body) if word != "about"]
    for word in chance.sample(words, 2):
        body = re.sub(rf"(?<= ){word}(?= )", f"{word} {'again ' * chance.randint(1, 2)}and", body, count=1)
    path.write_text(head + mark + body, encoding="utf-8")


def test_changed_words_on_any_pages_give_the_site_of_a_clean_build(tmp_path: Path) -> None:
    project = tmp_path / "guide"
    write_guide(project, 24)
    (project / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
    _build(project)
    for seed, pattern in enumerate(("lessons/*.md", "checklists/*.md", "messages/*.md", "*/*-1.md", "*/*-2.md")):
        pages = sorted((project / "content").glob(pattern))
        for page in pages[: 1 + seed % 2] if pattern.startswith("*") else pages[seed : seed + 1]:
            _change_words(page, seed)

        assert not _is_built_anew(project), pattern
        assert _bytes(project / "site") == _clean(project, tmp_path / "clean"), pattern


def test_an_authors_own_template_may_show_where_things_stand(project: Path, tmp_path: Path) -> None:
    lines = "{{ guide.messages[0].variants | map(attribute='place.line') | join(' ') }}"
    template = (ROOT / "templates/pages/lesson.md.j2").read_text(encoding="utf-8")
    write_project(project, {"templates/pages/lesson.md.j2": f"{template}\n<p>{lines}</p>\n"})
    _build(project)
    _EDITS["another line"](project, 1)

    assert _bytes(_build(project)) == _clean(project, tmp_path / "clean")


def test_a_page_of_the_record_that_is_none_is_read_anew(project: Path, tmp_path: Path) -> None:
    path = project / ".cache/rebuild/site.json"
    record = load_record(path)
    assert record is not None
    for page in record.kept.values():
        page.page[1] = 7
    save_record(path, record)
    _EDITS["prose"](project, 1)

    assert not _is_built_anew(project)
    assert _bytes(project / "site") == _clean(project, tmp_path / "clean")


def test_a_mistake_in_the_settings_is_said_before_paper_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mkdocs = _MKDOCS.replace("exports: false", "exports: true").replace("https://tiny.example/", "tiny.example")
    project = write_project(tmp_path, tiny_guide(mkdocs=mkdocs))

    assert main(["build", str(project)]) == 1
    assert "site_url" in capsys.readouterr().err
    assert not (project / ".cache/typeset").exists()
