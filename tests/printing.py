"""Print findings in a format, as the command does; and the texts that each format is shown with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO

from minimax_validate import Settings, Validator
from minimax_validate.output.formats import load_format
from minimax_validate.output.formats.writer import Style
from minimax_validate.project.checking import check_documents
from minimax_validate.project.files import read_stream
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.rules.examples import assistant, call, calling, request, result, tool, user
from minimax_validate.rules.rule import Rule
from minimax_validate.texts.placed import Placed, place

SEPARATED = request(user(), calling(), user("One moment."), result(), tools=[tool()])
TEXTS = {
    "related places": ("separated.json", json.dumps(SEPARATED, indent=2)),
    "a long line": ("log.jsonl", json.dumps(request(user("x" * 400), assistant(None), user("y" * 400)))),
    "wide characters and tabs": (
        "wide.json",
        '{\n\t"messages":\t[{"role": "你好", "content": "e\u0301 👋", "role": "用户"}]\n}',
    ),
    "a syntax error": ("broken.json", '{"messages": [\n  {"role": "user", "content": "Hi"},\n]}'),
    "a missing key": ("missing.json", '{"messages": [\n  {"content": "Hi"}\n]}'),
    "an unknown key": ("unknown.json", json.dumps(request(user(), calling(call(index=0)), result()), indent=2)),
    "several lines of JSONL": ("log.jsonl", '{"messages": [{"role": "user"}]}\n{\n{"messages": 5}\n'),
    "a clean text": ("clean.json", json.dumps(request(user()))),
}
VALIDATOR = Validator(Settings())


def placed(name: str, text: str) -> Iterable[Placed]:
    """What the command hands to a format for one file."""
    documents = read_stream(name, BytesIO(text.encode("utf-8", "surrogatepass")))
    for checked in check_documents(documents, VALIDATOR, named=True):
        if checked.report.diagnostics:
            yield place(checked)


def written(
    output_format: str, documents: Iterable[Placed], style: Style | None = None, rules: Mapping[str, Rule] = BY_CODE
) -> str:
    """What a format makes of documents."""
    stream = StringIO()
    writer = load_format(output_format)(rules, stream, style or Style(width=100))
    for document in documents:
        writer.write(document)
    writer.finish()
    return stream.getvalue()


def printed(output_format: str, name: str, text: str, *, color: bool = False, width: int = 100) -> str:
    """What a format prints of one file."""
    return written(output_format, placed(name, text), Style(color, width))
