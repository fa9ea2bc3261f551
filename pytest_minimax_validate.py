"""The doorstep of the pytest plugin: every run of pytest comes by here, and few go in.

It stands outside the package, whose import would cost each of those runs a twentieth of a second; the plugin itself is
``minimax_validate.integrations.pytest``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer what switches the plugin on."""
    parser.getgroup("minimax-validate").addoption(
        "--minimax-requests",
        action="store_true",
        help=(
            "Check request files for MiniMax M2.7 too: those that minimax_requests names, else all that look like one."
        ),
    )
    parser.addini(
        "minimax_requests",
        "Files that hold requests for MiniMax M2.7, by patterns as in .gitignore, to be checked in every run.",
        "linelist",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Go in, if that is wanted."""
    config.addinivalue_line("markers", "minimax_request: a request file that is checked, or a request in one")
    patterns = config.getini("minimax_requests")
    if patterns or config.getoption("minimax_requests"):
        from minimax_validate.integrations.pytest import switch_on

        switch_on(config, patterns)
