"""What keeps a text from being read as YAML."""

from __future__ import annotations

from minimax_validate.texts.spans import Span
from minimax_validate.values.pointer import Pointer


class YamlProblem(ValueError):
    """The first thing that is wrong with a text, and where.

    ``related`` is another place that the problem speaks of, and ``label`` its part in it. With ``too_deep`` the syntax
    is right so far, but the collection at ``pointer`` goes below the depth that was allowed.
    """

    def __init__(
        self,
        message: str,
        span: Span,
        related: Span | None = None,
        label: str = "",
        *,
        too_deep: bool = False,
        pointer: Pointer = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.related = related
        self.label = label
        self.too_deep = too_deep
        self.pointer = pointer
