"""Builds a site: nothing when nothing has changed, changed pages alone where that is enough, all of it otherwise."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.rebuild.inputs import content_state, frame_key
from generator.rebuild.record import PageRecord, Record, load_record, save_record, state_of_site
from generator.stray_links import stray_links
from generator.swap import MANIFEST
from generator.template_folders import template_folders

if TYPE_CHECKING:
    # Imported where they are used: a build that finds nothing to do need not wait for them.
    from generator.build import Checked
    from generator.finish import Finishing
    from generator.generate import Generated
    from generator.kept_pages import KeptPages
    from generator.memo import Memo
    from generator.site_files import Look

CONTENT = "content"


@dataclass(slots=True)
class Handover:
    """What goes to the plugin, and what it notes for the record while MkDocs builds.

    `content` is the folder that the checked guide was read from, `drafts` whether its drafts are in it, `alone` whether
    nobody but this generator and Material has a hand in the pages. `generated` is what the checked guide gave already,
    with the settings it was made with. The plugin sets `pages` and `finishing` only when it knows how each came to be,
    and `warned` when anyone had something to say that no diagnostic says.
    """

    checked: Checked
    content: Path
    drafts: bool
    alone: bool = False
    generated: Generated | None = None
    pages: dict[str, PageRecord] | None = None
    unfinished: dict[str, str] = field(default_factory=dict)
    finishing: Finishing | None = None
    looks: dict[str, Look] = field(default_factory=dict)
    warned: bool = False


class Rebuild:
    """One build of a project, with what the last one left."""

    def __init__(self, config: Path, site: Path, record: Path | None, drafts: bool) -> None:
        """Look at everything that the site depends on, before any of it is read to be used.

        Args:
            config: the project's mkdocs.yml.
            site: the folder of the last site, which need not be there.
            record: the file that the record of the last build is kept in, None to keep none.
            drafts: whether drafts are in the site.
        """
        self._config = config
        self._site = site
        self._drafts = drafts
        # What stray links lead to is not read.
        self._key = frame_key(config, drafts) if record is not None and not stray_links(config.parent) else None
        self._content = content_state(config.parent / CONTENT)
        self._path = record
        last = load_record(record) if record is not None and self._key else None
        self._record = last if last is not None and last.key == self._key else None
        self._new: Record | None = None

    @property
    def is_current(self) -> bool:
        """Whether the last site is what a build would make, and a build would have nothing to say."""
        record = self._record
        if record is None or not record.quiet or record.content != self._content:
            return False
        try:
            return _made(self._site) == record.site
        except OSError:
            return False

    @property
    def kept_pages(self) -> KeptPages:
        """What the last build kept of the guide's pages."""
        from generator.kept_pages import KeptPages  # noqa: PLC0415

        record = self._record
        return KeptPages(record.kept, record.ways, share=True) if record is not None else KeptPages(share=True)

    def build(self, checked: Checked, new: Path, strict: bool) -> bool:
        """Make the new site.

        Args:
            checked: a guide without errors, read after this object was made, with its `kept_pages`.
            new: an empty folder.
            strict: whether a warning fails the build.

        Returns:
            Whether it stands; if not, what is wrong has been said.
        """
        from generator.export.typeset import TypesetError  # noqa: PLC0415
        from generator.generate import Settings, generate  # noqa: PLC0415
        from generator.jinja_templates import TemplateFault  # noqa: PLC0415
        from generator.rebuild.begin import begin_early  # noqa: PLC0415
        from generator.rebuild.splice import splice  # noqa: PLC0415

        content = (self._config.parent / CONTENT).resolve()
        handover = Handover(checked, content, self._drafts, alone=self._key is not None)
        record = self._record
        if record is not None and self._only_pages_changed(record):
            try:
                settings = Settings(**record.settings)
                handover.generated = generate(checked, self._config.parent, settings, self._memo(checked, record))
            except (TemplateFault, TypesetError):
                # The plugin will say so.
                record = None
            generated = handover.generated
            if record is not None and generated is not None and not (strict and generated.diagnostics):
                if splice(record, generated, self._site, new):
                    record.content = self._content
                    record.note_parts(checked, generated)
                    record.quiet = _is_quiet(checked, generated)
                    record.site = _made(new)
                    self._new = record
                    return True
                _empty(new)
        if handover.generated is None and self._key is not None:
            handover.generated = begin_early(checked, self._config)
        # Imported late: it takes a third of a second, which an edit need not wait for.
        from generator.mkdocs_build import build_with_mkdocs  # noqa: PLC0415

        if not build_with_mkdocs(self._config, new, strict, handover):
            return False
        self._new = self._note(handover)
        if self._new is not None:
            # Here and not where it is published: another build may have put its own site there by then.
            self._new.site = _made(new)
        return True

    def _only_pages_changed(self, record: Record) -> bool:
        """Whether all that has changed is what pages are made of; the words of a language are all over the site."""
        from generator.parse import DATA_FILES, FOLDERS, WORDS_FILE  # noqa: PLC0415

        if record.content.keys() != self._content.keys():
            return False
        changed = [name for name, hash in self._content.items() if record.content[name] != hash]
        return all(
            (name in DATA_FILES and name != WORDS_FILE) or (name.partition("/")[0] in FOLDERS and name.endswith(".md"))
            for name in changed
        )

    def _memo(self, checked: Checked, record: Record) -> Memo:
        """Return what the last build made, as far as it may be used."""
        from generator.kept_pages import OUTLINE  # noqa: PLC0415
        from generator.memo import Memo  # noqa: PLC0415

        inputs = checked.pages.inputs()
        same = record.memory.inputs.get(OUTLINE) == inputs[OUTLINE]
        # An author's own templates may read more of a guide than is noted, such as where its parts stand.
        own = len(template_folders(self._config.parent, "pages")) > 1
        return Memo(inputs, record.memory if same and not own else None)

    def _note(self, handover: Handover) -> Record | None:
        generated = handover.generated
        from generator.rebuild.splice import frame_of, hashes  # noqa: PLC0415

        finishing = handover.finishing
        if self._key is None or handover.pages is None or finishing is None or handover.warned or generated is None:
            return None
        for written in generated.pages:
            handover.pages[written.page.uri].source = written.source
        record = Record(
            key=self._key,
            content=self._content,
            settings=asdict(generated.settings),
            finishing=finishing,
            frame=frame_of(generated, {uri: page.frame for uri, page in handover.pages.items()}),
            quiet=_is_quiet(handover.checked, generated),
            pages=handover.pages,
            unfinished=handover.unfinished,
            looks=handover.looks,
            files=hashes(generated.files),
        )
        record.note_parts(handover.checked, generated)
        return record

    def keep(self) -> None:
        """Keep the record of what was built, once it stands in its place."""
        if self._path is None:
            return
        if self._new is None:
            self._path.unlink(missing_ok=True)
            return
        save_record(self._path, self._new)


def _is_quiet(checked: Checked, generated: Generated) -> bool:
    return not (checked.diagnostics or generated.diagnostics or checked.drafts or checked.waiting)


def _made(site: Path) -> dict[str, tuple[int, int]]:
    """Return the state of the files that a build made; each publication writes the hidden ones of its own."""
    return {name: state for name, state in state_of_site(site).items() if name not in (MANIFEST, ".gitignore")}


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
