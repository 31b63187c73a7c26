"""What a release is made of: packages that anyone can make again, and a true list of what they need."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.support import ROOT, tiny_guide, write_project
from tools.audit import findings
from tools.release import build_packages
from tools.sbom import locked, sbom

REQUIREMENTS = (ROOT / "requirements/site.txt").read_text(encoding="utf-8")
EPOCH = 1_700_000_000


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The packages made twice: in other folders, of files of another age, with other rights."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    made = []
    for name, umask, age in (("here", 0o022, 0), ("there/deeper", 0o077, 1_000_000_000)):
        folder = tmp_path_factory.mktemp("release") / name
        before = os.umask(umask)
        try:
            for file in filter(None, tracked.split("\0")):
                if (ROOT / file).is_file():
                    (folder / "source" / file).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(ROOT / file, folder / "source" / file)
                    if age:
                        os.utime(folder / "source" / file, (age, age))
            build_packages(folder / "source", folder / "out", EPOCH)
        finally:
            os.umask(before)
        made.append(folder / "out")
    return made[0], made[1]


def test_wheel_and_source_archive_are_the_same_bytes_wherever_they_are_made(packages: tuple[Path, Path]) -> None:
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in packages)
    assert sorted(Path(name).suffix for name in first) == [".gz", ".whl"]
    assert first == second


def test_the_files_in_them_are_dated_by_the_release(packages: tuple[Path, Path]) -> None:
    (wheel,) = packages[0].glob("*.whl")
    assert {entry.date_time for entry in zipfile.ZipFile(wheel).infolist()} == {(2023, 11, 14, 22, 13, 20)}
    (archive,) = packages[0].glob("*.tar.gz")
    with tarfile.open(archive) as source:
        assert {entry.mtime for entry in source} == {EPOCH}
        names = {entry.name.partition("/")[2] for entry in source}
    assert {"pyproject.toml", "requirements/site.txt", "templates/theme/main.html", "tests/test_site.py"} <= names


def test_a_site_without_a_date_of_its_own_is_dated_by_source_date_epoch(tmp_path: Path) -> None:
    files = tiny_guide()
    files["content/guide.yml"] = files["content/guide.yml"].replace('edition: "2026-11"', "edition: second")
    made = []
    for name in ("one", "two"):
        project = write_project(tmp_path / name, files)
        command = [sys.executable, "-m", "generator", "build", str(project)]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        site = project / "site"
        made.append({path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()})
    assert made[0] == made[1]
    assert made[0][Path("sitemap.xml")].count(b"<lastmod>2023-11-14</lastmod>") > 5


def test_the_list_of_what_is_in_a_release_is_valid_and_names_every_locked_package() -> None:
    made = sbom("coaching-guide", "0.1.0", "MIT", REQUIREMENTS, EPOCH)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made)) is None
    listed = {(one["name"], one["version"]): len(one["properties"]) for one in made["components"]}
    assert len(listed) == len(re.findall(r"^\S+==", REQUIREMENTS, re.MULTILINE))
    assert listed["markupsafe", "3.0.4"] > 20
    assert made["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    assert made == sbom("coaching-guide", "0.1.0", "MIT", REQUIREMENTS, EPOCH)


def test_a_package_for_some_machines_only_keeps_its_condition() -> None:
    text = "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "0" * 64 + "\n"
    assert list(locked(text)) == [("a", "1", "sys_platform == 'win32'", ["0" * 64])]
    with pytest.raises(ValueError, match="not a locked requirement: a>=1"):
        list(locked("a>=1"))


def test_the_audit_says_what_is_vulnerable_and_where_it_is_mended() -> None:
    package = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2"]}]}
    open_one = {"name": "b", "version": "1", "vulns": [{"id": "PYSEC-2", "aliases": [], "fix_versions": []}]}
    assert findings({"dependencies": [package, open_one, {"name": "c", "version": "1", "vulns": []}]}) == [
        "a 1: PYSEC-1 (CVE-1), mended in 2",
        "b 1: PYSEC-2, not mended yet",
    ]


def test_an_audit_without_a_network_says_so_and_breaks_nothing() -> None:
    environment = {**os.environ, "HTTPS_PROXY": "http://127.0.0.1:9"}
    command = [sys.executable, "-m", "tools.audit"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("audit: NOT DONE, the list of vulnerabilities could not be asked: ")
