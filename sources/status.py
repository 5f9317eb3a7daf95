"""HTTP statuses as outcomes: one sentence for each that says what to do."""

from collections.abc import Mapping

from sources.errors import Blocked, Changed, Gone, SourceError, Throttled, Unreachable
from sources.pace import DEFAULT_HOLD, retry_after
from sources.urls import host_of


def check_status(
    status: int, headers: Mapping[str, str], source: str, url: str, conditional: bool = False
) -> None:
    """Return on success (and on a 304 that was asked for); raise what the status means."""
    if 200 <= status < 300 or (status == 304 and conditional):
        return
    if status == 429:
        raise throttled(headers, source, url)
    raise _error(status, headers, source, url)


def throttled(headers: Mapping[str, str], source: str, url: str) -> Throttled:
    """Return the error for "asked too often", with the time to wait that the host named."""
    asked_for = retry_after(headers)
    wait = DEFAULT_HOLD if asked_for is None else asked_for
    return Throttled(
        f"{host_of(url)} was asked too often (429) and wants to be left alone for {wait:.0f} s;"
        " if this stays, ask less often.",
        source,
        url,
        wait,
    )


def _error(status: int, headers: Mapping[str, str], source: str, url: str) -> SourceError:
    host = host_of(url)
    if status in (401, 403, 451):
        return Blocked(f"{host} {_refusal(status, headers)}", source, url)
    if status in (404, 410):
        return Gone(f"{host} has nothing at this address ({status}); check it.", source, url)
    if status == 408 or status >= 500:
        trouble = f"{host} has trouble of its own ({status}); it is asked again at the next run."
        return Unreachable(trouble, source, url)
    if status == 304:
        return Changed(
            f'{host} says "not modified" (304) to someone who has nothing yet; tell its owner.',
            source,
            url,
        )
    return Changed(f"{host} answered {status}, which it should not; check it.", source, url)


def _refusal(status: int, headers: Mapping[str, str]) -> str:
    if headers.get("cf-mitigated"):
        return f"shows a robot check instead ({status}); ask its owner to let this program in."
    if status == 401:
        return "wants a login (401); check the credentials in the address."
    if status == 451:
        return "may not show this here, for legal reasons (451); take it off the watchlist."
    return "refuses this program (403); ask its owner for permission, or take it off the watchlist."
