"""The model that requests are for, in the facts that every check needs.

``model.json`` has all of them, with their sources.
"""

from __future__ import annotations

MODEL = "minimax/m2.7"
"""Its id on Workers AI."""

CONTEXT_WINDOW = 128_000
"""Tokens of prompt and completion together on Cloudflare, by the vendor's page of the model."""

JSON_SCHEMA_NAME_LENGTH = 64
"""The most characters of a response schema's name, by the vendor's schema."""

CONTROL_TOKENS = ("]~b]", "]~!b[", "[e~[", "<minimax:tool_call>")
"""The special tokens that begin and end turns and calls."""

CIRCUMSTANCES = ("current_date", "current_location")
"""What the published chat template shows of a first system message beside its content."""

SMALL_TOKEN_LIMIT = 1024
"""Tokens of a completion below which the thoughts may leave nothing for the answer."""
