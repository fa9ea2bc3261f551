"""What a walk passes over without a word, and what it tells though it cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minimax_validate import Validator
from minimax_validate.project.checking import check_file
from minimax_validate.project.discover import Filters, discover
from minimax_validate.project.unread import may_mean_request

VALIDATOR = Validator()
REQUEST = {"model": "minimax/m2.7", "messages": [{"role": "user", "content": "Is the ferry late?"}]}
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 15030\n"

PASSED_OVER = {
    "jinja.json": '{"messages": [{% for m in all %}{"role": "user", "content": {{ m }}},{% endfor %}]}',
    "handlebars.json": '{"messages": [{{#each all}}{"role": "{{role}}", "content": "{{text}}"}{{/each}}]}',
    "late_tag.json": '{\n "messages": [{"role": "user", "content": "a"},]\n {% if t %}, "n": {{ t }}{% endif %}\n}',
    "quotes.json": '{"messages": [{"role": "user", "content": "{{ q | default("a") }}"}]}',
    "erb.json": '{"messages": [{"role": "user", "content": <%= q.to_json %>}]}',
    "variables.json": '{"messages": [{"role": "user", "content": "a"}], "temperature": ${TEMPERATURE}}',
    "lines.jsonl": '{% for q in all %}\n{"messages": [{"role": "user", "content": {{ q }}}]}\n{% endfor %}\n',
    "helm.yaml": "a: 1\n---\n{{- if .Values.x }}\nmessages:\n  - {role: user, content: {{ .q }}}\n{{- end }}\n",
    "values.yaml": "model: minimax/m2.7\nmessages: {{ toYaml .Values.messages | nindent 2 }}\n",
    "comments.json": '{\n  // greetings\n  "messages": {"role": "Role", "model": "Model",},\n}',
    "translations.json": '{"messages": {"hello": "Hello"\n "bye": "Bye"}}',
    "linter.json": '[{"filePath": "a.js", "messages": [{"ruleId": "semi",}]}]',
    "spread.jsonl": json.dumps({"locale": "en", "messages": {"hello": "Hello"}}, indent=1),
    "archive.json": "PK\x03\x04messages\0",
}
TOLD = {
    "comments.json": ('{\n  // ask\n  "messages": [{"role": "user", "content": "a"}]\n}', "MM001"),
    "several.json": ('[{"messages": [{"role": "user", "content": "a"}]},]', "MM001"),
    "cut.json": ('{"messages": [', "MM001"),
    "broken.json": ("{'messages': [{'role': 'user'}]}", "MM001"),
    "prompt.json": ('{"messages": [{"role": "user", "content": "Hi {{ name }}"},]}', "MM001"),
    "single.json": ('{"messages": [{"role": "user", "content": \'Hi {{ name }}\'}]}', "MM001"),
    "block.yaml": ("messages:\n  - role: user\n    content: |\n      {% for a in b %}\n\ttemperature: 1\n", "MM001"),
    "spread.jsonl": (json.dumps(REQUEST, indent=1), "MM001"),
    "sequence.jsonl": (f"\x1e{json.dumps(REQUEST, indent=1)}\n" * 2, "MM001"),
    "sequence.json": (f"\x1e{json.dumps(REQUEST)}\n" * 2, "MM001"),
    "pointer.jsonl": (LFS, "MM002"),
    "pointer.yaml": (LFS, "MM002"),
    "pointer.json.gz": (LFS, "MM002"),
    "annex.json": ("/annex/objects/SHA256E-s1--ab.json\n", "MM002"),
}


def walked(folder: Path) -> list[str]:
    """The codes of what a walk over a folder finds."""
    return [
        diagnostic.code
        for found in discover([str(folder)], Filters(root=folder))
        for checked in check_file(found, VALIDATOR)
        for diagnostic in checked.report.diagnostics
    ]


@pytest.mark.parametrize("name", PASSED_OVER)
def test_is_passed_over(tmp_path: Path, name: str) -> None:
    """Templates, translations, complaints and archives are no requests at fault."""
    (tmp_path / name).write_text(PASSED_OVER[name], "utf-8")
    assert walked(tmp_path) == []


@pytest.mark.parametrize("name", TOLD)
def test_is_told(tmp_path: Path, name: str) -> None:
    """A text that is meant as a request, or stands for one, is one finding."""
    text, code = TOLD[name]
    (tmp_path / name).write_text(text, "utf-8")
    assert walked(tmp_path) == [code]


@pytest.mark.parametrize(
    "text",
    ['{"messages" [{"role": "user"', "messages:\n- role: user\n  content: {", '{messages: [], model: "minimax/m2.7"}'],
)
def test_broken_requests_are_known_by_their_words(text: str) -> None:
    """Messages in an array, and a role or a parameter, make a request of a text in whatever notation."""
    assert may_mean_request(text)


@pytest.mark.parametrize("text", ["", '{"role": "user"', '{"messages": "none", "role": 1', '{"messages": [{"id": 1'])
def test_other_words_are_not_enough(text: str) -> None:
    """Either alone may mean anything."""
    assert not may_mean_request(text)
