"""Say where a defect is, without a word of what was being checked."""

from __future__ import annotations

from collections.abc import Iterator


class RemoteError(Exception):
    """A defect that showed itself in another process; ``trace`` are the lines that say where."""

    def __init__(self, trace: tuple[str, ...]) -> None:
        super().__init__("a process that checks files has failed")
        self.trace = trace


def trace(error: BaseException) -> Iterator[str]:
    """The traceback of a defect without the words of the errors: those may hold texts of a request."""
    if isinstance(error, RemoteError):
        yield from error.trace
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from trace(before)
    import traceback  # hardly any run needs it

    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__}: (message omitted because it may contain text of a request)\n"
