"""How far the search for the sites of a program has come."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from minimax_validate.source_code.values import Choice, Node, Object, branches_of
from minimax_validate.texts.source.evaluation.evaluator import Evaluator
from minimax_validate.texts.source.models import Named
from minimax_validate.texts.source.sites.conditions import Unconditional, may_be_another
from minimax_validate.texts.source.sites.entries import entry_of
from minimax_validate.texts.source.sites.site import Site, Skipped
from minimax_validate.texts.source.syntax import Syntax
from minimax_validate.texts.spans import Span


@dataclass(slots=True)
class Search:
    """The sites of one program that are found so far, and what is known of its expressions."""

    syntax: Syntax
    skipped: Skipped = field(default_factory=Skipped)
    sites: list[Site] = field(default_factory=list)
    evaluator: Evaluator = field(init=False)
    _taken: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.evaluator = Evaluator(self.syntax)

    def add(self, root: Object | Choice, span: Span, kind: Named) -> None:
        """Keep a request as a site; of one that other models may get, too, only what all of them get counts."""
        self.sites.append(Site(self._sure(root), span, kind == "unknown", self.evaluator.borrowed))

    def _sure(self, root: Object | Choice) -> Object | Choice:
        model = entry_of(root, "model") if isinstance(root, Object) else None
        if not isinstance(root, Object) or model is None or not may_be_another(model.value):
            return root
        sure = Unconditional(self.evaluator.borrow)
        root = replace(root, entries=tuple(one if one is model else sure.entry(one) for one in root.entries))
        self.evaluator.borrow(root)
        return root

    def take(self, node: Node) -> None:
        """Note that a value is a request, or a part of one, and no site by itself."""
        for branch in branches_of(node) if isinstance(node, Choice) else (node,):
            self._taken.add((branch.span[0], branch.span[1]))

    def is_taken(self, span: Span) -> bool:
        """Whether what stands there is a part of a site already."""
        return (span.start, span.end) in self._taken
