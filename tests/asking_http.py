"""What tests of the HTTP client share: a client in a hurry."""

import pytest
from loopback import Loopback

from sources.errors import SourceError
from sources.exchange import Limits
from sources.http import Client
from sources.pace import Pace

QUICK = Limits(seconds=0.4, size=100_000, interval=0)


def client(**options: object) -> Client:
    given = {"allowed_hosts": ["127.0.0.1"], "limits": QUICK, "pace": Pace(), **options}
    return Client("feed", **given)  # type: ignore[arg-type]


def refused(server: Loopback, path: str, **options: object) -> SourceError:
    with pytest.raises(SourceError) as caught:
        client(**options).get(server.url + path)
    return caught.value
