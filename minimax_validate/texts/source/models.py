"""Which model an expression names."""

from __future__ import annotations

import re
from typing import Literal

from minimax_validate.source_code.values import Choice, Hole, Known, Node, branches_of
from minimax_validate.values.model import MODEL

Named = Literal["ours", "near", "other", "unknown"]
"""Ours by its id, ours by another name, another model, or one that is not known."""

_NEAR = re.compile(r"minimax.*m2[._-]?7", re.IGNORECASE)
_RUN = re.compile(r"/ai/run/?$")
_MESSAGES = re.compile(r"/messages/?(?:\?|$)")
_RUN_MODEL = re.compile(r"/ai/run/([^?#]+)")


def named(node: Node) -> Named:
    """Which model a value is the name of."""
    if isinstance(node, Known) and isinstance(node.value, str):
        if node.value == MODEL:
            return "ours"
        return "near" if _NEAR.search(node.value) else "other"
    if isinstance(node, Choice):
        kinds = {named(branch) for branch in branches_of(node)}
        return next((kind for kind in ("ours", "near", "unknown") if kind in kinds), "other")
    return "unknown"


def named_by_url(node: Node) -> Named | None:
    """Which model an address runs; None for one that runs none, or takes the model from the body."""
    if isinstance(node, Choice):
        found = {named_by_url(branch) for branch in node.branches}
        return found.pop() if len(found) == 1 else None
    if isinstance(node, Known) and isinstance(node.value, str):
        fragments: tuple[str, ...] = (node.value,)
    elif isinstance(node, Hole) and node.says:
        fragments = node.fragments
    else:
        return None
    for number, fragment in enumerate(fragments):
        found_model = _RUN_MODEL.search(fragment)
        is_last = number == len(fragments) - 1
        if found_model and is_last:
            return named(Known(found_model[1].rstrip("/")))
        if found_model or (not is_last and _RUN.search(fragment) and fragment.endswith("/")):
            return "unknown"
    return None


def is_cloudflare(node: Node | None) -> bool:
    """Whether an address is that of Cloudflare's own chat interface."""
    text = _address(node)
    return "api.cloudflare.com/client/v4/accounts/" in text and "/ai/v1" in text


def is_of_messages(node: Node | None) -> bool:
    """Whether an address takes requests in the Messages format of Anthropic."""
    return _MESSAGES.search(_address(node)) is not None


def _address(node: Node | None) -> str:
    """An address with a star for each part that is not known."""
    if isinstance(node, Known) and isinstance(node.value, str):
        return node.value
    return "*".join(node.fragments) if isinstance(node, Hole) and node.says else ""
