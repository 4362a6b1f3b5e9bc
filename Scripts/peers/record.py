"""Solves every peer project and writes what it found where the tests read it.

    python record.py            all
    python record.py NAME ...   some; prints only with --dry
"""
import importlib
import json
import sys
from importlib.metadata import version

from places import PROJECTS

MODULES = ["format_files", "own_projects"]


def main():
    wanted = [a for a in sys.argv[1:] if not a.startswith("-")]
    for module in MODULES:
        try:
            cases = importlib.import_module(module).CASES
        except ModuleNotFoundError as missing:
            if missing.name != module:
                raise
            continue
        for name, solve in cases.items():
            if wanted and name not in wanted:
                continue
            peer, sizes, *more = solve()
            more = more[0] if more else {}
            value = more.pop("value", None)
            expected = {
                "objective": more.pop("objective", peer.value if value is None else value), "tolerance": more.pop("tolerance", 1e-6),
                "unit": more.pop("unit", "USD/y"),
                "sizes": {k: 0.0 if abs(v) < 1e-6 else round(v, 6) for k, v in sizes.items()}, "size_tolerance": 1e-3, **more,
                "tool": f"PyPSA {version('pypsa')}, linopy {version('linopy')}, HiGHS {version('highspy')}",
                "script": f"Scripts/peers/{module}.py, {solve.__name__}"}
            print(name, json.dumps(expected))
            if "--dry" not in sys.argv:
                folder = PROJECTS / ("format" if module == "format_files" else name)
                folder.mkdir(parents=True, exist_ok=True)
                file = folder / (f"{name}.expected.json" if module == "format_files" else "expected.json")
                file.write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
