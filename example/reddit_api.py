"""The part of Reddit's API that a monitor reads: sign-in, search, listings, threads, info.

As on the real one, deleted and removed posts leave the listings and the search, and are still
answered for, without their words, by `/comments/ID` and `/api/info`.
"""

import base64
from collections import Counter
from collections.abc import Callable, Sequence

from example.exchange import Answer, Json, Request, json_answer, refusal
from example.reddit_shapes import comment, escaped, listing, submission
from example.searching import matches
from example.texts import Text
from example.world import World

CLIENT_ID = "foxglove-monitor"
CLIENT_SECRET = "example-only"
_TOKEN = "token-of-the-example"
_RATE = {"x-ratelimit-used": "1", "x-ratelimit-remaining": "999.0", "x-ratelimit-reset": "300"}
_PAGE, _LARGEST_PAGE = 25, 100


def sign_in(world: World, request: Request) -> Answer:
    """Answer `POST /api/v1/access_token` with Basic authentication and client credentials."""
    expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    if request.headers.get("authorization") != f"Basic {expected}":
        return refusal(401, "Unauthorized", {"www-authenticate": 'Basic realm="reddit"'})
    if "grant_type=client_credentials" not in request.body:
        return json_answer({"error": "unsupported_grant_type"})
    found = {"access_token": _TOKEN, "token_type": "bearer", "expires_in": 86400, "scope": "*"}
    return json_answer(found)


def search(world: World, request: Request, communities: str = "") -> Answer:
    """Answer `/search` and `/r/a+b/search`: posts only, newest first, as words are typed."""
    query = request.params.get("q", "")
    posts = _posts(world, communities)
    return _page(world, request, [p for p in posts if matches(query, f"{p.title}\n{p.text}")])


def new_posts(world: World, request: Request, communities: str) -> Answer:
    """Answer `/r/a+b/new`."""
    return _page(world, request, _posts(world, communities))


def new_comments(world: World, request: Request, communities: str) -> Answer:
    """Answer `/r/a+b/comments`."""
    texts = _newest(world, communities)
    return _page(world, request, [text for text in texts if text.parent and not text.deleted])


def thread(world: World, request: Request, post_id: str) -> Answer:
    """Answer `/comments/ID`: the post, and the tree of its comments."""
    post = world.get(f"t3_{post_id}")
    if post is None:
        return refusal(404, "Not Found")
    texts = [text for text in reversed(world.shown("r/")) if text.thread == post.id]
    tree = _tree(world, post, post.id, texts, depth=0)
    return _answer(request, [listing(_things(world, [post])), listing(tree)])


def info(world: World, request: Request) -> Answer:
    """Answer `/api/info?id=t3_a,t1_b`: these things, as far as they exist."""
    found = [world.get(name) for name in request.params.get("id", "").split(",")]
    return _answer(request, listing(_things(world, [text for text in found if text])))


def _newest(world: World, communities: str) -> list[Text]:
    """The communities' texts by the time they bear, so that a late one turns up deep down."""
    named = {name.casefold() for name in communities.split("+")}
    texts = world.shown("r/")
    if communities and "all" not in named:
        texts = [text for text in texts if text.channel[2:].casefold() in named]
    return sorted(texts, key=lambda text: text.published_at or text.appears_at, reverse=True)


def _posts(world: World, communities: str) -> list[Text]:
    texts = _newest(world, communities)
    return [text for text in texts if not text.parent and not text.deleted]


def _page(world: World, request: Request, texts: Sequence[Text]) -> Answer:
    asked = request.params.get("limit", "")
    size = min(int(asked), _LARGEST_PAGE) if asked.isdigit() and int(asked) else _PAGE
    names = [text.id for text in texts]
    after = request.params.get("after", "")
    start = names.index(after) + 1 if after in names else 0
    page = texts[start : start + size]
    more = names[start + size - 1] if start + size < len(texts) else None
    return _answer(request, listing(_things(world, page), more))


def _things(world: World, texts: Sequence[Text]) -> list[Json]:
    """The texts one by one, as listings hold them: comments without what answers them."""
    comments = Counter(text.thread for text in world.shown("r/"))
    things = []
    for text in texts:
        post = world.get(text.thread or "")
        original = world.get(text.crosspost_of or "")
        things.append(
            comment(text, world.now, post, [], depth=0)
            if post
            else submission(text, world.now, comments[text.id], original)
        )
    return things


def _tree(world: World, post: Text, parent: str, texts: Sequence[Text], depth: int) -> list[Json]:
    children = []
    for text in texts:
        if text.parent == parent:
            replies = _tree(world, post, text.id, texts, depth + 1)
            if replies or not text.deleted:  # a deleted comment stays where something answers it
                children.append(comment(text, world.now, post, replies, depth))
    return children


def _answer(request: Request, found: object) -> Answer:
    shown = found if request.params.get("raw_json") == "1" else escaped(found)
    return json_answer(shown, headers=_RATE)


def signed_in(answer: Callable[..., Answer]) -> Callable[..., Answer]:
    """Let only requests with the bearer token through."""

    def checked(world: World, request: Request, *parts: str) -> Answer:
        if request.headers.get("authorization", "").casefold() == f"bearer {_TOKEN}":
            return answer(world, request, *parts)
        wrong = 'Bearer realm="reddit", error="invalid_token"'
        return refusal(401, "Unauthorized", {"www-authenticate": wrong})

    return checked
