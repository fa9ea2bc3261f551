"""The tests on every Python that is supported: ``nox``, or ``nox -s tests-3.13`` for one of them."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run pytest, with the arguments after ``--``."""
    session.install("-e", ".[dev]")
    session.run("pytest", *session.posargs)
