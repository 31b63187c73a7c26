"""Files that articles come in: what is read of them, and what is said of those that are none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from generator.importing.blocks import Article, ImportFault
from generator.importing.decoding import text_of
from generator.importing.inferring import outline_of
from generator.importing.language import language
from generator.importing.read_html import read_html
from generator.importing.read_markdown import read_markdown
from generator.importing.read_word import LARGEST_PART, read_word
from generator.importing.reading import LARGEST_TEXT, read_article

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
PARAGRAPH = "<w:p><w:pPr>{}</w:pPr><w:r>{}<w:t>{}</w:t></w:r></w:p>"


def word_file(body: str, **parts: bytes | str) -> bytes:
    """Return a Word file; a part's name has `__` for a slash and `_` for a dot."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", WORD.format(body))
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return data.getvalue()


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    return PARAGRAPH.format(properties, "<w:rPr><w:b/></w:rPr>" if bold else "", text)


def outline(article: Article) -> list[tuple[int, str]]:
    return [(entry.level, entry.text) for entry in outline_of(article, language("en")).entries]


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("Größe".encode(), ""),
        (b"\xef\xbb\xbf" + "Größe".encode(), ""),
        ("Größe".encode("utf-16"), "read as UTF-16, as its byte-order mark says"),
        ("Größe und Länge, zusammen".encode("utf-16-le"), "read as UTF-16 (it has no byte-order mark)"),
        ("Größe".encode("windows-1252"), "it is not UTF-8; read as Windows-1252 (Western European)."),
    ],
)
def test_an_encoding_is_found_and_what_was_assumed_is_said(data: bytes, note: str) -> None:
    text, said = text_of(data)
    assert text.startswith("Größe")
    assert said.startswith(note)
    assert bool(said) == bool(note)


def test_an_encoding_that_html_declares_is_taken() -> None:
    page = '<meta charset="windows-1251"><p>Привет</p>'.encode("windows-1251")
    assert "Привет" in text_of(page)[0]


def test_invisible_characters_are_left_out_and_line_ends_are_one_kind() -> None:
    assert text_of("a\u200bb\r\nc\rd\u2028e\u202e".encode())[0] == "ab\nc\nd\ne"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\n", "the file is empty"),
        ("a.txt", b"abc\0def", "this is no text file (it holds zero bytes)"),
        ("a.txt", bytes(range(1, 32)) * 20 + b"\xff\x81", "this is no text file"),
        ("a.txt", b"%PDF-1.7", "this is a PDF, not text; save it as Word"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "this is a Word file of the old kind (.doc)"),
        ("a.txt", b"x" * (LARGEST_TEXT + 1), "at most 1,000,000: import it in parts"),
        ("a.html", b"<script>alert(1)", "the file holds no text that a reader would see"),
        ("a.docx", b"words", "this is no Word file (.docx), or it is damaged"),
        ("a.docx", word_file(paragraph("x"))[:150], "this is no Word file (.docx), or it is damaged"),
        ("a.zip", b"PK\x03\x04", "this is a zip file, not text"),
    ],
)
def test_a_file_that_is_no_article_is_refused_in_plain_words(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ImportFault) as caught:
        read_article(path)
    assert str(caught.value).startswith(said) or said in str(caught.value)


def test_a_folder_a_missing_file_and_a_link_to_itself_are_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    for path in (tmp_path, tmp_path / "none.txt", tmp_path / "loop.txt"):
        with pytest.raises(ImportFault):
            read_article(path)


def test_html_is_read_without_what_is_not_for_the_eye() -> None:
    page = """<title>T</title><script>var a = "<h2>no</h2>"</script><style>p {}</style><!-- <p>no</p> -->
    <nav><p>no</p></nav><h1>A &amp; <em>B</em></h1><p>One<br>two &lt;b&gt;</p><ul><li>x<ul><li>y</li></ul></li></ul>
    <template>no</template><noscript>no</noscript><iframe>no</iframe><form><p>no</p></form>"""
    assert [(b.kind, b.text, b.level) for b in read_html(page)] == [
        ("heading", "A & B", 1),
        ("paragraph", "One two <b>", 0),
        ("item", "x", 1),
        ("item", "y", 2),
    ]


def test_html_blocks_know_their_line() -> None:
    assert [b.line for b in read_html("<p>a</p>\n\n<p>\nb</p>")] == [1, 4]


@pytest.mark.parametrize("piece", ["<", "<!--", "<a ", '<a b="', "<div>", "</p", "&", "<!x", "<p><b>", "<a b='\""])
def test_broken_html_is_read_in_one_go(piece: str) -> None:
    # 300,000 characters: quadratic time would take minutes.
    assert isinstance(read_html("<p>x</p>" + piece * (300_000 // len(piece))), tuple)


def test_markdown_is_read_as_its_words() -> None:
    text = "---\na: b\n---\n# A *b*\n\nWord [link](http://x.example) `code` <b>bold</b>\n\n"
    text += "- one\n  - two\n\n> said\n\n```\n# no\n```\n"
    assert [(b.kind, b.text, b.level, b.line) for b in read_markdown(text)] == [
        ("heading", "A b", 1, 4),
        ("paragraph", "Word link code bold", 0, 6),
        ("item", "one", 1, 8),
        ("item", "two", 2, 9),
        ("quote", "said", 0, 11),
        ("code", "# no", 0, 13),
    ]


def test_lists_nested_ten_deep_keep_their_words() -> None:
    text = "\n".join(f"{'  ' * depth}- entry {depth}" for depth in range(10))
    assert [b.text for b in read_markdown(text)] == [f"entry {depth}" for depth in range(10)]
    page = "<ul><li>" * 10 + "deep" + "</li></ul>" * 10
    assert [(b.text, b.level) for b in read_html(page)] == [("deep", 10)]


def test_word_headings_follow_their_style_and_what_it_is_based_on() -> None:
    styles = (
        '<w:styles xmlns:w="w"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:styleId="Deep"><w:name w:val="Deep"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>'
    )
    body = paragraph("One", "berschrift1") + paragraph("Two", "Own") + paragraph("Three", "Deep") + paragraph("Text.")
    article = read_word("a.docx", word_file(body, word__styles_xml=styles))
    assert [(b.kind, b.level, b.line) for b in article.blocks] == [
        ("heading", 1, 1),
        ("heading", 1, 2),
        ("heading", 2, 3),
        ("paragraph", 0, 4),
    ]


def test_bold_lines_are_headings_where_a_word_file_has_no_styles() -> None:
    text = "Here stands a sentence that is long enough to be a paragraph of this article, and ends with a mark."
    lines = [("First things", True), (text, False), ("Second things", True), (text, False)]
    body = paragraph(text) + "".join(paragraph(words, bold=bold) for words, bold in lines)
    assert outline(read_word("a.docx", word_file(body))) == [(1, "First things"), (1, "Second things")]


def test_deleted_words_and_field_codes_of_word_are_not_read() -> None:
    body = (
        "<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del>"
        "<w:r><w:instrText>HYPERLINK file:///etc/passwd</w:instrText></w:r></w:p>"
    )
    assert [b.text for b in read_word("a.docx", word_file(body)).blocks] == ["kept"]


def test_macros_and_links_of_a_word_file_are_passed_over_and_said() -> None:
    body = paragraph("Words.") + "<w:p><w:hyperlink/><w:r><w:t>more</w:t></w:r></w:p>"
    article = read_word("a.docm", word_file(body, word__vbaProject_bin=b"x"))
    assert article.notes == ("its macros were not read", "what it links to or embeds was not opened")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (word_file(" " * (LARGEST_PART + 1)), "unpacks to more than 10,000,000 bytes"),
        (word_file("<w:tbl>" * 10_000), "the file is damaged"),
        (word_file(""), "the file holds no text"),
    ],
)
def test_a_word_file_that_is_a_trap_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ImportFault, match=said):
        read_word("a.docx", data)


def test_a_word_file_that_declares_entities_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    with pytest.raises(ImportFault, match="declares entities"):
        read_word("a.docx", data.getvalue())
