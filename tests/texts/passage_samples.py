"""Requests as people write them into scripts, files of HTTP requests and pages, for several tests."""

from __future__ import annotations

import shlex
from collections.abc import Callable


def _quoted(text: str) -> str:
    return '"' + "".join(f"\\{char}" if char in '\\"$`' else char for char in text) + '"'


def _ansi(text: str) -> str:
    return "$'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _in_backticks(text: str, in_quotes: bool = False) -> str:
    escaped = '\\`$"' if in_quotes else "\\`$"
    return "".join(f"\\{char}" if char in escaped else char for char in text)


SHELL: dict[str, Callable[[str, str], str]] = {
    "quotes": lambda body, url: f"curl -s {url} -H 'A: b' -d {shlex.quote(body)}\n",
    "quotes as people write them": lambda body, url: f"curl {url} \\\n  --data '" + body.replace("'", "'\\''") + "'",
    "double quotes": lambda body, url: f"curl {url} --data-raw {_quoted(body)}",
    "C quotes": lambda body, url: f"curl {url} --json {_ansi(body)}",
    "with an equals sign": lambda body, url: f"curl --data={shlex.quote(body)} {url}",
    "joined": lambda body, url: f"curl {url} -sSd{shlex.quote(body)} 2>&1 | jq .",
    "a here-document": lambda body, url: f"curl {url} -d @- <<'EOF'\n{body}\nEOF\necho done\n",
    "one with escapes": lambda body, url: "curl " + url + " -d @- <<EOF\n" + body.replace("\\", "\\\\") + "\nEOF\n",
    "one behind tabs": lambda body, url: (
        f"if true; then\n\tcurl {url} --json @- <<-'EOF' || exit\n\t\t" + body.replace("\n", "\n\t\t") + "\n\tEOF\nfi"
    ),
    "a here-string": lambda body, url: f"curl {url} --json @- <<< {shlex.quote(body)}",
    "a pipe": lambda body, url: f"echo {shlex.quote(body)} | curl {url} -d @-",
    "a document in a pipe": lambda body, url: f"cat <<'END' | curl {url} -d @-\n{body}\nEND\n",
    "what cat prints": lambda body, url: f"curl {url} -d \"$(cat <<'EOF'\n{body}\nEOF\n)\"\n",
    "a variable": lambda body, url: f'BODY={shlex.quote(body)}\n# it\'s sent\ncurl {url} -d "$BODY"\n',
    "a variable that is read": lambda body, url: (
        f"read -r -d '' BODY <<'EOF'\n{body}\nEOF\ncurl {url} -d \"${{BODY}}\"\n"
    ),
    "in a substitution": lambda body, url: f"ANSWER=$(curl -s {url} \\\n -d {shlex.quote(body)})\necho $ANSWER\n",
    "in quotes": lambda body, url: f'echo "$(/usr/bin/curl --url {url} -d {shlex.quote(body)} | jq -r .a)"\n',
    "in backticks": lambda body, url: f"A=`{_in_backticks(f'curl {url} -d {shlex.quote(body)}')}`\n",
    "in backticks in quotes": lambda body, url: (
        f'echo "`{_in_backticks(f"curl {url} -d {shlex.quote(body)}", True)}`"\n'
    ),
}
HTTP: dict[str, Callable[[str, str], str]] = {
    "method and version": lambda body, url: f"POST {url} HTTP/1.1\nContent-Type: application/json\n\n{body}\n",
    "an address alone, Windows": lambda body, url: f"{url}\r\nA: b\r\n\r\n{body}\r\n",
    "comments": lambda body, url: f"# @name ask\n// asks\n@a = b\n\nPOST {url}\n\n{body}\n\n### next\nGET https://a\n",
    "scripts": lambda body, url: f"< {{%\n  set('a')\n%}}\nPOST {url}\n\n{body}\n\n> {{%\n client.log({{}})\n%}}\n",
    "a query over lines": lambda body, url: (
        f"### ask\nPOST {url}\n    ?a=b\n    &c=d\nA: b\n\n{body}\n\n> answer.json\n"
    ),
    "a command": lambda body, url: f"### ask\ncurl {url} -d {shlex.quote(body)}\n",
}
MARKDOWN: dict[str, Callable[[str, str], str]] = {
    "JSON": lambda body, _: f"# Ask\n\n```json\n{body}\n```\n\nDone.",
    "JSON with a title": lambda body, _: f'~~~~JSON title="ask.json"\n{body}\n~~~~\n',
    "without a language": lambda body, _: f"```\n{body}\n```\n",
    "lines": lambda body, _: f"```jsonl\n{body}\n```\n",
    "comments": lambda body, _: f"```jsonc\n// ask\n{body}\n```\n",
    "a list": lambda body, _: "1. Ask:\n\n   ```json\n   " + body.replace("\n", "\n   ") + "\n   ```\n",
    "a quote": lambda body, _: "> ```json\n> " + body.replace("\n", "\n> ") + "\n> ```\n",
    "never closed": lambda body, _: f"```json\n{body}\n",
    "a command": lambda body, url: f"```sh\n$ curl {url} \\\n  -d {shlex.quote(body)}\n```\n",
    "a request": lambda body, url: f"```http\nPOST {url}\n\n{body}\n```\n",
}
