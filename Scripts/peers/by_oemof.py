"""C1 and C2 in oemof.solph: the third build, and a benchmark.

    python by_oemof.py c1|c2 [HOURS] [SOLVER]        SOLVER: ipx (default), simplex, hipo
"""
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd

from c1_c2 import parameters
from places import bench

warnings.filterwarnings("ignore")


def build(case, hours):
    from oemof import solph
    from pyomo import environ as po
    q, s = parameters(), bench(1, hours)
    a, most, N = q["annual"], q["max"], hours / 8760
    multi = case == "c2"
    index = pd.date_range("2025-01-01", periods=hours + 1, freq="h")
    system = solph.EnergySystem(timeindex=index, infer_last_interval=False)
    Flow, Invest = solph.Flow, solph.Investment
    bus = {b: solph.Bus(label=b) for b in (["ac", "hot", "cool", "fuel"] if multi else ["ac"])}
    ac, parts = bus["ac"], {}

    def add(label, node):
        parts[label] = node
        return node

    def sized(key, **more):
        return Flow(nominal_capacity=Invest(ep_costs=N * a[key], maximum=most[key]), **more)
    load = s.load_el_kw.values
    fuel = q["gas_price"] + q["co2_price"] * q["ef_gas"]
    source, sink, converter, storage = (solph.components.Source, solph.components.Sink, solph.components.Converter,
                                        solph.components.GenericStorage)
    add("load", sink(label="load", inputs={ac: Flow(fix=load, nominal_capacity=1)}))
    add("pv", source(label="pv", outputs={ac: sized("pv", maximum=s.pv_cf.values)}))
    add("wind", source(label="wind", outputs={ac: sized("wind", maximum=s.wind_cf.values)}))
    add("genset", source(label="genset", outputs={ac: sized("gas", variable_costs=fuel / q["gas_eff"] + q["gas_vom"])}))
    add("buy", source(label="buy", outputs={ac: Flow(nominal_capacity=q["import_cap"],
                                                     variable_costs=s.price_buy.values + q["co2_price"] * q["ef_grid"])}))
    add("sell", sink(label="sell", inputs={ac: Flow(nominal_capacity=q["export_cap"], variable_costs=-s.price_sell.values)}))
    add("unserved", source(label="unserved", outputs={ac: Flow(variable_costs=q["voll"])}))
    add("battery", storage(
        label="battery", inputs={ac: Flow(nominal_capacity=Invest(ep_costs=N * a["bat_p"], maximum=most["bat_p"]))},
        outputs={ac: Flow(nominal_capacity=Invest(ep_costs=0, maximum=most["bat_p"]))},
        nominal_capacity=Invest(ep_costs=N * a["bat_e"], maximum=most["bat_e"]), loss_rate=q["bat"]["self"],
        inflow_conversion_factor=q["bat"]["eta_c"], outflow_conversion_factor=q["bat"]["eta_d"], balanced=True))
    add("pumped", storage(
        label="pumped", inputs={ac: Flow(nominal_capacity=Invest(ep_costs=N * a["phs"], maximum=most["phs"]))},
        outputs={ac: Flow(nominal_capacity=Invest(ep_costs=0, maximum=most["phs"]))},
        nominal_capacity=Invest(ep_costs=0, maximum=8 * most["phs"]),
        inflow_conversion_factor=q["phs"]["eta_c"], outflow_conversion_factor=q["phs"]["eta_d"], balanced=True))
    if multi:
        hot, cool, gas = bus["hot"], bus["cool"], bus["fuel"]
        e, h = q["chp"]["eta_e"], q["chp"]["eta_h"]
        add("heat", sink(label="heat", inputs={hot: Flow(fix=(s.load_sh_kw + s.load_dhw_kw).values, nominal_capacity=1)}))
        add("cold", sink(label="cold", inputs={cool: Flow(fix=s.load_cool_kw.values, nominal_capacity=1)}))
        add("gas", source(label="gas", outputs={gas: Flow(variable_costs=fuel)}))
        add("heatpump", converter(label="heatpump", inputs={ac: sized("hp")}, outputs={hot: Flow()},
                                  conversion_factors={hot: s.cop_hp.values}))
        add("chp", converter(label="chp", inputs={gas: Flow()}, outputs={ac: sized("chp", variable_costs=0.012), hot: Flow()},
                             conversion_factors={ac: e, hot: h}))
        add("boiler", converter(label="boiler", inputs={gas: Flow()}, outputs={hot: sized("boiler")},
                                conversion_factors={hot: q["boiler"]["eta"]}))
        add("tank", storage(label="tank", inputs={hot: Flow()}, outputs={hot: Flow()},
                            nominal_capacity=Invest(ep_costs=N * a["tes_e"], maximum=most["tes_e"]),
                            loss_rate=q["tes"]["self"], balanced=True))
        add("chiller", converter(label="chiller", inputs={ac: sized("chiller")}, outputs={cool: Flow()},
                                 conversion_factors={cool: s.eer_ch.values}))
        add("absorber", converter(label="absorber", inputs={hot: sized("absch")}, outputs={cool: Flow()},
                                  conversion_factors={cool: q["absch"]["cop"]}))
    system.add(*bus.values(), *parts.values())
    model = solph.Model(system)
    size = model.InvestmentFlowBlock.invest
    content = model.GenericInvestmentStorageBlock.invest
    for name, factor in (("battery", None), ("pumped", q["phs"]["hours"])):
        node = parts[name]
        setattr(model, name + "_one_power", po.Constraint(expr=size[ac, node, 0] == size[node, ac, 0]))
        if factor:
            setattr(model, name + "_hours", po.Constraint(expr=content[node, 0] == factor * size[ac, node, 0]))
    k = 1 - q["rf_min"]
    T = model.TIMESTEPS
    f = model.flow
    left = sum(f[parts["genset"], ac, t] + f[parts["buy"], ac, t] + k * f[parts["unserved"], ac, t] - k * f[ac, parts["sell"], t] for t in T)
    if multi:
        left += sum(f[parts["chp"], ac, t] - k * f[ac, parts["heatpump"], t] - k * f[ac, parts["chiller"], t] for t in T)
    model.renewable_fraction = po.Constraint(expr=left <= k * float(load.sum()))
    return model, N


def main():
    case, hours = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 8760
    solver = sys.argv[3] if len(sys.argv) > 3 else "ipx"
    begin = time.perf_counter()
    model, N = build(case, hours)
    built = time.perf_counter()
    from pyomo.contrib.appsi.solvers import Highs
    highs = Highs()
    highs.highs_options = {"solver": solver, "threads": 2}
    result = highs.solve(model)
    done = time.perf_counter()
    print(json.dumps({"objective": float(result.best_feasible_objective) / N, "build": built - begin,
                      "solve": float(getattr(highs, "_solver_model").getRunTime()), "transfer_and_solve": done - built}))


if __name__ == "__main__":
    main()
