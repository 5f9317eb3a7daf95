"""What a comment is about: what its thread tells, a tale of its own, or something else.

A thread that merely gathers ("weekly grumbles") must not become one story, and a reply that tells
what happened to its author last spring is not part of today's.
"""

import re

from analysis.story_phrases import says

OWN = 0.8  # score from which a comment tells a tale of its own
# Chosen on the comments of the development stories and of the example week.
WEIGHTS = {
    "first_person": 0.5,  # "my order": something happened to its author
    "customer": 0.6,  # and it was its author who was served
    "own": 0.7,  # words of another time or place: "same thing last spring"
    "gathering": 0.6,  # the thread's first post tells no moment, so nothing is commented on
    "witness": -1.5,  # "I was there too"
    "spoke": -3.0,  # its author is already part of the story
    "shared": -0.1,  # per unit of shared rare words
}
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|i'd|me|my|mine|we|we've|us|our|ours)\b")


def is_aside(text: str) -> bool:
    """The comment says itself that it is about something else."""
    return says("comments", "aside", text)


def tells_its_own(
    text: str, *, customer: bool, spoke: bool, gathering: bool, shared: float
) -> bool:
    """A comment that is a moment tells one of its own, not more of its thread's.

    `shared` is the weight of the rare words it shares with the story of what it answers.
    """
    plain = text.lower().replace("’", "'")
    facts = {
        "first_person": float(_FIRST_PERSON.search(plain) is not None),
        "customer": float(customer),
        "own": float(says("comments", "own", plain)),
        "gathering": float(gathering),
        "witness": float(says("comments", "witness", plain)),
        "spoke": float(spoke),
        "shared": shared,
    }
    return sum(WEIGHTS[name] * value for name, value in facts.items()) > OWN
