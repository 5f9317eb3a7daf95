"""What goes wrong below HTTP, and at its rules, as one sentence each."""

import ssl

import httpcore

from sources.errors import Blocked, Changed, SourceError, Unreachable
from sources.exchange import Limits
from sources.inflate import Incomplete, TooLarge, Undecodable
from sources.network import PrivateAddress, UnknownHost

FAULTS = (
    PrivateAddress,
    UnknownHost,
    TooLarge,
    Undecodable,
    Incomplete,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    OSError,
)


def explain(fault: Exception, host: str, limits: Limits, source: str, url: str) -> SourceError:
    """Return the error that a fault is for its user; `host` is the one that was asked."""
    match fault:
        case PrivateAddress():
            return private(host, source, url)
        case TooLarge():
            return Changed(
                f"{host} sent more than {limits.size / 1e6:g} MB, far more than a feed holds; check"
                " the address, or raise the limit.",
                source,
                url,
            )
        case Undecodable():
            return Changed(
                f"{host} sent a body that cannot be unpacked ({fault}); tell its owner.",
                source,
                url,
            )
    return Unreachable(f"{host} {_what_happened(fault, limits)}", source, url)


def private(host: str, source: str, url: str) -> Blocked:
    """Return the refusal to ask inside a private network."""
    return Blocked(
        f"{host} leads into a private network, where nothing is fetched; if it is yours, name"
        " it in allowed_hosts.",
        source,
        url,
    )


def _what_happened(fault: Exception, limits: Limits) -> str:
    again = "it is asked again at the next run."
    match fault:
        case UnknownHost():
            return "is not known to the name service; check its spelling and the network."
        case httpcore.TimeoutException():
            return f"did not finish answering within {limits.seconds:g} s; {again}"
        case httpcore.ProxyError():
            return "could not be reached through the proxy; check the proxy."
        case httpcore.ConnectError() if _is_about_certificates(fault):
            return "has a certificate that is not trusted; check the address and this clock."
        case httpcore.ConnectError():
            return f"could not be connected to; check the address, {again}"
        case httpcore.ProtocolError():
            return f"broke the rules of HTTP or hung up in mid-answer; {again}"
    return f"broke off its answer; {again}"


def _is_about_certificates(fault: BaseException | None) -> bool:
    while fault is not None and not isinstance(fault, ssl.SSLError):
        fault = fault.__cause__ or fault.__context__
    return fault is not None
