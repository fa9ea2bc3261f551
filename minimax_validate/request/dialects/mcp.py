"""Tools as an MCP server lists them: `inputSchema` beside the name.

https://modelcontextprotocol.io/specification/2025-06-18/server/tools
"""

from __future__ import annotations

from minimax_validate.request.dialects.dialect import Dialect, Example, Tools
from minimax_validate.request.dialects.functions import function_tool

DIALECT = Dialect(
    name="MCP",
    tools=Tools(
        recognises=lambda tool: "name" in tool and "inputSchema" in tool and "function" not in tool,
        convert=lambda tool: function_tool(tool, "inputSchema"),
        examples=(
            Example(
                "A tool.",
                ({"name": "weather", "description": "w", "inputSchema": {"type": "object", "properties": {}}},),
                (
                    {
                        "type": "function",
                        "function": {
                            "name": "weather",
                            "description": "w",
                            "parameters": {"type": "object", "properties": {}},
                        },
                    },
                ),
            ),
        ),
    ),
)
