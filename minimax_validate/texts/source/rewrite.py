"""Edits in the text of a program: of what is written out where the request is, and of nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from minimax_validate.source_code.values import Array, Choice, Entry, Item, Node, Object, Rest
from minimax_validate.texts.edits.changes import Changes, changes
from minimax_validate.texts.edits.flow import write_flow
from minimax_validate.texts.edits.layout import NEWLINE, with_line_end
from minimax_validate.texts.edits.style import Style
from minimax_validate.texts.edits.tree import Container, Member
from minimax_validate.texts.replacement import Replacement, UnwritableError, in_order
from minimax_validate.texts.source.outline import REST, Standing, step_into
from minimax_validate.texts.source.sites.site import Site
from minimax_validate.texts.spans import Span
from minimax_validate.values.diagnostic import Edit
from minimax_validate.values.pointer import Pointer

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_UNIT = re.compile(r"[\[{(][ \t]*(?:\r\n|\n|\r)([ \t]+)")
_COMMA = re.compile(r"[ \t\r\n]*+,")
_LAST_COMMA = re.compile(r",[ \t\r\n]*\Z")
_BLANKS = re.compile(r"[ \t]*")
_INK = re.compile(r"[^\r\n]")

Comments = Callable[[], Iterable[Span]]
"""Gives the comments of a program."""


@dataclass(frozen=True, slots=True)
class ProgramStyle(Style):
    """How a program spells values: with which quotes, and as Python or as JavaScript."""

    quote: str = "'"
    is_python: bool = False

    def scalar(self, value: Any) -> str:
        """See ``Style``."""
        if self.is_python and (value is None or isinstance(value, bool)):
            return str(value)
        if not isinstance(value, str):
            return json.dumps(value)
        inner = json.dumps(value, ensure_ascii=False)[1:-1]
        if self.quote == "'":
            inner = inner.replace('\\"', '"').replace("'", "\\'")
        return f"{self.quote}{inner}{self.quote}"

    def key(self, name: str) -> str:
        """See ``Style``."""
        return name if not self.is_python and _IDENTIFIER.fullmatch(name) else self.scalar(name)


def style_of(text: str, site: Span, *, is_python: bool) -> ProgramStyle:
    """The style of a program where a site is."""
    near = text[max(site.start - 2000, 0) : site.end + 2000]
    newline, unit = NEWLINE.search(text), _UNIT.search(text[site.start : site.end]) or _UNIT.search(near)
    return ProgramStyle(
        newline=newline[0] if newline else "\n",
        unit=unit[1] if unit and len(unit[1]) <= 8 else "  ",
        padding=" " if not is_python and len(re.findall(r"\{ \S", near)) >= len(re.findall(r"\{\w", near)) else "",
        quote="'" if near.count("'") > near.count('"') else '"',
        is_python=is_python,
    )


class ProgramTree:
    """The written containers of sites; see ``Tree``."""

    def __init__(self, text: str, bare: str, sites: tuple[Site, ...]) -> None:
        self.text = text
        self.bare = bare
        self._sites = sites
        self.keywords: set[int] = set()
        """Containers without brackets, by the offset that they begin at: arguments and keywords of calls."""

    def container(self, pointer: Pointer) -> Container:
        """See ``Tree``."""
        number, *steps = pointer
        if not isinstance(number, int) or number >= len(self._sites):
            raise UnwritableError("there is no such site")
        site = self._sites[number]
        here = Standing(site.root, site.span)
        _refuse_shared(site, site.root)
        for step in steps:
            inner = None if isinstance(here.node, Choice) else step_into(here, step)
            if inner is None or inner.node is None:
                raise UnwritableError("there is no such value in the text")
            self._refuse_spread(here.node, step)
            _refuse_shared(site, inner.node)
            here = inner
        node = here.node
        if isinstance(node, Array):
            return Container(here.span, False, False, tuple(self._items(node)))
        if isinstance(node, Object):
            if self.text[node.span[0] : node.span[0] + 1] != "{":
                self.keywords.add(node.span[0])
            return Container(here.span, True, False, tuple(self._entries(node)))
        raise UnwritableError("an edit is inside of a value that is no container")

    def _refuse_spread(self, node: Node | None, step: str | int) -> None:
        if isinstance(node, Array) and isinstance(step, int) and self._is_spread(node.items[step]):
            raise UnwritableError("what is spread in is not changed")
        if isinstance(node, Object):
            entry = next((one for one in reversed(node.entries) if isinstance(one, Entry) and one.key == step), None)
            if entry is not None and not _is_within(entry.key_span, entry.span):
                raise UnwritableError("what is spread in is not changed")

    def _is_spread(self, item: Item | Rest) -> bool:
        return not isinstance(item, Rest) and self.text[slice(*item.span)].startswith(("...", "*"))

    def _items(self, node: Array) -> Iterator[Member]:
        for number, item in enumerate(node.items):
            span = Span(*item.span)
            if self._is_spread(item) or not _is_within(span, node.span):
                raise UnwritableError("what is spread in is not changed")
            yield Member(number, span.start, None, span)

    def _entries(self, node: Object) -> Iterator[Member]:
        rests = 0
        for entry in node.entries:
            span = Span(*entry.span)
            if not _is_within(span, node.span):
                raise UnwritableError("what is spread in is not changed")
            if isinstance(entry, Rest):
                yield Member(f"{REST}{rests}", span.start, None, span)
                rests += 1
                continue
            if entry.optional or not _is_within(entry.key_span, span):
                raise UnwritableError("what is spread in is not changed")
            is_here = _is_within(entry.value.span, span) and not entry.shorthand
            value = Span(*entry.value.span) if is_here else Span(span.end, span.end)
            yield Member(
                entry.key, span.start, Span(*entry.key_span), Span(value.start, span.end) if is_here else value
            )


def _is_within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] <= inner[1] <= outer[1]


def _refuse_shared(site: Site, node: Node) -> None:
    if id(node) in site.borrowed:
        raise UnwritableError("other places have this value, too")


def rewrite_program(
    text: str, edits: Iterable[Edit], sites: tuple[Site, ...], comments: Comments, *, is_python: bool
) -> tuple[Replacement, ...]:
    """What edits of the requests of a program change in its text.

    Raises:
        UnwritableError: they cannot be carried out in it.
    """
    wanted = list(edits)
    if any(len(edit.pointer) < 2 for edit in wanted):
        raise UnwritableError("a request is not put anew")
    tree = ProgramTree(text, _bare(text, comments()), sites)
    found: list[Replacement] = []
    for changed in changes(tree, wanted):
        number = next(edit.pointer[0] for edit in wanted)
        site = sites[number if isinstance(number, int) else 0]
        style = style_of(text, site.span, is_python=is_python)
        found += _written(tree, changed, style)
    return in_order(found)


def _written(tree: ProgramTree, changed: Changes, style: ProgramStyle) -> Iterator[Replacement]:
    members = changed.container.members
    for number in changed.replaced:
        if members[number].value.start == members[number].value.end:
            raise UnwritableError("the value is written elsewhere")
    if changed.container.span.start in tree.keywords and changed.container.is_object:
        yield from _among_arguments(tree, changed, style)
        return
    for number in list(changed.renamed):
        member = members[number]
        if member.key is not None and member.value.start == member.value.end:
            old = tree.text[member.key.start : member.key.end]
            if member.key.end == member.value.end:  # a shorthand, whose key is its value
                yield Replacement(member.key, f"{style.key(changed.renamed.pop(number))}: {old}")
    yield from _last_with_commas(tree, changed)
    yield from write_flow(tree, changed, style)


def _last_with_commas(tree: ProgramTree, changed: Changes) -> Iterator[Replacement]:
    """Members that go from the end of a container in which the last one has a comma too: each with its own."""
    members = changed.container.members
    comma = _COMMA.match(tree.bare, members[-1].value.end) if members else None
    kept = changed.kept
    if comma is None or changed.added or changed.inserted or kept is None:
        return
    for number in range(len(members) - 1, kept[1], -1):
        changed.removed.discard(number)
        member = members[number]
        following = _COMMA.match(tree.bare, member.value.end)
        end = following.end() if following else member.value.end
        yield Replacement(with_line_end(tree.text, Span(member.start, end)), "")


def _among_arguments(tree: ProgramTree, changed: Changes, style: ProgramStyle) -> Iterator[Replacement]:
    """Arguments and keywords of a call: values are set, keywords renamed or taken away, and none comes."""
    if changed.added or changed.inserted:
        raise UnwritableError("arguments of a call are not added")
    members = changed.container.members
    if any(members[number].key is None for number in changed.removed):
        raise UnwritableError("this is no keyword")
    for first, last in _runs(changed.removed):
        span = _with_comma(tree, Span(members[first].start, members[last].value.end))
        if tree.text[span.start : span.end] != tree.bare[span.start : span.end]:
            raise UnwritableError("a comment would go with the argument")
        yield Replacement(span, "")
    for number, value in changed.replaced.items():
        yield Replacement(members[number].value, style.inline(value))
    for number, name in changed.renamed.items():
        key = members[number].key
        if key is None or not _IDENTIFIER.fullmatch(name) or tree.text[key.start : key.end] != members[number].step:
            raise UnwritableError("this is no keyword")
        yield Replacement(key, name)


def _runs(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of numbers that follow each other."""
    firsts = sorted(number for number in numbers if number - 1 not in numbers)
    return zip(firsts, sorted(number for number in numbers if number + 1 not in numbers), strict=True)


def _with_comma(tree: ProgramTree, span: Span) -> Span:
    """Arguments with the comma after them, else with the one before them; a line that is theirs goes as a whole."""
    after = _COMMA.match(tree.bare, span.end)
    if after is None:
        before = _LAST_COMMA.search(tree.bare, 0, span.start)
        return Span(before.start() if before else span.start, span.end)
    whole = with_line_end(tree.text, Span(span.start, after.end()))
    blanks = _BLANKS.match(tree.text, whole.end)
    return whole if whole.end > after.end() or blanks is None else Span(whole.start, blanks.end())


def _bare(text: str, comments: Iterable[Span]) -> str:
    """The text with blanks in the place of its comments."""
    parts: list[str] = []
    done = 0
    for start, end in comments:
        parts += (text[done:start], _INK.sub(" ", text[start:end]))
        done = end
    return "".join((*parts, text[done:]))
