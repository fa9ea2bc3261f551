"""Options of AI Gateway should be outside the request body.

`gateway`, `skipCache`, `cacheTtl`, `cacheKey`, `collectLog` and the `cf-aig-*` settings control Cloudflare's AI
Gateway. It reads them from the third argument of `env.AI.run(model, inputs, options)` or from HTTP headers. It
ignores them in the body, so an answer may come from a cache that should be skipped, for example.

`options` is Cloudflare's own key of a body (`rejectIfBusy`) and is not reported.

The fix deletes the key. It is unsafe, because the option must then be set in another place.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity

_OPTIONS = frozenset({"gateway", "skipCache", "cacheTtl", "cacheKey", "collectLog"})


def check(request: Request, flag: Flag) -> None:
    for key in request.body:
        if key in _OPTIONS or key.lower().startswith("cf-aig-"):
            home = "an HTTP header" if key not in _OPTIONS else "the third argument of env.AI.run or a cf-aig-* header"
            flag(
                (key,),
                f"`{key}` has no effect in the request body; set it in {home}",
                fix=removal((key,), f"delete `{key}`", safe=False),
                focus="key",
            )


RULE = Rule(
    code="MM008",
    name="gateway-in-body",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.FOREIGN_KEYS,
    around=True,
    check=check,
    valid=(
        Valid("A body without options of AI Gateway.", request(user(), model="minimax/m2.7")),
        Valid(
            "Options in the envelope's own key for them.",
            {"model": "minimax/m2.7", "input": request(user()), "options": {}},
        ),
    ),
    invalid=(
        Invalid(
            "An option that belongs in the third argument.",
            request(user(), gateway={"id": "default"}),
            at=(("gateway",),),
            fixed=request(user()),
        ),
        Invalid(
            "An HTTP header in the body.",
            request(user(), **{"cf-aig-skip-cache": True}),
            at=(("cf-aig-skip-cache",),),
            fixed=request(user()),
        ),
        Invalid(
            "An option next to `input`.",
            {"model": "minimax/m2.7", "input": request(user()), "skipCache": True},
            at=(("skipCache",),),
            fixed={"model": "minimax/m2.7", "input": request(user())},
        ),
    ),
)
