"""For programs: an object for each prompt."""

from __future__ import annotations

from typing import Any

from minimax_validate.output.renderings import OWN_TEMPLATE, RECONSTRUCTION
from minimax_validate.request.rendering import Rendering
from minimax_validate.tokens.segments import Kind, Segment
from minimax_validate.tokens.special import SPECIAL_TOKEN
from minimax_validate.values.pointer import Pointer, to_json_pointer


def rendering_object(filename: str, line: int, pointer: Pointer, rendering: Rendering) -> dict[str, Any]:
    """A prompt as a JSON object; pointers lead into the file's document, and texts of the template are null."""
    return {
        "filename": filename,
        "line": line,
        "pointer": to_json_pointer(pointer),
        "note": RECONSTRUCTION,
        "measure": rendering.measure,
        "tokens": rendering.total,
        "segments": [_segment_object(pointer, segment) for segment in rendering.segments],
    }


def whole_object(filename: str, line: int, pointer: Pointer, text: str, measure: str, tokens: int) -> dict[str, Any]:
    """A prompt that a template of the user's own rendered."""
    return {
        "filename": filename,
        "line": line,
        "pointer": to_json_pointer(pointer),
        "note": OWN_TEMPLATE,
        "measure": measure,
        "tokens": tokens,
        "text": text,
    }


def _segment_object(pointer: Pointer, segment: Segment) -> dict[str, Any]:
    is_given = segment.kind is not Kind.TEMPLATE
    found = SPECIAL_TOKEN.finditer(segment.text) if segment.kind is Kind.REQUEST else ()
    return {
        "kind": segment.kind.value,
        "name": segment.name,
        "pointer": to_json_pointer((*pointer, *segment.pointer)),
        "tokens": segment.tokens,
        "rule": segment.rule or None,
        "text": segment.text if is_given else None,
        "control_tokens": [{"offset": match.start(), "token": match[0]} for match in found],
    }
