"""The four small projects of the format page that have no published optimum, built anew in PyPSA.

Each function states in numbers what the project file states in words; sizes are named as `result.json` names them.
"""
import datetime as dt

import numpy as np
import pandas as pd

from money import annuity
from network import Peer
from places import bench


def members():
    """Two members behind meters with loss and limit, a battery of the commons."""
    T, Y = 504, 504 / 8760
    a, b = bench(1, T), bench(2, T)
    p = Peer(T, Y)
    p.bus("ac", "village", "works")
    p.load("homes", "village", a.load_el_kw)
    p.load("machines", "works", 0.4 * b.load_el_kw)
    p.load("lamps", "ac", 20.0)
    p.source("pv-homes", "village", a.pv_cf.values, 900, annuity(760, 25) + 12)
    p.source("pv-works", "works", b.pv_cf.values, 3000, annuity(640, 25) + 12)
    each = 0.9 ** 0.5
    p.storage("battery", "ac", each, each, 0.0001, 600, 2000, annuity(120, 12) + 3, annuity(160, 12))
    p.buy("buy", "ac", a.price_buy.values, 1500)
    p.sell("sell", "ac", a.price_sell.values, 300)
    for member, loss, limit in (("village", 0.04, 2000), ("works", 0.0, 360)):
        p.n.add("Link", member + " takes", bus0="ac", bus1=member, efficiency=1 - loss, p_nom=limit)
        p.n.add("Link", member + " gives", bus0=member, bus1="ac", efficiency=1 - loss, p_nom=limit)
    p.solve()
    return p, {"pv-homes": p.size("Generator", "pv-homes"), "pv-works": p.size("Generator", "pv-works"),
               "battery.power": p.size("Link", "battery in"), "battery.energy": p.size("Store", "battery")}


def heat_pump_tank():
    T, Y = 744, 744 / 8760
    s = bench(1, T)
    p = Peer(T, Y)
    p.bus("ac", "hot", "gasline")
    p.load("load", "ac", 60.0)
    p.load("rooms", "hot", s.load_sh_kw)
    p.load("taps", "hot", s.load_dhw_kw)
    p.source("pv", "ac", s.pv_cf.values, 800, annuity(700, 25) + 12)
    # A heat pump rated at its heat: driven backwards in PyPSA, heat is the input side and power a negative output.
    p.n.add("Link", "heatpump", bus0="hot", bus1="ac", efficiency=(-1 / s.cop_hp).values, p_max_pu=0.0, p_min_pu=-1.0,
            p_nom_extendable=True, p_nom_max=220, capital_cost=(annuity(650, 18) + 8) * Y)
    # bus0 gets -p = +heat; bus1 gets efficiency * p = +heat/COP, so the sign is turned once more below.
    p.n.links_t.efficiency["heatpump"] = (1 / s.cop_hp).values
    p.converter("boiler", "gasline", "hot", 0.9, 900, annuity(80, 20) + 3, rated="output")
    p.tank("tank", "hot", 0.004, 10000, annuity(18, 25))
    p.buy("buy", "ac", s.price_buy.values + 0.04 * 0.55, 600)
    p.sell("sell", "ac", s.price_sell.values, 200)
    p.buy("gas", "gasline", 0.032 + 0.04 * 0.202, 1e5)
    p.solve()
    return p, {"pv": p.size("Generator", "pv"), "heatpump": p.size("Link", "heatpump"),
               "boiler": 0.9 * p.size("Link", "boiler"), "tank.energy": p.size("Store", "tank")}


def demand_charge():
    T, Y = 59 * 24, 59 / 365
    s = bench(1, T)
    holidays = {dt.date(2025, 1, 1)} | {dt.date(2025, 1, 28) + dt.timedelta(k) for k in range(7)}
    price, month = np.empty(T), np.empty(T, int)
    for t in range(T):
        moment = dt.datetime(2025, 1, 1) + dt.timedelta(hours=t)
        hour, workday = moment.hour, moment.weekday() < 5 and moment.date() not in holidays
        month[t] = moment.month
        if hour < 8:
            price[t] = 0.06
        elif workday and (10 <= hour < 12 or 15 <= hour < 20):
            price[t] = 0.19
        else:
            price[t] = 0.12
    p = Peer(T, Y)
    p.bus("ac")
    p.load("load", "ac", s.load_el_kw)
    p.source("pv", "ac", s.pv_cf.values, 2500, annuity(700, 25) + 12)
    each = 0.9 ** 0.5
    p.storage("battery", "ac", each, each, 0.0001, 2000, 6000, annuity(120, 12) + 3, annuity(160, 12))
    p.buy("buy", "ac", price, 1200)
    p.sell("sell", "ac", 0.04, 300)

    def charge(m):
        peak = m.add_variables(lower=620.0, coords=[pd.Index([1, 2], name="month")], name="peak")
        bought = m["Generator-p"].sel(name="buy")
        for k in (1, 2):
            m.add_constraints(bought.isel(snapshot=np.flatnonzero(month == k)) - peak.sel(month=k) <= 0, name=f"peak of month {k}")
        m.objective = m.objective + 12 * peak.sum()
    p.also(charge)
    p.solve()
    peaks = p.m.solution["peak"].values
    return p, {"pv": p.size("Generator", "pv"), "battery.power": p.size("Link", "battery in"),
               "battery.energy": p.size("Store", "battery")}, {"peaks": [float(x) for x in peaks]}


def unit_sizes():
    T, Y = 168, 168 / 8760
    s = bench(1, T)
    p = Peer(T, Y)
    p.bus("ac", "gasline")
    p.load("load", "ac", s.load_el_kw)
    p.source("pv", "ac", s.pv_cf.values, 2100, annuity(850, 25) + 12, p_nom_mod=350)
    p.source("wind", "ac", s.wind_cf.values, 1250, annuity(1300, 20) + 40)
    each = 0.9 ** 0.5
    p.hours_storage("battery", "ac", each, each, 0.0, 4, 900, annuity(60, 12) + 4 * annuity(60, 12) + 3, p_nom_mod=90)
    p.converter("genset", "gasline", "ac", 0.38, 700, annuity(350, 20), marginal=0.01 * 0.38, rated="output")
    p.buy("buy", "ac", s.price_buy.values, 300)
    p.sell("sell", "ac", s.price_sell.values, 200)
    p.buy("gas", "gasline", 0.030, 1e5)

    def whole(m):
        size = m["Generator-p_nom"]
        one = m.add_variables(binary=True, coords=[pd.Index([500, 1250], name="option")], name="wind option")
        m.add_constraints(one.sum() <= 1, name="one option")
        m.add_constraints(size.loc["wind"] - 500 * one.sel(option=500) - 1250 * one.sel(option=1250) == 0, name="wind size")
        built = m.add_variables(binary=True, coords=[pd.Index(["genset"], name="machine")], name="genset built")
        m.add_constraints(0.38 * m["Link-p_nom"].loc["genset"] - 700 * built.sel(machine="genset") <= 0, name="genset size")
        m.objective = m.objective + annuity(60000, 20) * Y * built.sum()
        g = m["Generator-p"]
        m.add_constraints(g.sel(name="buy").sum() + 0.38 * m["Link-p"].sel(name="genset").sum()
                          - 0.75 * g.sel(name="sell").sum() <= 0.75 * s.load_el_kw.sum(), name="renewable fraction")
    p.also(whole)
    p.solve()
    return p, {"pv": p.size("Generator", "pv"), "wind": p.size("Generator", "wind"),
               "battery.power": p.size("StorageUnit", "battery"), "battery.energy": 4 * p.size("StorageUnit", "battery"),
               "genset": 0.38 * p.size("Link", "genset")}


CASES = {"members": members, "heat-pump-tank": heat_pump_tank, "demand-charge": demand_charge, "unit-sizes": unit_sizes}
