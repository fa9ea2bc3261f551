"""Files in formats that are not read: each is one finding that calls it what it is."""

from __future__ import annotations

import gzip
import json
from io import BufferedReader, BytesIO

import pytest

from minimax_validate.texts.document import ABSENT, Document, Walk
from minimax_validate.texts.json.syntax import first_problem
from minimax_validate.texts.readers import read
from minimax_validate.texts.readers.template import json_tag, yaml_tag
from minimax_validate.texts.spans import Span

REQUEST = {"messages": [{"role": "user", "content": "Is the ferry late?"}]}
TEMPLATE = "a template"
KINDS = {
    "ask.json5": (b"{messages: [],}", "MM001", "JSON5"),
    "ask.toml": (b"[[messages]]\n", "MM001", "TOML"),
    "ask.TOML": (b"", "MM001", "TOML"),
    "ask.csv": (b"role,content\n", "MM001", "CSV"),
    "ask.xml": (b"<messages/>", "MM001", "XML"),
    "ask.json.j2": (b'{"messages": {{ m }}}', "MM001", TEMPLATE),
    "ask.yaml.tpl": (b"messages: {{ m }}", "MM001", TEMPLATE),
    "ask.bru": (b"post {\n}\n", "MM001", "a Bruno request is not supported; use HAR, cassettes, or"),
    "TestChat.httprr": (b"httprr trace v1\n", "MM001", "an httprr recording"),
    "main.go": (b"package main\n", "MM001", "a program in Go is not supported; supported are programs in TypeScript"),
    "Main.java": (b"class Main {}\n", "MM001", "a program in Java"),
    "ask.rs": (b"fn main() {}\n", "MM001", "a program in Rust"),
    "ask.r": (b"x <- 1\n", "MM001", "a program in R is"),
    "Ask.vue": (b"<script></script>\n", "MM001", "a Vue component"),
    "rows.xlsx": (b"PK\x03\x04\0\0", "MM002", "an Excel workbook is not supported; write its rows as JSON Lines"),
    "terms.docx": (b"PK\x03\x04\0\0", "MM002", "a Word document"),
    "terms.pdf": (b"%PDF-1.7\n", "MM002", "a PDF file"),
    "ask.zip": (b"PK\x03\x04\0\0", "MM002", "a ZIP archive"),
    "named.json": (b"PK\x03\x04\0\0", "MM002", "a ZIP archive"),
    "rows.parquet": (b"PAR1\x15\0", "MM002", "a Parquet file"),
    "rows.jsonl.zst": (b"\x28\xb5\x2f\xfd\0", "MM002", "Zstandard"),
    "rows.jsonl": (b"version https://git-lfs.github.com/spec/v1\r\noid sha256:ab\r\n", "MM002", "a Git LFS pointer"),
    "rows.jsonl.gz": (b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\n", "MM002", "a Git LFS pointer"),
    "rows.yaml": (b"/annex/objects/SHA256E-s1--ab\n", "MM002", "a git-annex pointer"),
}


SUFFIXES = {
    "JSON5": "json5",
    "Hjson": "hjson",
    "Jsonnet": "jsonnet libsonnet",
    "TOML": "toml",
    "an INI file": "ini cfg",
    "CSV": "csv",
    "TSV": "tsv",
    "XML": "xml",
    "HTML": "html htm",
    "a Bruno request": "bru",
    "an httprr recording": "httprr",
    "a program in Go": "go",
    "a program in Java": "java",
    "a program in Kotlin": "kt kts",
    "a program in Scala": "scala",
    "a program in C#": "cs",
    "a program in Swift": "swift",
    "a program in Rust": "rs",
    "a program in C or C++": "c cc cpp h hpp",
    "a program in Ruby": "rb",
    "a program in PHP": "php",
    "a program in Perl": "pl pm",
    "a program in Lua": "lua",
    "a program in R": "r",
    "a program in Dart": "dart",
    "a program in Elixir": "ex exs",
    "a PowerShell script": "ps1",
    "a Vue component": "vue",
    "a Svelte component": "svelte",
    "an Astro component": "astro",
    "a template is not a request until": "j2 jinja jinja2 tpl tmpl gotmpl hbs handlebars mustache erb ejs liquid",
}
BEGINNINGS = {
    b"PK\x05\x06": "an empty ZIP archive is not",
    b"BZh9": "a bzip2 file",
    b"\xfd7zXZ\0": "an xz file",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"PAR1": "a Parquet file",
    b"ARROW1": "an Arrow file",
    b"SQLite format 3\0": "an SQLite database",
    b"\x89HDF": "an HDF5 file",
    b"%PDF-": "a PDF file",
    b"\x89PNG": "an image",
    b"version https://hawser.github.com/spec/v1": "a Git LFS pointer",
}


def documents(name: str, data: bytes) -> list[Document]:
    """The documents of a file."""
    return list(read(name, BytesIO(data)))


@pytest.mark.parametrize("name", KINDS)
def test_is_called_what_it_is(name: str) -> None:
    """One finding names the format, whether it is known by its name or by its first bytes."""
    data, code, words = KINDS[name]
    for stream in (BytesIO(data), BufferedReader(BytesIO(data))):
        (document,) = read(name, stream)
        (fault,) = document.faults
        assert document.value is ABSENT
        assert fault.diagnostic.code == code
        assert words in fault.diagnostic.message
        assert 0 <= fault.span.start <= fault.span.end <= len(document.source.text)


@pytest.mark.parametrize(
    ("words", "suffix"), [(words, suffix) for words, suffixes in SUFFIXES.items() for suffix in suffixes.split()]
)
def test_each_suffix_is_called_what_it_is(words: str, suffix: str) -> None:
    """A suffix tells a format that is not read, in any case and packed as well, unless the text is JSON."""
    for name in (f"ask.{suffix}", f"ASK.{suffix.upper()}"):
        (document,) = documents(name, b"messages")
        assert [fault.diagnostic.code for fault in document.faults] == ["MM001"]
        assert document.faults[0].diagnostic.message.startswith(words + " ")
        assert document.walk is Walk.PASSES_OVER
    (document,) = documents(f"ask.{suffix}.gz", gzip.compress(b"messages"))
    assert document.faults[0].diagnostic.message.startswith(words + " ")
    assert [document.value for document in documents(f"ask.{suffix}", b" [1]")] == [[1]]


@pytest.mark.parametrize("begins", BEGINNINGS, ids=repr)
@pytest.mark.parametrize("name", ["rows", "rows.json", "rows.csv"])
def test_each_beginning_is_called_what_it_is(begins: bytes, name: str) -> None:
    """Bytes that no text begins with tell a format whatever the name is."""
    (document,) = documents(name, begins + b" and so on")
    (fault,) = document.faults
    assert fault.diagnostic.code == "MM002"
    assert BEGINNINGS[begins] in fault.diagnostic.message


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.xlsx", "an Excel workbook"), ("a.xlsm", "an Excel workbook"), ("a.ods", "a spreadsheet"),
        ("a.docx", "a Word document"), ("a.pptx", "a presentation"), ("a.odt", "a text document"),
        ("a.zip", "a ZIP archive"), ("a", "a ZIP archive"),
    ],
)  # fmt: skip
def test_archives_of_offices(name: str, words: str) -> None:
    """They are ZIP archives, and called what their names say."""
    (document,) = documents(name, b"PK\x03\x04\0\0")
    assert document.faults[0].diagnostic.message.startswith(words + " is not")
    (other,) = documents(name, b"BZh9")
    assert other.faults[0].diagnostic.message.startswith("a bzip2 file")


def test_bytes_of_another_encoding_are_told_first() -> None:
    """What is no text is no template either."""
    (document,) = documents("a.j2", b'{"a": "\xff"}')
    assert [fault.diagnostic.code for fault in document.faults] == ["MM002"]
    assert document.walk is Walk.PASSES_OVER


def test_pointers_are_told_on_a_walk() -> None:
    """A request may be behind a pointer; what is in another format is passed over."""
    assert documents("a.json", KINDS["rows.jsonl"][0])[0].walk is Walk.TELLS
    assert documents("a.toml", b"a = 1")[0].walk is Walk.PASSES_OVER
    assert documents("a.json", b"PK\x03\x04")[0].walk is Walk.PASSES_OVER


@pytest.mark.parametrize("name", ["ask.json5", "ask.md", "ask.json.j2", "ask.json5.gz"])
def test_json_is_read_under_any_name(name: str) -> None:
    """JSON5 and templates may be JSON as well."""
    data = json.dumps(REQUEST).encode()
    (document,) = documents(name, gzip.compress(data) if name.endswith(".gz") else data)
    assert document.value == REQUEST


def test_other_text_is_read_as_before() -> None:
    """What begins like a pointer and is none is read by its name."""
    assert documents("a.yaml", b"version : 1\n")[0].value == {"version": 1}
    assert documents("a.txt", b'{"a": 1}\n{"a": 2}\n')[1].value == {"a": 2}


def test_packed_text_is_not_shown() -> None:
    """Of bytes that are no text none is shown, and of a pointer its first line."""
    assert documents("a.zip", b"PK\x03\x04secret")[0].source.text == ""
    assert documents("a.json", KINDS["rows.jsonl"][0])[0].source.text == "version https://git-lfs.github.com/spec/v1"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ('{"a": {{ b }}}', "{{ b }}"),
        ('{"a": "b",\n {% if c %}"d": 1{% endif %}}', "{% if c %}"),
        ('{# note #}\n{"a": {{ b }}}', "{# note #}"),
        ('{"a": ${B}}', "${B}"),
        ('{"a": <%= b %>}', "<%= b %>"),
        ('{"a": "{{ b["c"] }}"}', '{{ b["c"] }}'),
        ('{"a": 1,}', None),
        ('{"a": "{{ b }}",}', None),
        ("{'a': '{{ b }}'}", None),
        ('{"a: "{{b}}"}\n{"c": "{{ d }}"', "{{b}}"),
        ('{"a: "say {{b}}"}', None),
        ("{{", None),
        ('{"a": {{ b\n }}}', None),
        ('{"a": [1,,], "b": {{ c }}}', "{{ c }}"),
        ("{'a': 'x', \"b\": {{ c }}}", "{{ c }}"),
        ('{"a": ${B C}}', None),
        ('{"a": ${}}', None),
        ('{"a": "' + "x" * 1005 + '{{ b }}", {% c %}}', "{% c %}"),
        ('{"a": {{' + "b" * 1000 + "}}}", "{{" + "b" * 1000 + "}}"),
        ('{"a": {{' + "b" * 1001 + "}}}", None),
        ("[1,\n2\n{{ a }}\n]", "{{ a }}"),
        ('["{{ a }}"\n"{{ b }}"]', None),
        ('["{{ b }}\n"]', None),
        ("[1,,\n{{ c }}]", "{{ c }}"),
        ("[1,,\n\n2 {% c %} {{ d }}]", "{% c %}"),
        ("{{ a }} {{ b }}", "{{ a }}"),
        ('{"a": 1,} {{ b }}', "{{ b }}"),
    ],
)
def test_tags_of_json(text: str, tag: str | None) -> None:
    """A template is known by a tag outside of strings, or where the text goes wrong; prompts may hold tags."""
    problem = first_problem(text)
    assert problem is not None
    found = json_tag(text, problem.span)
    assert (found and text[slice(*found)]) == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("a: {{ b }}\n", "{{ b }}"),
        ("{%- for b in c %}\n- b\n{% endfor %}\n", "{%- for b in c %}"),
        ("- a: [{{ b }}]\n", "{{ b }}"),
        ("a:\n  {{- include . }}\n", "{{- include . }}"),
        ("a: |\n  {{ b }}\n\tc: 1\n", None),
        ("a: |\n  x\n\n  {{ b }}\n\tc: 1\n", None),
        ("a:\n- b: >-  # folded\n    {{ b }}\n\tc: 1\n", None),
        ("a: |2+\n    {{ b }}\n\tc: 1\n", None),
        ("a:\n  b: |\n    x\n \n    {{ b }}\n\tc: 1\n", None),
        ("a: |\n  x\n{{ b }}\n\tc: 1\n", "{{ b }}"),
        ("a: |\n  x\n  - y\n- {{ b }}\n", "{{ b }}"),
        ("a: x | y\n  {{ b }}\n", "{{ b }}"),
        ('- - "a-b.c": {{ b }}\n', "{{ b }}"),
        ("a: b {{ c }}\n\td: 1\n", None),
        ("# {{ b }}\n\tc: 1\n", None),
        ('a: "{{ b }}"\n\tc: 1\n', None),
    ],
)
def test_tags_of_yaml(text: str, tag: str | None) -> None:
    """In YAML a tag begins a line or a value; in a block scalar it is text."""
    at = text.find(tag) if tag else text.find("\t")
    found = yaml_tag(text, Span(at, at))
    assert (found and text[slice(*found)]) == tag


def test_sound_json_has_no_problem() -> None:
    """Nothing is wrong with a text that is JSON."""
    assert first_problem('{"a": [1, {"b": null}]}') is None


def test_no_part_of_a_template_is_a_document() -> None:
    """The documents of YAML before the first tag are not told by themselves."""
    assert len(documents("a.yaml", b"a: 1\n---\n{{- if b }}\nc: 1\n{{- end }}\n")) == 1
    assert len(documents("a.yaml", b"a: 1\n---\n{%- if b %}\nc: 1\n{%- endif %}\n")) == 1
    assert len(documents("a.yaml", b"a: 1\n---\n<% if b %>: [\nc: 1\n")) == 1
    assert len(documents("a.yaml", b"a: 1\n---\n[c: 1\n")) == 2
    assert len(documents("a.yaml", b"a: 1\n---\nb: '{{ c }}'\n")) == 2


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.jsonc", "a.jsonl"])
def test_templates_are_called_so_in_every_format(name: str) -> None:
    """A walk leaves them, and the tag is the place of the finding."""
    (document,) = documents(name, b'{"a": {{ b }}}\n')
    (fault,) = document.faults
    assert fault.diagnostic.message.startswith("a template is not a request")
    assert document.source.text[slice(*fault.span)] == "{{ b }}"
    assert document.walk is Walk.PASSES_OVER


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("a: {}\n{% if b %}\nc: [1\n", "{% if b %}"),
        ("a: '{{ b }}'\nc: [1\n", None),
        ("{{ b\nc: [1\n", None),
    ],
)
def test_tag_far_from_the_error(text: str, tag: str | None) -> None:
    """A tag that begins a line explains an error elsewhere; one inside of a string does not."""
    at = text.find("[1")
    found = yaml_tag(text, Span(at, at))
    assert (found and text[slice(*found)]) == tag
