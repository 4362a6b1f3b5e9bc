"""The projects under Tests/Projects, built anew in PyPSA from format.md and model.md.

What PyPSA does not know (shifting, reserve, tiers of a month, stages) is added to its linopy model, where possible in
another form than Tulou's: shifted demand, for example, as energy sent from hour to hour instead of cumulative sums.
"""
import datetime as dt

import numpy as np
import pandas as pd

from money import annuity, crf, levelised, old_plant_annuity, staged_present
from network import Peer
from places import own


def series(values, m, name="snapshot"):
    """A table of numbers on the snapshots, for use in linopy rows."""
    return pd.Series(np.asarray(values, float), index=pd.RangeIndex(len(values), name="snapshot")).to_xarray()


def start_of_step(content):
    """Content at the start of a step: PyPSA counts it at the end; all are cyclic."""
    return content.roll(snapshot=1)


def shed_and_shift():
    s = own("shed-and-shift")
    T, Y = 336, 336 / 8760
    p = Peer(T, Y)
    p.bus("ac")
    p.load("town", "ac", s.town)
    p.source("pv", "ac", s.sun.values, 400, annuity(800, 25) + 10)
    p.source("wind", "ac", s.wind.values, 300, annuity(1400, 20) + 30)
    p.buy("buy", "ac", s.price.values, 45)
    p.sell("sell", "ac", 0.04, 50)
    for tier, share, cost in (("critical", 0.2, 8.0), ("normal", 0.5, 1.2), ("comfort", 0.3, 0.3)):
        p.shed(tier, "ac", cost, share * s.town)
    # Flexible demands draw through generators of negative sign, tied to what is wanted below.
    p.n.add("Generator", "pumps", bus="ac", p_nom=60.0, sign=-1)
    p.n.add("Generator", "laundry", bus="ac", p_nom=70.0, sign=-1)
    # The battery begins at half and may end higher: cyclic at half, with a dump in the last hour.
    p.storage("battery", "ac", 0.95, 0.94, 0.0002, 200, 1200, annuity(100, 12) + 4, annuity(150, 12))
    p.n.stores.loc["battery", "e_min_pu"] = 0.2
    p.n.add("Generator", "surplus", bus="battery content", p_nom=1e5, sign=-1, p_max_pu=np.r_[np.zeros(T - 1), 1.0])

    def more(m):
        g = m["Generator-p"]
        size = m["Store-e_nom"].loc["battery"]
        power = m["Link-p_nom"].loc["battery in"]
        m.add_constraints(m["Store-e"].sel(name="battery").isel(snapshot=T - 1) - 0.5 * size == 0, name="half")
        m.add_constraints(size - power >= 0, name="an hour at least")
        m.add_constraints(size - 6 * power <= 0, name="six hours at most")
        # x[k]: energy wanted in hour s and served in hour s + k.
        shifts = range(-2, 6)
        parts = {}
        for k in shifts:
            inside = [(0 <= h + k < T) for h in range(T)]
            upper = np.where(inside, 1e6, 0.0)
            parts[k] = m.add_variables(lower=0, upper=series(upper, m), name=f"moved by {k}")
        m.add_constraints(sum(parts.values()) == series(s.pumps, m), name="all pumped")
        arrived = sum(x.shift(snapshot=k) for k, x in parts.items())
        m.add_constraints(g.sel(name="pumps") - arrived == 0, name="pumped now")
        daily = s.laundry.values.reshape(-1, 24).sum(axis=1)
        for k in range(T // 24):
            m.add_constraints(g.sel(name="laundry").isel(snapshot=slice(24 * k, 24 * k + 24)).sum() == daily[k], name=f"washed on day {k}")
        total = s.town.sum() + s.pumps.sum() + s.laundry.sum()
        m.add_constraints(g.sel(name=["critical", "normal", "comfort"]).sum() <= 0.02 * total, name="unserved")
    p.also(more)
    p.solve()
    g = p.n.generators_t.p
    tiers = {k: float(g[k].sum() / Y) for k in ("critical", "normal", "comfort")}
    return p, {"pv": p.size("Generator", "pv"), "wind": p.size("Generator", "wind"),
               "battery.power": p.size("Link", "battery in"), "battery.energy": p.size("Store", "battery")}, {"unserved": tiers}


def island_reserve():
    s = own("island-reserve")
    T, Y, i = 240, 240 / 8760, 0.06
    money = lambda capital, life: annuity(capital, life, rate=i)
    p = Peer(T, Y)
    p.bus("ac", "dc")
    p.load("village", "ac", s.village)
    p.shed("unserved", "ac", 2.0, s.village)
    p.source("turbine", "ac", s.wind.values, 150, money(1500, 20) + 35, p_min_pu=s.wind.values)
    p.n.add("Generator", "spill", bus="ac", p_nom=1e5, sign=-1)
    p.source("roof", "ac", s.sun.values, 60, money(1000, 25) + 10)
    p.source("field", "dc", s.sun.values, 300, money(700, 25) + 10)
    p.converter("inverter", "dc", "ac", 0.95, 300, money(180, 15), rated="output")
    each = 0.88 ** 0.5
    p.storage("battery", "ac", each, each, 0.0001, 200, 900, money(120, 12), money(170, 12))
    p.n.stores.loc["battery", "e_min_pu"] = 0.1
    fuel = 1.1 / 11.9 + 0.03 * 0.267
    p.source("genset", "ac", np.ones(T), 200, money(400, 15) + 10, marginal=2.4 * fuel + 0.02)

    def more(m):
        g, size = m["Generator-p"], m["Generator-p_nom"]
        G = g.sel(name="genset")
        hours = p.n.snapshots
        index = pd.RangeIndex(T, name="snapshot")
        on = m.add_variables(lower=0, coords=[index], name="on line")
        spare = m.add_variables(lower=0, coords=[index], name="battery could give")
        q = m.add_variables(lower=0, coords=[index], name="reserve missing")
        m.add_constraints(on - size.loc["genset"] <= 0, name="on line at most")
        m.add_constraints(G - on <= 0, name="below what is on line")
        m.add_constraints(G - 0.3 * on >= 0, name="least load")
        m.objective = m.objective + (0.25 * fuel * on).sum()
        content, energy = m["Store-e"].sel(name="battery"), m["Store-e_nom"].loc["battery"]
        m.add_constraints(spare - m["Link-p_nom"].loc["battery in"] <= 0, name="spare power")
        m.add_constraints(spare - each * (1 - 0.0001) * start_of_step(content) + each * 0.1 * energy <= 0, name="spare energy")
        discharge = m["Link-p"].sel(name="battery out") * each
        sun = series(s.sun, m)
        roof = g.sel(name="roof")
        m.add_constraints(on - G + spare - discharge + sun * size.loc["roof"] - 1.25 * roof - 0.5 * g.sel(name="turbine") + q
                          >= series(0.1 * s.village, m), name="reserve")
        m.add_constraints(q.sum() + g.sel(name="unserved").sum() <= 0.02 * s.village.sum(), name="shortage")
    p.also(more)
    p.solve()
    return p, {"turbine": p.size("Generator", "turbine"), "roof": p.size("Generator", "roof"), "field": p.size("Generator", "field"),
               "inverter": 0.95 * p.size("Link", "inverter"), "battery.power": p.size("Link", "battery in"),
               "battery.energy": p.size("Store", "battery"), "genset": p.size("Generator", "genset")}


def old_plant():
    s = own("old-plant")
    T, Y = 336, 336 / 8760
    i = (0.07 - 0.02) / 1.02
    grow = lambda e: levelised(e, rate=i)
    p = Peer(T, Y)
    p.bus("ac", "gasline")
    p.load("load", "ac", s.load.values if hasattr(s.load, "values") else s["load"].values)
    fade = grow(-0.006)
    each_pv = annuity(800, 25, i, 20, 500) + 14 * grow(0.01)
    p.source("pv new", "ac", s.sun.values * fade, 750, each_pv)
    p.source("pv old", "ac", s.sun.values * fade, 150, 0.0, p_nom_min=150)
    p.source("wind", "ac", s.wind.values, 400, annuity(1100, 18, i) + 30)
    p.source("genset old", "ac", np.ones(T), 120, 0.0, p_nom_min=120,
             marginal=(0.045 * grow(0.01) + 0.025 * 0.202 * grow(0.02)) / 0.36 + 0.01)
    standing = (150 * (old_plant_annuity(500, 25, 10, i) + 14 * grow(0.01)) + 120 * (old_plant_annuity(450, 15, 12, i) + 20)) * Y
    p.constant = standing
    each = 0.9 ** 0.5
    p.hours_storage("battery", "ac", each, each, 0.0001, 3, 300, annuity(80 + 3 * 110, 12, i) + 3)
    price, month = np.empty(T), np.empty(T, int)
    for t in range(T):
        moment = dt.datetime(2025, 1, 25) + dt.timedelta(hours=t)
        hour, month[t] = moment.hour, moment.month
        if hour >= 22 or hour < 6:
            price[t] = 0.08
        elif moment.weekday() < 5 and (10 <= hour < 12 or 15 <= hour < 20):
            price[t] = 0.21
        else:
            price[t] = 0.14
    carbon = 0.025 * 0.6 * grow(1.02 * 0.98 - 1)
    p.buy("buy", "ac", price * grow(0.015) + carbon, 500)
    p.sell("sell", "ac", 0.05, 120)

    def more(m):
        peak = m.add_variables(lower=50.0, coords=[pd.Index([1, 2], name="month")], name="peak")
        bought = m["Generator-p"].sel(name="buy")
        for k, other, share in ((1, 2, 7 / 31), (2, 1, 7 / 28)):
            m.add_constraints(bought.isel(snapshot=np.flatnonzero(month == k)) - peak.sel(month=k) <= 0, name=f"peak {k}")
            m.add_constraints(peak.sel(month=k) - 0.9 * peak.sel(month=other) >= 0, name=f"ratchet {k}")
            m.objective = m.objective + 9 * share * peak.sel(month=k)
        size = m["Generator-p_nom"]
        m.add_constraints(800 * size.loc["pv new"] + 1100 * size.loc["wind"] + (80 + 330) * m["StorageUnit-p_nom"].loc["battery"]
                          <= 500000, name="budget")
        # 3500 cycles in 12 years: energy out of the content, per year, at most so often the content.
        m.add_constraints(m["StorageUnit-p_dispatch"].sel(name="battery").sum() / each
                          - 3500 / 12 * Y * 3 * m["StorageUnit-p_nom"].loc["battery"] <= 0, name="cycles")
    p.also(more)
    p.solve()
    return p, {"pv": p.size("Generator", "pv new") + 150, "wind": p.size("Generator", "wind"), "genset": 120.0,
               "battery.power": p.size("StorageUnit", "battery"), "battery.energy": 3 * p.size("StorageUnit", "battery")}, {
                   "peaks": [float(x) for x in p.m.solution["peak"].values]}


def sell_above_buy():
    s = own("sell-above-buy")
    T, Y = 96, 96 / 8760
    def build(whole):
        p = Peer(T, Y)
        p.bus("ac")
        p.load("load", "ac", s["load"].values)
        p.source("pv", "ac", s.sun.values, 150, annuity(750, 25) + 10)
        each = 0.85 ** 0.5
        p.hours_storage("battery", "ac", each, each, 0.0, 2, 20, annuity(2 * 150, 10), p_nom_min=20)
        p.buy("buy", "ac", s.buy.values + 0.02 * 0.5, 120)
        p.sell("sell", "ac", s.sell.values, 80)

        def one_way(m):
            g = m["Generator-p"]
            if whole:
                buying = m.add_variables(binary=True, coords=[pd.RangeIndex(T, name="snapshot")], name="buying")
                m.add_constraints(g.sel(name="buy") - 120 * buying <= 0, name="buy only then")
                m.add_constraints(g.sel(name="sell") + 80 * buying <= 80, name="sell only else")
            else:
                m.add_constraints(g.sel(name="buy") / 120 + g.sel(name="sell") / 80 <= 1, name="shared meter")
        p.also(one_way)
        p.solve()
        return p
    p, relaxed = build(True), build(False)
    return p, {"pv": p.size("Generator", "pv"), "battery.power": 20.0, "battery.energy": 40.0}, {
        "exact": True, "bound_of_relaxation": relaxed.value}


def two_weeks():
    """Two copies of the cluster on one week of steps, with sizes tied to each other."""
    s = own("two-weeks")
    T = 168
    weeks = {"a": (0, 22.0), "b": (T, 30.0)}
    Y = sum(w for _, w in weeks.values()) * T / 8760
    p = Peer(T, Y)
    yearly = lambda capital, life: capital * crf(0.04, life)   # salvage as annuity: each size costs its annuity
    for k, (first, w) in weeks.items():
        z = s.iloc[first:first + T].reset_index(drop=True)
        pays = k == "a"
        c = lambda x: x if pays else 0.0
        n = lambda name: f"{name} {k}"
        p.bus(*(n(b) for b in ("ac", "hot", "cool", "gasline", "yard")))
        p.load(n("power"), n("ac"), z.power)
        p.load(n("rooms"), n("hot"), z.heat)
        p.load(n("cooling"), n("cool"), z.cold)
        p.source(n("pv"), n("ac"), z.sun.values, 500, c(yearly(800, 25) + 12))
        p.converter(n("chp"), n("gasline"), n("ac"), 0.34, 200, c(yearly(1200, 15)), marginal=w * 0.015 * 0.34, rated="output",
                    bus2=n("hot"), efficiency2=0.46)
        p.converter(n("burner"), n("gasline"), n("hot"), 0.92, 400, c(yearly(70, 20) + 2), rated="output")
        p.converter(n("stove"), n("yard"), n("hot"), 0.82, 300, c(yearly(260, 20) + 8), rated="output")
        p.buy(n("woods"), n("yard"), w * 40 / 4200, 1e5)
        p.n.add("Generator", n("spill"), bus=n("hot"), p_nom=1e5, sign=-1)
        p.tank(n("tank"), n("hot"), 0.005, 5000, c(yearly(20, 25)))
        p.converter(n("chiller"), n("ac"), n("cool"), 3.4, 60, c(yearly(420, 18)))
        p.converter(n("absorber"), n("hot"), n("cool"), 0.72, 150, c(yearly(190, 20) + 4), rated="output")
        p.buy(n("buy"), n("ac"), w * 0.16, 150)
        p.sell(n("sell"), n("ac"), w * 0.03, 60)
        p.buy(n("gas"), n("gasline"), w * 0.05, 1e5)

    def more(m):
        for kind, names, attribute in (("Generator", ["pv"], "p_nom"), ("Store", ["tank"], "e_nom"),
                                       ("Link", ["chp", "burner", "stove", "chiller", "absorber"], "p_nom")):
            size = m[f"{kind}-{attribute}"]
            for x in names:
                m.add_constraints(size.loc[x + " a"] - size.loc[x + " b"] == 0, name=f"one {x}")
        g = m["Generator-p"]
        total = lambda x: sum(w * g.sel(name=f"{x} {k}").sum() for k, (_, w) in weeks.items())
        m.add_constraints(0.202 * total("gas") + 0.55 * total("buy") <= 308000 * Y, name="co2")
        m.add_constraints(total("woods") <= 55000 * 4.2 * Y, name="stock")
    p.also(more)
    p.solve()
    g = p.n.generators_t.p
    per_year = lambda x: float(sum(w * g[f"{x} {k}"].sum() for k, (_, w) in weeks.items()) / Y)
    return p, {"pv": p.size("Generator", "pv a"), "chp": 0.34 * p.size("Link", "chp a"), "burner": 0.92 * p.size("Link", "burner a"),
               "stove": 0.82 * p.size("Link", "stove a"), "tank.energy": p.size("Store", "tank a"),
               "chiller": p.size("Link", "chiller a"), "absorber": 0.72 * p.size("Link", "absorber a")}, {
                   "co2": 0.202 * per_year("gas") + 0.55 * per_year("buy"), "stock": per_year("woods")}


def growing():
    """All stages in one problem (foresight), and one after the other (myopic)."""
    s = own("growing")
    T, Y, i, N = 168, 168 / 8760, 0.05, 20
    stages = [("first", 0, 1.0, 0.30, 180), ("second", 5, 1.5, 0.50, 120), ("third", 10, 2.2, 0.75, 90)]
    ends = [5, 10, 20]
    discount = lambda y: (1 + i) ** -y
    kinds = {"pv": (900, 25, 11, 2500), "wind": (1300, 18, 35, 2000), "battery": (None, 12, 4, 1500)}

    starts = [year for _, year, *_ in stages]

    def present(x, year, known):
        """What is built in `year`, with replacements and rest value up to N, discounted to year 0; later prices are known
        only to those who look ahead."""
        prices = [100 + 4 * cell if x == "battery" else kinds[x][0] for *_, cell in stages]
        return staged_present(prices[:known], starts[:known], kinds[x][1], year, i, N)

    def solve(span, before, weight_of):
        known = [k for k, *_ in stages].index(span[-1][0]) + 1
        p = Peer(T, 1.0)
        for k, year, scale, share, cell in span:
            v = weight_of(k)
            n = lambda name: f"{name} {k}"
            p.bus(n("ac"))
            p.load(n("load"), n("ac"), scale * s["load"].values)
            for x, column in (("pv", s.sun.values), ("wind", s.wind.values)):
                p.source(n(x), n("ac"), column, kinds[x][3], v * kinds[x][2])
            each = 0.9 ** 0.5
            p.hours_storage(n("battery"), n("ac"), each, each, 0.0, 4, kinds["battery"][3], v * kinds["battery"][2])
            p.buy(n("buy"), n("ac"), v / Y * 0.15, 600)
            p.sell(n("sell"), n("ac"), v / Y * 0.04, 150)

        def more(m):
            g = m["Generator-p"]
            for k, year, scale, share, cell in span:
                m.add_constraints(g.sel(name=f"buy {k}").sum() - (1 - share) * g.sel(name=f"sell {k}").sum()
                                  <= (1 - share) * scale * s["load"].sum(), name=f"renewable {k}")
            for x in kinds:
                size = m["StorageUnit-p_nom" if x == "battery" else "Generator-p_nom"]
                last = None
                for k, year, scale, share, cell in span:
                    new = m.add_variables(lower=0, coords=[pd.Index([k], name="stage")], name=f"new {x} {k}")
                    standing = before.get(x, 0.0)
                    if last is None:
                        m.add_constraints(size.loc[f"{x} {k}"] - new.sel(stage=k) == standing, name=f"chain {x} {k}")
                    else:
                        m.add_constraints(size.loc[f"{x} {k}"] - size.loc[f"{x} {last}"] - new.sel(stage=k) == 0, name=f"chain {x} {k}")
                    m.objective = m.objective + present(x, year, known) * new.sel(stage=k)
                    last = k
        p.also(more)
        p.solve()
        return p

    size = lambda p, x, k: p.size("StorageUnit" if x == "battery" else "Generator", f"{x} {k}")
    v = {k: sum(discount(y) for y in range(year + 1, end + 1)) for (k, year, *_), end in zip(stages, ends)}
    p = solve(stages, {}, lambda k: v[k])
    sizes = {f"{k}: {x if x != 'battery' else 'battery.power'}": size(p, x, k) for k, *_ in stages for x in kinds}
    # Myopic: each stage is planned as if it lasted to the end; what it costs is counted for its own years.
    before, total, built = {}, 0.0, {}
    for (stage, end) in zip(stages, ends):
        k, year, scale, share, cell = stage
        rest = sum(discount(y) for y in range(year + 1, N + 1))
        one = solve([stage], before, lambda _: rest)
        g = one.n.generators_t.p
        operation = sum(kinds[x][2] * size(one, x, k) for x in kinds) + (0.15 * g[f"buy {k}"].sum() - 0.04 * g[f"sell {k}"].sum()) / Y
        total += v[k] * operation
        for x in kinds:
            total += present(x, year, len(stages)) * (size(one, x, k) - before.get(x, 0.0))
            before[x] = size(one, x, k)
            built[f"{k}: {x if x != 'battery' else 'battery.power'}"] = before[x]
    return p, sizes, {"value": p.value * crf(i, N), "npc": p.value, "myopic_npc": total, "stages": True,
                      "myopic_sizes": {k: round(x, 6) for k, x in built.items()}}


def two_goals(goal, caps):
    s = own("least-outside")
    T, Y = 168, 168 / 8760

    def build():
        p = Peer(T, Y)
        p.bus("ac", "hot", "gasline")
        p.load("load", "ac", s["load"].values)
        p.load("rooms", "hot", s.heat)
        p.source("roofs", "ac", s.sun.values, 300, annuity(900, 25))
        p.source("field", "ac", s.sun.values, 1500, annuity(650, 25))
        p.n.add("Link", "heatpump", bus0="hot", bus1="ac", efficiency=(1 / s["cop"]).values, p_max_pu=0.0, p_min_pu=-1.0,
                p_nom_extendable=True, p_nom_max=200, capital_cost=annuity(600, 18) * Y)
        p.converter("boiler", "gasline", "hot", 0.9, 200, annuity(80, 20), rated="output")
        each = 0.9 ** 0.5
        p.hours_storage("battery", "ac", each, each, 0.0001, 4, 400, annuity(4 * 200, 12))
        p.tank("tank", "hot", 0.004, 6000, annuity(18, 25))
        p.buy("buy", "ac", 0.14, 200)
        p.sell("sell", "ac", 0.05, 100)
        p.buy("gas", "gasline", 0.05, 1e5)

        def limits(m):
            size, link = m["Generator-p_nom"], m["Link-p_nom"]
            g = m["Generator-p"]
            m.add_constraints(9 * size.loc["field"] <= 3600, name="land")
            m.add_constraints(900 * size.loc["roofs"] + 650 * size.loc["field"] + 600 * link.loc["heatpump"] + 72 * link.loc["boiler"]
                              + 800 * m["StorageUnit-p_nom"].loc["battery"] + 18 * m["Store-e_nom"].loc["tank"] <= caps["budget"], name="budget")
            if "outside" in caps:
                m.add_constraints(g.sel(name=["buy", "gas"]).sum() <= caps["outside"] * Y, name="outside energy")
        p.also(limits)
        return p

    def wanted(m):
        g = m["Generator-p"]
        return goal["buy"] * g.sel(name="buy").sum() + goal["gas"] * g.sel(name="gas").sum()
    first = build()
    m = first.model()
    m.objective = wanted(m)
    first.solve()
    best = first.value
    p = build()
    p.also(lambda m: m.add_constraints(wanted(m) <= best * (1 + 1e-6) * Y, name="the first goal"))
    p.solve()
    return p, {"roofs": p.size("Generator", "roofs"), "field": p.size("Generator", "field"), "heatpump": p.size("Link", "heatpump"),
               "boiler": 0.9 * p.size("Link", "boiler"), "battery.power": p.size("StorageUnit", "battery"),
               "tank.energy": p.size("Store", "tank")}, {"value": best, "cost": p.value, "unit": goal["unit"]}


def least_outside():
    return two_goals({"buy": 1.0, "gas": 1.0, "unit": "kWh/y"}, {"budget": 900000})


def least_co2():
    return two_goals({"buy": 0.55, "gas": 0.202, "unit": "kg/y"}, {"budget": 420000, "outside": 500000})


def month_blocks():
    s = own("month-blocks")
    T, Y, h = 336, 28 / 365, 2.0
    p = Peer(T, Y, dt=h)
    plain = lambda capital, life: annuity(capital, life, salvage="none")
    p.bus("ac")
    p.load("load", "ac", s["load"].values)
    p.source("pv", "ac", s.sun.values, 400, plain(1000, 20) + 12)
    p.source("hydro", "ac", np.ones(T), 80, plain(3200, 40) + 60)
    each = 0.9 ** 0.5
    p.storage("battery", "ac", each, each, 0.005, 100, 500, 5, plain(140, 10))
    for name, price in (("low", 0.09), ("middle", 0.14), ("high", 0.30)):
        p.buy(name, "ac", price, 250)
    p.sell("sell", "ac", 0.03, 60)
    # The tank: filled from the bus, emptied by what is wanted.
    p.bus("tank")
    p.load("irrigation", "tank", s.irrigation)
    p.n.add("Link", "filling", bus0="ac", bus1="tank", p_nom=80.0)
    p.n.add("Store", "tank", bus="tank", e_nom=300.0, e_cyclic=True)

    def more(m):
        g = m["Generator-p"]
        m.add_constraints(g.sel(name="hydro") <= series(s.stream, m), name="stream")
        m.add_constraints(g.sel(name=["low", "middle", "high"]).sum("name") <= 250, name="connection")
        m.add_constraints(h * g.sel(name="low").sum() <= 8000, name="first block")
        m.add_constraints(h * g.sel(name="middle").sum() <= 6000, name="second block")
    p.also(more)
    p.solve()
    g = p.n.generators_t.p
    return p, {"pv": p.size("Generator", "pv"), "hydro": p.size("Generator", "hydro"), "battery.power": p.size("Link", "battery in"),
               "battery.energy": p.size("Store", "battery")}, {"blocks": [float(h * g[k].sum()) for k in ("low", "middle", "high")]}


def fleet():
    s = own("fleet")
    T, Y = 168, 168 / 8760
    p = Peer(T, Y)
    p.bus("ac", "hamlet", "office", "cars")
    p.load("desks", "office", s.office)
    p.load("workshop", "hamlet", s.workshop)
    p.source("pv-office", "office", s.sun.values, 120, annuity(800, 25))
    p.source("pv-hamlet", "hamlet", s.sun.values, 300, annuity(700, 25))
    for a, b, name in (("ac", "office", "takes"), ("office", "ac", "gives")):
        p.n.add("Link", name, bus0=a, bus1=b, efficiency=0.98, p_nom=200.0, marginal_cost=0.01)
    p.converter("line", "ac", "hamlet", 0.95, 100, annuity(300, 30))
    p.converter("line back", "hamlet", "ac", 0.95, 100, 0.0)
    p.buy("buy", "ac", s.price.values, 200)
    p.sell("sell", "ac", 0.05, 100)
    hour = np.arange(T) % 24
    home = ~((hour >= 8) & (hour < 17))
    # Trips take their energy evenly while the cars are away; what they use has to be in them when they leave.
    p.load("trips", "cars", np.where(home, 0.0, 6 * 80 * 0.2 / 9))
    p.n.add("Store", "batteries", bus="cars", e_nom=360.0, e_cyclic=True)
    p.n.add("Link", "charging", bus0="office", bus1="cars", p_nom=66.0, p_max_pu=home.astype(float), efficiency=CAR)
    p.n.add("Link", "giving", bus0="cars", bus1="office", p_nom=66.0 / CAR, p_max_pu=home.astype(float), efficiency=CAR)
    p.also(lambda m: m.add_constraints(m["Link-p_nom"].loc["line"] - m["Link-p_nom"].loc["line back"] == 0, name="one line"))
    p.solve()
    return p, {"pv-office": p.size("Generator", "pv-office"), "pv-hamlet": p.size("Generator", "pv-hamlet"), "line": p.size("Link", "line")}


CAR = 1.0  # efficiency of charging and of giving back

CASES = {"shed-and-shift": shed_and_shift, "island-reserve": island_reserve, "old-plant": old_plant, "sell-above-buy": sell_above_buy,
         "two-weeks": two_weeks, "growing": growing, "least-outside": least_outside, "least-co2": least_co2,
         "month-blocks": month_blocks, "fleet": fleet}
