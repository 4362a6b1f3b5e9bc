"""One timed run of a peer on C1 or C2: prints one line of JSON.

    python timed.py pypsa|matrix CASE SOLVER [--no-crossover]        SOLVER: simplex, ipx, hipo
"""
import json
import sys
import time

from c1_c2 import by_matrix, pypsa_network


def main():
    tool, case, solver = sys.argv[1:4]
    hours = next((int(a) for a in sys.argv[4:] if a.isdigit()), 8760)
    options = {"solver": solver, "threads": 2}
    if "--no-crossover" in sys.argv:
        options["run_crossover"] = "off"
    begin = time.perf_counter()
    if tool == "matrix":
        result = by_matrix(hours, case == "c2", options=options)
        print(json.dumps({"objective": result["value"], "build": time.perf_counter() - begin - result["seconds"],
                          "solve": result["seconds"]}))
        return
    p, _ = pypsa_network(hours, case == "c2")
    m = p.model()
    built = time.perf_counter()
    p.n.optimize.solve_model(solver_name="highs", log_to_console=False, **options)
    highs = m.solver_model
    print(json.dumps({"objective": m.objective.value / p.years, "build": built - begin,
                      "solve": highs.getRunTime() if highs is not None else time.perf_counter() - built}))


if __name__ == "__main__":
    main()
