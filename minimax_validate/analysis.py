"""Analyse a text: its findings with their spans, and what their fixes change in it.

This is for programs that hold a text and no file, such as editors and pages. It does no I/O and has no state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from minimax_validate.engine.selection import severities
from minimax_validate.engine.settings import Settings
from minimax_validate.engine.validator import Validator
from minimax_validate.project.checking import check_documents
from minimax_validate.project.files import read_stream
from minimax_validate.project.ignoring.comments import apply_comments
from minimax_validate.rules.catalogue import RULES
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.fixing import fix_document, fix_finding
from minimax_validate.texts.placed import spanned
from minimax_validate.texts.readers import PACKED
from minimax_validate.texts.replacement import Replacement, in_order, replaced
from minimax_validate.texts.spans import Span
from minimax_validate.values.diagnostic import Diagnostic

LeaveOut = Callable[[Checked], Checked]
"""Leaves findings out of what was checked."""

_PIECE = re.compile(r"[^,\n]*+[,\n]|[^,\n]++")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A diagnostic with its span in the whole text, in Unicode code points from 0.

    ``related`` contains the spans of ``diagnostic.related``, in the same order. ``part`` is the index in
    ``Analysis.parts`` of the part that the pointers of the diagnostic refer to.
    """

    diagnostic: Diagnostic
    span: Span
    related: tuple[Span, ...]
    part: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that was checked on its own: the whole text, a line of JSON Lines, or a YAML document.

    ``start`` is its offset in the whole text, in Unicode code points.
    """

    checked: Checked
    start: int


@dataclass(frozen=True, slots=True)
class FixedText:
    """A fixed text.

    ``edits`` turn the old text into ``text``. Their spans refer to the old text, are sorted, and do not overlap.
    ``applied`` contains the findings that were fixed, in the order of the fixes.
    """

    text: str
    edits: tuple[Replacement, ...]
    applied: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text and its findings, in the order of their positions."""

    name: str
    text: str
    parts: tuple[Part, ...]
    findings: tuple[TextFinding, ...]
    validator: Validator
    leave_out: LeaveOut

    def edits(self, finding: TextFinding) -> tuple[Replacement, ...]:
        """Return the changes that the fix of a finding makes to the text, sorted by position.

        The fix may be safe or unsafe. The changed text was parsed again, and its value is what the fix produces. The
        result is empty if the finding has no fix, or if the fix cannot be applied to the text. ``finding`` must be one
        of ``findings``.
        """
        part = self.parts[finding.part]
        return tuple(_moved(fix_finding(part.checked.document, finding.diagnostic), part.start))

    def fixed(self, finding: TextFinding) -> FixedText | None:
        """Return the text with the fix of one finding applied, or None if ``edits`` returns nothing."""
        edits = self.edits(finding)
        return FixedText(replaced(self.text, edits), edits, (finding.diagnostic,)) if edits else None

    def fixed_all(self, *, unsafe: bool = False) -> FixedText:
        """Return the text with all safe fixes applied, or all fixes with ``unsafe``; it is verified like ``edits``."""

        def diagnose(document: Document) -> tuple[Diagnostic, ...]:
            return self.leave_out(Checked(document, check_document(self.validator, document))).report.diagnostics

        edits: list[Replacement] = []
        applied: list[Diagnostic] = []
        for part in self.parts:
            if any(diagnostic.fix for diagnostic in part.checked.report.diagnostics):
                fixed = fix_document(part.checked.document, diagnose, unsafe=unsafe)
                applied += fixed.applied
                edits += _moved(difference(part.checked.document.source.text, fixed.document.source.text), part.start)
        return FixedText(replaced(self.text, edits), in_order(edits), tuple(applied))


def analyse(
    name: str,
    text: str,
    settings: Settings | Validator | None = None,
    *,
    asked_for: bool = True,
    leave_out: LeaveOut | None = None,
) -> Analysis:
    """Check a text and return all findings with their positions; the suffix of ``name`` determines the format.

    If the suffix is unknown, the format is detected from the content. To check many texts, pass a ``Validator``
    instead of settings, so that it is built only once. If ``asked_for`` is false, a text is handled like a file in a
    searched directory: if it does not look like a request, there are no findings. ``leave_out`` removes findings; by
    default, it removes those that comments in the text ignore. A text that cannot be parsed is a finding.

    Raises:
        UnknownSelectorError: the settings contain a selector that matches no rule.
        NoRuleError: the settings leave no rule to run.
    """
    validator = settings if isinstance(settings, Validator) else Validator(settings)
    leaves_out = leave_out or _by_comments(validator)

    def check(documents: Iterable[Document]) -> Iterable[Checked]:
        return map(leaves_out, check_documents(documents, validator, named=asked_for))

    return analyse_by(check, name, text, validator, leaves_out)


def analyse_by(
    check: Callable[[Iterable[Document]], Iterable[Checked]],
    name: str,
    text: str,
    validator: Validator,
    leave_out: LeaveOut,
) -> Analysis:
    """The same, of those documents of a text that ``check`` gives back, with their findings.

    While fixing, the text is checked again by ``validator`` and ``leave_out``.
    """
    parts: list[Part] = []
    findings: list[TextFinding] = []
    # An editor may hold half of a character beyond U+FFFF, which no file can.
    data = _SURROGATE.sub("\ufffd", text).encode()
    starts = _Starts(data)
    for checked in check(read_stream(name.removesuffix(PACKED), BytesIO(data))):
        at = starts.of(checked.document.source.start)
        if checked.report.diagnostics:
            findings += (
                TextFinding(
                    diagnostic,
                    _in_text(span, at, text),
                    tuple(_in_text(other, at, text) for other in related),
                    len(parts),
                )
                for diagnostic, span, related in spanned(checked)
            )
        parts.append(Part(checked, at))
    findings.sort(key=lambda finding: (finding.span, finding.diagnostic.code))
    return Analysis(name, text, tuple(parts), tuple(findings), validator, leave_out)


def difference(before: str, after: str) -> tuple[Replacement, ...]:
    """Replacements that make one text of another; what is between two commas or line ends is changed together."""
    if before == after:
        return ()
    from difflib import SequenceMatcher  # most texts are not changed

    old, new = _PIECE.findall(before), _PIECE.findall(after)
    starts = [0]
    for piece in old:
        starts.append(starts[-1] + len(piece))
    found = []
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if kind != "equal":
            found.append(_trimmed("".join(old[old_start:old_end]), "".join(new[new_start:new_end]), starts[old_start]))
    return tuple(found)


def _trimmed(before: str, after: str, at: int) -> Replacement:
    """One replacement without what both texts begin and end with; no line end is cut in two."""
    shorter = min(len(before), len(after))
    begins = next((index for index in range(shorter) if before[index] != after[index]), shorter)
    ends = next(
        (index for index in range(shorter - begins) if before[-1 - index] != after[-1 - index]), shorter - begins
    )
    if begins and before[begins - 1] == "\r":
        begins -= 1
    if ends and before[len(before) - ends] == "\n":
        ends -= 1
    return Replacement(Span(at + begins, at + len(before) - ends), after[begins : len(after) - ends])


def _by_comments(validator: Validator) -> LeaveOut:
    codes = severities(validator.settings, RULES)

    def leave_out(checked: Checked) -> Checked:
        return apply_comments(checked, codes)[0] if checked.document.ignore_comments else checked

    return leave_out


def _moved(replacements: Iterable[Replacement], start: int) -> Iterator[Replacement]:
    return (Replacement(Span(span.start + start, span.end + start), text) for span, text in replacements)


def _in_text(span: Span, start: int, text: str) -> Span:
    """A span of a part as one of the whole text; bytes that were taken for another encoding have places beyond it."""
    return Span(min(span.start + start, len(text)), min(span.end + start, len(text)))


class _Starts:
    """Where parts of a text begin, in code points, by where they begin in its bytes; best asked in order."""

    __slots__ = ("_byte", "_character", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._byte = self._character = 0

    def of(self, offset: int) -> int:
        """The place of an offset in bytes."""
        if offset < self._byte:
            self._byte = self._character = 0
        self._character += len(self._data[self._byte : offset].decode(errors="replace"))
        self._byte = offset
        return self._character
