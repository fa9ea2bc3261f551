"""Read shell scripts: the JSON bodies of `curl` commands that are chat requests.

They stand in quotes, in here-documents, in variables of the script, or in a command that feeds `curl`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from minimax_validate.texts.readers.passages import Passage, reader_of
from minimax_validate.texts.readers.shell_words import Command, Word, commands_of

_DATA = frozenset({"-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json"})
_SHORT = re.compile(r"-[sSfgikLNvOJ#0-9]*d")
_WITH_VALUE = frozenset(
    {"-H", "--header", "-X", "--request", "-u", "--user", "-o", "--output", "-A", "-e", "-b", "-c", "-w", "-m", "-F"}
)
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=")
_USE = re.compile(r"\$(?:(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?::?[-=](?P<default>[^}]*))?[^}]*\})")
_INPUT = frozenset({"@-", "@/dev/stdin"})
_READ = frozenset({"read"})


def passages_of_shell(text: str) -> Iterator[Passage]:
    """The bodies of the ``curl`` commands of a text that may be JSON."""
    if "curl" not in text:
        return
    variables: dict[str, Word] = {}
    for command in commands_of(text):
        start = next((at for at, word in enumerate(command.words) if _is_curl(word.text)), None)
        _assign(command.words[:start], command.inputs, variables)
        if start is not None:
            yield from _of_curl(command, start, variables)


def _is_curl(text: str) -> bool:
    return text.rpartition("/")[2] in ("curl", "curl.exe")


def _assign(words: list[Word], inputs: list[Word], variables: dict[str, Word]) -> None:
    """Note what a command puts into variables."""
    for word in words:
        found = _ASSIGNMENT.match(word.text)
        if found is not None:
            variables[found[1]] = word.after(found.end())
    if words and words[0].text in _READ and inputs:
        variables[words[-1].text] = inputs[0]


def _of_curl(command: Command, start: int, variables: Mapping[str, Word]) -> Iterator[Passage]:
    """The bodies that a command sends, and where it sends them."""
    bodies: list[Word] = []
    url = None
    words = iter(command.words[start + 1 :])
    for word in words:
        text = word.text
        short = _SHORT.match(text)
        if text in _DATA or (short is not None and short.end() == len(text)):
            bodies += (value for value in (next(words, None),) if value is not None)
        elif short is not None:
            bodies.append(word.after(short.end()))
        elif text.startswith("--") and text.partition("=")[0] in _DATA:
            bodies.append(word.after(text.index("=") + 1))
        elif text == "--url":
            url = getattr(next(words, None), "text", None)
        elif text in _WITH_VALUE:
            next(words, None)
        elif url is None and not text.startswith("-") and ("/" in text or "$" in text):
            url = text
    address = None if url is None else _USE.sub(lambda use: _value(use, variables) or use[0], url)
    for body in bodies:
        for said in _said(body, command, variables):
            if said.text.lstrip()[:1] in ("{", "["):
                named = " ".join(_value(use, variables) for use in _USE.finditer(said.text))
                yield Passage(said.text, said.places.__getitem__, address, named)


def _said(body: Word, command: Command, variables: Mapping[str, Word]) -> Iterator[Word]:
    """What a body is: itself, what a variable holds, or what comes from the command's input."""
    if body.text in _INPUT:
        yield from command.inputs
        feeding = command.fed_by
        if feeding is not None and not command.inputs:
            yield from (*feeding.inputs, *feeding.words)
        return
    use = _USE.fullmatch(body.text)
    yield body if use is None else variables.get(use["name"] or use["braced"], body)


def _value(use: re.Match[str], variables: Mapping[str, Word]) -> str:
    """What a variable holds where it is used; nothing where that is not known."""
    name = use["name"] or use["braced"]
    return variables[name].text if name in variables else use["default"] or ""


def _recognises(head: bytes) -> bool:
    """Whether the first line says that a shell runs the file."""
    first = head.partition(b"\n")[0]
    return first.startswith(b"#!") and first.rstrip().endswith(b"sh")


READER = reader_of("shell", "the shell script", passages_of_shell, _recognises)
