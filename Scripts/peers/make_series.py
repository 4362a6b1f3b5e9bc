"""Small synthetic series for the projects under Tests/Projects: seeded, nobody's measurements.

    python make_series.py
"""
import numpy as np

from places import PROJECTS, ROOT


def day(hours, peak, width):
    h = np.arange(hours) % 24
    return np.exp(-(((h - peak + 12) % 24 - 12) / width) ** 2)


def noise(random, hours, keep, scale):
    x, out = 0.0, np.empty(hours)
    for t in range(hours):
        x = keep * x + random.normal() * scale
        out[t] = x
    return out


def sun(random, hours):
    h = np.arange(hours) % 24
    shape = np.clip(np.sin((h - 5.5) / 13 * np.pi), 0, None) * ((h > 5.5) & (h < 18.5))
    cloud = np.repeat(random.uniform(0.25, 1.0, hours // 24 + 1), 24)[:hours]
    return np.clip(shape * cloud * 0.85, 0, 1)


def wind(random, hours):
    return np.clip(0.28 + noise(random, hours, 0.92, 0.09), 0, 1)


def load(random, hours, base):
    return base * (0.55 + 0.35 * day(hours, 9, 3) + 0.5 * day(hours, 19, 3)) * (1 + 0.05 * random.normal(size=hours))


def write(project, columns, name="series.csv", folder=None, rows=None):
    """A table of the hours of the horizon: all rows, or those named."""
    folder = folder or PROJECTS / project
    folder.mkdir(parents=True, exist_ok=True)
    keys = list(columns)
    with open(folder / name, "w", encoding="utf-8") as out:
        out.write(",".join(keys) + "\n")
        for t in rows or range(len(columns[keys[0]])):
            out.write(",".join(c[t] if isinstance(c[t], str) else f"{c[t]:.4f}".rstrip("0").rstrip(".") for c in columns.values()) + "\n")


def main():
    r = np.random.default_rng(1)
    T = 336
    write("shed-and-shift", {
        "town": load(r, T, 120), "pumps": 25 * (0.4 + day(T, 7, 2) + day(T, 18, 2)), "laundry": 30 * day(T, 14, 3),
        "sun": sun(r, T), "wind": wind(r, T), "price": 0.09 + 0.08 * day(T, 18, 4) + 0.01 * r.random(T)})
    r = np.random.default_rng(2)
    T = 240
    write("island-reserve", {"village": load(r, T, 90), "sun": sun(r, T), "wind": wind(r, T)})
    r = np.random.default_rng(3)
    T = 24 * 38
    write("old-plant", {"load": load(r, T, 300), "sun": sun(r, T), "wind": wind(r, T)}, rows=range(24 * 24, T))
    r = np.random.default_rng(4)
    T = 96
    write("sell-above-buy", {"load": load(r, T, 60), "sun": sun(r, T),
                             "buy": 0.10 + 0.05 * np.sin(np.arange(T) / 5), "sell": 0.09 + 0.06 * np.sin(np.arange(T) / 5 + 2)})
    r = np.random.default_rng(5)
    T = 24 * 76
    warm = np.arange(T) / T
    write("two-weeks", {
        "power": load(r, T, 150), "heat": (1.2 - warm) * (90 + 40 * day(T, 6, 4) + 10 * r.random(T)),
        "cold": np.clip(120 * warm * day(T, 15, 5) - 5, 0, None), "sun": sun(r, T)},
        rows=[*range(5 * 24, 12 * 24), *range(68 * 24, 75 * 24)])
    r = np.random.default_rng(6)
    T = 168
    write("growing", {"load": load(r, T, 200), "sun": sun(r, T), "wind": wind(r, T)})
    r = np.random.default_rng(7)
    T = 168
    write("least-outside", {
        "load": load(r, T, 100), "heat": 80 + 30 * day(T, 7, 4) + 10 * r.random(T), "sun": sun(r, T),
        "cop": 2.6 + 0.8 * day(T, 14, 6)})
    r = np.random.default_rng(8)
    T = 336
    stamp = np.datetime64("2025-02-01T00:00") + np.arange(T) * np.timedelta64(2, "h")
    write("month-blocks", {
        "time": [str(s) for s in stamp], "load": load(r, 2 * T, 140)[::2], "irrigation": 20 * (0.5 + day(2 * T, 10, 5))[::2],
        "sun": sun(r, 2 * T)[::2], "stream": (55 + 20 * noise(r, 2 * T, 0.97, 0.15))[::2].clip(10, 90)})
    r = np.random.default_rng(9)
    T = 168
    write("fleet", {"office": load(r, T, 40), "workshop": 50 * day(T, 11, 4) + 8 * r.random(T), "sun": sun(r, T),
                    "price": 0.10 + 0.12 * day(T, 19, 3)})
    # A year for Examples/hourly-csv: a dairy with cold store, sun with a wet summer, a wind that calms down at night.
    r = np.random.default_rng(10)
    T = 8760
    season = np.cos((np.arange(T) / 8760 - 0.54) * 2 * np.pi)
    breeze = np.clip((0.24 - 0.05 * season) * (0.85 + 0.3 * day(T, 15, 6)) + noise(r, T, 0.95, 0.06), 0, 1)
    write("", {"dairy_kw": load(r, T, 120) * (1 + 0.18 * season) + 35 + 20 * np.clip(season, 0, None),
               "sun": sun(r, T) * (0.92 + 0.12 * season), "wind": breeze},
          name="hours.csv", folder=ROOT / "Examples" / "hourly-csv")


if __name__ == "__main__":
    main()
