"""C1 and C2 from their formal statements (bench/C1.md, C2.md), twice: by PyPSA and as a raw matrix for HiGHS.

    python c1_c2.py [HOURS]

The first HOURS rows; yearly costs in proportion Y = HOURS / 8760; storages cyclic over those hours.
"""
import json
import sys

import highspy
import numpy as np

from places import ROOT, bench


def parameters():
    return json.loads((ROOT / "Benchmarks" / "Cases" / "data" / "params.json").read_text())


def pypsa_network(hours, multi, change=None, year=1):
    from network import Peer  # not at the top: the raw matrix is timed without PyPSA
    q, s = parameters(), bench(year, hours)
    for key, value in (change or {}).items():
        if isinstance(value, dict):
            q[key] = {**q[key], **value}
        else:
            q[key] = value
    a, most, years = q["annual"], q["max"], hours / 8760
    p = Peer(hours, years)
    p.bus("ac")
    load = s.load_el_kw.values
    p.load("load", "ac", load)
    p.source("pv", "ac", s.pv_cf.values, most["pv"], a["pv"])
    p.source("wind", "ac", s.wind_cf.values, most["wind"], a["wind"])
    fuel = q["gas_price"] + q["co2_price"] * q["ef_gas"]
    p.source("genset", "ac", np.ones(hours), most["gas"], a["gas"], marginal=fuel / q["gas_eff"] + q["gas_vom"])
    p.buy("buy", "ac", s.price_buy.values + q["co2_price"] * q["ef_grid"], q["import_cap"])
    p.sell("sell", "ac", s.price_sell.values, q["export_cap"])
    p.shed("unserved", "ac", q["voll"], load)
    p.storage("battery", "ac", q["bat"]["eta_c"], q["bat"]["eta_d"], q["bat"]["self"], most["bat_p"], most["bat_e"],
              a["bat_p"], a["bat_e"])
    p.hours_storage("pumped", "ac", q["phs"]["eta_c"], q["phs"]["eta_d"], 0.0, q["phs"]["hours"], most["phs"], a["phs"])
    if multi:
        p.bus("hot", "cool", "fuel")
        heat, cold = (s.load_sh_kw + s.load_dhw_kw).values, s.load_cool_kw.values
        p.load("heat", "hot", heat)
        p.load("cold", "cool", cold)
        p.buy("gas", "fuel", fuel, 1e5)
        p.converter("heatpump", "ac", "hot", s.cop_hp.values, most["hp"], a["hp"])
        e, h = q["chp"]["eta_e"], q["chp"]["eta_h"]
        p.converter("chp", "fuel", "ac", e, most["chp"], a["chp"], marginal=q["gas_vom"] * e, rated="output",
                    bus2="hot", efficiency2=h)
        p.converter("boiler", "fuel", "hot", q["boiler"]["eta"], most["boiler"], a["boiler"], rated="output")
        p.tank("tank", "hot", q["tes"]["self"], most["tes_e"], a["tes_e"])
        p.converter("chiller", "ac", "cool", s.eer_ch.values, most["chiller"], a["chiller"])
        p.converter("absorber", "hot", "cool", q["absch"]["cop"], most["absch"], a["absch"])

    def renewable(m):
        g = m["Generator-p"]
        f = m["Link-p"]
        k = 1 - q["rf_min"]
        left = g.sel(name=["genset", "buy"]).sum() + k * g.sel(name="unserved").sum() - k * g.sel(name="sell").sum()
        if multi:
            left = left + e * f.sel(name="chp").sum() - k * f.sel(name=["heatpump", "chiller"]).sum()
        m.add_constraints(left <= k * load.sum(), name="renewable fraction")
    p.also(renewable)
    return p, q


def by_pypsa(hours, multi, change=None, year=1):
    p, q = pypsa_network(hours, multi, change, year)
    p.solve()
    sizes = {"pv": p.size("Generator", "pv"), "wind": p.size("Generator", "wind"), "genset": p.size("Generator", "genset"),
             "battery.energy": p.size("Store", "battery"), "battery.power": p.size("Link", "battery in"),
             "pumped.power": p.size("StorageUnit", "pumped")}
    if multi:
        sizes |= {"heatpump": p.size("Link", "heatpump"), "chp": q["chp"]["eta_e"] * p.size("Link", "chp"),
                  "boiler": q["boiler"]["eta"] * p.size("Link", "boiler"), "tank.energy": p.size("Store", "tank"),
                  "chiller": p.size("Link", "chiller"), "absorber": p.size("Link", "absorber")}
    g = p.n.generators_t.p
    return {"value": p.value, "sizes": sizes, "bought": g["buy"].sum() / p.years, "sold": g["sell"].sum() / p.years,
            "unserved": g["unserved"].sum() / p.years}


def rows(hours, multi=False, change=None, year=1):
    """C1 and C2 row by row, before any solver: sizes by name, costs, upper bounds, rows in compressed form and their limits."""
    q, s = parameters(), bench(year, hours)
    for key, value in (change or {}).items():
        q[key] = {**q[key], **value} if isinstance(value, dict) else value
    a, most, T, N = q["annual"], q["max"], hours, hours / 8760
    inf = highspy.kHighsInf
    names, cost, upper = [], [], []

    def var(name, c=0.0, u=inf):
        names.append(name); cost.append(c); upper.append(u)
        return len(cost) - 1
    def hourly(c=0.0, u=inf):
        c, u = np.broadcast_to(c, T), np.broadcast_to(u, T)
        first = len(cost)
        cost.extend(c); upper.extend(u); names.extend([None] * T)
        return range(first, first + T)
    starts, index, value, lo, hi = [], [], [], [], []
    def row(terms, l, u):
        starts.append(len(index))
        for j, x in terms:
            index.append(j); value.append(x)
        lo.append(l); hi.append(u)
    keys = ["pv", "wind", "gas", "bat_e", "bat_p", "phs"] + (["hp", "chp", "boiler", "tes_e", "chiller", "absch"] if multi else [])
    K = {k: var(k, N * a[k], most[k]) for k in keys}
    cf = q["gas_price"] + q["co2_price"] * q["ef_gas"]
    pv, w, g = hourly(), hourly(), hourly(cf / q["gas_eff"] + q["gas_vom"])
    i = hourly(s.price_buy.values + q["co2_price"] * q["ef_grid"], q["import_cap"])
    x, u = hourly(-s.price_sell.values, q["export_cap"]), hourly(q["voll"])
    c, d, e, pc, pd_, r = hourly(), hourly(), hourly(), hourly(), hourly(), hourly()
    if multi:
        ee = q["chp"]["eta_e"]
        hp, fc, fb = hourly(), hourly(cf + 0.012 * ee), hourly(cf)
        yp, ym, th, ch, ab = hourly(), hourly(), hourly(), hourly(), hourly()
    for t in range(T):
        b = [(pv[t], 1), (w[t], 1), (g[t], 1), (i[t], 1), (u[t], 1), (d[t], 1), (pd_[t], 1), (x[t], -1), (c[t], -1), (pc[t], -1)]
        if multi:
            b += [(fc[t], ee), (hp[t], -1), (ch[t], -1)]
        D = s.load_el_kw[t]
        row(b, D, D)
        row([(pv[t], 1), (K["pv"], -s.pv_cf[t])], -inf, 0)
        row([(w[t], 1), (K["wind"], -s.wind_cf[t])], -inf, 0)
        for j, k, f in ((g, "gas", 1), (c, "bat_p", 1), (d, "bat_p", 1), (e, "bat_e", 1), (pc, "phs", 1), (pd_, "phs", 1),
                        (r, "phs", q["phs"]["hours"])):
            row([(j[t], 1), (K[k], -f)], -inf, 0)
        row([(e[t], 1), (e[t - 1], -(1 - q["bat"]["self"])), (c[t], -q["bat"]["eta_c"]), (d[t], 1 / q["bat"]["eta_d"])], 0, 0)
        row([(r[t], 1), (r[t - 1], -1), (pc[t], -q["phs"]["eta_c"]), (pd_[t], 1 / q["phs"]["eta_d"])], 0, 0)
        if multi:
            H = s.load_sh_kw[t] + s.load_dhw_kw[t]
            row([(hp[t], s.cop_hp[t]), (fc[t], q["chp"]["eta_h"]), (fb[t], q["boiler"]["eta"]), (yp[t], 1), (ym[t], -1), (ab[t], -1)], H, H)
            row([(ch[t], s.eer_ch[t]), (ab[t], q["absch"]["cop"])], s.load_cool_kw[t], s.load_cool_kw[t])
            row([(th[t], 1), (th[t - 1], -(1 - q["tes"]["self"])), (yp[t], 1), (ym[t], -1)], 0, 0)
            for j, k, f in ((th, "tes_e", 1), (hp, "hp", 1), (fc, "chp", 1 / ee), (fb, "boiler", 1 / q["boiler"]["eta"]),
                            (ch, "chiller", 1), (ab, "absch", 1)):
                row([(j[t], 1), (K[k], -f)], -inf, 0)
    share = 1 - q["rf_min"]
    terms = [(j, 1) for j in g] + [(j, 1) for j in i] + [(j, share) for j in u] + [(j, -share) for j in x]
    if multi:
        terms += [(j, ee) for j in fc] + [(j, -share) for j in hp] + [(j, -share) for j in ch]
    row(terms, -inf, share * s.load_el_kw.sum())
    return {"sizes": K, "cost": np.array(cost), "upper": np.array(upper, dtype=float), "start": np.array(starts + [len(index)]),
            "index": np.array(index), "value": np.array(value, dtype=float), "lower": np.array(lo, dtype=float),
            "limit": np.array(hi, dtype=float), "years": N}


def by_matrix(hours, multi=False, change=None, year=1, options=None):
    """The same rows in HiGHS: no modelling layer between the page and the solver."""
    m = rows(hours, multi, change, year)
    h = highspy.Highs()
    h.silent()
    for name, setting in (options or {}).items():
        h.setOptionValue(name, setting)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(m["cost"]), len(m["lower"])
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = m["cost"], np.zeros(len(m["cost"])), m["upper"]
    lp.row_lower_, lp.row_upper_ = m["lower"], m["limit"]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = m["start"], m["index"], m["value"]
    h.passModel(lp)
    h.run()
    assert h.getModelStatus() == highspy.HighsModelStatus.kOptimal
    x = h.getSolution().col_value
    return {"value": h.getInfo().objective_function_value / m["years"], "sizes": {k: x[j] for k, j in m["sizes"].items()},
            "seconds": h.getRunTime()}


# Name: (file, what changes in the formal statement, the same as overrides of the project file).
VARIANTS = {
    "c1": ("c1", {}, {}),
    "c1-no-limit": ("c1", {"rf_min": 0.0}, {"limits.renewable_fraction.min": "0 %"}),
    "c1-ninety": ("c1", {"rf_min": 0.9}, {"limits.renewable_fraction.min": "90 %"}),
    "c1-dear-carbon": ("c1", {"co2_price": 0.3}, {"economy.carbon_price": "300 USD/t"}),
    "c1-no-pumped": ("c1", {"max": {"phs": 0.0}}, {"components.pumped.capacity.max": "0 kW"}),
    "c1-island": ("c1", {"import_cap": 0.0, "export_cap": 0.0}, {"markets.grid.limit.buy": "0 kW", "markets.grid.limit.sell": "0 kW"}),
    "c2": ("c2", {}, {}),
    "c2-cheap-gas": ("c2", {"gas_price": 0.02, "rf_min": 0.4}, {"markets.gas.buy": "0.02 USD/kWh", "limits.renewable_fraction.min": "40 %"}),
}


def main():
    hours = int(sys.argv[1]) if len(sys.argv) > 1 else 336
    import pypsa
    table = {"hours": hours, "tool": f"PyPSA {pypsa.__version__} with HiGHS {highspy.Highs().version()}; second build: raw matrix, highspy",
             "script": "Scripts/peers/c1_c2.py", "cases": {}}
    for name, (file, change, overrides) in VARIANTS.items():
        multi = file == "c2"
        one, two = by_pypsa(hours, multi, change), by_matrix(hours, multi, change)
        difference = abs(one["value"] / two["value"] - 1)
        print(f"{name:16} {one['value']:.9f} {two['value']:.9f} {difference:.1e}", one["sizes"])
        assert difference < 1e-8, name
        table["cases"][name] = {"file": file, "set": overrides, **one}
    if hours == 336:
        path = ROOT / "Tests" / "Projects" / "first-336-hours.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
