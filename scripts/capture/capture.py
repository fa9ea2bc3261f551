"""Capture the request bodies that today's SDKs send, and write them to ``tests/data/sdk``.

The packages named in ``requirements.txt`` and ``package.json`` are installed in a folder that goes away at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from server import Sent, serving

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "tests" / "data" / "sdk"
QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "LANGSMITH_TRACING": "false",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "NO_PROXY": "127.0.0.1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
"""Settings that keep the SDKs from talking to anybody else."""
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")
"""Variables that the clients see: no keys, and no addresses that an SDK would take instead of ours."""


def main() -> None:
    """Install, run and write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = [python_clients(folder), javascript_clients(folder)]
        environment = {key: os.environ[key] for key in KEPT if key in os.environ} | QUIET
        with serving() as server:
            for command in commands:
                run([*command, server.url], folder, environment)
    write(last_of_each(server.arrived))


def python_clients(folder: Path) -> list[str]:
    """Install the SDKs of Python, and say what runs them."""
    venv.create(folder / "venv", with_pip=True)
    python = os.fspath(folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python")
    run([python, "-m", "pip", "install", "--quiet", "-r", os.fspath(HERE / "requirements.txt")], folder)
    return [python, os.fspath(HERE / "python_clients.py")]


def javascript_clients(folder: Path) -> list[str]:
    """Install the SDKs of JavaScript, and say what runs them; Node.js looks for packages beside the script."""
    for name in ("package.json", "javascript_clients.mjs"):
        shutil.copy(HERE / name, folder)
    npm = shutil.which("npm") or "npm"
    run([npm, "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], folder)
    return ["node", "javascript_clients.mjs"]


def run(command: Sequence[str], folder: Path, environment: dict[str, str] | None = None) -> None:
    """Run a command in a folder, to its end."""
    subprocess.run(command, cwd=folder, env=environment, check=True)


def last_of_each(arrived: Iterable[Sent]) -> list[Sent]:
    """The last request of each scenario: a second round comes after a first. None may be sent twice."""
    last: dict[tuple[str, str], Sent] = {}
    for sent in arrived:
        key = sent.sdk, sent.scenario
        if key in last and last[key].body == sent.body:
            sys.exit(f"{sent.sdk} has sent the request of {sent.scenario} twice")
        last[key] = sent
    return [last[key] for key in sorted(last)]


def write(captured: Sequence[Sent]) -> None:
    """Write a file for each body, where each SDK sends them, and the versions."""
    for stale in TARGET.glob("*/*.json"):
        stale.unlink()
    for sent in captured:
        (TARGET / sent.sdk).mkdir(parents=True, exist_ok=True)
        write_json(TARGET / sent.sdk / f"{sent.scenario}.json", sent.body)
    write_json(TARGET / "targets.json", targets(captured))
    write_json(TARGET / "versions.json", versions())


def targets(captured: Iterable[Sent]) -> dict[str, Any]:
    """Where each SDK sends its requests, whatever the scenario."""
    found: dict[str, Any] = {}
    for sent in captured:
        if found.setdefault(sent.sdk, sent.target) != sent.target:
            sys.exit(f"{sent.sdk} sends {sent.scenario} somewhere else: {sent.target}")
    return found


def versions() -> dict[str, dict[str, str]]:
    """The packages that were installed, by kind."""
    lines = (HERE / "requirements.txt").read_text("utf-8").split()
    packages = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    return {"npm": packages, "pypi": dict(line.split("==", 1) for line in lines)}


def write_json(path: Path, value: Any) -> None:
    """Write a value with its keys in their order."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
