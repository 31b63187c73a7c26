"""Publishing never loses a good site: not by a mistake, a kill, a full disk or a second build."""

from __future__ import annotations

import contextlib
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.publish import site_folder
from generator.swap import MANIFEST, Workshop, foreign_files
from tests.support import ROOT, tiny_guide, write_project

BUILD = [sys.executable, "-m", "generator", "build"]


def build(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*BUILD, *options, str(project)], cwd=ROOT, capture_output=True, text=True, check=False)


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def leftovers(project: Path) -> list[str]:
    return sorted(path.name for path in project.glob(".site-*"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a good site; tests work on copies."""
    project = write_project(tmp_path_factory.mktemp("published"), tiny_guide())
    done = build(project)
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def project(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "guide")


def test_the_site_lists_the_files_that_the_build_made(published: Path) -> None:
    site = published / "site"
    listed = (site / MANIFEST).read_text(encoding="utf-8").splitlines()
    assert sorted([*listed, MANIFEST]) == sorted(content(site))


def test_a_mistake_in_the_content_leaves_the_site_and_nothing_else(project: Path) -> None:
    before = content(project / "site")
    (project / "content/guide.yml").write_text("title: [", encoding="utf-8")
    assert build(project).returncode == 1
    assert content(project / "site") == before
    assert leftovers(project) == []


def test_a_broken_template_leaves_the_site_and_nothing_else(project: Path) -> None:
    before = content(project / "site")
    write_project(project, {"templates/pages/home.md.j2": "{{ nonsense }}\n"})
    assert build(project).returncode == 1
    assert content(project / "site") == before
    assert leftovers(project) == []


def test_a_folder_with_files_of_somebody_else_is_left_alone(project: Path) -> None:
    (project / "site/CNAME").write_text("example.org", encoding="utf-8")
    before = content(project / "site")
    done = build(project)
    assert done.returncode == 2
    assert "site: holds files that no build of a guide made: CNAME. Nothing was changed." in done.stderr
    assert "build --replace" in done.stderr
    assert content(project / "site") == before


def test_a_folder_with_files_of_somebody_else_is_replaced_when_told(project: Path) -> None:
    (project / "site/CNAME").write_text("example.org", encoding="utf-8")
    assert build(project, "--replace").returncode == 0
    assert not (project / "site/CNAME").exists()
    assert foreign_files(project / "site") == []


def test_a_symbolic_link_in_the_site_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/photos").symlink_to(tmp_path)
    assert foreign_files(tmp_path / "site") == ["photos"]


def test_the_gitignore_of_the_site_stays(project: Path) -> None:
    (project / "site/.gitignore").write_text("*\n", encoding="utf-8")
    assert build(project).returncode == 0
    assert (project / "site/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_build_that_is_killed_at_any_moment_leaves_a_whole_site(project: Path) -> None:
    old = content(project / "site")
    guide = project / "content/guide.yml"
    guide.write_text(guide.read_text(encoding="utf-8").replace("A tagline.", "Another tagline."), encoding="utf-8")
    chance = random.Random(7)  # noqa: S311  # a choice of moments, the same in every run
    states = set()
    # The first one before Python has even started, however fast builds are.
    for moment in [0.001, *(chance.uniform(0.1, 2) for _ in range(5))]:
        process = subprocess.Popen([*BUILD, str(project)], cwd=ROOT, stdout=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moment)
        process.kill()
        process.wait()
        now = content(project / "site")
        states.add(now == old)
        assert now == old or (b"Another tagline." in now["index.html"] and foreign_files(project / "site") == [])
    assert True in states
    # A build that is left alone clears everything away.
    assert build(project).returncode == 0
    assert b"Another tagline." in (project / "site/index.html").read_bytes()


def test_a_swap_that_is_killed_at_any_moment_leaves_one_of_the_two(tmp_path: Path) -> None:
    target = tmp_path / "site"
    code = (
        "import sys; from pathlib import Path; from generator.swap import Workshop\n"
        "n = 0\n"
        "while True:\n"
        "    n += 1\n"
        "    with Workshop(Path(sys.argv[1])) as shop:\n"
        "        for name in 'abc': (shop.new / name).write_text(str(n))\n"
        "        shop.publish()\n"
        "        print(n, flush=True)\n"
    )
    chance = random.Random(11)  # noqa: S311  # as above
    for _ in range(12):
        process = subprocess.Popen([sys.executable, "-c", code, str(target)], cwd=ROOT, stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(chance.randint(1, 40)):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.communicate()
        found = content(target)
        assert sorted(found) == [MANIFEST, "a", "b", "c"]
        assert len({found[name] for name in "abc"}) == 1
    with Workshop(target) as shop:
        assert list(tmp_path.glob(".site-*")) == [shop.new.parent]


def test_a_swap_in_two_steps_that_was_killed_between_them_is_mended(tmp_path: Path) -> None:
    left = tmp_path / ".site-left"
    left.mkdir()
    (left / "lock").touch()
    (left / "old").mkdir()
    (left / "old/index.html").write_text("good", encoding="utf-8")
    with Workshop(tmp_path / "site"):
        assert content(tmp_path / "site") == {"index.html": b"good"}
        assert not left.exists()


def test_a_folder_of_a_like_name_is_no_leftover(tmp_path: Path) -> None:
    write_project(tmp_path, {".site-notes/mine.txt": "keep"})
    with Workshop(tmp_path / "site"):
        pass
    assert (tmp_path / ".site-notes/mine.txt").is_file()


def test_two_builds_at_once_do_not_mix(project: Path) -> None:
    running = [subprocess.Popen([*BUILD, str(project)], cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    once = content(project / "site")
    assert build(project).returncode == 0
    assert content(project / "site") == once
    assert leftovers(project) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 600 kB where this system lets us mount one, else a folder."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
    mounted = shutil.which("mount") and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield disk
    if mounted:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_full_disk_leaves_the_last_good_site(small_disk: Path) -> None:
    project = write_project(small_disk, tiny_guide())
    write_project(project, {"site/index.html": "good", f"site/{MANIFEST}": "index.html\n"})
    before = content(project / "site")
    done = subprocess.run(
        [*BUILD, str(project)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        # Where nothing could be mounted, every file larger than this fails in the same way.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),  # no threads here
    )
    assert done.returncode == 1
    assert content(project / "site") == before
    assert leftovers(project) == []


@pytest.mark.parametrize(
    ("settings", "folder"),
    [("", "site"), ("site_dir: public\n", "public"), ("x: !ENV [A, b]\nsite_dir: a/b\n", "a/b"), ("- [", "site")],
)
def test_the_site_is_published_where_mkdocs_yml_says(tmp_path: Path, settings: str, folder: str) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(settings, encoding="utf-8")
    assert site_folder(config) == (tmp_path / folder).resolve()
