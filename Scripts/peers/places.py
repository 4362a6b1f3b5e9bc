"""Where things are: the repository, and the shared folder beside it (or TULOU_SHARED)."""
import os
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TULOU_SHARED", ROOT.parent / "shared"))
PROJECTS = ROOT / "Tests" / "Projects"


def bench(year=1, hours=8760):
    """The first hours of a synthetic year, as a table."""
    name = f"y{year:02d}.csv"
    committed = ROOT / "Benchmarks" / "Cases" / "data" / name
    path = committed if committed.exists() else SHARED / "bench" / "data" / name
    return pd.read_csv(path).head(hours)


def own(project, name="series.csv"):
    """The table of one of our own small projects."""
    return pd.read_csv(PROJECTS / project / name)
