"""The employees a story names: "Samuel", "Mr Okoro" and "Samuel Okoro" are one."""

import pandas as pd

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "madam"})


def fullest(stories: pd.Series, persons: pd.Series) -> pd.Series:
    """Per story the names told in it, each person once by the fullest name, the most told first."""
    named = pd.DataFrame({"story": stories, "person": persons})[persons != ""]
    told = named.value_counts(["story", "person"]).reset_index(name="times")
    told = told.sort_values(["story", "times", "person"], ascending=[True, False, True])
    merged = {
        story: ", ".join(_merged(list(names)))
        for story, names in told.groupby("story")["person"]
    }
    return pd.Series(merged, dtype="str").rename("person")


def _merged(names: list[str]) -> list[str]:
    """The names without those that are part of a fuller one, which takes the place of the first."""
    people: list[str] = []
    for name in names:
        mine = _parts(name)
        same = [person for person in people if mine <= _parts(person) or mine >= _parts(person)]
        if not same:
            people.append(name)
        elif len(mine) > len(_parts(same[0])):
            people[people.index(same[0])] = name
    return list(dict.fromkeys(people))


def _parts(name: str) -> frozenset[str]:
    words = frozenset(name.casefold().replace(".", " ").split())
    return words - _TITLES or words
