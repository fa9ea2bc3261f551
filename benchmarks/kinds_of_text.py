"""Texts of many kinds to count: paragraphs in our own words, and data made from a fixed seed."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from random import Random

_PARAGRAPHS = {
    "English": (
        "The harbour was quiet when the first boats came in. Nobody had expected them before noon, so the market stalls stood empty and "
        "the only buyer was a child with a paper bag. She asked what the silver fish were called, and three fishermen gave her four "
        "different names. In the end she bought two of each, counted her coins twice, and ran home along the sea wall."
    ),
    "English chat": (
        "Hi! I'm trying to set up the thing you told me about yesterday, but it doesn't work: it says 'no access' and I don't know "
        "what I'm doing wrong. Could you explain, step by step, how I'd fix that? I've already tried turning it off and on again, lol."
    ),
    "English capitals": (
        "WARNING: DO NOT OPEN THE VALVE WHILE THE PUMP IS RUNNING. READ THE WHOLE MANUAL BEFORE YOU START. KEEP AWAY FROM CHILDREN."
    ),
    "German": (
        "Am Morgen lag der Hafen still da. Niemand hatte die Boote vor dem Mittag erwartet, deshalb standen die Stände auf dem Markt leer, "
        "und die einzige Kundin war ein Kind mit einer Papiertüte. Es fragte, wie die silbernen Fische heißen, und drei Fischer nannten "
        "ihm vier verschiedene Namen."
    ),
    "French": (
        "Le port était calme quand les premiers bateaux arrivèrent. Personne ne les attendait avant midi, si bien que les étals du marché "
        "étaient vides et que la seule cliente était une enfant avec un sac en papier. Elle demanda comment s'appelaient ces poissons."
    ),
    "Spanish": (
        "El puerto estaba tranquilo cuando llegaron las primeras barcas. Nadie las esperaba antes del mediodía, así que los puestos del "
        "mercado estaban vacíos y la única compradora era una niña con una bolsa de papel. Preguntó cómo se llamaban los peces plateados."
    ),
    "Portuguese": (
        "O porto estava calmo quando chegaram os primeiros barcos. Ninguém os esperava antes do meio-dia, por isso as bancas do mercado "
        "estavam vazias e a única compradora era uma criança com um saco de papel."
    ),
    "Italian": (
        "Il porto era tranquillo quando arrivarono le prime barche. Nessuno le aspettava prima di mezzogiorno, perciò i banchi del mercato "
        "erano vuoti e l'unica cliente era una bambina con un sacchetto di carta."
    ),
    "Polish": (
        "W porcie było cicho, kiedy przypłynęły pierwsze łodzie. Nikt nie spodziewał się ich przed południem, więc stragany na targu stały "
        "puste, a jedyną klientką była dziewczynka z papierową torbą."
    ),
    "Turkish": (
        "İlk tekneler geldiğinde liman sessizdi. Kimse onları öğleden önce beklemiyordu, bu yüzden pazardaki tezgâhlar boştu ve tek alıcı "
        "elinde kese kâğıdı olan bir çocuktu."
    ),
    "Vietnamese": (
        "Bến cảng yên tĩnh khi những chiếc thuyền đầu tiên cập bến. Không ai nghĩ chúng sẽ về trước buổi trưa, nên các sạp chợ vẫn trống "
        "và người mua duy nhất là một đứa trẻ cầm túi giấy."
    ),
    "Russian": (
        "В гавани было тихо, когда пришли первые лодки. Никто не ждал их раньше полудня, поэтому прилавки на рынке стояли пустые, а "
        "единственной покупательницей была девочка с бумажным пакетом. Она спросила, как называются серебристые рыбы."
    ),
    "Greek": (
        "Το λιμάνι ήταν ήσυχο όταν ήρθαν οι πρώτες βάρκες. Κανείς δεν τις περίμενε πριν το μεσημέρι, και οι πάγκοι της αγοράς ήταν άδειοι."
    ),
    "Arabic": (
        "كان الميناء هادئا عندما وصلت القوارب الأولى. لم يتوقعها أحد قبل الظهر، ولذلك كانت أكشاك السوق فارغة، وكانت المشترية الوحيدة طفلة."
    ),
    "Hindi": "जब पहली नावें आईं तब बंदरगाह शांत था। किसी ने दोपहर से पहले उनकी उम्मीद नहीं की थी, इसलिए बाज़ार की दुकानें खाली थीं।",
    "Chinese": "第一批渔船到达的时候，港口还很安静。谁也没想到它们会在中午之前回来，所以市场的摊位都空着，唯一的顾客是一个拿着纸袋的孩子。",
    "Japanese": (
        "最初の船が着いたとき、港は静かだった。"
        "昼前に戻るとは誰も思っていなかったので、市場の店は空っぽで、客は紙袋を持った子どもだけだった。"
    ),
    "Korean": (
        "첫 배들이 들어왔을 때 항구는 조용했다. "
        "아무도 정오 전에 올 줄 몰랐기 때문에 시장 가판대는 비어 있었고 손님은 종이봉투를 든 아이뿐이었다."
    ),
    "Thai": "ท่าเรือเงียบสงบเมื่อเรือลำแรกเข้ามา ไม่มีใครคิดว่าจะมาถึงก่อนเที่ยง แผงในตลาดจึงยังว่างเปล่า และมีเด็กคนเดียวถือถุงกระดาษมาซื้อปลา",
    "Python": (
        "def harvest(baskets: list[Basket], *, limit: int = 10) -> Iterator[Apple]:\n"
        '    """Yield the ripe apples, basket by basket."""\n'
        "    for number, basket in enumerate(baskets):\n"
        "        if number >= limit or basket.is_empty():\n"
        "            return\n"
        "        yield from (apple for apple in basket.apples if apple.ripeness > 0.8)\n"
    ),
    "JavaScript": (
        "export async function fetchForecast(city, { days = 3, signal } = {}) {\n"
        "  const url = new URL(`/v1/forecast/${encodeURIComponent(city)}`, BASE_URL);\n"
        "  url.searchParams.set('days', String(days));\n"
        "  const response = await fetch(url, { signal });\n"
        "  if (!response.ok) throw new Error(`HTTP ${response.status}`);\n"
        "  return (await response.json()).items.map(({ date, high, low }) => ({ date, range: [low, high] }));\n"
        "}\n"
    ),
    "C": (
        "static int push(struct stack *s, const char *item)\n{\n"
        "\tif (s->used == s->size) {\n\t\tsize_t size = s->size ? 2 * s->size : 16;\n"
        "\t\tchar **grown = realloc(s->items, size * sizeof *grown);\n\t\tif (!grown)\n\t\t\treturn -ENOMEM;\n"
        "\t\ts->items = grown;\n\t\ts->size = size;\n\t}\n\ts->items[s->used++] = strdup(item);\n\treturn 0;\n}\n"
    ),
    "SQL": (
        "SELECT c.name, COUNT(o.id) AS orders, SUM(o.total) AS revenue\nFROM customers AS c\n"
        "LEFT JOIN orders AS o ON o.customer_id = c.id\nWHERE o.placed_at >= '2024-01-01' AND c.country IN ('NO', 'SE')\n"
        "GROUP BY c.name\nHAVING SUM(o.total) > 1000\nORDER BY revenue DESC;\n"
    ),
    "HTML": (
        '<!doctype html>\n<html lang="en">\n  <head><meta charset="utf-8"><title>Ferries</title></head>\n  <body class="wide">\n'
        '    <ul id="times">\n      <li data-port="oban"><a href="/ferries/oban?day=1">10:25</a></li>\n    </ul>\n  </body>\n</html>\n'
    ),
    "Markdown": (
        "# Packing list\n\n- two pairs of boots\n- a map (1:25,000)\n- **water**, at least 2 litres\n\n"
        "See the [weather page](https://example.com/weather) before you leave; the path closes at 18:00.\n\n"
        "| day | from | to |\n| --- | --- | --- |\n| 1 | Oban | Mull |\n| 2 | Mull | Iona |\n"
    ),
    "YAML": (
        'services:\n  web:\n    image: registry.example.com/web:1.4.2\n    ports:\n      - "8080:80"\n'
        "    environment:\n      LOG_LEVEL: info\n    depends_on: [database]\n"
        "  database:\n    image: postgres:16\n    volumes:\n      - data:/var/lib/postgresql/data\n"
    ),
}
_LONG = 4_000


def _tool_definition(rng: Random) -> dict[str, object]:
    things = ("ferry", "forecast", "invoice", "customer", "playlist")
    thing = rng.choice(things)
    properties = {
        name: {"type": "string", "description": f"The {name} of the {thing}."} for name in ("name", "place", "date")
    }
    return {
        "name": f"find_{thing}",
        "description": f"Find the {thing} that a person asks for, by its name or by where it is.",
        "parameters": {"type": "object", "properties": properties, "required": ["name"]},
    }


def kinds_of_text() -> Mapping[str, str]:
    """Each kind of text by its name, some thousand characters of each."""
    rng = Random(7)
    kinds = {
        name: (text + ("\n" if text.endswith("\n") else " ")) * (_LONG // len(text) + 1)
        for name, text in _PARAGRAPHS.items()
    }
    tools = [_tool_definition(rng) for _ in range(12)]
    records = [
        {"id": rng.randint(1, 10**6), "score": round(rng.random(), 4), "tags": ["a", "b"], "ok": rng.random() > 0.5}
        for _ in range(80)
    ]
    rows = [
        f"{number},{rng.choice(('Anna', 'Bo', 'Cleo'))},{rng.random() * 100:.2f},2024-{rng.randint(1, 12):02d}-01"
        for number in range(150)
    ]
    lines = [
        f"2024-06-{rng.randint(1, 30):02d} {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d} {rng.choice(('INFO', 'ERROR'))} "
        f"worker-{rng.randint(1, 9)} took {rng.randint(1, 900)} ms for /items/{rng.randint(1, 9999)}"
        for _ in range(60)
    ]
    return kinds | {
        "tool definitions": "\n".join(json.dumps(tool) for tool in tools),
        "JSON, compact": json.dumps(records, separators=(",", ":")),
        "JSON, spaced": json.dumps(records),
        "JSON, indented": json.dumps(records, indent=2),
        "CSV": "\n".join(rows),
        "log": "\n".join(lines),
        "digits": " ".join(str(rng.randint(0, 10**9)) for _ in range(400)),
        "hexadecimal": rng.randbytes(2_000).hex(),
        "base64": base64.b64encode(rng.randbytes(3_000)).decode(),
        "emoji": "".join(rng.choice("😀🎉🚀💡🎯👍✨🔥") + " " * (rng.random() < 0.3) for _ in range(1_500)),
        "one letter": "a" * _LONG,
        "spaces": " " * _LONG,
        "random ASCII": "".join(chr(rng.randint(32, 126)) for _ in range(_LONG)),
        "random Unicode": "".join(
            chr(rng.choice((rng.randint(0xA1, 0xD7FF), rng.randint(0xE000, 0x2FFFF)))) for _ in range(_LONG)
        ),
        "rulers": "".join(
            f"{rng.choice('-=.*_#~0ax ') * rng.randint(32, 120)}\nItem {number} of the list\n" for number in range(60)
        ),
    }
