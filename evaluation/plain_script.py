"""What a good engineer would write in an afternoon: the script that `make bench` compares with.

    python -m evaluation.plain_script ARCHIVE.jsonl FOLDER

pandas reads, vaderSentiment scores, a table is written per day. It knows nothing of brands,
service, evidence or languages: it is a floor for time, not for what is told.
"""

import sys
from pathlib import Path

import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

CHUNK = 50_000  # rows


def main(archive: Path, folder: Path) -> None:
    """Score an archive and write `FOLDER/DATE.csv` for each of its days."""
    analyzer = SentimentIntensityAnalyzer()
    for posts in pd.read_json(archive, lines=True, chunksize=CHUNK, dtype={"id": str}):
        compound = [analyzer.polarity_scores(text)["compound"] for text in posts["text"]]
        posts["compound"] = compound
        posts["verdict"] = pd.cut(
            posts["compound"], [-2, -0.05, 0.05, 2], labels=["poor", "neither", "exceptional"]
        )
        posts["date"] = pd.to_datetime(posts["published_at"], utc=True).dt.date
        for day, rows in posts.groupby("date"):
            path = folder / f"{day}.csv"
            rows.to_csv(path, mode="a", header=not path.exists(), index=False)


if __name__ == "__main__":
    Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
