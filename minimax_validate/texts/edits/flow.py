"""Edit containers that are written between brackets: those of JSON, and of YAML in its flow style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from minimax_validate.texts.edits.changes import Changes
from minimax_validate.texts.edits.layout import end_of_line, indent_at, is_multiline, with_line_end, with_line_start
from minimax_validate.texts.edits.style import Style
from minimax_validate.texts.edits.tree import Container, Member, Tree, has_comments
from minimax_validate.texts.replacement import Replacement
from minimax_validate.texts.spans import Span

_REMARKS = re.compile(r"[ \t,]*+(?:/\*[^\r\n]*?\*/[ \t,]*+)*+(?:(?://|#)[^\r\n]*+)?")
_COMMA = re.compile(r"[ \t\r\n]*+,")
_FIRST_GAP = re.compile(r",([ \t]*+)(?![\r\n])")


def write_flow(tree: Tree, changed: Changes, style: Style) -> Iterator[Replacement]:
    """What changes in the text of a container."""
    container = changed.container
    layout = _Layout(tree, container, style)
    members = container.members
    for number, value in changed.replaced.items():
        if number not in changed.removed:
            yield _put(tree, members[number], layout.spelled(value))
    for number, name in changed.renamed.items():
        key = members[number].key
        if number not in changed.removed and key is not None:
            yield Replacement(key, style.key(name))
    kept = changed.kept
    if kept is None:
        yield from _all_anew(tree, changed, layout)
        return
    first, last = kept
    yield from _removals(tree, changed, last)
    for place in sorted(changed.inserted):
        texts = [layout.spelled(value) for value in changed.inserted[place]]
        before = changed.kept_before(place)
        if before is None:
            at = container.members[first].start
            yield Replacement(Span(at, at), "".join(text + "," + layout.gap for text in texts))
        else:
            yield from _appended(tree, changed, before, last, texts, layout)
    if changed.added:
        yield from _appended(tree, changed, last, last, layout.members(changed.added), layout)


class _Layout:
    """How the members of a container are laid out, so that a new one looks like them."""

    def __init__(self, tree: Tree, container: Container, style: Style) -> None:
        text = tree.bare
        self.style = style
        self.outer = indent_at(text, container.span.start)
        self.is_multiline = bool(style.newline) and is_multiline(text, container)
        first = container.members[0].start if container.members else container.span.start
        self.indent = indent_at(text, first) if container.members or not self.is_multiline else self.outer + style.unit
        self.gap = style.newline + self.indent if self.is_multiline else self._gap_of_line(text, container)
        self._text = text
        self._container = container

    @cached_property
    def _expanded(self) -> bool:
        text = self._text
        return self.is_multiline and not any(
            text[member.value.start : member.value.start + 1] in ("{", "[")
            and _is_inline(text[member.value.start : member.value.end])
            for member in self._container.members
        )

    def spelled(self, value: Any) -> str:
        """A value, as a member of the container."""
        return self.style.spelled(
            value, self.indent, expanded=isinstance(value, dict | list) and bool(value) and self._expanded
        )

    def members(self, added: Mapping[str, Any]) -> list[str]:
        """New members of an object."""
        return [self.style.key(key) + self.style.colon + self.spelled(value) for key, value in added.items()]

    def _gap_of_line(self, text: str, container: Container) -> str:
        if len(container.members) > 1:
            found = _FIRST_GAP.match(text, container.members[0].value.end)
            if found:
                return found[1]
        return self.style.comma.removeprefix(",")


def _put(tree: Tree, member: Member, spelled: str) -> Replacement:
    """A value in the place of another one, or behind a key of YAML that has none."""
    span = member.value
    if member.key is None or span.start < span.end:
        return Replacement(span, spelled)
    has_colon = ":" in tree.bare[member.key.end : span.start]
    return Replacement(span, f" {spelled}" if has_colon else f": {spelled}")


def _is_inline(value: str) -> bool:
    return "\n" not in value and "\r" not in value and bool(value[1:-1].strip())


def _all_anew(tree: Tree, changed: Changes, layout: _Layout) -> Iterator[Replacement]:
    """None of the members stays."""
    container, style = changed.container, layout.style
    texts = [layout.spelled(value) for place in sorted(changed.inserted) for value in changed.inserted[place]]
    texts += layout.members(changed.added)
    inside = Span(container.span.start + 1, container.span.end - 1)
    joined = ("," + layout.gap).join(texts)
    members = container.members
    if not members:
        if has_comments(tree, inside):
            yield Replacement(Span(inside.start, inside.start), joined)
        elif layout.is_multiline:
            yield Replacement(inside, layout.gap + joined + style.newline + layout.outer)
        else:
            padding = style.padding if container.is_object else ""
            yield Replacement(inside, padding + joined + padding)
    elif texts:
        yield Replacement(Span(members[0].start, members[0].value.end), joined)
        yield from _removals(tree, changed, 0, first=1)
    elif has_comments(tree, inside):
        for member, following in zip(members, (*members[1:], None), strict=True):
            yield from _cut_out(tree, member, following.start if following else inside.end)
    else:
        yield Replacement(inside, "")


def _removals(tree: Tree, changed: Changes, last: int, first: int = 0) -> Iterator[Replacement]:
    """Take out members with the commas that are theirs; white space goes with them, comments stay."""
    members = changed.container.members
    inside_end = changed.container.span.end - 1
    has_last_comma = _has_last_comma(tree, changed)
    # A line end behind a comment must stay, even if the members around it go.
    is_commented = has_comments(tree, Span(members[last].value.end, members[-1].value.end))
    for number in sorted(number for number in changed.removed if number >= first):
        member = members[number]
        if number > last and has_last_comma:
            # Each takes its own comma along, and the one behind the last that stays stays, too.
            yield from _with_own_comma(
                tree,
                members[number - 1],
                member,
                members[number + 1].start if number + 1 < len(members) else inside_end,
            )
            continue
        if number < last:
            whole = Span(member.start, members[number + 1].start)
            if has_comments(tree, Span(member.value.end, whole.end)):
                yield from _cut_out(tree, member, whole.end)
            else:
                yield Replacement(whole, "")
            continue
        before = members[number - 1].value.end
        if is_commented:
            comma = tree.bare.index(",", before, member.start)
            yield Replacement(Span(comma, comma + 1), "")
            yield Replacement(with_line_start(tree.text, Span(member.start, member.value.end)), "")
        else:
            yield Replacement(Span(before, member.value.end), "")


def _has_last_comma(tree: Tree, changed: Changes) -> bool:
    """Whether a comma stands behind the last member."""
    container = changed.container
    return tree.bare.find(",", container.members[-1].value.end, container.span.end - 1) >= 0


def _with_own_comma(tree: Tree, previous: Member, member: Member, end: int) -> Iterator[Replacement]:
    if has_comments(tree, Span(previous.value.end, end)):
        yield from _cut_out(tree, member, end)
        return
    before = tree.bare.index(",", previous.value.end, member.start)
    own = tree.bare.index(",", member.value.end, end)
    yield Replacement(Span(before + 1, own + 1), "")


def _cut_out(tree: Tree, member: Member, end: int) -> Iterator[Replacement]:
    """Take out a member and the comma behind it, and leave the comments around."""
    comma = tree.bare.find(",", member.value.end, end)
    span = Span(member.start, member.value.end)
    if comma >= 0 and not has_comments(tree, Span(member.value.end, comma)):
        span = Span(member.start, comma + 1)
    elif comma >= 0:
        yield Replacement(Span(comma, comma + 1), "")
    yield Replacement(with_line_end(tree.text, span), "")


def _appended(
    tree: Tree, changed: Changes, before: int, last: int, texts: list[str], layout: _Layout
) -> Iterator[Replacement]:
    """Put members behind one that stays; ``last`` is the last of these."""
    members = changed.container.members
    end = members[before].value.end
    line_end = end_of_line(tree.text, end)
    comma = _COMMA.match(tree.bare, end)
    is_last_on_line = _REMARKS.fullmatch(tree.text, end, line_end) and (comma is None or comma.end() <= line_end)
    if layout.is_multiline and is_last_on_line and has_comments(tree, Span(end, line_end)):
        # What is said beside a member is of that one: the new ones go below it.
        has_comma = comma is not None and (before != last or _has_last_comma(tree, changed))
        if not has_comma:
            yield Replacement(Span(end, end), ",")
        yield Replacement(
            Span(line_end, line_end), ",".join(layout.gap + text for text in texts) + ("," if has_comma else "")
        )
    else:
        yield Replacement(Span(end, end), "".join("," + layout.gap + text for text in texts))
