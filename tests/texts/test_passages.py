"""Requests among prose and commands: files of HTTP requests, shell scripts and Markdown."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from passage_samples import HTTP, MARKDOWN, SHELL

from minimax_validate import Validator
from minimax_validate.cli import cli
from minimax_validate.project.checking import meant
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers import read
from minimax_validate.texts.readers.fences import fences
from minimax_validate.texts.readers.http import passages_of_http
from minimax_validate.texts.readers.shell import passages_of_shell
from minimax_validate.texts.spans import Wanted

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "files"
BAD = {"messages": [{"role": "user", "content": 'It\'s "late"\n'}, {"role": "user", "content": None}], "max_tokens": 0}
BODY = json.dumps(BAD)
OWN = json.dumps({"model": "minimax/m2.7", **BAD})
FAULTS = [("MM105", "0"), ("MM110", "null")]
TO_MODEL = "https://example.com/ai/run/minimax/m2.7"
ELSEWHERE = "https://example.com/v1/chat/completions"


def one(name: str, text: str) -> Document:
    """The document of a text."""
    (document,) = read(name, BytesIO(text.encode()))
    return document


def told(document: Document | None) -> list[tuple[str, str]]:
    """The codes of what is found, and the characters at its place."""
    if document is None:
        return []
    text = document.source.text
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    return sorted(
        (finding.diagnostic.code, text[starts[line - 1] + column - 1 : starts[end_line - 1] + end - 1])
        for finding in place(Checked(document, check_document(Validator(), document))).findings
        for line, column, end_line, end in (finding.location,)
    )


FILES = [
    *((f"a{suffix}", write) for suffix in (".sh", ".bash") for write in SHELL.values()),
    *((f"a{suffix}", write) for suffix in (".http", ".rest") for write in HTTP.values()),
    *((f"a{suffix}", write) for suffix in (".md", ".mdx") for write in MARKDOWN.values()),
]


@pytest.mark.parametrize(("name", "write"), FILES)
@pytest.mark.parametrize("indent", [None, 2])
def test_bodies_are_found(name: str, write: Callable[[str, str], str], indent: int | None) -> None:
    """Each is checked at its characters; on a walk where it names this model. Nothing is rewritten."""
    indent = None if "jsonl" in write("{}", "") else indent
    text = write(json.dumps(json.loads(OWN), indent=indent), ELSEWHERE)
    document = one(name, text)
    assert document.value == [json.loads(OWN)]
    assert document.rewriter is None
    assert told(document) == FAULTS
    assert told(meant(document)) == FAULTS


@pytest.mark.parametrize(("name", "write"), FILES)
def test_bodies_for_other_models(name: str, write: Callable[[str, str], str]) -> None:
    """A walk passes over what names another model or none, and they are checked where the file is named."""
    document = one(name, write(BODY, ELSEWHERE))
    assert told(document) == FAULTS
    assert meant(document) is None


@pytest.mark.parametrize(
    ("name", "write"), [*(("a.sh", each) for each in SHELL.values()), *(("a.http", each) for each in HTTP.values())]
)
def test_addresses_name_the_model(name: str, write: Callable[[str, str], str]) -> None:
    """An address that ends in the model's name is enough on a walk; one of another endpoint takes no chat."""
    assert told(meant(one(name, write(BODY, TO_MODEL)))) == FAULTS
    assert one(name, write(BODY, "https://example.com/v1/responses")).requests == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.http", f"@model = minimax/m2.7\n###\nPOST {ELSEWHERE}\n\n" + BODY.replace("{", '{"model": "{{model}}", ', 1)),
        ("a.http", f"@base = {TO_MODEL}\n###\nPOST {{{{base}}}}\n\n{BODY}"),
        ("a.sh", "MODEL=MiniMax-M2.7\ncurl /a -d '" + BODY.replace("{", '{"model": "\'"$MODEL"\'", ', 1).replace("It's", "It") + "'"),
        ("a.sh", f'URL="https://a/ai/run/${{MODEL:-minimax/m2.7}}"\ncurl "$URL" -d {shlex.quote(BODY)}'),
        ("a.md", "```json\n" + json.dumps([{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": BAD}]) + "\n```"),
        ("a.md", "```json\n" + json.dumps({"model": "minimax/m2.7", "input": BAD}) + "\n```"),
    ],
)  # fmt: skip
def test_model_is_named_somewhere(name: str, text: str) -> None:
    """By a variable that the file sets, or by the envelope."""
    assert told(meant(one(name, text))) == FAULTS


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", '```json\n{"model": "minimax/m2.7", "messages": [{"role": "user", "content": "a"}, ...]}\n```'),
        ("a.md", '```jsonc\n{"model": "minimax/m2.7", "messages": [{"role": "user"}, /* ... */]}\n```'),
        ("a.md", '```python\nmessages = {"messages": [{"role": "user", "content": None}]}\n```'),
        ("a.md", '```json\n{"messages": [{"role": "user", "content": "a"}]\n```'),
        ("a.md", f"It says messages: {OWN}"),
        ("a.md", f"````md\n```json\n{OWN}\n```\n````"),
        ("a.md", '```json\n{"messages": {"hello": "Hello"}}\n```'),
        ("a.sh", 'curl /a -d \'{"model": "minimax/m2.7", "messages": [$MESSAGES]}\''),
        ("a.sh", "curl /a -d @body.json # messages"),
        ("a.sh", f"echo {shlex.quote(OWN)} > body.json"),
        ("a.sh", f"# curl /a -d {shlex.quote(OWN)}"),
        ("a.sh", "curl /a -d 'messages"),
        ("a.http", 'POST /a\n\n{"model": "minimax/m2.7", "messages": {{messages}}}'),
        ("a.http", "POST /a\n\n< ./messages.json"),
        ("a.http", "POST /a\nA: messages"),
        ("a.http", f"POST {TO_MODEL}\nA: messages\nB: minimax"),
        ("a.http", f'POST {TO_MODEL}\n\n["minimax/m2.7", [5], {{"messages": 5}}]'),
        ("a.http", "# messages\n"),
    ],
)
def test_others_are_passed_over(name: str, text: str) -> None:
    """What does not parse, is elided or is no request is none, and a named file without any is MM003."""
    document = one(name, text)
    assert document.requests == ()
    assert [code for code, _ in told(document)] == ["MM003"]
    assert meant(document) is None


def test_a_model_that_is_a_variable_is_none() -> None:
    """What a variable will hold is not known, and so there is nothing to say of it."""
    for model in ("{{model}}", "$MODEL", "${MODEL:-gpt-4o}", "<model>"):
        body = BODY.replace("{", f'{{"model": "{model}", ', 1)
        assert told(one("a.http", f"POST {ELSEWHERE}\n\n{body}\n")) == FAULTS


def test_model_of_a_text_around_messages_is_none() -> None:
    """A text that stands where a body may have a request names no model, whatever it says."""
    body = json.dumps({"model": "gpt-4o", **BAD, "input": "minimax/m2.7", "requests": 5})
    document = one("a.md", f"```json\n{body}\n```\n")
    assert (document.requests, document.on_a_walk) == (((0,),), ())


NAMED: dict[str, tuple[object, bool]] = {
    "model": ({**BAD, "model": "minimax/m2.7"}, True),
    "model, another name": ({**BAD, "model": "@cf/MiniMax-M2.7"}, True),
    "another model": ({**BAD, "model": "minimax/m2"}, False),
    "endpoint": ([{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": BAD}], True),
    "inside of a step": (
        [{"provider": "compat", "endpoint": "chat/completions", "query": {**BAD, "model": "minimax/m2.7"}}],
        True,
    ),
    "inside of an input": ({"model": "a", "input": {**BAD, "model": "minimax/m2.7"}}, True),
    "inside of a body": (
        {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {**BAD, "model": "minimax/m2.7"}},
        True,
    ),
    "inside of a bundle": ({"requests": [BAD, {**BAD, "model": "minimax/m2.7"}]}, True),
    "in a text": ({"messages": [{"role": "user", "content": "minimax/m2.7"}]}, False),
    "in a key of another name": ({**BAD, "metadata": {"model": "minimax/m2.7"}}, False),
    "no text": ({**BAD, "model": ["minimax/m2.7"]}, False),
}


@pytest.mark.parametrize(("value", "is_own"), NAMED.values(), ids=NAMED)
def test_a_walk_takes_what_names_this_model(value: object, is_own: bool) -> None:
    """A request names it by its model or address, in an envelope or not; what prompts say does not count."""
    document = one("a.md", f"```json\n{json.dumps(value)}\n```\n")
    assert len(document.requests) > 0
    assert document.on_a_walk == (document.requests if is_own else ())


def test_several_in_one_page() -> None:
    """Of those that are no batch together, each is told at its own place, and on a walk the own ones alone."""
    text = f"```json\n{BODY}\n```\n\n```json\n{OWN}\n```\n\n```json\n[{BODY}]\n```\n"
    document = one("a.md", text)
    assert document.requests == ((0,), (1,), (2, 0))
    assert told(document) == sorted(FAULTS * 3)
    walked = meant(document)
    assert walked is not None
    assert walked.requests == ((1,),)


@pytest.mark.parametrize(
    ("url", "is_own"),
    [
        ("https://a/v1/messages", False),
        ("https://a/v1/messages/", False),
        ("https://a/v1/messages?beta=true", False),
        ("https://a/ai/v1/messages", True),
        ("https://a/v1/messages/batches", True),
        ("https://a/v1/chat/completions", True),
    ],
)
def test_addresses_of_the_messages_api(url: str, is_own: bool) -> None:
    """A walk leaves out what goes to that of another vendor, whatever its address ends in."""
    document = one("a.http", f"POST {url}\n\n{OWN}\n")
    assert document.requests == ((0,),)
    assert document.on_a_walk == (((0,),) if is_own else ())


def test_places_of_a_page() -> None:
    """What is no place inside of a request is the whole page, and an empty place stays empty."""
    document = one("a.md", f"# A\n```json\n{BODY}\n```\n")
    text = document.source.text
    wanted: list[Wanted] = [
        ((), "value"),
        ((1,), "value"),
        (("a",), "value"),
        ((0,), "value"),
        ((0, "messages"), "key"),
    ]
    found = document.locate(text, wanted)
    assert [text[slice(*found[place])] for place in wanted] == [text, text, text, BODY, '"messages"']


def test_the_messages_api_of_others_is_passed_over() -> None:
    """Its bodies are in another format; that of Workers AI takes them for this model."""
    assert meant(one("a.sh", f"curl https://a/anthropic/v1/messages -d {shlex.quote(OWN)}")) is None
    assert meant(one("a.sh", f"curl https://a/ACCOUNT/ai/v1/messages -d {shlex.quote(OWN)}")) is not None


def test_walks_look_for_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that names it in any case is read, and so is one of any size."""
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(f"```json\n{OWN.replace('minimax/m2.7', 'MINIMAX-M2.7')}\n```\n", "utf-8")
    Path("b.sh").write_text(f"curl {ELSEWHERE} -d {shlex.quote(OWN)}\n" + "# a\n" * 300_000, "utf-8")
    Path("c.http").write_text(f"POST {ELSEWHERE}\n\n{BODY}\n", "utf-8")
    done = CliRunner().invoke(cli, ("check", ".", "--output-format", "json"))
    assert {Path(finding["filename"]).name for finding in json.loads(done.stdout)} == {"a.md", "b.sh"}


def test_broken_bodies_of_http_files() -> None:
    """What is sent as it stands and is certainly meant as a chat request is told; on a walk if it names this model."""
    broken = '{"model": "minimax/m2.7", "messages": [{"role": "user", "content": "a"},,]}'
    document = one("a.http", f"POST {ELSEWHERE}\n\n{broken}\n")
    assert told(document) == told(meant(document)) == [("MM001", ",")]
    other = one("a.http", f"POST {ELSEWHERE}\n\n{broken.replace('minimax/m2.7', 'm')}\n")
    assert told(other) == [("MM001", ",")]
    assert meant(other) is None


@pytest.mark.parametrize("joint", ["''", "'\\\n'", '\'""""""\''])
def test_places_end_where_a_part_of_a_body_ends(joint: str) -> None:
    """What stands between two parts of a word is none of what stands before it."""
    body = '{"messages": [{"role": "user", "content": null}]' + f"{joint}" + ', "max_tokens": 0' + joint + "}"
    found = told(one("a.sh", f"curl {ELSEWHERE} -d '{body}'"))
    assert [code for code, _ in found] == ["MM105", "MM110"]
    assert found[0][1] == ("0" if len(joint) > 3 else "0" + joint)
    assert found[1] == ("MM110", "null")


def test_keys_given_twice() -> None:
    """What reading a body finds is told at its place in the page."""
    body = OWN.replace('"max_tokens": 0', '"max_tokens": 2048, "max_tokens": 0')
    assert ("MM004", '"max_tokens"') in told(one("a.md", f"# A\n```json\n{body}\n```\n"))


def test_scripts_are_known_by_their_first_line() -> None:
    """A script needs no suffix where somebody names it."""
    assert told(one("ask", f"#!/usr/bin/env bash\ncurl {ELSEWHERE} -d {shlex.quote(BODY)}\n")) == FAULTS


def test_json_and_bytes_of_another_encoding() -> None:
    """JSON under such a name is JSON, and a page that is no UTF-8 is told where it is named."""
    assert one("a.md", BODY).value == BAD
    (document,) = read("a.md", BytesIO(b"# messages \xe9\n"))
    assert [code for code, _ in told(document)] == ["MM002"]
    assert meant(document) is None


def test_included_files_are_checked_in_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who includes pages asks for every body in them; a walk alone finds those for this model."""
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(f"```json\n{BODY}\n```\n", "utf-8")
    assert CliRunner().invoke(cli, ("check", ".")).exit_code == 0
    assert CliRunner().invoke(cli, ("check", "a.md")).exit_code == 1
    Path("minimax-validate.toml").write_text('include = ["*.md"]\n', "utf-8")
    assert CliRunner().invoke(cli, ("check", ".")).exit_code == 1


def test_fixes_are_not_made_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written into pages and scripts."""
    monkeypatch.chdir(tmp_path)
    text = f"```json\n{OWN}\n```\n"
    Path("a.md").write_text(text, "utf-8")
    assert CliRunner().invoke(cli, ("check", "a.md", "--fix", "--unsafe-fixes")).exit_code == 1
    assert Path("a.md").read_text("utf-8") == text


@given(
    st.text("ab'\"\\$`\n {}!é🚋"),
    st.sampled_from(["quotes", "double quotes", "C quotes", "a here-document", "one with escapes", "joined"]),
)
def test_quotes_say_what_the_shell_reads(content: str, how: str) -> None:
    """However a body is quoted, it says the same, and its places spell it."""
    value: Any = {"messages": [{"role": "user", "content": content}, {"role": "user", "content": None}]}
    text = SHELL[how](json.dumps(value, ensure_ascii=False), TO_MODEL)
    document = one("a.sh", text)
    assert document.value == [value]
    assert ("MM110", "null") in told(document)


@given(st.text("'\"\\$`(){}|&;<>#E \t\n-d@"))
def test_any_script_is_read(text: str) -> None:
    """No script raises, however its quotes and brackets stand."""
    assert one("a.sh", f"messages\ncurl {text}").requests == ()


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (r'curl {to} -d "{{\"messages\": LINE[{{\"role\": \"usr\", \"content\": \"a\\nb\"}}]}}"', "a\nb"),
        (r'curl {to} -d "{{\"messages\": [{{\"role\": \"usr\", \"content\": \"a\tb\"}}]}}"', "a\tb"),
        ('curl {to} -d @- <<END\n{{"messages": [{{"role": "usr", "content": "a\\\nb"}}]}}\nEND', "ab"),
    ],
)
def test_backslashes_in_double_quotes_and_documents(text: str, content: str) -> None:
    """A backslash takes the end of its line away, and is a sign like any other before one that means nothing."""
    document = one("a.sh", text.format(to=TO_MODEL).replace("LINE", "\\\n"))
    assert document.value == [{"messages": [{"role": "usr", "content": content}]}]
    assert [code for code, _ in told(document)] == ["MM112"]


def test_backticks_are_read_as_the_shell_reads_them() -> None:
    """A backslash in them makes the next sign plain before quotes are looked at, and they count in quotes as well."""
    body = '{"messages": [{"role": "user", "content": "\\\\\\\\d costs \\$5"}], "max_tokens": 0}'
    said = {"messages": [{"role": "user", "content": "\\d costs $5"}], "max_tokens": 0}
    for text in (f"A=`curl {ELSEWHERE} -d '{body}'`", f"echo `curl {ELSEWHERE} -d '{body}'; date` `never closed"):
        document = one("a.sh", text)
        assert document.value == [said]
        assert told(document) == [("MM105", "0")]
    assert one("a.sh", f'echo "a `` `curl {ELSEWHERE} -d @- <<< \'{BODY}` b"').requests == ()


CURLS = {
    "each option for data": (
        "curl -d '[1]' --data '[2]' --data-raw '[3]' --data-binary '[4]' --data-ascii '[5]' --json '[6]' /a",
        ["[1]", "[2]", "[3]", "[4]", "[5]", "[6]"], "/a",
    ),
    "short options together": ("curl -sSfgikLNvOJ#0d '{}' -sd[1] -d{\\ } /a", ["{}", "[1]", "{ }"], "/a"),
    "an equals sign": ("curl --data='{}' --json=[1] --header='{}' /a", ["{}", "[1]"], "/a"),
    "what is no JSON": ("curl -d a=b -d @file -d '' -d '\n {}' -d 5 /a", ["\n {}"], "/a"),
    "values of other options": (
        "curl -H /h --header /h -X /X --request /X -u /u --user /u -o /o --output /o -A /A -e /e -b /b -c /c -w /w"
        " -m /m -F /F /a -d '{}'",
        ["{}"], "/a",
    ),
    "an address by its option": ("curl /first --url /a -d {}", ["{}"], "/a"),
    "the first of several addresses": ("curl word /a /b -d {}", ["{}"], "/a"),
    "an address that is a variable": ("curl $TO -d {}", ["{}"], "$TO"),
    "an address of variables": ("A=/a B=b\ncurl $A/${B}/$C/${D} -d {}", ["{}"], "/a/b/$C/${D}"),
    "values for want of others": ("B=b\ncurl /${A:-a}/${A-x}/${A:=y}/${B:-c}/${A} -d {}", ["{}"], "/a/x/y/b/${A}"),
    "no address": ("curl -d {}", ["{}"], None),
    "an option at the end": ("curl /a -d {} --url", ["{}"], None),
    "data at the end": ("curl /a -d {} -d", ["{}"], "/a"),
    "a path to the command": ("/usr/bin/curl /a -d {}\nC:/curl.exe /b -d [1]\ncurlier -d [2]", ["{}", "[1]"], "/a"),
    "words before the command": ("A='[2]' sudo -E curl /a -d {} -d $A", ["{}", "[2]"], "/a"),
    "an input": ("curl /a -d @- <<< {}\ncurl /a --json @/dev/stdin <<< [1]\ncurl /a -T - <<< [2]", ["{}", "[1]"], "/a"),
    "an input and a pipe": ("echo [1] | curl /a -d @- <<< {}", ["{}"], "/a"),
    "no input": ("curl /a -d @-", [], None),
    "a variable": ("A={}\nB='[1]'\ncurl /a -d $A -d ${B} -d $C -d \"$A\"", ["{}", "[1]", "{}"], "/a"),
    "a variable that is set again": ("A=[1]\nA={}\ncurl /a -d $A", ["{}"], "/a"),
    "a variable that is exported": ("export A={}\ncurl /a -d $A", ["{}"], "/a"),
    "a variable that is read": ("read -r A <<< {}\nread B\ncurl /a -d $A -d $B", ["{}"], "/a"),
    "a script without the command": ("post /a -d {}", [], None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "bodies", "url"), CURLS.values(), ids=CURLS)
def test_what_curl_sends_and_where(text: str, bodies: list[str], url: str | None) -> None:
    """Options and variables say which words are bodies and which is the address; each character has its place."""
    passages = list(passages_of_shell(text))
    assert [passage.text for passage in passages] == bodies
    assert next((passage.url for passage in passages), None) == url
    for passage in passages:
        start, end = passage.offset(0), passage.offset(len(passage.text))
        assert text[start] == passage.text[0]
        assert text[end - 1] == passage.text[-1]


def test_variables_in_a_body_name_the_model() -> None:
    """What variables hold that stand in a body is known beside it, the value for want of another one as well."""
    text = 'A=minimax/m2.7\ncurl /a -d "[$A, ${B:-b}, $C]"'
    assert [passage.named.split() for passage in passages_of_shell(text)] == [["minimax/m2.7", "b"]]


def test_deep_substitutions_are_text() -> None:
    """Commands may stand inside of commands, but not without an end."""
    assert one("a.sh", "messages\ncurl " + "$(" * 5000).requests == ()


@given(st.text("`~ >-1.\n\tjson"))
def test_any_text_is_read(text: str) -> None:
    """No text of marks raises, and fences lie in it."""
    for fence in fences(text):
        assert len(fence.text) <= len(text) - fence.start


FENCES: list[tuple[str, list[tuple[str, str]]]] = [
    ("```json a\n{}\n```\nx", [("json", "{}\n")]),
    ("~~~ {.JSON}\n1\n~~~~\n2", [("json", "1\n")]),
    ("``` { .Py #x }\n1\n```", [("py", "1\n")]),
    ("```C++\n1", [("c++", "1")]),
    ("```shell-session\n1\n```", [("shell-session", "1\n")]),
    ("```\n1\n``\n````\n", [("", "1\n``\n")]),
    ("`````\n```\n`````", [("", "```\n")]),
    ("```js\n1\n ```  \n2", [("js", "1\n")]),
    ("```py\n``` x\n```\n", [("py", "``` x\n")]),
    ("```py\n1\n~~~\n```\n", [("py", "1\n~~~\n")]),
    ("~~~\n```\n~~~\n", [("", "```\n")]),
    ("~~~a`b\n1\n~~~", [("a", "1\n")]),
    ("```a`b\n1\n```", [("", "")]),
    ("``\n1\n``", []),
    ("x ```py\n1\n", []),
    ("```py\r\n1\r\n```\r\n2", [("py", "1\r\n")]),
    ("```a\n1\n```\n```b\n2\n```\n~~~c", [("a", "1\n"), ("b", "2\n"), ("c", "")]),
    ("- ```a\n  1\n  ```\n12) * ```b\n2\n```", [("a", "  1\n"), ("b", "2\n")]),
    ("1234567890. ```a\n1\n", []),
    (">```a\n>1\n > 2\n>\n>```\n3", [("a", " 1\n   2\n \n")]),
    ("> > - ```a\n> > 1\n> > ```", [("a", "    1\n")]),
]


@pytest.mark.parametrize(("text", "expected"), FENCES, ids=[repr(text) for text, _ in FENCES])
def test_fences_have_a_language_and_a_place(text: str, expected: list[tuple[str, str]]) -> None:
    """A fence ends where as many marks of its kind stand alone on a line; marks of quotes are blanks in it."""
    found = list(fences(text))
    assert [(fence.language, fence.text) for fence in found] == expected
    for fence in found:
        inside = text[fence.start : fence.start + len(fence.text)]
        assert (inside.replace(">", " ") if fence.is_quoted else inside) == fence.text
        assert fence.is_quoted is (">" in text)


HTTPS: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "a method and a version": ("POST https://a HTTP/1.1\n\n{}", [("{}", "https://a", "")]),
    "an address alone": ("  https://a\n\n[1]\n", [("[1]", "https://a", "")]),
    "a relative address": ("POST /v1/chat\nHost: a\n\n{}", [("{}", "/v1/chat", "")]),
    "headers": ("POST /a\nA: b\nC: {}\n\n{}", [("{}", "/a", "")]),
    "an address over lines": ("POST /a\n  ?b=c\n\t&d=e\nA: b\n\n{}", [("{}", "/a?b=c&d=e", "")]),
    "blank lines": ("\n\nPOST /a\n \n\n\n  {}\n\n", [("{}", "/a", "")]),
    "no body": ("POST /a\n\n", []),
    "a body that is no JSON": ("POST /a\n\na=b\n###\nPOST /b\n\n<xml/>", []),
    "several": (
        "###\nPOST /a\n\n{}\n### two\nPOST /b\n\n[1]\n###\n###\nGET /c\n### four\nPOST /d\n\n[2]",
        [("{}", "/a", ""), ("[1]", "/b", ""), ("[2]", "/d", "")],
    ),
    "marks inside of a line": ("POST /a\n\n[1 ###\n]", [("[1 ###\n]", "/a", "")]),
    "comments before": ("# a\n// b\n@c = d\n# @name e\n\nPOST /a\n\n{}", [("{}", "/a", "")]),
    "a file for a body": ("POST /a\n\n< ./b.json", []),
    "a script of one line": ("< {% a %}\nPOST /a\n\n{}", [("{}", "/a", "")]),
    "a script over lines": ("< {%\n{}\nPOST /b\n%}\nPOST /a\n\n{}", [("{}", "/a", "")]),
    "a script that does not end": ("< {%\nPOST /a\n\n{}", []),
    "a script behind": ("POST /a\n\n{}\n> {%\n b\n%}\n", [("{}", "/a", "")]),
    "a file behind": ("POST /a\n\n{}\n\n>> b.json\n", [("{}", "/a", "")]),
    "a file that is written over": ("POST /a\n\n{}\n>>! b.json\n", [("{}", "/a", "")]),
    "an answer behind": ("POST /a\n\n{}\n<> b.json\n", [("{}", "/a", "")]),
    "an assertion behind": ("POST /a\n\n{}\n?? status == 200\n", [("{}", "/a", "")]),
    "a block behind": ("POST /a\n\n{}\n{{\n b\n}}\n", [("{}", "/a", "")]),
    "such marks inside": ('POST /a\n\n{"a": "b > c ?? d <> e"}', [('{"a": "b > c ?? d <> e"}', "/a", "")]),
    "variables": (
        "@host = https://a\n@model=minimax/m2.7\n@a-b.c = d \n###\n@x = y\nPOST {{host}}/{{ $a-b.c }}/{{other}}\n\n"
        '{"m": "{{model}}", "o": "{{other}}", "x": "{{x}}"}',
        [('{"m": "{{model}}", "o": "{{other}}", "x": "{{x}}"}', "https://a/d/{{other}}", "minimax/m2.7 y")],
    ),
    "blanks in braces": ("@a = b\nPOST {{ a }}/{{ $c d }}?e={{a}} HTTP/1.1\n\n{}", [("{}", "b/{{ $c d }}?e=b", "")]),
    "a command": ("###\ncurl /a -d '{}'\n### b\n  curl /c -d '[1]' -d '[2]'", [("{}", "/a", ""), ("[1]", "/c", ""), ("[2]", "/c", "")]),
    "a host with such a name": ("curl-tests /a\n\n{}", [("{}", "curl-tests", "")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HTTPS.values(), ids=HTTPS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_requests_of_http_send_and_where(text: str, expected: list[tuple[str, str, str]], ends: str) -> None:
    """A body stands behind the first blank line, as far as what is not sent; each character has its place."""
    text, expected = text.replace("\n", ends), [(body.replace("\n", ends), url, named) for body, url, named in expected]
    found = list(passages_of_http(text))
    assert [(passage.text, passage.url, passage.named) for passage in found] == expected
    for passage in found:
        assert text[passage.offset(0) : passage.offset(len(passage.text))] == passage.text


FENCED = (
    *((language, BODY) for language in ("json", "jsonc", "json5", "jsonl", "ndjson", "")),
    *((language, f"POST {ELSEWHERE}\n\n{BODY}") for language in ("http", "rest")),
    *(
        (language, f"$ curl {ELSEWHERE} -d {shlex.quote(BODY)}")
        for language in (
            "bash", "sh", "shell", "zsh", "console", "shell-session", "terminal", "curl", "cmd", "text", "txt", "",
        )
    ),
    *((language, BODY) for language in ("text", "sh")),
    *((language, f" [{BODY}]") for language in ("", "json", "text")),
)  # fmt: skip


@pytest.mark.parametrize(("language", "text"), FENCED)
def test_languages_of_fences(language: str, text: str) -> None:
    """JSON, commands and requests are known by the language of a fence, or where it has none by how they begin."""
    assert told(one("a.md", f"# Ask\n\n```{language}\n{text}\n```\n")) == FAULTS
    assert told(one("a.md", f"```{language.upper()}\n{text}\n```\n")) == FAULTS


@pytest.mark.parametrize("language", ["python", "yaml", "js", "diff", "http"])
def test_json_in_fences_of_other_languages(language: str) -> None:
    """What a fence calls something else is no request by itself."""
    assert one("a.md", f"```{language}\n{BODY}\n```\n").requests == ()


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("jsonl", f"{BODY}\n\n{OWN}\n", 2),
        ("jsonl", f"{BODY}\r\n{OWN}", 2),
        ("json", f"{BODY}\n{OWN}\n", 0),
        ("jsonc", f"// a\n{OWN[:-1]},}}", 1),
        ("json5", f"/* a */{OWN}", 1),
        ("jsonc", OWN.replace('"late"', "late").replace("late", "late..."), 1),
        ("jsonc", f"// and so on ...\n{OWN}", 0),
        ("jsonc", f"{OWN} // …", 0),
        ("json", f"// a\n{OWN}", 0),
    ],
)
def test_notations_of_json_in_fences(language: str, text: str, number: int) -> None:
    """Lines are values of their own, and comments stand where a fence says so; one with dots leaves something out."""
    assert len(one("a.md", f"```{language}\n{text}\n```\n").requests) == number


@pytest.mark.parametrize("path", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")], ids=lambda path: path.name)
def test_fences_are_those_that_a_parser_finds(path: Path) -> None:
    """The pages of this project have the fences that a parser of Markdown sees in them."""
    text = path.read_text("utf-8")
    tokens = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    expected = [(token.info.split(" ")[0], [line.strip() for line in token.content.splitlines()]) for token in tokens]
    assert [(fence.language, [line.strip() for line in fence.text.splitlines()]) for fence in fences(text)] == expected


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared files are not beside this checkout")
@pytest.mark.parametrize("name", ["http/ask.http", "curl/ask.sh", "markdown/README.md"])
def test_shared_files(name: str) -> None:
    """A walk finds both faults of each request, at their characters."""
    (document,) = read(name, BytesIO((SHARED / name).read_bytes()))
    assert set(told(meant(document))) == {("MM105", "1.5"), ("MM110", "null")}


@pytest.mark.parametrize(
    ("url", "body", "codes"),
    [
        (TO_MODEL, '{"messages": []}', ["MM501"]),
        (ELSEWHERE, '{"messages": []}', []),
        ("https://example.com/v1/embeddings", '{"messages": []}', []),
    ],
)
@pytest.mark.parametrize("name", ["a.http", "a.sh"])
def test_a_body_without_messages_is_a_request_by_its_address(
    name: str, url: str, body: str, codes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is sent to this model is checked on a walk, whatever it holds; what goes elsewhere is not."""
    monkeypatch.chdir(tmp_path)
    text = f"POST {url}\n\n{body}\n" if name == "a.http" else f"curl {url} -d '{body}'\n"
    Path(name).write_text(text, "utf-8")
    found = CliRunner().invoke(cli, ["check", "--isolated", "--output-format", "json-lines", "."]).stdout
    assert [line["code"] for line in map(json.loads, found.splitlines()) if "code" in line] == codes


def test_request_that_ends_with_its_headers() -> None:
    """A request whose headers go on to the end of the file has no body."""
    assert not list(passages_of_http("POST https://api.example/v1/chat/completions\nAccept: application/json"))
