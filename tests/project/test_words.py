"""Every word that a user reads, held to what can be tested of the style in CONTRIBUTING.md.

Each kind of text has its own test.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from minimax_validate import Settings, Validator
from minimax_validate.analysis import analyse
from minimax_validate.cli import cli
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.rule import Rule
from minimax_validate.texts.readers.encoding import decode
from minimax_validate.values.diagnostic import Diagnostic

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "minimax_validate"

BANNED = re.compile(
    r"""\b(?:
    tell|tells|telling|told
    | (?<!there\ )(?:is|are|was|were)\ no\b(?!\ longer)
    | takes?\ no | has\ nothing\ to
    | comes?\ about | comes?\ with
    | without\ a\ word
    | slips?\ of\ the\ pen
    | gives?\ (?:something|anything|nothing|it)\ up | (?:is|are)\ given\ up
    | pass(?:es|ed|ing)?\ over
    | alone(?=[.,;:)]|$)
    | beside | stands? | stood
    | there\ is\ no\ fix | do\ not\ ignore\ it
    | (?:is|are)\ to\ be
    | go(?:es)?\ by | goes\ with
    | leads?\ nowhere | speaks?\ of | spoken\ of
    | (?:is|are)\ due
    | says?\ nothing | said\ nothing
    | to\ be\ had
    | for\ (?:its|the)\ (?:\w+'s\ )?author\ to\ say
    | silenced? | left\ out | leaves?\ out
    | (?:a|the)\ JSON\ text | is\ a\ text | are\ a\ text
    | packed | renew(?:s|ed)?
    | \w+(?:ialis|ognis|maris|anis)(?:e|es|ed|ing) | \w*(?:colour|behaviour)\w*
    | one\ a\ line | at\ hand | anew | mend(?:s|ed)?
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Habits to lose. A habit needs a pattern of its own: "where" and "as" are right too often to be banned."""

LONGEST = 40
"""Words of a sentence."""

_CODE = re.compile(r"`[^`\n]*`")
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_QUOTED = re.compile(r"""`[^`\n]*`|"(?:[^"\\\n]|\\.)*"|\{[^{}]*(?:\{[^{}]*(?:\{[^{}]*\})?[^{}]*\})*[^{}]*\}""")
_REFERENCE = re.compile(r"\s*\([^()]*#\d[^()]*\)")
_WORD = re.compile(r"[^\W_][\w'’-]*")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph; code and quoted words count as one word, and their stops end no sentence."""
    plain = _REFERENCE.sub("", _STRING.sub("X", _CODE.sub("X", text)))
    yield from re.split(r"(?<=[.!?:;])\s+", plain)


def faults(text: str) -> list[str]:
    """What the style does not accept in a text: banned phrases, long sentences."""
    quoted = _STRING.sub('"…"', _CODE.sub("`…`", text))
    found = [match[0] for match in BANNED.finditer(quoted)]
    found += [sentence for sentence in sentences(text) if len(_WORD.findall(sentence)) > LONGEST]
    return found


def message_faults(message: str) -> list[str]:
    """What the style does not accept in a message: also a second colon or semicolon, or an odd quote."""
    bare = _QUOTED.sub("X", message)
    found = faults(message)
    found += [f"two {mark!r}" for mark in ":;" if len(re.findall(rf"{mark}(?=\s|$)", bare)) > 1]
    found += ["an odd backtick"] if message.count("`") % 2 else []
    found += ["a value in single quotes"] if re.search(r"(?<![\w'])'[^'\n]+'(?!\w)", bare) else []
    found += ["a capital"] if bare[:1].isupper() and not re.match(r"[A-Z][\w-]*[A-Z]|MiniMax|Git|X|SQL", bare) else []
    found += ["a full stop"] if bare.endswith(".") else []
    return found


def diagnostics(rule: Rule) -> Iterator[Diagnostic]:
    """What the examples of a rule that are not valid are told."""
    validator = Validator(Settings(select=("ALL",)))
    for example in rule.invalid:
        if example.text is None:
            yield from validator.check(example.payload).diagnostics
        elif isinstance(example.text, str):
            yield from (finding.diagnostic for finding in analyse("request.json", example.text, validator).findings)
        elif (fault := decode(example.text)[1]) is not None:
            yield fault.diagnostic


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_messages(rule: Rule) -> None:
    """Messages, their related places and their fixes are one clear sentence each."""
    words = {
        text
        for found in diagnostics(rule)
        for text in (
            found.message,
            *(related.message for related in found.related),
            *([found.fix.message] if found.fix else []),
        )
    }
    assert {text: wrong for text in words if (wrong := message_faults(text))} == {}


FIX_VERBS = frozenset(
    {
        "add", "change", "convert", "decode", "delete", "encode", "insert", "lower", "merge", "move", "put", "remove",
        "rename", "replace", "set", "shorten", "sort", "split", "turn", "wrap",
    }
)  # fmt: skip
"""Imperatives that the words of fixes begin with."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_fixes_begin_with_a_verb(rule: Rule) -> None:
    """The words of a fix are an imperative verb and its object."""
    fixes = {found.fix.message for found in diagnostics(rule) if found.fix is not None}
    assert {fix for fix in fixes if fix.split()[0] not in FIX_VERBS or len(fix.split()) < 2} == set()


FINDINGS = sorted(path for path in (ROOT / "fixtures").rglob("*.findings.txt"))


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.name)
def test_messages_of_fixtures(path: Path) -> None:
    """So are the messages of the fixtures."""
    words = [line.split(": ", 2)[2] for line in path.read_text("utf-8").splitlines()]
    assert {text: wrong for text in words if (wrong := message_faults(text))} == {}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_requirement(rule: Rule) -> None:
    """The first line of a rule states a requirement: must for errors, should for warnings, consider for the rest."""
    verb = {"error": r"\bmust\b", "warning": r"\b(?:should|must)\b", "info": r"^Consider\b"}[rule.severity.label]
    assert re.search(verb, rule.summary)
    assert rule.summary.endswith(".")


def paragraphs(text: str) -> Iterator[str]:
    """The prose of a Markdown text, a paragraph, an item or a cell at a time, without code blocks and links."""
    text = re.sub(r"(?ms)^[ >]*(```|~~~).*?^[ >]*\1[ \t]*$", "", text)
    text = re.sub(r"(?m)^(?: {4}|\t).*$", "", text)
    text = re.sub(r"<[^>]+>|\]\([^)]*\)", "", text)
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.)\s)|\n(?=#)", text):
        if not re.match(r"\s*>", block):  # the provider's own words
            yield from (cell.strip() for cell in (block.split("|") if block.lstrip().startswith("|") else [block]))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_texts(rule: Rule) -> None:
    """The page of a rule, with the captions of its examples."""
    captions = [example.why for examples in (rule.valid, rule.invalid) for example in examples]
    texts = [*rule.explanation.split("\n\n"), *captions]
    assert {text: wrong for text in texts if (wrong := faults(" ".join(text.split())))} == {}


def documents() -> Iterator[str]:
    """Names of the pages that users read."""
    pages = sorted(path for path in (ROOT / "docs").rglob("*.md") if path.name != "CHANGELOG.md")
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *pages):
        yield path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", list(documents()))
def test_documents(name: str) -> None:
    """README, CHANGELOG and documentation."""
    texts = paragraphs((ROOT / name).read_text("utf-8"))
    assert {text: wrong for text in texts if (wrong := faults(" ".join(text.split())))} == {}


def helps(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[object]:
    """Each command with its path."""
    name = " ".join(path) or "minimax-validate"
    yield pytest.param(command, id=name)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for sub in command.list_commands(context):
            inner = command.get_command(context, sub)
            assert inner is not None
            yield from helps(inner, (*path, sub))


@pytest.mark.parametrize("command", list(helps(cli)))
def test_help(command: click.Command) -> None:
    """The help of every command and option."""
    texts = [command.help or "", command.short_help or "", command.epilog or ""]
    texts += [option.help or "" for option in command.params if isinstance(option, click.Option)]
    lines = [" ".join(part.split()) for text in texts for part in re.split(r"\n\s*\n|\b(?=\n)", text)]
    assert {text: wrong for text in lines if (wrong := faults(text))} == {}


def test_action() -> None:
    """The descriptions of the action."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    texts = [action["description"]]
    texts += [part["description"] for key in ("inputs", "outputs") for part in action.get(key, {}).values()]
    assert {text: wrong for text in texts if (wrong := faults(text))} == {}


def strings(path: Path) -> Iterator[str]:
    """The string literals of a module that are words: not docstrings, and of an f-string only what is fixed."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.JoinedStr)
    }
    examples: set[int] = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Valid", "Invalid")
        for part in ast.walk(node)
    }
    fixed = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant)
    }
    for node in ast.walk(tree):
        if id(node) in docs or id(node) in examples or id(node) in fixed:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else '"…"' for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
            yield node.value


OURS = (
    "cli",
    "output",
    "project",
    "server",
    "integrations",
    "rules",
    "values",
    "engine",
    "request",
    "json_schema",
    "texts",
    "tokens",
    "analysis.py",
    "testing.py",
)
"""Parts of the package whose words users read in messages and errors."""

_UNSEEN = ("texts/edits/", "texts/json/rewrite.py", "texts/yaml/rewrite.py", "texts/yaml/tree.py", "texts/document.py")
_UNSEEN_TOO = ("texts/source/rewrite.py", "texts/replacement.py", "strategies/")
"""Modules whose words nobody is shown: reasons why an edit is not made."""


def modules() -> list[str]:
    """The modules of those parts."""
    found = [
        path for part in OURS for path in ((PACKAGE / part).rglob("*.py") if "." not in part else [PACKAGE / part])
    ]
    names = sorted(path.relative_to(PACKAGE).as_posix() for path in found)
    return [name for name in names if not name.startswith((*_UNSEEN, *_UNSEEN_TOO))]


@pytest.mark.parametrize("name", modules())
def test_strings(name: str) -> None:
    """Strings in the code that become words of messages; their length is not judged, as they are parts."""
    # What starts with a capital and ends with a stop is a text of an example: messages do neither.
    texts = {text for text in strings(PACKAGE / name) if not (text[:1].isupper() and text.endswith("."))}
    found = {text: BANNED.findall(_STRING.sub('"…"', _CODE.sub("`…`", text))) for text in texts}
    assert {text: wrong for text, wrong in found.items() if wrong} == {}
