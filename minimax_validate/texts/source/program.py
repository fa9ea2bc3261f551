"""A program as a document: its sites are the requests, and what is certain of them is what is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from minimax_validate.engine.validator import Validator
from minimax_validate.source_code.judge import judge
from minimax_validate.texts.source.outline import Places
from minimax_validate.texts.source.sites.site import Site
from minimax_validate.values.diagnostic import Diagnostic, Related
from minimax_validate.values.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Program:
    """The sites of a program, and how many there are beside them.

    ``assumed`` are sites whose model is not known. ``missing`` says what has to be installed to read such programs.
    """

    sites: tuple[Site, ...] = ()
    assumed: tuple[Site, ...] = ()
    others: int = 0
    unknown: int = 0
    unread: int = 0
    missing: str = ""

    def judged(self, validator: Validator) -> Iterator[Diagnostic]:
        """What is certain of the sites; what several of them share is told once."""
        places = Places(self.sites)
        told: set[tuple[str, object]] = set()
        for number, site in enumerate(self.sites):
            for found in judge(validator, site.root):
                diagnostic = found.moved((number,))
                spans = places("", [(diagnostic.pointer, diagnostic.focus)])
                span = spans[diagnostic.pointer, diagnostic.focus]
                if (diagnostic.code, span) in told:
                    continue
                told.add((diagnostic.code, span))
                is_elsewhere = span.start < site.span.start or span.end > site.span.end
                yield _with_call(diagnostic, (number,)) if is_elsewhere else diagnostic

    def assuming(self) -> Program:
        """The same, where a model that is not known is taken for ours."""
        sites = tuple(sorted((*self.sites, *self.assumed), key=lambda site: site.span))
        return replace(self, sites=sites, assumed=(), unknown=max(self.unknown - len(self.assumed), 0))


def _with_call(diagnostic: Diagnostic, site: Pointer) -> Diagnostic:
    return replace(diagnostic, related=(*diagnostic.related, Related(site, "the call that sends it")))
