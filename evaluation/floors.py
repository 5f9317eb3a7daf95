"""The figures that must be reached, pinned in `floors.toml` with the hash of the corpus."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

PINNED = Path(__file__).parent / "floors.toml"
_HEAD = """\
# What `make gate` must reach; CI fails below. `make gate ARGS=--raise-floors` writes better
# figures here, `--lower-floors` worse ones (say in the commit why), `--accept-corpus` the hash of
# a corpus that was changed on purpose. Aims are where we want to be; the gate only shows them.
"""
_STEP = 0.01  # floors are figures rounded down to it: other machines round a little differently


@dataclass(frozen=True)
class Floors:
    """The corpus they were measured on, and per figure (`set.figure`) the least and the wish."""

    corpus: str
    floors: Mapping[str, float]
    aims: Mapping[str, float]

    @classmethod
    def load(cls, path: Path = PINNED) -> "Floors":
        """Read the pinned figures."""
        kept = tomllib.loads(path.read_text("utf-8"))
        return cls(kept["corpus"], _flat(kept.get("floors", {})), _flat(kept.get("aims", {})))

    def save(self, path: Path = PINNED) -> None:
        """Write them, sorted."""
        parts = [_HEAD, f'corpus = "{self.corpus}"\n']
        for table, figures in (("floors", self.floors), ("aims", self.aims)):
            parts += _tables(table, figures)
        path.write_text("\n".join(parts), "utf-8")

    def breaches(self, figures: Mapping[str, float]) -> Iterator[str]:
        """One sentence per measured figure below its floor."""
        for name, least in self.floors.items():
            if name in figures and figures[name] < least - 1e-9:
                yield f"{name} is {figures[name]:.3f}, its floor is {least:.2f}"

    def raised(self, figures: Mapping[str, float]) -> "Floors":
        """Floors no lower than they were, and as high as what was measured."""
        better = {name: max(self.floors.get(name, 0.0), down(at)) for name, at in figures.items()}
        return replace(self, floors={**self.floors, **better})

    def lowered(self, figures: Mapping[str, float]) -> "Floors":
        """Floors no higher than what was measured."""
        worse = {
            name: min(least, down(figures[name]))
            for name, least in self.floors.items()
            if name in figures
        }
        return replace(self, floors={**self.floors, **worse})


def down(figure: float) -> float:
    """A figure rounded down to a floor."""
    return round(math.floor(figure / _STEP + 1e-9) * _STEP, 2)


def _flat(tables: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    return {f"{table}.{name}": at for table, kept in tables.items() for name, at in kept.items()}


def _tables(table: str, figures: Mapping[str, float]) -> Iterator[str]:
    for group in sorted({name.partition(".")[0] for name in figures}):
        names = sorted(name for name in figures if name.partition(".")[0] == group)
        lines = [f"{name.partition('.')[2]} = {figures[name]:.2f}" for name in names]
        yield "\n".join([f"[{table}.{group}]", *lines]) + "\n"
