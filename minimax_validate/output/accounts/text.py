"""For people: a table with a row for each message."""

from __future__ import annotations

from collections.abc import Iterator

from minimax_validate.output.color import Paint
from minimax_validate.output.escape import visible
from minimax_validate.request.account import Account
from minimax_validate.tokens.prompt import ESTIMATE, LOWER, UPPER
from minimax_validate.tokens.verdict import Outcome
from minimax_validate.values.wording import count, cut

_HEADINGS = {LOWER.name: "at least", ESTIMATE.name: "about", UPPER.name: "at most"}
_COLORS = {Outcome.FITS: "green", Outcome.PROBABLY_EXCEEDS: "yellow", Outcome.EXCEEDS: "red"}
_LONGEST_ROLE = 20
_WIDTH = 11
_Row = tuple[str, str, tuple[int, ...]]


def table(account: Account, paint: Paint) -> Iterator[str]:
    """The lines of the table of one request; all figures are tokens."""
    rows = list(_rows(account))
    first = max(len("message"), *(len(head) for head, *_ in rows))
    second = max(len("role"), *(len(role) for _, role, _ in rows))
    headings = (_HEADINGS.get(counted.measure, "tokens") for counted in account.counts)
    yield paint.bold(
        f"  {'message':<{first}}  {'role':<{second}}{''.join(f'{heading:>{_WIDTH}}' for heading in headings)}"
    )
    for head, role, figures in rows:
        yield f"  {head:<{first}}  {role:<{second}}{''.join(f'{figure:>{_WIDTH},}' for figure in figures)}"
    verdict = account.verdict
    yield f"  {paint(_COLORS[verdict.outcome], verdict.outcome.value)}: {visible(verdict.describe())}"


def _rows(account: Account) -> Iterator[_Row]:
    usual = account.counts[0]
    for at, message in enumerate(usual.messages):
        role = visible(cut(message.role, _LONGEST_ROLE)) or "-"
        head = "-" if message.index is None else str(message.index)
        yield head, role, tuple(counted.messages[at].tokens for counted in account.counts)
    yield "tools", "", account.by_measure(lambda counted: counted.tools)
    yield "template", "", account.by_measure(lambda counted: counted.template)
    if usual.images:
        yield count(usual.images, "image"), "", (0,) * len(account.counts)
    yield "total", "", account.by_measure(lambda counted: counted.total)
    verdict = account.verdict
    yield "completion limit", "", (verdict.completion_limit,) * len(account.counts)
    yield f"room left of {verdict.window:,}", "", account.rooms
