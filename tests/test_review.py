"""`moments review`: a page on this machine that keeps verdicts, and refuses everybody else."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import chromium
import hostile
import httpx
import pytest
import uvicorn
from pages_of import read
from posts import DAY, KEY, asked, day_of, told
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_corrections import RUDE
from test_ledger import page, seen

from data.corrections import last_of
from data.ledger import Ledger
from data.vocabulary import Verdict
from flows.reviewing import review_app
from reports.dated import shown_of
from reports.page.review import review_page

HERE = "http://127.0.0.1:8000"


def shown(*rows: dict[str, object]) -> bytes:
    return review_page(shown_of(day_of(told(*rows), asked(("reddit", 9, "ok")), [], DAY), KEY))


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    ledger.record(page(), [RUDE], seen())
    app = review_app(ledger, "Foxglove", shown({"post_id": RUDE.post_id}), "key", "ada")
    return TestClient(app, base_url=HERE)


def kept(ledger: Ledger) -> dict[str, tuple[Verdict | None, str, str, str]]:
    with ledger.transaction() as connection:
        said = last_of(connection, "Foxglove")
    return {post: (c.verdict, c.note, c.made_by, c.origin) for post, c in said.items()}


def say(client: TestClient, verdict: str = "neither", **others: object) -> httpx.Response:
    body = {"post_id": RUDE.post_id, "verdict": verdict, "note": "a film", **others}
    return client.post("/key/verdict", json=body)


def test_a_verdict_is_kept_as_one_handed_back_would_be(client: TestClient, ledger: Ledger) -> None:
    assert say(client).status_code == 200
    assert kept(ledger) == {RUDE.post_id: (Verdict.NEITHER, "a film", "ada", "review")}


def test_a_verdict_can_be_taken_back(client: TestClient, ledger: Ledger) -> None:
    say(client)
    say(client, "", note="")
    assert kept(ledger)[RUDE.post_id][0] is None


@pytest.mark.parametrize("others", [{"verdict": "lovely"}, {"post_id": ""}, {"brand": "Other"}])
def test_what_is_no_verdict_is_refused(
    client: TestClient, ledger: Ledger, others: dict[str, object]
) -> None:
    body = {"post_id": RUDE.post_id, "verdict": "poor", "note": ""} | others
    assert client.post("/key/verdict", json=body).status_code == 422
    assert kept(ledger) == {}


def test_a_post_that_was_never_found_is_named(client: TestClient) -> None:
    answer = say(client, post_id="reddit:none")
    assert (answer.status_code, "reddit:none" in answer.text) == (404, True)


def test_a_name_that_another_site_points_here_is_refused(
    client: TestClient, ledger: Ledger
) -> None:
    evil = {"host": "evil.example:8000"}
    assert client.get("/key/", headers=evil).status_code == 400
    body = {"post_id": RUDE.post_id, "verdict": "poor", "note": ""}
    assert client.post("/key/verdict", json=body, headers=evil).status_code == 400
    assert kept(ledger) == {}


def test_another_sites_form_cannot_say_anything(client: TestClient, ledger: Ledger) -> None:
    text = f'{{"post_id": "{RUDE.post_id}", "verdict": "poor", "note": ""}}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = client.post("/key/verdict", content=text, headers={"content-type": kind})
        assert answer.status_code == 415
    strange = {"origin": "https://evil.example"}
    body = {"post_id": RUDE.post_id, "verdict": "poor", "note": ""}
    assert client.post("/key/verdict", json=body, headers=strange).status_code == 403
    assert kept(ledger) == {}


def test_without_the_key_there_is_nothing(client: TestClient) -> None:
    assert {client.get(path).status_code for path in ("/", "/other/", "/verdict")} == {404}


def test_the_page_shows_evidence_and_what_was_said_before() -> None:
    row = {"quote": "Nobody came.", "evidence": 'poor: ignored "nobody" (+1)', "note": "called"}
    seen_there = read(shown(row | {"analyst_verdict": "poor"}))
    assert seen_there.one("mark").text == "Nobody"
    assert [b.attributes["aria-pressed"] for b in seen_there.all("button")].count("true") == 1
    assert seen_there.one("input").attributes["value"] == "called"


def test_hostile_words_stay_words() -> None:
    read(shown(*hostile.posts()[:200]))
    assert b"<img src=x" not in shown(*hostile.posts()[:200])


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/key/"
        server.should_exit = True
        thread.join()


@pytest.mark.slow
@chromium.needed
def test_a_day_is_gone_through_by_keyboard(ledger: Ledger) -> None:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    posts = [replace(RUDE, native_id=f"t3_{n}") for n in range(3)]
    ledger.record(page(), posts, seen())
    content = shown(*({"post_id": post.post_id} for post in posts))
    with (
        served(review_app(ledger, "Foxglove", content, "key", "ada")) as address,
        chromium.started() as browser,
    ):
        tab = browser.new_page()
        tab.goto(address)
        tab.keyboard.press("p")
        sync_api.expect(tab.get_by_role("status")).to_have_text("1 of 3 reviewed")
        tab.keyboard.press("j")
        tab.keyboard.press("Enter")
        tab.keyboard.type("a jk play")
        tab.keyboard.press("Enter")
        tab.keyboard.press("n")
        sync_api.expect(tab.get_by_role("status")).to_have_text("2 of 3 reviewed")
    said = [(verdict, note) for verdict, note, *_ in kept(ledger).values()]
    assert sorted(said) == [(Verdict.NEITHER, "a jk play"), (Verdict.POOR, "")]


@pytest.mark.slow
@chromium.needed
def test_on_a_phone_it_fits_and_hides_nothing_of_the_first_moment(tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    page.write_bytes(shown({"text": "word " * 60, "quote": "word " * 60}))
    with chromium.started() as browser:
        tab = browser.new_page(viewport={"width": 320, "height": 700})
        tab.goto(page.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") == 320
        card = tab.locator("article").first
        right = card.evaluate("one => one.getBoundingClientRect().right")
        assert card.locator("input").evaluate("one => one.getBoundingClientRect().right") < right
        top = tab.locator("header").evaluate("one => one.getBoundingClientRect().bottom")
        assert card.evaluate("one => one.getBoundingClientRect().top") >= top
