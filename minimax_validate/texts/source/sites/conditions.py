"""What a request says whichever model is chosen: the condition that chooses one may choose its values, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from minimax_validate.source_code.values import Array, Choice, Entry, Hole, Item, Known, Node, Object, Rest, branches_of
from minimax_validate.texts.source.models import named


def may_be_another(model: Node) -> bool:
    """Whether one of the models that are chosen from is known, and is not ours."""
    return isinstance(model, Choice) and any(
        isinstance(branch, Known) and named(branch) == "other" for branch in branches_of(model)
    )


@dataclass(frozen=True, slots=True)
class Unconditional:
    """Takes what depends on a condition for not known; ``made`` is called with each container that is made anew."""

    made: Callable[[Node], None]

    def value(self, node: Node) -> Node:
        """A value without what depends on a condition; one in which nothing does is given back itself."""
        if isinstance(node, Choice):
            return Hole(span=node.span)
        if isinstance(node, Array):
            items = tuple(map(self._item, node.items))
            return self._new(replace(node, items=items)) if _differ(items, node.items) else node
        if isinstance(node, Object):
            entries = tuple(map(self.entry, node.entries))
            return self._new(replace(node, entries=entries)) if _differ(entries, node.entries) else node
        return node

    def entry(self, entry: Entry | Rest) -> Entry | Rest:
        """The same of an entry; an optional one is not known, and so neither there nor missing for sure."""
        if isinstance(entry, Rest):
            return entry
        value = Hole(span=entry.span) if entry.optional else self.value(entry.value)
        return entry if value is entry.value else replace(entry, value=value)

    def _item(self, item: Item | Rest) -> Item | Rest:
        if isinstance(item, Rest):
            return item
        if item.optional:
            return Rest(span=item.span)
        value = self.value(item.value)
        return item if value is item.value else replace(item, value=value)

    def _new(self, new: Array | Object) -> Array | Object:
        self.made(new)
        return new


def _differ(new: tuple[object, ...], old: tuple[object, ...]) -> bool:
    return any(one is not other for one, other in zip(new, old, strict=True))
