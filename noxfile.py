"""The tests on every Python that is supported: ``nox``, or ``nox -s tests-3.13`` for one of them.

The other sessions run when they are asked for: ``nox -s coverage``, ``nox -s lowest``, ``nox -s audit``,
``nox -s free_threaded``.
"""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["tests"]


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run pytest, with the arguments after ``--``."""
    session.install("-e", ".[dev]")
    session.run("pytest", *session.posargs)


@nox.session(python="3.11")
def coverage(session: nox.Session) -> None:
    """List the branches of the package that no test takes and that do not say why, as ``.ci/run`` does."""
    session.install("-e", ".[dev,ray]", "dask[dataframe]", "daft", "moto[server,s3]", "s3fs")
    measured = ("coverage", "run", "-m", "pytest", "-q")
    session.run("coverage", "erase")
    session.run(*measured, "-m", "not slow", "-n", "auto", "--dist", "loadfile", *session.posargs)
    session.run(*measured, "-m", "slow", "tests/cli/test_hostile_files.py")
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Run the quick tests with the lowest version of each dependency that pyproject.toml allows."""
    constraints = Path(session.create_tmp(), "lowest.txt")
    constraints.write_text(str(session.run("python", "scripts/lowest.py", silent=True)), "utf-8")
    session.install("-e", ".[dev]", "--constraint", str(constraints))
    session.run("pytest", "-q", "-m", "not slow", "-n", "auto", *session.posargs)


@nox.session(python=["3.13t", "3.14t"])
def free_threaded(session: nox.Session) -> None:
    """Run the tests of many threads on a Python without its lock, with as much of the dependencies as it can install.

    No version of orjson can be installed on 3.13t, and none of jsonschema-rs that is new enough: the reference engine
    and the standard library take their place, as they do in browsers.
    """
    version = str(session.python)
    needed = ["pyyaml", "jsonschema", "referencing", "click", "pathspec", "wcwidth"]
    needed += ["jsonschema-rs>=0.52", "orjson>=3.12"] if version != "3.13t" else []
    # Newer ones have no wheels for 3.13t.
    session.install("--only-binary", "rpds-py,hypothesis", *needed, "hypothesis", "pytest", "pytest-xdist")
    session.install("--no-deps", "-e", ".")
    session.run("pytest", "-q", "-n", "0", *(session.posargs or ["tests/engine/test_concurrency.py"]))


@nox.session
def audit(session: nox.Session) -> None:
    """Look for known vulnerabilities of the dependencies, in a database that has to be within reach."""
    session.install("pip-audit")
    session.run("pip-audit", ".", *session.posargs)
