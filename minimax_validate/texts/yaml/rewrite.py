"""Edits in YAML text; comments stay where they are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from minimax_validate.texts.edits.changes import changes
from minimax_validate.texts.edits.flow import write_flow
from minimax_validate.texts.replacement import Replacement, UnwritableError, in_order
from minimax_validate.texts.yaml.block import reusable_blocks, write_block
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.style import yaml_style_of
from minimax_validate.texts.yaml.tree import YamlTree
from minimax_validate.values.diagnostic import Edit

# What each of many findings would change in one text is asked one after the other.
_tree = lru_cache(1)(YamlTree)
_style = lru_cache(1)(yaml_style_of)


def rewrite_yaml(text: str, edits: Iterable[Edit]) -> tuple[Replacement, ...]:
    """What edits of the value of a YAML document change in its text.

    Raises:
        UnwritableError: they cannot be carried out in it: what they change is behind an alias, or laid out in a way
        that is not known.
    """
    wanted = list(edits)
    if any(not edit.pointer for edit in wanted):
        raise UnwritableError("the whole value is put anew")
    try:
        tree = _tree(text)
    except YamlProblem as problem:
        raise UnwritableError(problem.message) from problem
    style = _style(tree.bare)
    found: list[Replacement] = []
    for changed in changes(tree, wanted):
        if changed.container.is_block:
            found += write_block(tree, changed, style.with_blocks(reusable_blocks(tree, changed)))
        else:
            found += write_flow(tree, changed, style)
    return in_order(found)
