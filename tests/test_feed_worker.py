"""The worker that reads feeds apart, and thousands of feeds of other parsers' tests."""

import json
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from feeds import NOW, URL, posts, rss

from data.records import Post, RawPage
from sources.errors import Changed, SourceError
from sources.feed import Feed
from sources.feed_options import FeedOptions
from sources.worker import Worker, WorkerFailed

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "feeds"
# feedparser takes the square of the number of attributes: minutes for this one.
HOSTILE = b"<rss version='2.0'><channel><item %s><title>x</title></item></channel></rss>" % (
    b" ".join(b'a%d="x"' % number for number in range(50_000))
)


def test_a_hostile_feed_is_given_up_by_name_and_the_next_one_is_read() -> None:
    worker = Worker(seconds=1)
    source = Feed(FeedOptions(url=URL), worker=worker)
    with pytest.raises(Changed, match=r"harbourgazette\.example .* more than 1 s"):
        source.parse(RawPage(URL, HOSTILE, "application/xml", NOW, ""))
    assert source.parse(RawPage(URL, rss("<title>a</title>"), "application/xml", NOW, ""))
    worker.close()


def test_many_threads_share_one_worker() -> None:
    worker = Worker()
    bodies = [rss(f"<title>{number}</title>") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda body: worker.read_entries(body, None), bodies))
    assert [document["entries"][0]["title"] for document in read] == [str(n) for n in range(40)]
    worker.close()


def test_a_worker_that_died_is_replaced() -> None:
    worker = Worker()
    worker.read_entries(rss(), None)
    assert worker._process is not None
    worker._process.kill()
    with pytest.raises(WorkerFailed):
        worker.read_entries(rss(), None)
    assert worker.read_entries(rss("<title>a</title>"), None)["entries"]
    worker.close()


def test_the_worker_serves_threads_forks_and_the_end_of_the_interpreter() -> None:
    script = """
        import atexit, os, sys, threading
        from sources.worker import WORKER

        def read(what):
            feed = b"<rss version='2.0'><channel><item/></channel></rss>"
            print(what, len(WORKER.read_entries(feed, None)["entries"]), flush=True)

        atexit.register(read, "exit")
        thread = threading.Thread(target=read, args=("thread",))
        thread.start()
        thread.join()
        child = os.fork()
        if child == 0:
            read("fork")
            WORKER.close()
            os._exit(0)
        os.waitpid(child, 0)
        read("parent")
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.split("\n"), done.stderr) == (
        ["thread 1", "fork 1", "parent 1", "exit 1", ""],
        "",
    )


NEEDS_FEEDS = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/feeds")


def read(path: Path, charset: str | None = None) -> tuple[list[Post], str]:
    """Return a saved feed's posts, or what it is instead."""
    try:
        return posts(path.read_bytes(), charset), ""
    except SourceError as error:
        return [], str(error)


@pytest.mark.slow
@NEEDS_FEEDS
def test_no_feed_of_other_parsers_tests_fails_but_by_saying_what_it_is() -> None:
    paths = sorted(path for path in SHARED.rglob("*") if path.is_file())
    instead = [said for _, said in map(read, paths) if said]
    assert len(paths) - len(instead) >= 2_740
    assert sum("sent JSON instead" not in said for said in instead) <= 20
    assert all(said.endswith(".") for said in instead)


def _made() -> list[dict[str, str]]:
    if not SHARED.exists():
        return []
    found = json.loads((SHARED / "made/manifest.json").read_text("utf-8"))
    return [{name: str(value) for name, value in case.items()} for case in found]


@NEEDS_FEEDS
@pytest.mark.parametrize("case", _made(), ids=lambda case: case["file"])
def test_what_is_expected_of_odd_feeds_holds(case: dict[str, str]) -> None:
    found, instead = read(
        SHARED / "made" / case["file"], "utf-8" if "latin1" in case["file"] else None
    )
    assert not instead or case["cls"] in ("not-a-feed", "adversarial", "shape")
    assert instead or len(found) >= int(case.get("entries_min", 0))
    assert sum(len(one.title + one.text) for one in found) < 2_000_000
    assert not any("root:" in one.title + one.text for one in found)
    if case["cls"] == "truncated":
        assert [one.title for one in found] == ["Good one"]
