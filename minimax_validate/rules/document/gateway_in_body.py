"""Options of the gateway travel beside the request, not in it.

`gateway`, `skipCache`, `cacheTtl`, `cacheKey`, `collectLog` and the `cf-aig-*` settings steer Cloudflare's AI Gateway.
They are read from the third argument of `env.AI.run(model, inputs, options)` or from HTTP headers. Inside the body
nothing reads them: the request is answered as though they were not there, from a cache that was to be skipped, for
example.

`options` is Cloudflare's own key of a body (`rejectIfBusy`), and no finding.

The fix deletes the key; it is unsafe because the option then has to be set where it works.
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
            home = "an HTTP header" if key not in _OPTIONS else "the third argument of env.AI.run, or a cf-aig-* header"
            flag(
                (key,),
                f"`{key}` has no effect in the body: it belongs in {home}",
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
        Valid("No option of the gateway in the body.", request(user(), model="minimax/m2.7")),
        Valid(
            "Options where the envelope has a place for them.",
            {"model": "minimax/m2.7", "input": request(user()), "options": {}},
        ),
    ),
    invalid=(
        Invalid(
            "As though it were the third argument.",
            request(user(), gateway={"id": "default"}),
            at=(("gateway",),),
            fixed=request(user()),
        ),
        Invalid(
            "A header in the body.",
            request(user(), **{"cf-aig-skip-cache": True}),
            at=(("cf-aig-skip-cache",),),
            fixed=request(user()),
        ),
        Invalid(
            "Beside the input.",
            {"model": "minimax/m2.7", "input": request(user()), "skipCache": True},
            at=(("skipCache",),),
            fixed={"model": "minimax/m2.7", "input": request(user())},
        ),
    ),
)
