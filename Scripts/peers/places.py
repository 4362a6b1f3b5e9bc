"""Where things are in the repository."""
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
PROJECTS = ROOT / "Tests" / "Projects"


def bench(year=1, hours=8760):
    """The first hours of a synthetic year, as a table."""
    return pd.read_csv(ROOT / "Benchmarks" / "Cases" / "data" / f"y{year:02d}.csv").head(hours)


def own(project, name="series.csv"):
    """The table of one of our own small projects."""
    return pd.read_csv(PROJECTS / project / name)
