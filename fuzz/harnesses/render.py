"""Rendering: segments come from where they say, and their tokens are those that the prompt is counted to have."""

from __future__ import annotations

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.values import has, loaded
from minimax_validate import Settings
from minimax_validate.output.color import Paint
from minimax_validate.output.renderings.json import rendering_object
from minimax_validate.output.renderings.text import lines
from minimax_validate.request.rendering import chat_body, render
from minimax_validate.tokens import ESTIMATE, LOWER, UPPER, count_prompt
from minimax_validate.tokens.segments import Kind


def _run(data: bytes) -> Seen:
    payload = loaded(data)
    rendering = render(payload, Settings())
    body = chat_body(payload)
    if rendering is None or body is None:
        expect(rendering is None and body is None, "what has inputs has a prompt")
        return None
    expect(rendering.total == count_prompt(body, ESTIMATE).total, "segments have the tokens that are counted")
    least, most = count_prompt(body, LOWER).total, count_prompt(body, UPPER).total
    expect(least <= rendering.total <= most, "the estimate is between the bounds")
    for segment in rendering.segments:
        if segment.kind is not Kind.TEMPLATE:
            expect(has(payload, segment.pointer), "a segment points at a value")
    for width in (20, 80):
        for line in lines(rendering, width, Paint(on=width == 80)):
            expect("\n" not in line and "\r" not in line, "a line is one line")
            line.encode()
    rendering_object("a", 1, (), rendering)
    return frozenset((segment.kind, segment.name) for segment in rendering.segments)


HARNESS = Harness("render", seeds.requests, _run, is_json=True)
