"""Editors that are installed here start the server by the snippets of the documentation, and mend a request with it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from minimax_validate import check

PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text("utf-8")
PATH = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
FIVE_MISTAKES = {
    "messages": [
        {"role": "developer", "content": "Be brief. 😀"},
        {"role": "user", "content": "What is the time?"},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "a", "type": "function", "function": {"name": "time", "arguments": {}}}],
        },
        {"role": "tool", "tool_call_id": "a", "content": "12:30"},
    ],
    "tools": [],
    "temperature": 3,
}
FINDINGS = [finding.code for finding in check(FIVE_MISTAKES).diagnostics]

WAITS = """
local function wait(what, is_so)
  if not vim.wait(60000, is_so, 20) then
    io.stderr:write("never: " .. what .. "\\n")
    vim.cmd("cquit 1")
  end
end
local function count() return #vim.diagnostic.get(0) end
"""
MENDS = f"""
wait("all findings", function() return count() == {len(FINDINGS)} end)
vim.lsp.buf.code_action({{ context = {{ only = {{ "source.fixAll" }}, diagnostics = {{}} }}, apply = true }})
wait("safe fixes", function() return count() > 0 and count() < {len(FINDINGS)} end)
while count() > 0 do
  local before, found = count(), vim.diagnostic.get(0)[1]
  vim.api.nvim_win_set_cursor(0, {{ found.lnum + 1, found.col }})
  vim.lsp.buf.code_action({{
    filter = function(action) return action.title:find("(" .. found.code, 1, true) ~= nil end,
    apply = true,
  }})
  wait("a fix of " .. found.code, function() return count() < before end)
end
vim.cmd("silent write")
vim.cmd("qall!")
"""
SHOWS = """
wait("all findings", function() return count() == %d end)
vim.cmd("qall!")
"""
FINDS = """
(defun wait (what is-so)
  (let ((left 3000))
    (while (and (> left 0) (not (funcall is-so)))
      (accept-process-output nil 0.02)
      (setq left (1- left)))
    (when (= left 0) (message "never: %%s" what) (kill-emacs 1))))
(unless (require 'eglot nil t) (kill-emacs 77))
(setq eglot-sync-connect t)
(find-file "a.json")
(eglot-ensure)
(run-hooks 'post-command-hook)
(wait "server" #'eglot-managed-p)
(flymake-start)
(wait "all findings" (lambda () (= %d (length (flymake-diagnostics)))))
(kill-emacs 0)
"""


def snippet(language: str, number: int = 0) -> str:
    """One of the snippets in a language, the first one if no number is given."""
    return str(re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[number])


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run an editor in a folder with a request, at a home of its own."""
    (folder / "a.json").write_text(json.dumps(FIVE_MISTAKES, indent=2, ensure_ascii=False), "utf-8")
    (folder / "home").mkdir()
    homes = {f"XDG_{name}_HOME": str(folder / "home") for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    environment = {**os.environ, "PATH": PATH, "HOME": str(folder / "home"), **homes}
    return subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True, timeout=120
    )


def neovim() -> str:
    """The Neovim on the path, one in the environment of the tests first."""
    found = shutil.which("nvim", path=PATH)
    return found or pytest.skip("there is no Neovim here")


def test_request_has_mistakes_to_mend() -> None:
    """The request that the editors open has at least five mistakes."""
    assert len(FINDINGS) >= 5


@pytest.mark.slow
def test_neovim_mends_a_request(tmp_path: Path) -> None:
    """With the snippet for it, Neovim applies the safe fixes at once and the others one by one, until none is left.

    A Neovim before 0.11 gets the snippet for older versions, and is only seen to show the findings.
    """
    command = neovim()
    has_snippet = run_lua(command, "print(vim.lsp.config ~= nil)") == "true"
    (tmp_path / "init.lua").write_text(snippet("lua", 0 if has_snippet else 1), "utf-8")
    (tmp_path / "drive.lua").write_text(WAITS + (MENDS if has_snippet else SHOWS % len(FINDINGS)), "utf-8")
    done = run(tmp_path, command, "--headless", "-n", "-u", "init.lua", "a.json", "-c", "luafile drive.lua")
    assert done.returncode == 0, done.stdout + done.stderr
    if has_snippet:
        left = json.loads((tmp_path / "a.json").read_text("utf-8"))
        assert check(left).diagnostics == ()
        assert left["messages"][0] == {"role": "system", "content": "Be brief. 😀"}


def run_lua(command: str, program: str) -> str:
    """What Neovim prints."""
    done = subprocess.run(
        [command, "--headless", "-u", "NONE", "-c", f"lua {program}", "-c", "qall!"],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return (done.stdout + done.stderr).strip()


@pytest.mark.slow
def test_emacs_shows_findings(tmp_path: Path) -> None:
    """With the snippet, eglot shows all findings."""
    if shutil.which("emacs") is None:
        pytest.skip("there is no Emacs here")
    (tmp_path / ".git").mkdir()
    (tmp_path / "drive.el").write_text(snippet("elisp") + FINDS % len(FINDINGS), "utf-8")
    done = run(tmp_path, "emacs", "--batch", "-l", "drive.el")
    if done.returncode == 77:
        pytest.skip("this Emacs has no eglot")
    assert done.returncode == 0, done.stdout + done.stderr


def test_snippets_can_be_read() -> None:
    """Snippets of TOML and JSON are what they claim to be, and all start the same command."""
    for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL):
        tomllib.loads(text)
    for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL):
        json.loads(text)
    for language in ("lua", "elisp"):
        assert re.search(r'"minimax-validate",? "server"', snippet(language))
