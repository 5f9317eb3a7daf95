"""The rule table of escalation, read from escalation_rules.toml and checked."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from analysis.harm import patterns
from data.errors import UserError
from data.vocabulary import Churn, Priority, Reason, Reply, Teller

RULES = Path(__file__).with_name("escalation_rules.toml")


class RulesError(UserError):
    """The rule table cannot be used; one line per mistake."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class When(_Strict):
    """The conditions of a rule; what is left out is not asked."""

    harm: tuple[str, ...] = ()
    reason: tuple[Reason, ...] = ()
    teller: tuple[Teller, ...] = ()
    churn: tuple[Churn, ...] = ()
    reply: tuple[Reply, ...] = ()
    in_press: bool | None = None
    rising: bool | None = None
    press_outlets_at_least: int | None = None
    authors_at_least: int | None = None
    reach_at_least: int | None = None
    posts_24h_at_least: int | None = None
    repeats_at_least: int | None = None
    unanswered_at_least: float | None = None  # hours
    age_at_most: float | None = None  # hours

    @model_validator(mode="after")
    def _harm_has_words(self) -> Self:
        if unknown := sorted(set(self.harm) - set(patterns())):
            raise ValueError(f"harm_words.toml has no words for: {', '.join(unknown)}")
        return self

    def asked(self) -> dict[str, object]:
        """The conditions that are asked, by name."""
        return {name: value for name, value in self if value not in (None, ())}


class Rule(_Strict):
    """One line of the table."""

    name: str
    priority: Priority
    when: When
    because: str


class Urgency(_Strict):
    """What a priority asks of people."""

    meaning: str
    due: float = Field(gt=0, description="Hours until an owned answer is due.")
    quiet_days: float = Field(gt=0)


class Delights(_Strict):
    """What makes an exceptional story worth sharing."""

    least: int
    points: dict[str, int]


class Rules(_Strict):
    """The whole table."""

    priorities: dict[Priority, Urgency]
    rules: tuple[Rule, ...] = Field(min_length=1)
    delights: Delights

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        names = [rule.name for rule in self.rules]
        if len(set(names)) < len(names):
            raise ValueError("two rules bear one name")
        if missing := sorted(set(Priority) - set(self.priorities)):
            raise ValueError(f"no meaning and due time for: {', '.join(missing)}")
        if all(rule.when.asked() for rule in self.rules):
            raise ValueError("no rule holds for every poor story: expected one with when = {}")
        return self


@cache
def load_rules(path: Path = RULES) -> Rules:
    """The rule table of a file. Raises `RulesError` saying which key is wrong and how."""
    try:
        return Rules.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"{path}: it cannot be read as TOML: {error}.") from error
    except ValidationError as error:
        lines = [
            f"{path}: {'.'.join(str(part) for part in mistake['loc'])}: {mistake['msg']}."
            for mistake in error.errors(include_url=False)
        ]
        raise RulesError("\n".join(lines)) from error
