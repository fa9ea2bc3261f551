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
            "Also check files with requests for MiniMax M2.7: those that match minimax_requests, or else all of them."
        ),
    )
    parser.addini(
        "minimax_requests",
        "Files with requests for MiniMax M2.7 to check in every run; patterns as in .gitignore, one on each line.",
        "linelist",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Go in, if that is wanted."""
    config.addinivalue_line("markers", "minimax_request: a test of a request file, or of one request in a file")
    patterns = config.getini("minimax_requests")
    if patterns or config.getoption("minimax_requests"):
        from minimax_validate.integrations.pytest import switch_on

        switch_on(config, patterns)
