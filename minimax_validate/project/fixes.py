"""Which findings of a document are fixed: those that nothing ignores, and on a walk those of requests alone."""

from __future__ import annotations

from dataclasses import dataclass

from minimax_validate.engine.validator import Validator
from minimax_validate.project.checking import meant
from minimax_validate.project.ignoring.filter import IgnoreFilter
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.fixing import FixedDocument, fix_document
from minimax_validate.values.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Fixes:
    """Fixes documents by the rules that run."""

    validator: Validator
    ignore_filter: IgnoreFilter
    unsafe: bool

    def fix(self, document: Document, *, named: bool) -> FixedDocument:
        """A document with its fixes made; of a file that is not ``named``, those of what looks like a request."""
        return fix_document(document, self._told if named else self._told_of_requests, unsafe=self.unsafe)

    def _told_of_requests(self, document: Document) -> tuple[Diagnostic, ...]:
        wanted = meant(document)
        return self._told(wanted) if wanted is not None else ()

    def _told(self, document: Document) -> tuple[Diagnostic, ...]:
        report = check_document(self.validator, document)
        if not any(diagnostic.fix for diagnostic in report.diagnostics):
            return ()
        return self.ignore_filter.reported(Checked(document, report))
