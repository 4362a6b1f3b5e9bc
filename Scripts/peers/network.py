"""A thin layer over PyPSA: the elements of the written model, each as PyPSA has it.

Every size costs `yearly * years`, so the objective is that of the horizon; `value` divides by `years` again.
What PyPSA does not know is added to its linopy model by `also(function)`.
"""
import logging
import warnings

import numpy as np
import pypsa

warnings.filterwarnings("ignore")
for name in ("pypsa", "linopy", "linopy.model", "linopy.io", "linopy.constants"):
    logging.getLogger(name).setLevel(logging.ERROR)


class Peer:
    def __init__(self, steps, years, dt=1.0, weight=1.0):
        self.n = pypsa.Network()
        self.n.set_snapshots(range(steps))
        self.n.snapshot_weightings.loc[:, :] = dt
        self.n.snapshot_weightings["objective"] = dt * np.ones(steps) * weight
        self.steps, self.years, self.dt = steps, years, dt
        self.extra = []
        self.constant = 0.0  # per horizon
        self.rows = {}

    def bus(self, *names):
        for name in names:
            self.n.add("Bus", name)

    def load(self, name, bus, power):
        self.n.add("Load", name, bus=bus, p_set=np.broadcast_to(np.asarray(power, float), (self.steps,)))

    def source(self, name, bus, share, most=np.inf, yearly=0.0, marginal=0.0, **more):
        self.n.add("Generator", name, bus=bus, p_nom_extendable=True, p_nom_max=most, p_max_pu=np.asarray(share),
                   capital_cost=yearly * self.years, marginal_cost=marginal, **more)

    def buy(self, name, bus, price, limit=1e6):
        self.n.add("Generator", name, bus=bus, p_nom=limit, marginal_cost=np.asarray(price) * np.ones(self.steps))

    def sell(self, name, bus, price, limit):
        self.n.add("Generator", name, bus=bus, p_nom=limit, sign=-1, marginal_cost=-np.asarray(price) * np.ones(self.steps))

    def shed(self, name, bus, penalty, most):
        self.n.add("Generator", name, bus=bus, p_nom=1.0, p_max_pu=np.broadcast_to(np.asarray(most, float), (self.steps,)),
                   marginal_cost=penalty)

    def converter(self, name, bus0, bus1, efficiency, most=np.inf, yearly=0.0, marginal=0.0, rated="input", **more):
        """A PyPSA link is rated at its input. `rated='output'` needs a constant efficiency."""
        scale = efficiency if rated == "output" else 1.0
        self.n.add("Link", name, bus0=bus0, bus1=bus1, efficiency=efficiency, p_nom_extendable=True,
                   p_nom_max=most / scale, capital_cost=yearly * scale * self.years, marginal_cost=marginal, **more)

    def storage(self, name, bus, charge, discharge, loss, most_power, most_energy, yearly_power=0.0, yearly_energy=0.0):
        """Power (both directions, measured at the bus) and energy sizes of their own."""
        self.n.add("Bus", name + " content")
        self.n.add("Store", name, bus=name + " content", e_nom_extendable=True, e_nom_max=most_energy, e_cyclic=True,
                   standing_loss=loss, capital_cost=yearly_energy * self.years)
        self.n.add("Link", name + " in", bus0=bus, bus1=name + " content", efficiency=charge, p_nom_extendable=True,
                   p_nom_max=most_power, capital_cost=yearly_power * self.years)
        self.n.add("Link", name + " out", bus0=name + " content", bus1=bus, efficiency=discharge, p_nom_extendable=True)
        def same(m):
            size = m["Link-p_nom"]
            m.add_constraints(size.loc[name + " out"] * discharge - size.loc[name + " in"] == 0, name=name + " one power")
        self.also(same)

    def tank(self, name, bus, loss, most, yearly):
        """Energy alone, no power limit, no loss on the way."""
        self.n.add("Store", name, bus=bus, e_nom_extendable=True, e_nom_max=most, e_cyclic=True, standing_loss=loss,
                   capital_cost=yearly * self.years)

    def hours_storage(self, name, bus, charge, discharge, loss, hours, most, yearly, **more):
        self.n.add("StorageUnit", name, bus=bus, p_nom_extendable=True, p_nom_max=most, max_hours=hours,
                   efficiency_store=charge, efficiency_dispatch=discharge, standing_loss=loss,
                   cyclic_state_of_charge=more.pop("cyclic", True), capital_cost=yearly * self.years, **more)

    def also(self, function):
        self.extra.append(function)

    def model(self):
        m = self.n.optimize.create_model()
        for function in self.extra:
            function(m)
        self.m = m
        return m

    def solve(self, **options):
        if not hasattr(self, "m"):
            self.model()
        m = self.m
        status = self.n.optimize.solve_model(solver_name="highs", log_to_console=False,
                                             primal_feasibility_tolerance=1e-9, dual_feasibility_tolerance=1e-9,
                                             mip_rel_gap=0, **options)
        assert status[1] == "optimal", status
        # PyPSA subtracts what standing plant costs; nothing stands here with a cost of its own.
        self.value = (m.objective.value + self.constant) / self.years
        return self.value

    def size(self, kind, name):
        attribute = {"Generator": "p_nom_opt", "Link": "p_nom_opt", "StorageUnit": "p_nom_opt", "Store": "e_nom_opt"}[kind]
        return float(getattr(self.n, kind.lower() + "s" if kind != "StorageUnit" else "storage_units").at[name, attribute])
