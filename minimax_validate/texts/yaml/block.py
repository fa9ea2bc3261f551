"""Edit containers of YAML that are written in lines, by indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minimax_validate.texts.edits.changes import Changes
from minimax_validate.texts.edits.layout import end_of_line, line_start, with_line_end, with_line_start
from minimax_validate.texts.edits.style import canonical
from minimax_validate.texts.edits.tree import Container, Member, Tree, ValuedTree, has_comments
from minimax_validate.texts.replacement import Replacement
from minimax_validate.texts.spans import Span
from minimax_validate.texts.yaml.style import KnownBlock, YamlStyle

_FIRST_INDENT = re.compile(r"[\r\n]( +)(?=[^ \r\n])")


def write_block(tree: Tree, changed: Changes, style: YamlStyle) -> Iterator[Replacement]:
    """What changes in the text of a container."""
    container = changed.container
    members = container.members
    column = _column(tree.bare, container.span.start)
    for number, value in changed.replaced.items():
        if number not in changed.removed:
            yield from _put(tree, container, members[number], value, column, style)
    for number, name in changed.renamed.items():
        key = members[number].key
        if number not in changed.removed and key is not None:
            yield Replacement(key, style.key(name))
    kept = changed.kept
    if kept is None:
        yield from _all_anew(tree, changed, column, style)
        return
    first, last = kept
    yield from _removals(tree, changed, last)
    line = style.newline + " " * column
    for place in sorted(changed.inserted):
        texts = ["- " + style.block(value, column + 2) for value in changed.inserted[place]]
        before = changed.kept_before(place)
        if before is None:
            at = members[first].start
            yield Replacement(Span(at, at), "".join(text + line for text in texts))
        else:
            yield _appended(tree, members[before], [line + text for text in texts])
    if changed.added:
        yield _appended(
            tree, members[last], [line + style.member(key, value, column) for key, value in changed.added.items()]
        )


def reusable_blocks(tree: ValuedTree, changed: Changes) -> dict[str, KnownBlock]:
    """The values of a container by their canonical text, as they are written."""
    found: dict[str, KnownBlock] = {}
    if not changed.brings_in:
        return found
    for member in changed.container.members:
        try:
            name = canonical(tree.value_of(member.value))
        except TypeError:  # it holds what an alias stands for
            continue
        text = tree.text[member.value.start : member.value.end]
        is_collection = name[:1] in ("{", "[") and text[:1] not in ("{", "[")
        column = _column(tree.bare, member.value.start if is_collection else member.start)
        if text and text[0] not in "&!*":
            found[name] = KnownBlock(text, is_collection, column)
    return found


def _column(text: str, at: int) -> int:
    return at - line_start(text, at)


def _put(
    tree: Tree, container: Container, member: Member, value: Any, column: int, style: YamlStyle
) -> Iterator[Replacement]:
    """A value in the place of another one."""
    sign = _after_sign(tree, member)
    span = member.value
    if not _is_blank(tree, Span(sign, span.start)):
        # A comment stands between the two: it stays there, behind the new value, which is one line then.
        yield Replacement(Span(sign, sign), f" {style.inline(value)}")
        yield Replacement(with_line_start(tree.text, span), "")
    elif not isinstance(value, dict | list) or not value:
        yield Replacement(Span(sign, span.end), f" {_scalar(tree, span, value, column, style)}")
    elif container.is_object:
        yield Replacement(Span(sign, span.end), style.after_colon(value, column))
    else:
        yield Replacement(Span(sign, span.end), f" {style.block(value, column + 2)}")


def _scalar(tree: Tree, old: Span, value: Any, column: int, style: YamlStyle) -> str:
    """A value that is no collection, in the manner of the one that it comes for."""
    if not isinstance(value, str):
        return style.scalar(value)
    first = tree.text[old.start : old.start + 1]  # behind the colon of no value there is a blank
    literal = None
    if first in ("|", ">"):
        # At the indentation of the old one, so that no comment behind it becomes a line of the new one.
        found = _FIRST_INDENT.search(tree.text, old.start, old.end)
        literal = style.literal(value, found[1] if found else " " * (column + len(style.unit)))
    return literal or style.string(value, first if first in ('"', "'") else "")


def _after_sign(tree: Tree, member: Member) -> int:
    """The offset behind the colon or the dash of a member."""
    if member.key is None:
        return member.start + 1
    return tree.bare.index(":", member.key.end) + 1


def _is_blank(tree: Tree, span: Span) -> bool:
    """Whether there is nothing in a span, and no comment either."""
    return not tree.text[span.start : span.end].strip()


def _all_anew(tree: Tree, changed: Changes, column: int, style: YamlStyle) -> Iterator[Replacement]:
    """None of the members stays."""
    container = changed.container
    first = Span(container.members[0].start, container.members[0].value.end)
    lines = [
        "- " + style.block(value, column + 2) for place in sorted(changed.inserted) for value in changed.inserted[place]
    ]
    lines += [style.member(key, value, column) for key, value in changed.added.items()]
    if lines:
        yield Replacement(first, (style.newline + " " * column).join(lines))
    else:
        # Brackets need more indentation than a list that stands right below its key: they go behind the colon.
        empty = " " * (container.sign < first.start) + ("{}" if container.is_object else "[]")
        if _is_blank(tree, Span(container.sign, first.start)):
            yield Replacement(Span(container.sign, first.end), empty)
        else:
            yield Replacement(Span(container.sign, container.sign), empty)
            yield Replacement(with_line_start(tree.text, first), "")
    yield from _removals(tree, changed, 0, first=1)


def _removals(tree: Tree, changed: Changes, last: int, first: int = 0) -> Iterator[Replacement]:
    """Take out members; white space goes with them, comments stay."""
    members = changed.container.members
    for number in sorted(number for number in changed.removed if number >= first):
        member = members[number]
        own = Span(member.start, member.value.end)
        if number < last:
            whole = Span(member.start, members[number + 1].start)
            yield Replacement(with_line_end(tree.text, own) if has_comments(tree, whole) else whole, "")
        else:
            whole = Span(members[number - 1].value.end, own.end)
            # A comment beside it stays on its line: behind a block scalar it would be a part of that.
            alone = not has_comments(tree, Span(whole.start, end_of_line(tree.text, own.end)))
            yield Replacement(whole if alone else with_line_start(tree.text, own), "")


def _appended(tree: Tree, member: Member, lines: list[str]) -> Replacement:
    """Lines behind a member, and behind what is said beside it."""
    end = end_of_line(tree.text, member.value.end)  # nothing but a comment follows a value of a block on its line
    return Replacement(Span(end, end), "".join(lines))
