"""What the benchmarks measure with, and that they still find what they measure."""

import subprocess
import sys
from pathlib import Path

import pytest

from evaluation import bench_sentiment
from evaluation.bench_corpus import mixed
from evaluation.bench_row import Bench
from evaluation.bench_steps import steps
from evaluation.stopwatch import Took, in_turns, run, timed


def test_a_commands_memory_is_its_own_whatever_this_process_holds(tmp_path: Path) -> None:
    held = b"held" * 75_000_000
    small = run([sys.executable, "-c", "pass"], tmp_path)
    large = run([sys.executable, "-c", "held = b'held' * 30_000_000"], tmp_path)
    assert small.peak_mb < 60
    assert 110 < large.peak_mb < 180 < len(held) / 2**20


def test_a_command_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such archive')"]
    with pytest.raises(subprocess.CalledProcessError) as failed:
        run(command, tmp_path)
    assert failed.value.returncode == 1
    assert "no such archive" in failed.value.__notes__[0]


def test_works_are_measured_in_turns() -> None:
    done: list[str] = []
    first, second = in_turns(2, *(lambda it=it: timed(lambda: done.append(it)) for it in "ab"))
    assert done == ["a", "b", "a", "b"]
    assert [len(first), len(second)] == [2, 2]


def test_time_is_told_per_piece_of_work() -> None:
    assert Took(wall=6.0, cpu=4.0, peak_mb=10.0).per(2) == Took(wall=3.0, cpu=2.0, peak_mb=10.0)


def test_every_step_of_the_judge_takes_some_time_and_they_add_up(tmp_path: Path) -> None:
    *each, together = steps(Bench(mixed(300), 0, 1, tmp_path))
    assert all(step.micros > 0 for step in each)
    assert together.micros == pytest.approx(sum(step.micros for step in each))


def test_sentiment_scores_no_post_otherwise_than_the_loop_it_is_measured_by(tmp_path: Path) -> None:
    rows = {row.what: row for row in bench_sentiment.sentiment(Bench(mixed(300), 0, 1, tmp_path))}
    assert rows["sentiment, posts that score otherwise"].cpu == "0"
    assert rows["sentiment, posts that score otherwise"].note == "of 300"
