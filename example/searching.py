"""What a search box makes of the words that are typed into it."""

import re

_TERM = re.compile(r'(-?)(?:"([^"]+)"|([^\s()"]+))')
_OPERATOR = re.compile(r"(when|after|before|site|subreddit|author|self|nsfw):")


def matches(query: str, text: str) -> bool:
    """Whether a text is found: "a phrase", words that must all stand in it, OR, -unwanted.

    Operators such as `when:7d` are read over: what is shown is the whole week at most.
    """
    lowered = text.casefold()
    return any(_holds(side, lowered) for side in re.split(r"\bOR\b", query))


def _holds(side: str, lowered: str) -> bool:
    terms = [
        (bool(minus), (phrase or word).casefold())
        for minus, phrase, word in _TERM.findall(side)
        if not _OPERATOR.match(word)
    ]
    wanted = [term for minus, term in terms if not minus]
    unwanted = [term for minus, term in terms if minus]
    return (
        bool(wanted)
        and all(term in lowered for term in wanted)
        and not any(term in lowered for term in unwanted)
    )
