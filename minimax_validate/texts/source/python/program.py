"""A Python program as ``Syntax``: each question is answered by the module it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minimax_validate.texts.source.python import flow, views
from minimax_validate.texts.source.python.scopes import Scopes
from minimax_validate.texts.source.python.tree import PythonTree
from minimax_validate.texts.source.syntax import Binding, Flow, Handle, View
from minimax_validate.texts.spans import Span


class PythonSyntax:
    """A Python program; see ``Syntax``.

    Raises:
        NotParsedError: it is no program of this Python.
    """

    growing = frozenset({"append", "extend"})
    reading = frozenset({"copy", "index", "count", "keys", "get_text"})
    pure = frozenset(
        {
            "len", "print", "dumps", "deepcopy", "str", "repr", "isinstance", "to_js", "run", "create", "post", "put",
            "request", "Request",
        }
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        self.text = text
        self._tree = PythonTree(text)
        self._scopes = Scopes(self._tree)

    def span(self, handle: Handle) -> Span:
        """See ``Syntax``."""
        return self._tree.span(handle)

    def calls(self) -> Iterable[Handle]:
        """See ``Syntax``."""
        return self._tree.calls

    def objects(self) -> Iterable[Handle]:
        """See ``Syntax``."""
        return self._tree.objects

    def comments(self) -> Iterator[Span]:
        """See ``Syntax``."""
        from minimax_validate.texts.source.python.comments import comments  # few programs ignore findings

        return comments(self._tree)

    def view(self, handle: Handle) -> View:
        """See ``Syntax``."""
        return views.view(self._tree, handle)

    def binding(self, handle: Handle) -> Binding | None:
        """See ``Syntax``."""
        return self._scopes.binding(handle)

    def flow(self, handle: Handle) -> Flow:
        """See ``Syntax``."""
        return flow.flow(self._tree, handle)

    def around(self, handle: Handle) -> Handle | None:
        """See ``Syntax``."""
        return self._tree.parents.get(handle)

    def is_broken(self, handle: Handle) -> bool:  # noqa: ARG002 - the signature is that of all languages
        """See ``Syntax``: Python's parser takes nothing that is broken."""
        return False

    def is_in_test(self, handle: Handle) -> bool:
        """See ``Syntax``."""
        return flow.is_in_test(self._tree, handle)

    def is_compared(self, handle: Handle) -> bool:
        """See ``Syntax``."""
        return flow.is_compared(self._tree, handle)
