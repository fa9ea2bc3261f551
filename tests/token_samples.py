"""A paragraph each of several kinds of text, in our own words."""

from __future__ import annotations

SAMPLES = {
    "English": (
        "The harbour was quiet when the first boats came in. Nobody had expected them before noon, so the market stalls stood empty and "
        "the only buyer was a child with a paper bag. She asked what the silver fish were called, and three fishermen gave her four names."
    ),
    "German": (
        "Am Morgen lag der Hafen still da. Niemand hatte die Boote vor dem Mittag erwartet, deshalb standen die Stände auf dem Markt leer, "
        "und die einzige Kundin war ein Kind mit einer Papiertüte. Es fragte, wie die silbernen Fische heißen."
    ),
    "Spanish": (
        "El puerto estaba tranquilo cuando llegaron las primeras barcas. Nadie las esperaba antes del mediodía, así que los puestos del "
        "mercado estaban vacíos y la única compradora era una niña con una bolsa de papel."
    ),
    "Python": (
        "def harvest(baskets: list[Basket], *, limit: int = 10) -> Iterator[Apple]:\n"
        '    """Yield the ripe apples, basket by basket."""\n'
        "    for number, basket in enumerate(baskets):\n"
        "        if number >= limit or basket.is_empty():\n"
        "            return\n"
        "        yield from (apple for apple in basket.apples if apple.ripeness > 0.8)\n"
    ),
    "JSON": (
        '{"name": "find_ferry", "description": "Find a ferry between ports.", "parameters": {"type": "object", "properties": '
        '{"from": {"type": "string"}, "to": {"type": "string"}, "after": {"type": "string"}}, "required": ["from", "to"]}}'
    ),
    "Markdown": (
        "# Packing list\n\n- two pairs of boots\n- a map (1:25,000)\n- **water**, at least 2 litres\n\n"
        "See the [weather page](https://example.com/weather) before you leave; the path closes at 18:00.\n"
    ),
}
