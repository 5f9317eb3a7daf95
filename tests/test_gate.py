"""The gate measures rightly, and fails where it should."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score

from evaluation import corpus, errors, facets, frame_report, gate, measure, quality_page, readings
from evaluation.baselines import split, tuned
from evaluation.floors import Floors, down
from evaluation.markdown import plain
from evaluation.readings import Reading

LABELS = ("exceptional", "poor", "neither")


@pytest.fixture(scope="module")
def shipped() -> list[Reading]:
    return list(readings.shipped(corpus.load()))


def test_the_shipped_parts_reach_their_floors(shipped: list[Reading]) -> None:
    found = gate.figures(shipped)
    assert gate.breaches(Floors.load(), found, corpus.digest()) == []


def test_every_figure_of_the_shipped_parts_has_a_floor(shipped: list[Reading]) -> None:
    assert gate.figures(shipped).keys() <= Floors.load().floors.keys()


def test_the_page_tells_of_this_corpus_and_model(shipped: list[Reading]) -> None:
    page = quality_page.PAGE.read_text("utf-8")
    assert f"corpus `{corpus.digest()}`" in page, "make gate"
    assert f"model `{shipped[0].judged['model'].iloc[0]}`" in page, "make gate"


def test_f1_is_what_scikit_learn_says() -> None:
    drawn = np.random.default_rng(1).integers(0, 3, (2, 500))
    true, judged = ([LABELS[each] for each in row] for row in drawn)
    counts = measure.confusion(true, judged, LABELS)
    assert measure.f1(counts) == pytest.approx(f1_score(true, judged, average=None, labels=LABELS))
    assert measure.macro_f1(counts) == pytest.approx(f1_score(true, judged, average="macro"))


def test_an_unjudged_post_is_not_found_and_not_wrongly_found() -> None:
    counts = measure.confusion(["poor", "poor"], ["poor", "unjudged"], LABELS)
    poor = measure.scores(counts, LABELS)[1]
    assert (poor.precision, poor.recall, poor.n) == (1.0, 0.5, 2)


def test_an_interval_holds_its_figure_and_narrows_with_posts() -> None:
    counts = np.array([[6, 1, 3, 0], [1, 20, 9, 0], [2, 5, 90, 0]])
    wide = measure.interval(measure.macro_f1(measure.resamples(counts)))
    narrow = measure.interval(measure.macro_f1(measure.resamples(counts * 100)))
    assert wide[0] < measure.macro_f1(counts) < wide[1]
    assert narrow[1] - narrow[0] < (wide[1] - wide[0]) / 5


def test_confidence_that_means_what_it_says_has_no_error() -> None:
    sure = np.full(100, 0.8)
    right = np.arange(100) < 80
    assert measure.calibration_error(measure.reliability(sure, right, (0, 0.5, 1))) < 1e-9
    assert measure.calibration_error(measure.reliability(sure, ~right, (0, 0.5, 1))) > 0.5


def test_a_confidence_of_one_falls_into_the_last_band() -> None:
    bins = measure.reliability(np.array([1.0]), np.array([True]), (0, 0.5, 1))
    assert [(each.low, each.n) for each in bins] == [(0.5, 1)]


def test_a_figure_below_its_floor_is_a_breach() -> None:
    floors = Floors("abc", {"test.macro_f1": 0.7, "gold_dev.macro_f1": 0.9}, {})
    assert gate.breaches(floors, {"test.macro_f1": 0.69}, "abc") == [
        "test.macro_f1 is 0.690, its floor is 0.70"
    ]


def test_a_changed_corpus_is_a_breach() -> None:
    (said,) = gate.breaches(Floors("abc", {}, {}), {}, "def")
    assert "--accept-corpus" in said


def test_raising_never_lowers_and_lowering_never_raises() -> None:
    floors = Floors("abc", {"a.x": 0.7, "a.y": 0.7, "b.z": 0.5}, {})
    found = {"a.x": 0.655, "a.y": 0.755}
    assert floors.raised(found).floors == {"a.x": 0.7, "a.y": 0.75, "b.z": 0.5}
    assert floors.lowered(found).floors == {"a.x": 0.65, "a.y": 0.7, "b.z": 0.5}


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    floors = Floors("abc", {"a.x": 0.7, "b.y": 1.0}, {"a.x": 0.9})
    floors.save(tmp_path / "floors.toml")
    assert Floors.load(tmp_path / "floors.toml") == floors


def test_a_floor_is_rounded_down() -> None:
    assert [down(0.659), down(0.66), down(1.0)] == [0.65, 0.66, 1.0]


def test_a_facet_is_measured_on_moments_found_and_on_all() -> None:
    truth = pd.DataFrame({"verdict": ["poor", "poor", "neither"], "reason": ["rude", "failed", ""]})
    judged = pd.DataFrame({"verdict": ["poor", "neither", "poor"], "reason": ["rude", "", "rude"]})
    (reason,) = facets.of(truth, judged)
    assert measure.accuracy(reason.found) == 1.0
    assert measure.accuracy(reason.all) == 0.5


def test_a_finer_reason_counts_as_its_coarser_one_where_the_guide_has_no_finer() -> None:
    truth = pd.DataFrame({"verdict": ["poor"], "reason": ["rude"]})
    judged = pd.DataFrame({"verdict": ["poor"], "reason": ["scripted"]})
    (reason,) = facets.of(truth, judged)
    assert measure.accuracy(reason.found) == 1.0


def test_a_person_is_right_whatever_the_title_and_the_capitals() -> None:
    truth = pd.DataFrame({"verdict": ["exceptional"] * 3, "person": ["Dr Amrit", "", "Jo"]})
    judged = pd.DataFrame({"verdict": ["exceptional"] * 3, "person": ["amrit", "Monday", ""]})
    assert facets.persons(truth, judged) == facets.Persons(there=2, named=2, right=1)


def test_a_frame_that_fires_on_the_wrong_side_misleads() -> None:
    kept = [
        frame_report.Record("a", "poor", 0, 0),
        frame_report.Record("b", "poor", 10, 4),
        frame_report.Record("c", "poor", 10, 6),
        frame_report.Record("d", "poor", 2, 0),
    ]
    assert [each.frame for each in frame_report.silent(kept)] == ["a"]
    assert [each.frame for each in frame_report.misleading(kept)] == ["b"]


def test_the_tuned_baseline_finds_the_thresholds() -> None:
    compound = np.array([-0.9, -0.8, 0.0, 0.1, 0.2, 0.8, 0.9])
    truth = pd.Series(["poor"] * 2 + ["neither"] * 3 + ["exceptional"] * 2)
    low, high = tuned(compound, truth)
    assert list(split(compound, low, high)) == list(truth)


def test_errors_with_a_comment_come_first_and_a_mended_one_goes() -> None:
    truth = pd.DataFrame(
        {"id": ["jo-1", "jo-2", "jo-3"], "verdict": ["poor"] * 3, "text": ["a", "b", "c"]}
    )
    judged = pd.DataFrame({"verdict": ["neither", "neither", "poor"], "confidence": [0.9, 0.5, 1]})
    reading = Reading("dev", truth, judged)
    shown = errors.chosen(reading, {"jo-2": "why", "jo-3": "mended since"})
    assert list(shown["id"]) == ["jo-2", "jo-1"]


def test_comments_are_about_posts_of_the_development_part() -> None:
    assert errors.comments().keys() <= set(corpus.load("dev")["id"])


def test_a_text_cannot_break_the_page() -> None:
    assert plain("a|b\n# <c> [x](y)") == "a\\|b \\# \\<c\\> \\[x\\](y)"


def test_lowering_needs_to_be_asked_for() -> None:
    floors = Floors("abc", {"a.x": 0.7}, {})
    assert replace(floors).breaches({"a.x": 0.1})
    assert list(floors.lowered({"a.x": 0.1}).breaches({"a.x": 0.1})) == []
