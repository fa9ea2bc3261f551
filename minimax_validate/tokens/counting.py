"""Count the tokens of segments; texts that go on from each other are counted as the one text that the model reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from minimax_validate.tokens.segments import Kind, Segment

Count = Callable[[str], int]


def runs(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """The segments, those that make one text together."""
    run: list[Segment] = []
    for segment in segments:
        if not segment.goes_on:
            if run:
                yield run
            run = []
        run.append(segment)
    if run:
        yield run


def tokens_of(run: Sequence[Segment], count: Count) -> int:
    """The tokens of one text of the request, or of the template; nothing for what is dropped or not counted.

    Raises:
        CounterError: ``count`` is that of a counter, and failed.
    """
    first = run[0]
    if first.kind is Kind.REQUEST:
        return count(first.text if len(run) == 1 else "".join(each.text for each in run if each.kind is Kind.REQUEST))
    return first.tokens or 0


def counted(segments: Iterable[Segment], count: Count) -> Iterator[Segment]:
    """The segments with their tokens.

    Those of a text that stands in several places are shared out by what each part counts alone, so that they sum up.

    Raises:
        CounterError: ``count`` is that of a counter, and failed.
    """
    for run in runs(segments):
        if run[0].kind is not Kind.REQUEST:
            yield from run
            continue
        whole = tokens_of(run, count)
        alone = [count(each.text) if each.kind is Kind.REQUEST else 0 for each in run] if len(run) > 1 else [1]
        total, before, given = sum(alone) or 1, 0, 0
        for segment, share in zip(run, alone, strict=True):
            before += share
            upto = whole * before // total
            yield segment._replace(tokens=upto - given) if segment.kind is Kind.REQUEST else segment
            given = upto
