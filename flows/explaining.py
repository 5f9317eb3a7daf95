"""`moments explain`: a verdict and why."""

from rich.console import Console
from rich.table import Table

from analysis.judge import explain
from data.records import Brand


def explain_text(text: str, brand: str | None, out: Console) -> None:
    """Print a text's verdict, its probabilities, the words that decided and each share."""
    told = explain(text, Brand(brand) if brand else None)
    out.print(f"[bold]{told.verdict}[/bold]", f"({told.confidence:.0%} sure)")
    out.print(str(told), markup=False)
    _ = Table
