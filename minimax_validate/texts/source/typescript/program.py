"""A program of TypeScript or JavaScript as ``Syntax``: each question is answered by the module it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minimax_validate.texts.source.syntax import Binding, Flow, View
from minimax_validate.texts.source.typescript import flow, search, views
from minimax_validate.texts.source.typescript.scopes import Scopes
from minimax_validate.texts.source.typescript.tree import SyntaxTree
from minimax_validate.texts.spans import Span


class TypeScriptSyntax:
    """A program of TypeScript or JavaScript; see ``Syntax``. ``dialect`` is ``ts``, else ``tsx``, which knows JSX.

    Raises:
        NotParsedError: the parser would take too long.
    """

    growing = frozenset({"push"})
    reading = frozenset({"slice", "concat", "join", "includes", "indexOf", "keys", "toString"})
    pure = frozenset(
        {
            "JSON.stringify", "console.log", "console.error", "console.debug", "console.info", "console.warn", "String",
            "Object.keys", "Array.isArray", "structuredClone", "run", "create", "fetch", "Request", "post", "put",
            "request", "expect",
        }
    )  # fmt: skip

    def __init__(self, text: str, dialect: str) -> None:
        self.text = text
        self._tree = SyntaxTree(text, dialect)
        self._scopes = Scopes(self._tree)

    def span(self, handle: Any) -> Span:
        """See ``Syntax``."""
        return self._tree.span(handle)

    def calls(self) -> Iterator[Any]:
        """See ``Syntax``."""
        return search.calls(self._tree)

    def objects(self) -> Iterator[Any]:
        """See ``Syntax``."""
        return search.objects(self._tree)

    def comments(self) -> Iterator[Span]:
        """See ``Syntax``."""
        return search.comments(self._tree)

    def view(self, handle: Any) -> View:
        """See ``Syntax``."""
        return views.view(self._tree, handle)

    def binding(self, handle: Any) -> Binding | None:
        """See ``Syntax``."""
        return self._scopes.binding(handle)

    def flow(self, handle: Any) -> Flow:
        """See ``Syntax``."""
        return flow.flow(self._tree, handle)

    def around(self, handle: Any) -> Any:
        """See ``Syntax``."""
        parent = handle.parent
        return parent.parent if parent is not None and parent.type == "arguments" else parent

    def is_broken(self, handle: Any) -> bool:
        """See ``Syntax``."""
        return bool(handle.has_error)

    def is_in_test(self, handle: Any) -> bool:
        """See ``Syntax``."""
        return flow.is_in_test(self._tree, handle)

    def is_compared(self, handle: Any) -> bool:
        """See ``Syntax``."""
        return flow.is_compared(self._tree, handle)
