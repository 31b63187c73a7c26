"""Makes a draft of a guide from an article: plain text, Markdown, HTML or Word.

    file -> readers -> blocks -> headings (inferred where no marks show them) -> outline -> drafts -> files of a project

The way is pure from the bytes of the article to the text of the files; `project.py` alone writes.
"""
