"""Addresses of the project that messages and reports contain."""

from __future__ import annotations

HOME = "https://github.com/minimax-validate/minimax-validate"
"""The repository."""

DOCS = f"{HOME}/blob/main/docs"
"""The folder of the documentation; its pages are Markdown files."""
