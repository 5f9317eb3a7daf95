"""A fictional week of Foxglove, a chain of department stores, and the platforms it happens on.

`serve()` (in `example.server`) runs the platforms on loopback, `World` holds the texts and the
clock, `write_reviews` (in `example.reviews`) writes the files, `watchlist()` says where all is.
Nothing here imports the project: the week is its outside world.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent
_BASE_URL = "http://127.0.0.1:8765"
_REVIEWS = "reviews/"


def watchlist(base_url: str = _BASE_URL, reviews: str | Path = _REVIEWS) -> str:
    """Return the TOML of the example's watchlist with the server's address put in.

    `reviews` is the folder of the review files, read from the watchlist's own folder.
    """
    text = (_FOLDER / "watchlist.toml").read_text(encoding="utf-8")
    folder = f"{Path(reviews).as_posix().rstrip('/')}/"
    return text.replace(_BASE_URL, base_url.rstrip("/")).replace(_REVIEWS, folder)
