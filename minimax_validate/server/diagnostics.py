"""Findings as the protocol has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from types import MappingProxyType

from lsprotocol import types

from minimax_validate.analysis import Analysis, TextFinding
from minimax_validate.project.config import ConfigError
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.server.dropped import is_dropped
from minimax_validate.server.positions import Positions
from minimax_validate.texts.spans import Span, Wanted
from minimax_validate.values.diagnostic import Severity

SOURCE = "minimax-validate"

_SEVERITIES: Mapping[Severity, types.DiagnosticSeverity] = MappingProxyType(
    {
        Severity.ERROR: types.DiagnosticSeverity.Error,
        Severity.WARNING: types.DiagnosticSeverity.Warning,
        Severity.INFO: types.DiagnosticSeverity.Information,
    }
)


def lsp_diagnostics(analysis: Analysis, positions: Positions, uri: str) -> tuple[types.Diagnostic, ...]:
    """The findings of a text, in their order; what the model does not read is tagged, over all of it."""
    spans = dict(_dropped(analysis))
    return tuple(
        _diagnostic(finding, spans.get(index), positions, uri) for index, finding in enumerate(analysis.findings)
    )


def _diagnostic(finding: TextFinding, dropped: Span | None, positions: Positions, uri: str) -> types.Diagnostic:
    diagnostic = finding.diagnostic
    related = [
        types.DiagnosticRelatedInformation(types.Location(uri, positions.range(span)), other.message)
        for other, span in zip(diagnostic.related, finding.related, strict=True)
    ]
    return types.Diagnostic(
        positions.range(dropped or finding.span),
        diagnostic.message,
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.code,
        code_description=types.CodeDescription(BY_CODE[diagnostic.code].url),
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if dropped else None,
        related_information=related or None,
    )


def _dropped(analysis: Analysis) -> Iterator[tuple[int, Span]]:
    """The findings about what the model does not read, each with the span of all that it does not read."""
    for index, finding in enumerate(analysis.findings):
        diagnostic = finding.diagnostic
        if is_dropped(diagnostic):
            part = analysis.parts[finding.part]
            document = part.checked.document
            of_key: Wanted = (diagnostic.pointer, "key")
            of_value: Wanted = (diagnostic.pointer, "value")
            spans = document.locate(document.source.text, [of_key, of_value])
            start = min(spans[of_key].start, spans[of_value].start)
            yield index, Span(part.start + start, part.start + spans[of_value].end)


def result_id(diagnostics: tuple[types.Diagnostic, ...]) -> str:
    """What identifies diagnostics: the same for those that read alike."""
    plain = [
        (
            found.code,
            found.message,
            found.severity,
            _plain(found.range),
            [(_plain(other.location.range), other.message) for other in found.related_information or ()],
        )
        for found in diagnostics
    ]
    return blake2b(repr(plain).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _plain(place: types.Range) -> tuple[int, int, int, int]:
    return place.start.line, place.start.character, place.end.line, place.end.character


def problems_of(error: ConfigError) -> tuple[types.Diagnostic, ...]:
    """What keeps a configuration from being used; each problem is that of a line."""
    return tuple(
        types.Diagnostic(
            types.Range(types.Position(problem.line - 1, 0), types.Position(problem.line, 0)),
            problem.message,
            severity=types.DiagnosticSeverity.Error,
            source=SOURCE,
        )
        for problem in error.problems
    )
