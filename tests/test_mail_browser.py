"""The mail of a summary in a real Chromium, as a mail server got it."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import chromium
import pytest
from alerting import story
from labelled import told
from smtp_sink import smtp_sink

from data.incident_records import MessageKind
from example.world import DAYS
from flows.delivery import deliver
from reports.digest import daily_letter
from reports.locales import written_for
from reports.messages import posted
from reports.wording import Setting

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("labelled"), chromium.needed]


def mail(locale: str = "en_GB") -> str:
    """The HTML of Saturday's summary, its pictures put back where its parts are named."""
    now, zone = datetime(2026, 11, 8, 7, tzinfo=UTC), ZoneInfo("Europe/Dublin")
    told_to = Setting("Foxglove", now, zone, "https://intranet.example/moments/")
    with smtp_sink() as sink, written_for(locale):
        letter = daily_letter(told(DAYS[5]), [story()], (), told_to)
        deliver(posted(letter, told_to, "care", MessageKind.DIGEST, "abc123"), sink.url)
    html = sink.mails[0].get_body(("html",))
    assert isinstance(html, EmailMessage)
    whole = str(html.get_content())
    for part in sink.mails[0].walk():
        if part["Content-ID"]:
            shown = b64encode(part.get_payload(decode=True)).decode()
            whole = whole.replace(
                f"cid:{part['Content-ID'][1:-1]}", f"data:image/png;base64,{shown}"
            )
    return whole


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with chromium.started() as running:
        yield running


@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "fr_FR"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [600, 320])
def test_it_fits_and_its_picture_is_seen(browser, width: int, scheme: str, locale: str) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    tab.set_content(mail(locale))
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    picture = tab.locator("img").evaluate("one => [one.naturalWidth, one.clientWidth, one.alt]")
    assert picture[0] > picture[1] > 0.5 * width
    assert "exceptional" in picture[2]
    dark = tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"
    assert dark == (scheme == "dark")
    tab.close()
