"""The employees a story names: "Samuel", "Mr Okoro" and "Samuel Okoro" are one."""

from collections.abc import Mapping

import pandas as pd

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "madam"})


def fullest(stories: pd.Series, persons: pd.Series) -> pd.Series:
    """Per story the people told of, each once by the fullest name, the most told first."""
    named = pd.DataFrame({"story": stories, "person": persons})[persons != ""]
    times: dict[str, dict[str, int]] = {}
    counted = named.value_counts(["story", "person"]).reset_index(name="times")
    for story, person, count in counted.itertuples(index=False):
        times.setdefault(str(story), {})[str(person)] = count
    told = {story: ", ".join(_people(names)) for story, names in times.items()}
    return pd.Series(told, dtype="str", name="person")


def _people(times: Mapping[str, int]) -> list[str]:
    """The names of which no other is a fuller one, by how often they and their parts are told."""
    people: dict[str, int] = {}
    for name in sorted(times, key=lambda name: (-len(_parts(name)), -times[name], name)):
        fuller = next((person for person in people if _parts(name) <= _parts(person)), name)
        people[fuller] = people.get(fuller, 0) + times[name]
    return sorted(people, key=lambda person: (-people[person], person))


def _parts(name: str) -> frozenset[str]:
    words = frozenset(name.casefold().replace(".", " ").split())
    return words - _TITLES or words
