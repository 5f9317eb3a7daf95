"""A message reaches a mail server, a webhook and a chat, and who refuses it is told why."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import labelled
import pytest
from alerting import NOON, Receiver, receiver, story
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.slack import NotifySlack
from smtp_sink import Sink, smtp_sink

from data.incident_records import Change, Message, MessageKind, News, Notice
from example.world import DAYS
from flows.delivery import DeliveryError, deliver, receiver_at
from reports.digest import daily_letter
from reports.messages import message, posted
from reports.wording import Setting

ROOT = Path(__file__).resolve().parent.parent
SETTING = Setting("Foxglove", NOON, ZoneInfo("Europe/Dublin"))


def alert(**changes: object) -> Message:
    news = News(story(**changes), (Change.OPENED,))
    return message(Notice("care", MessageKind.ESCALATION, (news,)), SETTING)


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as running:
        yield running


def test_a_webhook_gets_the_text_under_the_messages_id(hook: Receiver) -> None:
    sent = alert()
    deliver(sent, hook.url)
    assert hook.bodies[0]["title"] == sent.subject
    assert "“Nobody looked up.”" in hook.bodies[0]["message"]
    assert "https://example.org/1" in hook.bodies[0]["message"]
    assert hook.ids == [sent.message_id]


def test_a_mail_has_html_and_text_with_the_same_words_and_links(sink: Sink) -> None:
    sent = alert()
    deliver(sent, sink.url)
    mail = sink.mails[0]
    assert mail["Subject"] == sent.subject
    assert mail["X-Moments-Id"] == sent.message_id
    html, text = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html is not None
    assert text is not None
    link = 'href="https://example.org/1"[^>]*>https://example.org/1</a>'
    assert re.search(link, html.get_content())
    for words in ("“Nobody looked up.”", "https://example.org/1", "concerns a child"):
        assert words in text.get_content()
    assert "<" not in text.get_content()


def summary() -> Message:
    letter = daily_letter(labelled.told(DAYS[5]), [], (), SETTING)
    return posted(letter, SETTING, "care", MessageKind.DIGEST, "abc123")


def test_the_picture_of_a_summary_is_a_part_of_the_mail_and_its_figures_are_in_the_text(
    sink: Sink,
) -> None:
    deliver(summary(), sink.url)
    html, text = (sink.mails[0].get_body((kind,)) for kind in ("html", "plain"))
    assert html is not None
    assert text is not None
    address = re.findall(r'<img [^>]*alt="Columns of [^>]*src="cid:([^"]*)"', html.get_content())
    picture = [part for part in sink.mails[0].walk() if part.get_content_type() == "image/png"]
    assert [part["Content-ID"] for part in picture] == [f"<{one}>" for one in address]
    assert [part.get_content_disposition() for part in picture] == ["inline"]
    assert picture[0].get_payload(decode=True).startswith(b"\x89PNG")
    assert "data:" not in html.get_content()
    assert "▼ 12 poor △ 5 exceptional\nTue 3 Nov" in text.get_content().replace("\r", "")


def test_a_mail_service_without_parts_gets_the_figures_and_no_broken_picture(
    hook: Receiver,
) -> None:
    deliver(summary(), f"{hook.url}?format=html")
    assert "<img" not in hook.bodies[0]["message"]
    assert "▼ 12" in hook.bodies[0]["message"]


def test_a_mail_cannot_be_given_headers_or_markup_by_a_stranger(sink: Sink) -> None:
    evil = "x\r\nBcc: all@foxglove.example\r\n\r\n<script>alert(1)</script><a href='http://evil.example'>"
    deliver(
        alert(quote=evil, place=evil, person=evil, why=evil, link="javascript:alert(1)"), sink.url
    )
    mail = sink.mails[0]
    assert mail["Bcc"] is None
    assert "\n" not in mail["Subject"]
    html = mail.get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content()
    assert "<a " not in html.get_content()


def test_slack_gets_no_ping_link_or_markup_of_a_strangers(
    hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NotifySlack, "webhook_url", hook.url.replace("json:", "http:"))
    evil = "<!channel> !here|x> <@U123> @here <https://evil.example|bank> &lt;!everyone&gt; *b* `c`"
    deliver(alert(quote=evil, place=evil), "slack://T12345678/B12345678/abcdefghijklmnopqrstuvwx")
    sent = str(hook.bodies[0]["attachments"])
    for trick in ("<!", "<@", "@here", "|bank", "evil.example", "*b*", "`c`"):
        assert trick not in sent


def test_discord_gets_no_ping_and_no_more_than_it_takes(
    hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NotifyDiscord, "notify_url", hook.url.replace("json:", "http:"))
    evil = "@everyone @here <@&123> [bank](https://evil.example) " * 200
    deliver(
        alert(quote=evil, place=evil, why=evil), "discord://1234567890/abcdefghijklmnopqrstuvwxyz"
    )
    sent = str(hook.bodies[0])
    assert len(hook.bodies[0]["content"]) <= 2000
    for trick in ("@everyone", "@here", "<@", "](", "evil.example"):
        assert trick not in sent


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_a_receiver_that_refuses_is_told_with_its_answer(hook: Receiver, status: int) -> None:
    hook.status = status
    with pytest.raises(DeliveryError, match=str(status)):
        deliver(alert(), hook.url)


def test_a_mail_server_that_refuses_is_told(sink: Sink) -> None:
    sink.answer = "451 try later"
    with pytest.raises(DeliveryError, match="failed"):
        deliver(alert(), sink.url)


def test_a_receiver_that_is_not_there_is_told_without_its_secrets() -> None:
    with receiver() as gone:
        url = gone.url
    secret = url.replace("json://", "json://someone:hunter2secret@").replace("hook", "T0KENT0KEN")
    with pytest.raises(DeliveryError) as told:
        deliver(alert(), secret)
    assert "hunter2secret" not in str(told.value)
    assert "T0KENT0KEN" not in str(told.value)
    assert "onnection" in str(told.value)


@pytest.mark.parametrize("address", ["", "not an address", "telex://1234", "slack://"])
def test_an_address_that_names_no_receiver_is_told(address: str) -> None:
    with pytest.raises(DeliveryError, match="not one that apprise knows"):
        receiver_at(address)


@pytest.mark.parametrize(
    "address",
    [
        "json://127.0.0.1/a json://127.0.0.1/b",
        "mailto://127.0.0.1?from=a@b.example&to=c@d.example,e@f.example",
    ],
)
def test_an_address_that_names_several_receivers_is_refused(address: str) -> None:
    with pytest.raises(DeliveryError, match="several receivers"):
        receiver_at(address)


def test_the_same_message_is_the_same_message_and_another_is_another() -> None:
    assert alert().message_id == alert().message_id
    assert alert().message_id != alert(incident="2026-11-03-bbbb").message_id
    assert len(alert().message_id) == 12
    assert replace(alert(), subject="") != alert()


def test_only_one_room_knows_apprise() -> None:
    knows = {
        str(path.relative_to(ROOT))
        for room in ("analysis", "data", "example", "flows", "reports", "sources")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if "apprise" in ast.unparse(node) and isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert knows == {"flows/delivery.py"}
