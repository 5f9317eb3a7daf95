"""The file that every day has, however it is told: all of its posts."""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from reports.pseudonyms import pseudonyms


def posts_table(told: pd.DataFrame, key: bytes) -> pa.Table:
    """Posts with their judgements as posts.parquet has them; authors as pseudonyms."""
    kept = told[~told["deleted"]] if told["deleted"].any() else told
    kept = kept.assign(author=pseudonyms(kept["source"], kept["author"], key))
    return pa.Table.from_pandas(kept, preserve_index=False)


def parquet(table: pa.Table) -> bytes:
    """The bytes of a Parquet file."""
    file = io.BytesIO()
    # Without dictionaries, which of some hundred rows are no smaller and take most of the time, and
    # without the least and greatest values, by which no reader skips any of one day's few rows.
    pq.write_table(table, file, compression="zstd", use_dictionary=False, write_statistics=False)
    return file.getvalue()
