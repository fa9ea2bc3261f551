"""The kinds of code actions that there are."""

from __future__ import annotations

from lsprotocol.types import CodeActionKind

FIX_ALL = "source.fixAll.minimax-validate"
"""What editors make on save, if the user wants that."""

KINDS = (CodeActionKind.QuickFix, FIX_ALL)
