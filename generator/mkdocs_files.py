"""Puts the guide's files among MkDocs' own, and takes away what is not to be on the site."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from generator.extras import is_copied
from generator.parse import DATA_FILES
from generator.render.script_words import with_search_words, with_words
from generator.render.scripts import ORDER, PARTS, SEARCH_PART, ScriptError, joined
from generator.render.smaller import smaller
from generator.words import Words


def leave_out(files: Files, pages: set[str], config: MkDocsConfig) -> None:
    """Take away what the content folder holds besides content and what may be copied; the theme has its files back."""
    known = pages | {*DATA_FILES}
    extra = [file for file in files if file.src_dir == config.docs_dir and file.src_uri not in known]
    left_out = [file for file in extra if not is_copied(file.src_uri)]
    for file in left_out:
        files.remove(file)
    if left_out:
        files.add_files_from_theme(config.theme.get_env(), config)


def add_file(
    files: Files,
    config: MkDocsConfig,
    uri: str,
    content: str | bytes,
    inclusion: InclusionLevel = InclusionLevel.UNDEFINED,
) -> None:
    """Add a file that has no source of its own.

    Raises:
        PluginError: there is such a file already.
    """
    if files.get_file_from_path(uri) is not None:
        raise PluginError(f"{uri}: the guide makes this file itself; rename the one in the content folder")
    files.append(File.generated(config, uri, content=content, inclusion=inclusion))


def make_scripts(files: Files, config: MkDocsConfig, themes: list[str], words: Words) -> None:
    """Join the parts of the reader's scripts and stylesheet, and make the theme's scripts smaller.

    Raises:
        PluginError: the list of the parts does not fit them.
    """
    parts = {
        file.src_uri.removeprefix(PARTS): file
        for file in files
        if file.src_uri.startswith(PARTS) and file.src_dir != config.docs_dir
    }
    for file in parts.values():
        files.remove(file)
    for file in files:
        # Only the scripts of the theme are known to bear it.
        if file.src_uri.endswith(".js") and file.src_dir in themes:
            content = smaller(file.content_string)
            file.content_string = with_search_words(content, words) if file.src_uri == SEARCH_PART else content
    if ORDER in parts:
        try:
            made = with_words(joined({name: file.content_string for name, file in parts.items()}), words)
        except ScriptError as fault:
            raise PluginError(f"{parts[ORDER].abs_src_path}: error[template]: {fault}") from fault
        for uri, content in made.items():
            if (theirs := files.get_file_from_path(uri)) is not None and theirs.src_dir in themes:
                raise PluginError(
                    f"{theirs.abs_src_path}: the build makes {uri} of the parts in {PARTS}; a file there that has the "
                    "name of a part takes its place, and order.txt may name more parts"
                )
            add_file(files, config, uri, content)
