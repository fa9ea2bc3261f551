"""The pytest plugin, in projects of its users."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from minimax_validate import texts
from minimax_validate.engine.validator import Validator
from minimax_validate.project.config import TABLE
from minimax_validate.project.ignoring.baseline import entry, write_baseline

pytest_plugins = ["pytester"]

GOOD = {"messages": [{"role": "user", "content": "Hi"}]}
BAD = {"messages": [{"role": "user", "content": None}]}
WARNED = {**GOOD, "model": "gpt-4o"}
BAD_LISTING = [
    'fixtures/bad.json:1:43: MM110 error: content is null; it must be a string or an array of parts',
    "   |",
    ' 1 | {"messages": [{"role": "user", "content": null}]}',
    "   |                                           ^^^^",
    '   = fix (unsafe): set the content to ""',
]  # fmt: skip

# Runs in this process take the modules with them that they import first: other tests would find a part of them twice.
for module in walk_packages(texts.__path__, "minimax_validate.texts."):
    import_module(module.name)
import_module("yaml")

EVERYTHING = "[pytest]\nminimax_requests = fixtures/**/*.json*\n"


def write(path: Path, *payloads: object) -> Path:
    """A file with a payload a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(payload) + "\n" for payload in payloads), "utf-8")
    return path


@pytest.fixture
def project(pytester: pytest.Pytester) -> Path:
    """A project with a test and some request files, which does not ask for them to be checked."""
    pytester.makepyfile(test_own="def test_own(): pass")
    for name, payload in {"good": GOOD, "bad": BAD, "warned": WARNED, "package": {"name": "weather"}}.items():
        write(pytester.path / "fixtures" / f"{name}.json", payload)
    write(pytester.path / "fixtures" / "log.jsonl", GOOD, BAD, WARNED)
    return pytester.path


def configure(project: Path, table: str) -> None:
    """A configuration of the project, which has all its request files checked too."""
    (project / "pyproject.toml").write_text(
        f"[tool.pytest.ini_options]\nminimax_requests = ['fixtures/**/*.json*']\n{table}", "utf-8"
    )


def failed(result: pytest.RunResult) -> list[str]:
    """What failed, by the summary."""
    return [line.split()[1] for line in result.outlines if line.startswith("FAILED")]


def collected(result: pytest.RunResult) -> list[str]:
    """What would be run."""
    return [line for line in result.outlines if "::" in line]


ALL = [
    f"fixtures/{name}"
    for name in ("bad.json::request", "good.json::request", "log.jsonl::1", "log.jsonl::2", "log.jsonl::3")
]
ALL += ["fixtures/package.json::request", "fixtures/warned.json::request", "test_own.py::test_own"]
LIKELY = [name for name in ALL if "package" not in name]


# --- what is collected
# ----------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("project")
def test_off_by_default(pytester: pytest.Pytester) -> None:
    """Who does not ask for it gets no test more."""
    assert collected(pytester.runpytest("--collect-only", "-q")) == ["test_own.py::test_own"]


@pytest.mark.usefixtures("project")
def test_patterns_switch_it_on(pytester: pytest.Pytester) -> None:
    """Patterns in the project's settings of pytest name requests.

    Each file is a test, and each line of JSON Lines, requests or not.
    """
    pytester.makeini(EVERYTHING)
    assert collected(pytester.runpytest("--collect-only", "-q")) == ALL


@pytest.mark.usefixtures("project")
def test_option_switches_it_on(pytester: pytest.Pytester) -> None:
    """The option alone has all files checked that hold a request, as a walk of the command does."""
    assert collected(pytester.runpytest("--collect-only", "-q", "--minimax-requests")) == LIKELY


@pytest.mark.usefixtures("project")
def test_patterns_narrow_the_option(pytester: pytest.Pytester) -> None:
    """Where there are patterns, the option changes nothing about what they mean."""
    pytester.makeini("[pytest]\nminimax_requests =\n  fixtures/*.json\n  !fixtures/package.json\n")
    expected = [name for name in ALL if "package" not in name and "log" not in name]
    assert collected(pytester.runpytest("--collect-only", "-q")) == expected
    assert collected(pytester.runpytest("--collect-only", "-q", "--minimax-requests")) == expected


def test_named_files_are_requests(pytester: pytest.Pytester, project: Path) -> None:
    """With the option, a named file is checked whatever patterns say, and is at fault if it holds no request."""
    (project / "pyproject.toml").write_text(
        f"[tool.pytest.ini_options]\nminimax_requests = ['nothing']\n[tool.{TABLE}]\nexclude = ['fixtures/']\n", "utf-8"
    )
    assert collected(pytester.runpytest("--collect-only", "-q")) == ["test_own.py::test_own"]
    assert failed(pytester.runpytest("--minimax-requests", "fixtures/package.json")) == [
        "fixtures/package.json::request"
    ]


OWN = json.dumps({"model": "minimax/m2.7", **BAD})
KINDS = {
    "a.har": json.dumps({"log": {"entries": [{"request": {"method": "POST", "postData": {"text": OWN}}}]}}),
    "b.json": json.dumps({"item": [{"request": {"method": "POST", "body": {"mode": "raw", "raw": OWN}}}]}),
    "c.http": f"POST https://example.com/v1/chat/completions\n\n{OWN}\n",
    "d.md": f"# Ask\n\n```json\n{OWN}\n```\n",
    "e.sh": f"curl https://example.com/v1/chat/completions -d '{OWN}'\n",
}


def test_other_kinds_of_files(pytester: pytest.Pytester) -> None:
    """Recordings, collections, files of HTTP requests, pages and scripts are collected, and fail as `check` does."""
    for name, text in KINDS.items():
        (pytester.path / name).write_text(text, "utf-8")
        (pytester.path / f"none-{name}").write_text(text.replace("messages", "texts"), "utf-8")
    assert failed(pytester.runpytest("--minimax-requests")) == [f"{name}::request" for name in KINDS]


@pytest.mark.parametrize("name", KINDS)
def test_named_files_without_a_request(pytester: pytest.Pytester, name: str) -> None:
    """A file of any kind that is named and holds no request is a test that fails, and says so."""
    (pytester.path / name).write_text(KINDS[name].replace("messages", "texts"), "utf-8")
    result = pytester.runpytest("--minimax-requests", name)
    assert failed(result) == [f"{name}::request"]
    result.stdout.fnmatch_lines([f"*{name}*MM003*"])


@pytest.mark.usefixtures("project")
def test_switched_off(pytester: pytest.Pytester) -> None:
    """Without its plugin nothing is collected, nor with no patterns for one run."""
    pytester.makeini(EVERYTHING)
    assert collected(pytester.runpytest("--collect-only", "-q", "-p", "no:minimax-validate")) == [
        "test_own.py::test_own"
    ]
    assert collected(pytester.runpytest("--collect-only", "-q", "-o", "minimax_requests=")) == ["test_own.py::test_own"]


@pytest.mark.usefixtures("project")
def test_files_are_collected_once(pytester: pytest.Pytester) -> None:
    """A file is one test however often it is named, and whoever else collects it, or loads the plugin once more."""
    pytester.makeini(EVERYTHING)
    again = pytester.runpytest("--collect-only", "-q", "fixtures", "fixtures/bad.json", "fixtures/log.jsonl::2")
    assert collected(again) == ALL[:-1]
    pytester.makeconftest("""
        import pytest
        from minimax_validate.integrations.pytest import switch_on

        class Own(pytest.File):
            def collect(self):
                yield Item.from_parent(self, name="own")

        class Item(pytest.Item):
            def runtest(self):
                pass

        def pytest_collect_file(file_path, parent):
            return Own.from_parent(parent, path=file_path) if file_path.suffix == ".json" else None

        def pytest_configure(config):
            switch_on(config, ["fixtures/**/*.json*"])
    """)
    assert sorted(collected(pytester.runpytest("--collect-only", "-q"))) == sorted(
        [*ALL, *(f"fixtures/{name}.json::own" for name in ("bad", "good", "package", "warned"))]
    )


@pytest.mark.usefixtures("project")
def test_selection(pytester: pytest.Pytester) -> None:
    """Tests are chosen by their names, by their marker, and by the id of one line."""
    pytester.makeini(EVERYTHING)
    assert collected(pytester.runpytest("--collect-only", "-q", "-k", "log")) == ALL[2:5]
    assert collected(pytester.runpytest("--collect-only", "-q", "-m", "not minimax_request")) == [
        "test_own.py::test_own"
    ]
    assert (
        collected(pytester.runpytest("--collect-only", "-q", "--strict-markers", "-m", "minimax_request")) == ALL[:-1]
    )
    assert failed(pytester.runpytest("fixtures/log.jsonl::2")) == ["fixtures/log.jsonl::2"]


def test_documents_of_a_file(pytester: pytest.Pytester) -> None:
    """The documents of a YAML file are tests by the lines they begin in; a packed file is read as what is in it."""
    (pytester.path / "two.yaml").write_text(
        "{messages: [], stream: true}\n---\n{messages: [], stream: true}\n", "utf-8"
    )
    (pytester.path / "log.jsonl.gz").write_bytes(gzip.compress(b'{"messages": [], "stream": true}'))
    assert failed(pytester.runpytest("--minimax-requests")) == ["log.jsonl.gz::1", "two.yaml::1", "two.yaml::2"]


# --- what is said
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("project")
def test_failure_is_a_listing(pytester: pytest.Pytester) -> None:
    """A request with an error fails with the lines that the command prints and no traceback.

    The summary says what it is in short.
    """
    pytester.makeini(EVERYTHING)
    result = pytester.runpytest("fixtures/bad.json")
    result.assert_outcomes(failed=1)
    start = next(number for number, line in enumerate(result.outlines) if line.startswith("___"))
    assert result.outlines[start].strip("_ ") == "fixtures/bad.json::request"
    *listing, end = result.outlines[start + 1 :][: len(BAD_LISTING) + 1]
    assert listing == BAD_LISTING
    assert end.strip("= ") == "short test summary info"
    result.stdout.fnmatch_lines("FAILED fixtures/bad.json::request - MM110 error: content is null*")


@pytest.mark.usefixtures("project")
def test_colors(pytester: pytest.Pytester) -> None:
    """In colour where pytest writes in colour."""
    result = pytester.runpytest("--minimax-requests", "--color=yes", "fixtures/bad.json")
    assert "\x1b[1mfixtures/bad.json:1:43:\x1b[0m \x1b[1;31mMM110 error\x1b[0m: content is null" in str(result.stdout)


@pytest.mark.usefixtures("project")
def test_warnings_pass(pytester: pytest.Pytester) -> None:
    """What is no error does not fail, and is shown where pytest is asked to show what passed."""
    result = pytester.runpytest("--minimax-requests", "-rP", "fixtures/warned.json")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines("fixtures/warned.json:1:60: MM009 warning: *")


def test_more_findings_are_counted(pytester: pytest.Pytester, project: Path) -> None:
    """The summary tells the worst finding, and how many there are beside it."""
    write(project / "fixtures" / "worse.json", {**BAD, "model": "gpt-4o"})
    result = pytester.runpytest("--minimax-requests", "fixtures/worse.json", "--tb=line", "-vv")
    result.stdout.fnmatch_lines(
        "FAILED *::request - MM110 error: content is null; it must be a string or an array of parts (and 1 more)"
    )
    result.stdout.fnmatch_lines("fixtures/worse.json:1: MM110 error: content is null*")


def test_unreadable_file_fails(pytester: pytest.Pytester) -> None:
    """A file that is no JSON, and one that cannot be read, are tests that fail."""
    (pytester.path / "broken.json").write_text('{"messages": [', "utf-8")
    (pytester.path / "latin.json").write_bytes(b'{"messages": "\xe9"}')
    result = pytester.runpytest("--minimax-requests")
    assert failed(result) == ["broken.json::request", "latin.json::request"]
    result.stdout.fnmatch_lines(["broken.json:1:15: MM001 error: *", "latin.json:1:15: MM002 error: *"])


def test_nothing_breaks_out(pytester: pytest.Pytester) -> None:
    """What a payload holds acts on no terminal."""
    write(pytester.path / "hostile.json", {**BAD, "\x1b[31m\n::error::\u202e": 1})
    result = pytester.runpytest("--minimax-requests", "-vv", "hostile.json")
    result.assert_outcomes(failed=1)
    assert "\x1b" not in str(result.stdout)
    assert "\u202e" not in str(result.stdout)
    assert not any(line.startswith("::error") for line in result.outlines)


@pytest.mark.usefixtures("project")
def test_junit_report(pytester: pytest.Pytester) -> None:
    """A report for CI has the finding as its message, and the listing as its text."""
    pytester.runpytest("--minimax-requests", "--junitxml=report.xml", "fixtures/bad.json")
    report = (pytester.path / "report.xml").read_text("utf-8")
    assert 'name="request"' in report
    assert (
        '<failure message="MM110 error: content is null; it must be a string or an array of parts">' + BAD_LISTING[0]
        in report
    )


# --- the project's configuration
# ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("", ["bad.json::request", "log.jsonl::2", "package.json::request"]),
        ("ignore = ['null-content']", ["package.json::request"]),
        ("select = ['MM110']", ["bad.json::request", "log.jsonl::2"]),
        ("exclude = ['log.jsonl', 'package.json']", ["bad.json::request"]),
        ("select = ['MM009']\nfail-on = 'warning'", ["log.jsonl::3", "warned.json::request"]),
        ("select = ['MM009']\nseverity = { wrong-model = 'error' }", ["log.jsonl::3", "warned.json::request"]),
        ("per-file-ignores = { '*.jsonl' = ['ALL'], 'package.*' = ['MM003'] }", ["bad.json::request"]),
        ("ignore-at = { 'fixtures/bad.json#/messages/0' = ['MM110'] }", ["log.jsonl::2", "package.json::request"]),
        ("baseline = 'known.json'", ["log.jsonl::2", "package.json::request"]),
    ],
)
def test_configuration_counts(table: str, expected: list[str], pytester: pytest.Pytester, project: Path) -> None:
    """The configuration of the project decides what is an error, as it does for the command."""
    configure(project, f"[tool.{TABLE}]\n{table}\n")
    (finding,) = Validator().check(BAD).diagnostics
    write_baseline(project / "known.json", {entry("fixtures/bad.json", finding): 1})
    result = pytester.runpytest()
    assert failed(result) == [f"fixtures/{name}" for name in expected]


def test_configuration_of_the_root(pytester: pytest.Pytester, project: Path) -> None:
    """The configuration is that of pytest's root directory, wherever pytest is started from."""
    configure(project, f"[tool.{TABLE}]\nselect = ['MM110']\n")
    folder = project / "fixtures"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = pytester.runpytest()
    assert failed(result) == ["bad.json::request", "log.jsonl::2"]
    result.stdout.fnmatch_lines("bad.json:1:43: MM110 error: *")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("fail_on = 'warning'", "*pyproject.toml:4: *fail_on*fail-on*"),
        ("baseline = 'nowhere.json'", "*the baseline nowhere.json cannot be read: *"),
        ("tokenizer = 'nowhere.json'", "*nowhere.json is not a readable tokenizer.json*"),
    ],
)
def test_misuse(table: str, expected: str, pytester: pytest.Pytester, project: Path) -> None:
    """A configuration that cannot be used stops the run, and says why."""
    configure(project, f"[tool.{TABLE}]\n{table}\n")
    result = pytester.runpytest()
    assert result.ret is pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(expected)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("!", "is not a valid .gitignore pattern"),
        ("*.bru", "matches a file type that is not supported. Supported: .jsonl, *"),
    ],
)
@pytest.mark.usefixtures("project")
def test_unusable_pattern(pytester: pytest.Pytester, pattern: str, why: str) -> None:
    """So does a pattern that is none, or that is for files which have no reader."""
    pytester.makeini(f"[pytest]\nminimax_requests = {pattern}\n")
    result = pytester.runpytest()
    assert result.ret is pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(f'*minimax_requests: "{pattern}" {why}')


# --- with others
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("project")
def test_strict_project(pytester: pytest.Pytester) -> None:
    """A project that makes errors of warnings, and of markers that it does not know, has none of us."""
    pytester.makeini(EVERYTHING + "addopts = --strict-markers --strict-config\nfilterwarnings = error\n")
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=5, failed=3)


@pytest.mark.usefixtures("project")
def test_in_parallel(pytester: pytest.Pytester) -> None:
    """Several processes share the tests, and say the same."""
    pytester.makeini(EVERYTHING)
    result = pytester.runpytest_subprocess("-n", "2")
    result.assert_outcomes(passed=5, failed=3)
    assert sorted(failed(result)) == [
        "fixtures/bad.json::request",
        "fixtures/log.jsonl::2",
        "fixtures/package.json::request",
    ]
    result.stdout.fnmatch_lines(BAD_LISTING)


def test_doorstep_is_cheap() -> None:
    """What every run of pytest loads brings nothing along, not even the package."""
    program = (
        "import sys; import pytest_minimax_validate; print(*(name for name in sys.modules if "
        "'minimax' in name or name == 'pytest'))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["pytest_minimax_validate"]


@pytest.mark.usefixtures("project")
def test_switched_off_is_cheap(pytester: pytest.Pytester) -> None:
    """A run that does not ask for it does not load the package."""
    pytester.makepyfile(
        test_own="import sys\ndef test_own():\n    assert not any(name.startswith('minimax') for name in sys.modules)"
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


@pytest.mark.usefixtures("project")
def test_defect_is_shown_as_pytest_shows_it(pytester: pytest.Pytester) -> None:
    """What is raised while a request is checked, and is no finding, has a traceback as in any test."""
    pytester.makeconftest(
        """
        from minimax_validate.integrations.pytest import Requests

        def fail(self, document):
            raise RuntimeError("torn")

        Requests.check = fail
        """
    )
    result = pytester.runpytest_subprocess("--minimax-requests")
    assert "RuntimeError: torn" in result.stdout.str()
