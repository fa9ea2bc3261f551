"""Unsupported formats of messages: a run counts such files by format, so that none is missed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from minimax_validate.request.lookalikes import ROLES, lookalike
from minimax_validate.texts.document import ABSENT, Document, Walk
from minimax_validate.texts.readers import PACKED, SUFFIXES
from minimax_validate.texts.readers.foreign import foreign_reader
from minimax_validate.values.wording import count


class Form(NamedTuple):
    """A form that is not read: what one file of it is called, and what several are, if that is more than an ``s``."""

    one: str
    several: str = ""

    def counted(self, number: int) -> str:
        """``1 notebook``, ``2 notebooks``."""
        return f"{number:,} {self.one}" if number == 1 else f"{number:,} {self.several or self.one + 's'}"


_TEMPLATE = Form("template")
_OTHER = Form("file of another kind", "files of another kind")
_NOTEBOOK = Form("notebook")
_LANGSMITH = Form("LangSmith export")

_BY_NAME: Mapping[str, Form] = {
    ".bru": Form("Bruno request"),
    ".httprr": Form("httprr recording"),
    ".json5": Form("JSON5 file"),
    ".toml": Form("TOML file"),
}
"""By what names end in that a walk does not pick up (``NOTICED`` in ``discover``)."""

_BY_KEYS: tuple[tuple[frozenset[str], Form | None], ...] = (
    (frozenset({"cells", "nbformat"}), _NOTEBOOK),
    (frozenset({"inputs", "outputs"}), _LANGSMITH),
    (frozenset({"inputs", "run_type"}), _LANGSMITH),
    (frozenset({"input", "modelParameters"}), Form("Langfuse export")),
    (frozenset({"resourceSpans"}), Form("OpenTelemetry trace")),
    (frozenset({"prompts", "providers"}), Form("promptfoo configuration")),
    (frozenset({"input", "ideal"}), Form("OpenAI eval")),
    (frozenset({"eval", "samples"}), Form("Inspect log")),
    (frozenset({"custom_id", "params"}), Form("Anthropic batch", "Anthropic batches")),
    (frozenset({"recordId", "modelInput"}), Form("Bedrock batch", "Bedrock batches")),
    (frozenset({"httpMethod", "body"}), Form("Lambda event")),
    (frozenset({"requestContext", "body"}), Form("Lambda event")),
    # These hold examples and answers, and nobody sends them.
    (frozenset({"openapi", "paths"}), None),
    (frozenset({"swagger", "paths"}), None),
    (frozenset({"$schema", "properties"}), None),
    (frozenset({"chosen_messages", "rejected_messages"}), None),
    (frozenset({"chosen", "rejected"}), None),
)
"""By keys that stand together at the top of a value, or in the first item of an array; None for what is no request."""

_QUOTE = r"""\\*["']?"""
_TURN = re.compile(rf"\brole{_QUOTE}\s*[:=]\s*{_QUOTE}(?:{'|'.join(sorted(ROLES))})\b")
_MESSAGES = re.compile(rf"\bmessages{_QUOTE}\s*:")
_MOST = 1024 * 1024
"""Bytes of a file that are looked at, of those that a walk does not pick up."""


def form_of(document: Document) -> Form | None:
    """The form of a document that a walk passes over, if it holds messages; else None."""
    text = document.source.text
    if "role" not in text or _TURN.search(text) is None:
        return None
    value = document.value
    if value is ABSENT:
        form = _TEMPLATE if document.walk is Walk.PASSES_OVER else _OTHER
        return form if _MESSAGES.search(text) else None
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return None
    for keys, known in _BY_KEYS:
        if keys <= first.keys():
            return known
    return _OTHER if _MESSAGES.search(text) and lookalike(first) is None else None


def form_of_file(path: str | Path) -> Form | None:
    """The form of a file that a walk does not pick up, if its name tells one and it holds messages; else None."""
    form = _BY_NAME.get(Path(path).suffix.lower())
    if form is None:
        return None
    try:
        with Path(path).open("rb") as stream:
            text = stream.read(_MOST).decode(errors="replace")
    except OSError:
        return None
    return form if "messages" in text and _TURN.search(text) else None


def told(forms: Mapping[Form, int]) -> str:
    """``5 files contain messages in an unsupported format: 3 LangSmith exports, 2 notebooks``; empty for none."""
    number = sum(forms.values())
    if not number:
        return ""
    by_number = sorted(forms.items(), key=lambda item: (-item[1], item[0].one.casefold()))
    kinds = ", ".join(form.counted(found) for form, found in by_number)
    verb = "contains" if number == 1 else "contain"
    return f"{count(number, 'file')} {verb} messages in an unsupported format: {kinds}"


_UNREAD = (
    *_BY_NAME, ".zip", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst", ".parquet", ".arrow", ".feather",
    ".sqlite", ".db", ".xlsx", ".docx", ".pdf", ".png", ".jpg", ".jpeg",
)  # fmt: skip
"""What names end in of kinds that have no reader, beside the notations that are told by name."""


_TEXTS = (".log", ".txt", ".text", ".out", ".dump", ".data", ".body", ".trace", ".cassette")
"""What names end in of texts of any kind, whose content tells what they are."""

_SUFFIX = re.compile(r".*(\.[a-z][a-z0-9_]*)", re.DOTALL)
"""The end of a name, unless it is a number, as that of a log that was put aside is."""

_ANY_NAME = re.compile(r"[*?\[]")

NO_READER = (
    f"matches a file type that is not supported. Supported: {', '.join(SUFFIXES)}, each also with .gz; by content:"
    f" {', '.join(_TEXTS)} and names without a suffix"
)


def has_no_reader(pattern: str) -> bool:
    """Whether a pattern of files is for a kind that is never read.

    A name without ``*`` may be that of a folder, and its suffix then tells nothing, unless it is of a known kind.
    """
    name = pattern.rstrip().rsplit("/", 1)[-1].lower().removesuffix(PACKED)
    if pattern.startswith("!") or name.endswith((*SUFFIXES, *_TEXTS)):
        return False
    if name.endswith(_UNREAD) or foreign_reader(name, b"", is_known=False) is not None:
        return True
    return _ANY_NAME.search(name) is not None and _SUFFIX.fullmatch(name) is not None
