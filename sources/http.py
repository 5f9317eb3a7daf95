"""One polite HTTP client: honest, conditional, paced, and bounded in time, bytes and redirects.

httpx reads addresses and headers, httpcore speaks the protocol; in between is what a monitor of
strangers' servers needs and a browser-like client lacks: one deadline for the whole of a request,
a cap after decompression, and no way into private networks. No cookies are kept, no environment
proxies or netrc are read, and no address is logged.
"""

from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address

import httpx

from sources.addresses import is_public
from sources.errors import Blocked, Changed
from sources.exchange import Answer, Limits, Question, exchange
from sources.faults import FAULTS, explain, private
from sources.network import Deadline, GuardedBackend, Resolve, resolve
from sources.pace import DEFAULT_HOLD, PACE, Pace, retry_after
from sources.status import check_status, throttled
from sources.urls import redact as redact  # kept at hand where addresses are asked

_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}


class Client:
    """Asks on behalf of one source; every fault comes back as a SourceError of one sentence."""

    def __init__(
        self,
        source: str,
        contact: str = "",
        allowed_hosts: Iterable[str] = (),
        limits: Limits | None = None,
        proxy: str | None = None,
        pace: Pace = PACE,
        resolve: Resolve = resolve,
    ) -> None:
        """`allowed_hosts` ("host" or "host:port") may be private, and are not paced either."""
        self._source = source
        self._agent = user_agent(contact)
        self._allowed = frozenset(host.lower() for host in allowed_hosts)
        self._limits = limits or Limits()
        self._proxy = proxy
        self._pace = pace
        self._resolve = resolve

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Follow redirects to an answer of status 2xx, or 304 to an If-... header.

        A password in the address goes to its own host only, never on to a redirect's target.
        """
        deadline = Deadline(self._limits.seconds)
        target = asked = self._target(url)
        wanted = {name.lower(): value for name, value in (headers or {}).items()}
        for _ in range(self._limits.redirects + 1):
            login = _login(asked) if _same_site(asked, target) else {}
            answer = self._ask(Question("GET", target, {**wanted, **login}), deadline, url)
            if answer.status not in _REDIRECTS:
                conditional = any(name.startswith("if-") for name in wanted)
                check_status(answer.status, answer.headers, self._source, url, conditional)
                return answer
            target = self._next_hop(target, answer.headers.get("location", ""), url)
        raise Changed(
            f"{asked.host} redirects more than {self._limits.redirects} times; check the address.",
            self._source,
            url,
        )

    def exchange(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes = b""
    ) -> Answer:
        """Ask once and return whatever status comes; no redirect is followed."""
        lowered = {name.lower(): value for name, value in headers.items()}
        question = Question(method, self._target(url), lowered, content)
        return self._ask(question, Deadline(self._limits.seconds), url)

    def hold(self, url: str, seconds: float) -> None:
        """Leave the host of this address alone for so many seconds."""
        self._pace.hold(_site(self._target(url)), seconds)

    def _ask(self, question: Question, deadline: Deadline, url: str) -> Answer:
        target = question.url
        self._take_turn(target, url)
        backend = GuardedBackend(deadline, self._connectable(), self._resolve)
        agent = {"user-agent": self._agent, **question.headers}
        question = Question(question.method, target, agent, question.content)
        try:
            answer = exchange(question, backend, deadline, self._limits.size, self._proxy)
        except FAULTS as fault:
            raise explain(fault, target.host, self._limits, self._source, url) from fault
        if answer.status == 429:
            asked_for = retry_after(answer.headers)
            self._pace.hold(_site(target), DEFAULT_HOLD if asked_for is None else asked_for)
        return answer

    def _take_turn(self, target: httpx.URL, url: str) -> None:
        interval = 0.0 if self._is_allowed(target) else self._limits.interval
        if seconds := self._pace.wait(_site(target), interval):
            raise throttled({"retry-after": f"{seconds:.0f}"}, self._source, url)

    def _target(self, url: str) -> httpx.URL:
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, ValueError) as error:
            raise Blocked(
                "The address cannot be read; check it for odd characters.", self._source
            ) from error
        if target.scheme not in _PORTS:
            raise Blocked(
                f'"{target.scheme[:20]}:" addresses are not fetched; use http:// or https://.',
                self._source,
                url,
            )
        if not target.host:
            raise Blocked("The address names no host; check it.", self._source, url)
        if self._proxy and not self._is_allowed(target) and _looks_private(target.host):
            raise private(target.host, self._source, url)
        return target

    def _next_hop(self, here: httpx.URL, location: str, url: str) -> httpx.URL:
        try:
            there = here.join(location).copy_with(username=None, password=None, fragment=None)
        except (httpx.InvalidURL, ValueError) as error:
            raise self._lost(here, url) from error
        if not location:
            raise self._lost(here, url)
        return self._target(str(there))

    def _lost(self, here: httpx.URL, url: str) -> Changed:
        return Changed(
            f"{here.host} redirects to something that is no address; check the address.",
            self._source,
            url,
        )

    def _is_allowed(self, target: httpx.URL) -> bool:
        port = target.port or _PORTS[target.scheme]
        return bool(self._allowed & {target.host.lower(), f"{target.host.lower()}:{port}"})

    def _connectable(self) -> frozenset[str]:
        return self._allowed | ({httpx.URL(self._proxy).host} if self._proxy else set())


def user_agent(contact: str = "") -> str:
    """Return who asks: the program, its version, and whom to write to."""
    try:
        release = version("service-moments")
    except PackageNotFoundError:  # run from a checkout
        release = "0"
    return f"service-moments/{release}" + (f" (+{contact})" if contact else "")


def _login(url: httpx.URL) -> dict[str, str]:
    if not url.userinfo:
        return {}
    signed = next(httpx.BasicAuth(url.username, url.password).auth_flow(httpx.Request("GET", url)))
    return {"authorization": signed.headers["authorization"]}


def _same_site(one: httpx.URL, other: httpx.URL) -> bool:
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


def _site(url: httpx.URL) -> str:
    """Return what is asked politely: one server on one port."""
    return url.netloc.decode("ascii").lower()


def _looks_private(host: str) -> bool:
    """Judge a host by its look: behind a proxy, names are not resolved here."""
    try:
        return not is_public(str(ip_address(host)))
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))
