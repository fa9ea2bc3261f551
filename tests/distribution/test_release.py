"""What a release rests on: equal builds, one version, an image as the README shows it, one-off runs of the wheel."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from minimax_validate.cli import cli

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
WORKFLOW = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
CONTAINERFILE = (ROOT / "Containerfile").read_text("utf-8")


def built(outdir: Path, source: Path = ROOT) -> dict[str, bytes]:
    """The distributions of a checkout, by name."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795824000"}
    command = [sys.executable, "-m", "build", "--outdir", str(outdir), str(source)]
    subprocess.run(command, env=environment, check=True, capture_output=True, cwd=outdir.parent)
    return {path.name: path.read_bytes() for path in outdir.iterdir()}


@pytest.mark.slow
def test_two_builds_are_equal(tmp_path: Path) -> None:
    """The distributions of one commit are the same bytes, whatever the folder and the age of the files."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    copies = [tmp_path / "one", tmp_path / "another"]
    for copy in copies:
        for name in filter(lambda name: (ROOT / name).is_file(), listed.stdout.splitlines()):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
            (copy / name).chmod((ROOT / name).stat().st_mode)
    first, second = (built(tmp_path / f"dist-{copy.name}", copy) for copy in copies)
    assert len(first) == 2
    assert first == second


def test_changelog_dates_the_version() -> None:
    """The version has a dated section in the changelog, below Unreleased."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## \[(.+?)\](.*)$", changelog, re.MULTILINE)[:2] == [
        ("Unreleased", ""),
        (VERSION, " - 2026-11-28"),
    ]


def test_workflow_gives_few_rights() -> None:
    """The release workflow starts without rights; only jobs that sign may ask for identities; tools are pinned."""
    workflow = yaml.safe_load(WORKFLOW)
    assert workflow["permissions"] == {}
    signing = {name for name, job in workflow["jobs"].items() if "id-token" in job["permissions"]}
    assert signing == {"build", "publish"}
    assert set(workflow["jobs"]["publish"]["needs"]) == {"build", "container"}
    installs = re.findall(r"pip install (\S+)", WORKFLOW)
    assert installs
    assert all("==" in package or package == "dist/*.whl" for package in installs)


def test_image_is_as_the_readme_shows_it() -> None:
    """The README's commands mount the image's working directory and run its entry point; what is copied exists."""
    readme = (ROOT / "README.md").read_text("utf-8")
    build, run = re.findall(r"^(docker .+)$", readme, re.MULTILINE)
    assert build in WORKFLOW
    assert run in WORKFLOW
    assert shlex.split(build)[-2:] == ["Containerfile", "."]
    workdir = re.findall(r"^WORKDIR (\S+)$", CONTAINERFILE, re.MULTILINE)[-1]
    assert f'"$PWD:{workdir}:ro"' in run
    assert re.search(r'^ENTRYPOINT \[".*/minimax-validate"\]$', CONTAINERFILE, re.MULTILINE)
    assert re.search(r"^USER \d+$", CONTAINERFILE, re.MULTILINE)
    for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINERFILE, re.MULTILINE):
        assert all((ROOT / source).exists() for source in line.split()[:-1])
    arguments = run.partition(" minimax-validate ")[2].split()
    command = [str(ROOT / word) if (ROOT / word).exists() else word for word in arguments]
    assert CliRunner().invoke(cli, command).exit_code == 0


@pytest.mark.slow
def test_wheel_runs_without_an_installation(tmp_path: Path) -> None:
    """``uvx`` and ``pipx run`` run the command of the built wheel."""
    built(tmp_path / "dist")
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "tools")], check=True)
    programs = tmp_path / "tools" / ("Scripts" if os.name == "nt" else "bin")
    got = subprocess.run([programs / "python", "-m", "pip", "install", "-q", "uv", "pipx"], check=False)
    if got.returncode:
        pytest.skip("uv and pipx cannot be had")
    environment = {**os.environ, "UV_CACHE_DIR": str(tmp_path / "uv"), "PIPX_HOME": str(tmp_path / "pipx")}
    runs: tuple[list[str | Path], ...] = (
        [programs / "uvx", "--python", sys.executable, "--from", wheel, "minimax-validate", "--version"],
        [programs / "pipx", "run", "--spec", wheel, "minimax-validate", "--version"],
    )
    for run in runs:
        done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert VERSION in done.stdout
