"""The package as users get it: built, installed in each of the usual ways, and run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import minimax_validate
from minimax_validate.json_schema import bundle

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

GOOD = {"messages": [{"role": "user", "content": "What is the capital of France?"}], "max_tokens": 2048}
BAD = {"messages": [{"role": "user", "content": None}]}

# Says where the package was loaded from, what its schemas are, and whether it works.
PROBE = f"""
import json
import minimax_validate
from minimax_validate.json_schema import bundle

print(json.dumps({{
    "file": minimax_validate.__file__,
    "texts": {{name: bundle.text(name) for name in bundle.names()}},
    "model": bundle.fact("model_id"),
    "verdicts": [minimax_validate.is_valid(request) for request in {[GOOD, BAD]!r}],
}}))
"""


def run(*command: str | Path, cwd: Path, code: int = 0, path: str | Path | None = None) -> str:
    """Run a program and give what it printed.

    Any other exit code than the expected one fails the test with all of its output. ``path`` is where Python shall look
    for modules before it looks anywhere else.
    """
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE", "COV_"))
    }
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != code:
        pytest.fail(f"{command} exited with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment of its own."""

    root: Path

    def program(self, name: str) -> Path:
        """The path of a program in it."""
        return self.root / ("Scripts" if os.name == "nt" else "bin") / name

    def pip(self, *arguments: str | Path) -> None:
        """Run its pip."""
        run(self.program("python"), "-m", "pip", "--quiet", *arguments, cwd=self.root)


@dataclass(frozen=True, slots=True)
class Artifacts:
    """What the project builds: ``wheel`` from the checkout, ``repacked`` from the source distribution."""

    sdist: Path
    wheel: Path
    repacked: Path


@pytest.fixture(scope="module")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> Artifacts:
    """Both kinds of distribution, built as a release would build them."""
    release, direct = tmp_path_factory.mktemp("release"), tmp_path_factory.mktemp("direct")
    run(sys.executable, "-m", "build", "--outdir", release, ROOT, cwd=release)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", direct, ROOT, cwd=direct)
    return Artifacts(next(release.glob("*.tar.gz")), next(direct.glob("*.whl")), next(release.glob("*.whl")))


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, artifacts: Artifacts) -> Environment:
    """A clean environment with the wheel and what it asks for."""
    environment = Environment(tmp_path_factory.mktemp("clean") / "venv")
    run(sys.executable, "-m", "venv", environment.root, cwd=environment.root.parent)
    environment.pip("install", artifacts.wheel)
    return environment


def test_import_stays_light() -> None:
    """Importing the package loads neither the command's libraries nor the slow ones that only failures need."""
    heavy = {
        "click",
        "hypothesis",
        "jsonschema",
        "pathspec",
        "pygls",
        "referencing",
        "ruamel",
        "tokenizers",
        "tomllib",
        "wcwidth",
    }
    heavy |= {"aiohttp", "httpx", "httpx2", "requests"}
    # -S: what packages of this environment load at start-up is not ours; where they lie still has to be known.
    code = f"import sys; sys.path += {sys.path!r}; import minimax_validate; print(*sys.modules)"
    loaded = run(sys.executable, "-S", "-c", code, cwd=ROOT).split()
    assert "minimax_validate" in loaded
    assert not heavy & set(loaded)


def test_version_is_said_once() -> None:
    """The package and its metadata state the same version."""
    assert minimax_validate.__version__ == PROJECT["version"]


@pytest.mark.slow
def test_wheel_holds_the_package_alone(artifacts: Artifacts) -> None:
    """The wheel has the package with its schemas, typing marker and licence, the manual page, and what pytest loads.

    No tests, nothing beside.
    """
    with zipfile.ZipFile(artifacts.wheel) as wheel:
        names = set(wheel.namelist())
    info = f"minimax_validate-{PROJECT['version']}.dist-info"
    data = f"minimax_validate-{PROJECT['version']}.data"
    assert {name for name in names if name.startswith(data)} == {f"{data}/data/share/man/man1/minimax-validate.1"}
    assert {name.partition("/")[0] for name in names} == {"minimax_validate", "pytest_minimax_validate.py", info, data}
    assert {f"minimax_validate/schemas/{name}" for name in bundle.names()} <= names
    assert {
        "minimax_validate/schemas/minimax-m2.7/model.json",
        "minimax_validate/py.typed",
        f"{info}/licenses/LICENSE",
    } <= names


@pytest.mark.slow
def test_wheel_of_the_source_distribution_is_the_same(artifacts: Artifacts) -> None:
    """It makes no difference whether the wheel is built from the checkout or from the source distribution."""

    def content(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(path) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}

    assert content(artifacts.repacked) == content(artifacts.wheel)


@pytest.mark.slow
def test_source_distribution_holds_the_tests(artifacts: Artifacts) -> None:
    """Whoever packages the project again gets the tests, the fixtures and the schemas where a checkout has them."""
    top = f"minimax_validate-{PROJECT['version']}"
    with tarfile.open(artifacts.sdist) as sdist:
        names = set(sdist.getnames())
    assert {
        f"{top}/{name}"
        for name in ("LICENSE", "README.md", "CHANGELOG.md", "action.yml", "scripts/action.sh", "tests/conftest.py")
    } <= names
    assert {f"{top}/schemas/{name}" for name in bundle.names()} <= names
    assert any(name.startswith(f"{top}/fixtures/") for name in names)
    assert f"{top}/examples/worker/src/entry.py" in names


@pytest.mark.slow
@pytest.mark.parametrize("way", ["wheel", "sdist", "editable", "checkout"])
def test_schemas_come_along(way: str, artifacts: Artifacts, environment: Environment, tmp_path: Path) -> None:
    """However the package got here, its schemas are those of the checkout and a request can be checked."""
    sources: dict[str, list[str | Path]] = {
        "wheel": [artifacts.wheel],
        "sdist": [artifacts.sdist],
        "editable": ["--editable", ROOT],
    }
    environment.pip("uninstall", "--yes", "minimax-validate")
    if way in sources:
        environment.pip("install", "--no-deps", *sources[way])
    probe = json.loads(
        run(environment.program("python"), "-c", PROBE, cwd=tmp_path, path=None if way in sources else ROOT)
    )
    home = environment.root if way in {"wheel", "sdist"} else ROOT
    assert Path(probe["file"]).resolve().is_relative_to(home.resolve())
    assert probe["texts"] == {name: (ROOT / "schemas" / name).read_text("utf-8") for name in bundle.names()}
    assert probe["model"] == "minimax/m2.7"
    assert probe["verdicts"] == [True, False]


@pytest.mark.slow
def test_package_works_from_a_zip_file(artifacts: Artifacts, environment: Environment, tmp_path: Path) -> None:
    """The schemas are found even where there are no files: in a wheel that was never unpacked."""
    environment.pip("uninstall", "--yes", "minimax-validate")
    probe = json.loads(run(environment.program("python"), "-c", PROBE, cwd=tmp_path, path=artifacts.wheel))
    assert probe["file"].startswith(str(artifacts.wheel))
    assert probe["texts"] == {name: bundle.text(name) for name in bundle.names()}
    assert probe["verdicts"] == [True, False]


@pytest.mark.slow
def test_command_runs(artifacts: Artifacts, environment: Environment, tmp_path: Path) -> None:
    """The installed command tells its version, prints a schema and checks files."""
    environment.pip("install", "--no-deps", "--force-reinstall", artifacts.wheel)
    command = environment.program("minimax-validate")
    (tmp_path / "good.json").write_text(json.dumps(GOOD), "utf-8")
    (tmp_path / "bad.json").write_text(json.dumps(BAD), "utf-8")
    assert PROJECT["version"] in run(command, "--version", cwd=tmp_path)
    assert PROJECT["version"] in run(environment.program("python"), "-m", "minimax_validate", "--version", cwd=tmp_path)
    assert json.loads(run(command, "schema", "minimax-m2.7/vendor.json", cwd=tmp_path)) == bundle.load(
        "minimax-m2.7/vendor.json"
    )
    run(command, "check", "good.json", cwd=tmp_path)
    assert "MM110" in run(command, "check", "bad.json", cwd=tmp_path, code=1)
