"""Text to the events of a parser; parsers count offsets in code points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from minimax_validate.texts.spans import Span
from minimax_validate.texts.yaml.parser_problems import BEYOND_UNICODE, problem_of
from minimax_validate.texts.yaml.parsers import Event, fastest_parser
from minimax_validate.texts.yaml.problem import YamlProblem
from minimax_validate.texts.yaml.strange import harmless, restored, strange_in

_FAST_PARSER_GIVES_UP = "exceeded maximum nesting depth"


def events(text: str) -> Iterator[Event]:
    """The events of all documents in a text, as they are parsed; values are those of YAML 1.2.

    Raises:
        YamlProblem: when the parser comes to what is no YAML.
    """
    given = 0
    try:
        for event in _events(text):
            yield event
            given += 1
    except _TooDeepError as error:
        # It reads ahead, and gives up before it has given what came before the depth that it refuses.
        try:
            yield from islice(_events(text[: error.at]), given, None)
        except YamlProblem as problem:
            if problem.span.start < error.at:
                raise
        raise YamlProblem("nested too deep", Span(error.at, error.at + 1), too_deep=True) from None


class _TooDeepError(Exception):
    """The fast parser has a limit of its own, deeper than any that is asked for here; ``at`` is where it gives up."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at


def _events(text: str) -> Iterator[Event]:
    import yaml

    strange = strange_in(text)
    given = harmless(text, strange) if strange else text
    parser = fastest_parser(given)
    try:
        if strange:
            yield from restored(parser, text, strange)
        else:
            yield from iter(parser.get_event, None)
    except yaml.MarkedYAMLError as error:
        if error.problem == _FAST_PARSER_GIVES_UP:
            mark: Any = error.problem_mark  # its type says that it may be None, which no parser's is
            raise _TooDeepError(mark.index) from None
        raise problem_of(error, text) from None
    except YamlProblem:
        raise
    except (ValueError, OverflowError):  # the parser made of Python leaves it to chr to refuse this
        at = text.rfind("\\", 0, parser.index)
        raise YamlProblem(BEYOND_UNICODE, Span(at, at + 1)) from None
    finally:
        parser.dispose()
