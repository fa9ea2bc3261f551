"""Check tables of Arrow: what a worker of Ray Data, Dask, Spark or Daft does with its part of a dataset.

A row is a request, or a range of bytes of a file that the worker reads for itself. A part of a dataset may be checked
again, or somewhere else: what comes out depends on the rows and the files alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from math import isnan
from pathlib import Path
from typing import Any

try:
    import pyarrow as pa
except ImportError as error:
    raise ImportError(f"{__name__} needs pyarrow: pip install 'minimax-validate[ray]'", name="pyarrow") from error

from minimax_validate.engine.selection import severities
from minimax_validate.engine.settings import Settings
from minimax_validate.engine.validator import Validator
from minimax_validate.project.checking import check_documents
from minimax_validate.project.discover import Filters, Found, discover
from minimax_validate.project.ignoring.comments import apply_comments
from minimax_validate.project.parallel.blocks import FAR_BLOCK
from minimax_validate.project.parallel.tasks import Cut, Piece, cut_here, tasks
from minimax_validate.project.ranges import read_range
from minimax_validate.rules.catalogue import RULES
from minimax_validate.texts.document import Document
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers import load_reader
from minimax_validate.texts.readers.jsonl import WHOLE
from minimax_validate.values.diagnostic import Diagnostic
from minimax_validate.values.pointer import to_json_pointer

FINDINGS = pa.schema(
    [
        pa.field("file", pa.string()),
        pa.field("line", pa.int64()),
        pa.field("pointer", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("severity", pa.string(), nullable=False),
        pa.field("message", pa.string(), nullable=False),
    ]
)
"""The columns that ``check_batch`` gives: a row is a finding.

``line`` counts from 1, ``pointer`` is a JSON Pointer into the request, ``severity`` is error, warning or info.
"""

RANGES = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64()),
        pa.field("first_line", pa.int64(), nullable=False),
    ]
)
"""The columns of ``file_ranges``: bytes of a file from ``start`` up to ``end``, or up to its end if that is null.

``first_line`` is the number of the line that begins at ``start``, from 1.
"""

_TEXTS = ("request", "text")
_NAMES = ("file", "path")


def check_batch(
    table: pa.Table, *, column: str | None = None, keep: Sequence[str] = (), settings: Settings | None = None
) -> pa.Table:
    """Check the requests of a table; a row of the result is a finding, with the columns of ``FINDINGS``.

    ``column`` holds the requests: JSON texts (strings or bytes) or structs. Without it, a table with the columns
    ``file``, ``start`` and ``end`` is one of ranges (see ``RANGES``), which are read here, and otherwise the column
    ``request`` or ``text`` counts. ``keep`` names columns whose values each finding of a row has too; they come first.

    Of a text, ``file`` is the row's ``file`` or ``path``, and ``line`` counts from the row's ``line``, or from 1. A
    struct has no text: its line is that of the row. A null has no findings. Arrow does not know a missing key from one
    that is null: in a struct both are missing.

    Raises:
        ValueError: the table has no such column, or the column holds no requests.
        UnknownSelectorError: the settings name a rule that does not exist.
        NoRuleError: the settings leave no rule.
    """
    validator = Validator(settings)
    if missing := [name for name in (*keep, *filter(None, (column,))) if name not in table.column_names]:
        raise ValueError(f"the table has no column {missing[0]!r}; it has {', '.join(table.column_names)}")
    is_of_ranges = column is None and _RANGE.issubset(table.column_names)
    found = _of_ranges(table, validator) if is_of_ranges else _of_rows(table, column, validator)
    rows: list[int] = []
    values: list[_Values] = []
    for row, finding in found:
        rows.append(row)
        values.append(finding)
    columns = list(zip(*values, strict=True)) or [()] * len(FINDINGS)
    findings = [pa.array(each, field.type) for each, field in zip(columns, FINDINGS, strict=True)]
    kept = table.select(list(keep)).take(pa.array(rows, pa.int64()))
    return pa.table([*kept.columns, *findings], schema=findings_schema(kept.schema))


def findings_schema(keep: Iterable[pa.Field] = ()) -> pa.Schema:
    """The schema of what ``check_batch`` gives if it keeps these fields of its table."""
    return pa.schema([*keep, *FINDINGS])


def file_ranges(paths: Iterable[str], *, size: int = FAR_BLOCK) -> pa.Table:
    """Ranges of the files that paths mean, for ``check_batch``, with the columns of ``RANGES``, in their order.

    Folders are searched as the command does, patterns expanded, and URLs opened by fsspec. Long files of JSON Lines are
    cut at line ends into ranges of about ``size`` bytes; another file is one range. The files are read once to
    count their lines.
    """
    return pa.Table.from_batches(list(range_batches(paths, size=size)), RANGES)


def range_batches(paths: Iterable[str], *, size: int = FAR_BLOCK, cut: Cut = cut_here) -> Iterator[pa.RecordBatch]:
    """The same, with ranges that are worth a task of their own together in a batch; ``cut`` counts the lines."""
    for task in tasks(discover(paths, Filters(Path.cwd())), block=size, group=size, cut=cut):
        yield pa.RecordBatch.from_pylist([_row(piece) for piece in task.pieces], RANGES)


def _row(piece: Piece) -> dict[str, object]:
    stretch = piece.stretch or WHOLE
    return {
        "file": str(piece.found.path),
        "start": stretch.start,
        "end": stretch.end,
        "first_line": stretch.first_line,
    }


def _number(value: float | None) -> int | None:
    """A whole number; pandas makes fractions of a column with nulls, and NaN of each null."""
    return None if value is None or isnan(value) else int(value)


_RANGE = frozenset({"file", "start", "end"})

_Values = tuple[object, ...]
"""A finding, as the values of ``FINDINGS``."""

_Row = tuple[int, _Values]
"""The number of a row, and a finding of it."""


def _of_ranges(table: pa.Table, validator: Validator) -> Iterator[_Row]:
    columns = {name: table[name].to_pylist() for name in ("file", "start", "end")}
    lines = table["first_line"].to_pylist() if "first_line" in table.column_names else [None] * table.num_rows
    for row, (file, start, end, line) in enumerate(zip(*columns.values(), lines, strict=True)):
        if file is not None:
            found = Found(str(file), named=True)
            documents = read_range(found, _number(start) or 0, _number(end), _number(line), validator.proves)
            yield from ((row, finding) for finding in _findings(documents, validator))


def _of_rows(table: pa.Table, column: str | None, validator: Validator) -> Iterator[_Row]:
    chosen = column or next((name for name in _TEXTS if name in table.column_names), None)
    if chosen is None:
        raise ValueError(
            f"which column holds the requests? The table has {', '.join(table.column_names)}, and neither 'request' nor"
            " 'text': name it by column"
        )
    kind = table.schema.field(chosen).type
    name_column = next((name for name in _NAMES if name in table.column_names and name != chosen), None)
    names = table[name_column].to_pylist() if name_column else [None] * table.num_rows
    lines = table["line"].to_pylist() if "line" in table.column_names else [None] * table.num_rows
    check: Callable[[Any, str | None, int | None, Validator], Iterator[_Values]]
    if pa.types.is_struct(kind):
        check = _of_value
    elif any(is_kind(kind) for is_kind in _TEXT_TYPES):
        check = _of_text
    else:
        raise ValueError(f"the column {chosen!r} holds {kind}, and neither texts nor structs")
    # One request after the other: all of them as Python values would take many times the memory of the table.
    for row, (value, name, line) in enumerate(zip(table[chosen], names, lines, strict=True)):
        if value.is_valid:
            yield from ((row, finding) for finding in check(value.as_py(), name, _number(line), validator))


_TEXT_TYPES = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
)


def _of_text(value: str | bytes, name: str | None, line: int | None, validator: Validator) -> Iterator[_Values]:
    data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    documents = load_reader("json").read("" if name is None else str(name), BytesIO(data))
    return _findings(
        (replace(each, source=replace(each.source, first_line=line or 1)) for each in documents), validator, name=name
    )


def _of_value(value: object, name: str | None, line: int | None, validator: Validator) -> Iterator[_Values]:
    for diagnostic in validator.check(_without_nulls(value)).diagnostics:
        yield _finding(name, line, diagnostic)


def _without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_nulls(each) for key, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


_OF_DOCUMENT = object()


def _findings(documents: Iterable[Document], validator: Validator, *, name: object = _OF_DOCUMENT) -> Iterator[_Values]:
    """The findings of documents, those of each in the order of their places."""
    codes = severities(validator.settings, RULES)
    for checked in check_documents(documents, validator, named=True):
        if not checked.report.diagnostics:
            continue
        left = apply_comments(checked, codes)[0] if checked.document.ignore_comments else checked
        for finding in place(left).findings:
            file = left.document.source.name if name is _OF_DOCUMENT else name
            yield _finding(file, finding.location.line, finding.diagnostic)


def _finding(file: object, line: int | None, diagnostic: Diagnostic) -> _Values:
    return (
        file,
        line,
        to_json_pointer(diagnostic.pointer),
        diagnostic.code,
        diagnostic.name,
        diagnostic.severity.label,
        _whole(diagnostic.message),
    )


def _whole(text: str) -> str:
    """A text that Arrow accepts: one with half of a character beyond U+FFFF has a mark in its place."""
    return text.encode("utf-8", "replace").decode()
