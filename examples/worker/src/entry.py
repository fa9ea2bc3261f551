"""A Python Worker that checks requests before it sends them to the model.

Run ``uv run pywrangler dev`` in the parent directory.
"""

from __future__ import annotations

import json

from workers import Response, WorkerEntrypoint

import minimax_validate

MODEL = "minimax/m2.7"


class Default(WorkerEntrypoint):
    """Answers a POST with a chat request."""

    async def fetch(self, request):
        """Return the answer of the model, or status 422 with problem details (RFC 9457)."""
        try:
            inputs = json.loads(await request.text())
        except ValueError as error:
            return refusal(400, "The body is not valid JSON", [{"detail": str(error)}])
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
            return refusal(422, "The request is not valid for minimax/m2.7", errors)
        return Response.json(await self.env.AI.run(MODEL, inputs))


def refusal(status: int, title: str, errors: list[dict[str, str]]) -> Response:
    """Return a response with problem details."""
    body = json.dumps({"title": title, "status": status, "errors": errors})
    return Response(body, status=status, headers={"content-type": "application/problem+json"})
