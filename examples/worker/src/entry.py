"""A Python Worker that looks at a request before the model does: ``uv run pywrangler dev`` in the folder above."""

from __future__ import annotations

import json

from workers import Response, WorkerEntrypoint

import minimax_validate

MODEL = "minimax/m2.7"


class Default(WorkerEntrypoint):
    """Answers a POST of a chat request."""

    async def fetch(self, request):
        """The model's answer, or 422 with problem details (RFC 9457)."""
        try:
            inputs = json.loads(await request.text())
        except ValueError as error:
            return refusal(400, "This is no JSON", [{"detail": str(error)}])
        report = minimax_validate.check(inputs)
        if not report.ok:
            errors = [
                {
                    "pointer": f"#{minimax_validate.to_json_pointer(found.pointer)}",
                    "detail": found.message,
                    "code": found.code,
                }
                for found in report.diagnostics
            ]
            return refusal(422, "The request would be refused or misread", errors)
        return Response.json(await self.env.AI.run(MODEL, inputs))


def refusal(status: int, title: str, errors: list[dict[str, str]]) -> Response:
    """A response that says what is wrong."""
    body = json.dumps({"title": title, "status": status, "errors": errors})
    return Response(body, status=status, headers={"content-type": "application/problem+json"})
