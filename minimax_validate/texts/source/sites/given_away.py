"""Requests that somebody else reads before the model, and may change."""

from __future__ import annotations

from dataclasses import replace

from minimax_validate.request.features import PARAMETERS
from minimax_validate.source_code.values import Array, Choice, Entry, Node, Object, Rest
from minimax_validate.texts.source.sites.known import KEYS_OF_OTHERS
from minimax_validate.values.suggest import nearest


def for_any_gateway(body: Object | Choice) -> Object | Choice:
    """A request of which it is not known who reads it first: keys that a gateway may know are left alone."""
    if isinstance(body, Choice):
        branches = (for_any_gateway(one) if isinstance(one, Object | Choice) else one for one in body.branches)
        return replace(body, branches=tuple(branches))
    return replace(
        body, entries=tuple(entry for entry in body.entries if isinstance(entry, Rest) or not _is_foreign(entry.key))
    )


def _is_foreign(key: str) -> bool:
    if key in PARAMETERS or key in ("model", "input"):
        return False
    return key in KEYS_OF_OTHERS or nearest(key, PARAMETERS) is None


def as_part(body: Object, text: str) -> Object:
    """A request that somebody else completes: there may be more keys, and messages before and behind those written."""
    more = Rest(text, replaces=False)
    return replace(body, entries=(*(_as_part(entry, text) for entry in body.entries), more))


def _as_part(entry: Entry | Rest, text: str) -> Entry | Rest:
    if isinstance(entry, Rest):
        return entry
    if entry.key == "input" and isinstance(entry.value, Object):
        return replace(entry, value=as_part(entry.value, text))
    if entry.key == "messages":
        return replace(entry, value=_with_more(entry.value, Rest(text)))
    return entry


def _with_more(node: Node, more: Rest) -> Node:
    if isinstance(node, Array):
        return replace(node, items=(more, *node.items, more))
    if isinstance(node, Choice):
        return replace(node, branches=tuple(_with_more(branch, more) for branch in node.branches))
    return node
