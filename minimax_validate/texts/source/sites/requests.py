"""What of a value is a chat request."""

from __future__ import annotations

from collections.abc import Callable

from minimax_validate.source_code.values import Choice, Hole, Node, Object, branches_of
from minimax_validate.texts.source.models import Named, named
from minimax_validate.texts.source.sites.entries import entry_of
from minimax_validate.texts.source.sites.shapes import has_conversation


def requests_in(node: Node | None, is_request: Callable[[Object], object]) -> Object | Choice | None:
    """What of a value is a request: all of it, or of a choice those branches that are one; the others are unknown."""
    if isinstance(node, Object):
        return node if is_request(node) else None
    if not isinstance(node, Choice):
        return None
    branches = branches_of(node)
    found = [branch for branch in branches if isinstance(branch, Object) and is_request(branch)]
    if not found:
        return None
    others = (Hole("any", "", node.span),) if len(found) < len(branches) else ()
    return Choice((*others, *found), node.span)


def inputs_in(node: Node | None) -> Object | Choice | None:
    """What of a value is the inputs of a chat model that is named beside it.

    A branch without messages may be nothing but a default, and a guard makes sure elsewhere that it is not sent.
    """
    return requests_in(node, has_conversation if isinstance(node, Choice) else lambda _: True)


def model_of(body: Object) -> Named | None:
    """Which model a body asks for; None where it is no chat request."""
    model = entry_of(body, "model")
    return named(model.value) if model is not None and has_conversation(body) else None
