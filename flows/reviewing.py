"""`moments review`: a day's moments by keyboard, in a browser on this machine only."""

import secrets
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import uvicorn
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.console import Console
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.corrections import Correction, CorrectionError, apply_corrections
from data.ledger import Ledger
from data.vocabulary import Verdict
from flows.correcting import tell_corrected, user_name
from flows.days import wall_clock
from flows.showing import latest_day
from flows.tell import day_of
from flows.watchlist import load
from reports.dated import shown_of
from reports.locales import count, written_for
from reports.page.review import review_page

_LOOPBACK = "127.0.0.1"
_ANSWERS = {verdict.value: verdict for verdict in Verdict if verdict != Verdict.UNJUDGED}
_QUIET = {"Cache-Control": "no-store", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"}


class Said(BaseModel):
    """What the page sends."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    post_id: str = Field(min_length=1, max_length=1000)
    verdict: str = Field(pattern="^(exceptional|poor|neither)?$")
    note: str = Field(max_length=2000)


def review(path: Path, brand: str | None, day: date | None, by: str | None, out: Console) -> None:
    """Serve the day until stopped; then tell again what was changed.

    Raises `UsageError` where nothing is told yet, `LedgerError`.
    """
    watchlist = load(path)
    who = watchlist.brand(brand) if brand else watchlist.brands[0]
    with closing(Ledger.open(watchlist.ledger)) as ledger:
        told = day or latest_day(watchlist, who)
        shown = shown_of(day_of(watchlist, who, ledger, told), ledger.pseudonym_key())
        with written_for(watchlist.locale):
            page = review_page(shown)
        key = secrets.token_urlsafe(16)
        app = review_app(ledger, who.name, page, key, by or user_name())
        server = uvicorn.Config(app, host=_LOOPBACK, port=0, log_level="warning")
        with closing(server.bind_socket()) as listening:
            listening.listen()  # before the address is told
            port = listening.getsockname()[1]
            out.print(f"Review {who.name}, {told}: http://{_LOOPBACK}:{port}/{key}/", markup=False)
            out.print("Only this machine can open it. End with Ctrl-C.")
            with suppress(KeyboardInterrupt):  # which is how it ends
                uvicorn.Server(server).run(sockets=[listening])
        told_again = tell_corrected(watchlist, ledger, who.name)
    changed = sum(len(each.changed) for each in told_again.values())
    out.print(f"Told again: {count(changed, 'file')} changed.")


def review_app(ledger: Ledger, brand: str, page: bytes, key: str, by: str) -> Starlette:
    """The page and what keeps its answers, under a path that only its reader knows.

    A site elsewhere can neither read nor guess the path, and a name that it points at this
    machine is refused: what is asked for must be the machine's own.
    """

    async def shown(_: Request) -> Response:
        return Response(page, media_type="text/html", headers=_QUIET)

    async def keep(request: Request) -> Response:
        own = f"http://{request.headers['host']}"
        if request.headers.get("origin", own) != own:
            return PlainTextResponse("not from this page", 403)
        if request.headers.get("content-type") != "application/json":
            return PlainTextResponse("expected JSON", 415)
        try:
            said = Said.model_validate_json(await request.body())
        except ValidationError:
            return PlainTextResponse("not a verdict", 422)
        correction = Correction(
            brand, said.post_id, _ANSWERS.get(said.verdict), said.note.strip(), by,
            wall_clock(), "review",
        )  # fmt: skip
        try:
            await run_in_threadpool(apply_corrections, ledger, [correction])
        except CorrectionError as error:
            return PlainTextResponse(str(error), 404)
        return PlainTextResponse("kept")

    return Starlette(
        routes=[
            Route(f"/{key}/", shown, methods=["GET"]),
            Route(f"/{key}/verdict", keep, methods=["POST"]),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[_LOOPBACK, "localhost"])],
    )
