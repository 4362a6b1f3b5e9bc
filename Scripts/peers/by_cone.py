"""One timed run of a solver of quadratic or conic programs on C1 or C2: prints one line of JSON.

    python by_cone.py piqp|qoco|clarabel CASE [HOURS] [--copies]

The rows are those of c1_c2.py in units of 1000 kW. `--copies` gives every week its own copy of each size, tied to the next:
such solvers suffer from columns that stand in every hour. Accuracy is asked as the structured solver reaches it: a
relative gap of 1e-9, residuals of 1e-8.
"""
import json
import sys
import time

import numpy as np
from scipy import sparse

from c1_c2 import rows

SCALE = 1000.0


def program(hours, multi, copies):
    """min c'x, A x = b, G x <= h, 0 <= x <= u."""
    m = rows(hours, multi)
    matrix = sparse.csr_matrix((m["value"], m["index"], m["start"]), shape=(len(m["lower"]), len(m["cost"])))
    cost, upper = m["cost"], m["upper"] / SCALE
    upper = np.where(upper > 1e20, np.inf, upper)
    lower, limit = m["lower"] / SCALE, m["limit"] / SCALE
    if copies:
        per_hour = (matrix.shape[0] - 1) // hours
        week = np.minimum(np.arange(matrix.shape[0]) // per_hour, hours - 1) // 168
        weeks = int(week.max()) + 1
        coo = matrix.tocoo()
        column = coo.col.copy()
        sizes = sorted(m["sizes"].values())
        extra, ties = matrix.shape[1], []
        for j in sizes:
            of = np.concatenate([[j], extra + np.arange(weeks - 1)])
            extra += weeks - 1
            hit = coo.col == j
            column[hit] = of[week[coo.row[hit]]]
            ties += [(of[k], of[k + 1]) for k in range(weeks - 1)]
        matrix = sparse.csr_matrix((coo.data, (coo.row, column)), shape=(matrix.shape[0], extra))
        more = extra - len(cost)
        cost = np.concatenate([cost, np.zeros(more)])
        upper = np.concatenate([upper, np.repeat([upper[j] for j in sizes], weeks - 1)])
        tie = sparse.coo_matrix(
            (np.tile([1.0, -1.0], len(ties)), (np.repeat(np.arange(len(ties)), 2), np.array(ties).ravel())),
            shape=(len(ties), extra))
        matrix = sparse.vstack([matrix, tie]).tocsr()
        lower, limit = np.concatenate([lower, np.zeros(len(ties))]), np.concatenate([limit, np.zeros(len(ties))])
    equal = lower == limit
    return (cost, matrix[equal].tocsc(), limit[equal], matrix[~equal].tocsc(), limit[~equal], upper, m["years"])


def piqp_run(c, A, b, G, h, u):
    import piqp
    solver = piqp.SparseSolver()
    solver.settings.eps_abs, solver.settings.eps_rel = 1e-8, 1e-9
    solver.settings.check_duality_gap = True
    solver.settings.eps_duality_gap_abs, solver.settings.eps_duality_gap_rel = 1e-8, 1e-9
    solver.settings.max_iter = 500
    n = len(c)
    begin = time.perf_counter()
    solver.setup(sparse.csc_matrix((n, n)), c, A, b, G, np.full(len(h), -np.inf), h, np.zeros(n), u)
    status = solver.solve()
    seconds = time.perf_counter() - begin
    assert status == piqp.PIQP_SOLVED, status
    return c @ solver.result.x, seconds, solver.result.info.iter


def inequalities(G, h, u):
    """Bounds as rows, for solvers that know none."""
    n = len(u)
    held = np.isfinite(u)
    eye = sparse.eye(n, format="csc")
    return sparse.vstack([G, -eye, eye[held]]).tocsc(), np.concatenate([h, np.zeros(n), u[held]])


def qoco_run(c, A, b, G, h, u):
    import qoco
    G, h = inequalities(G, h, u)
    solver = qoco.QOCO()
    begin = time.perf_counter()
    solver.setup(len(c), len(h), len(b), None, c, A, b, G, h, len(h), 0, np.array([], dtype=np.int32),
                 abstol=1e-8, reltol=1e-9, max_iters=500, verbose=0)
    result = solver.solve()
    seconds = time.perf_counter() - begin
    assert "SOLVED" in str(result.status), result.status
    return c @ np.array(result.x), seconds, result.iters


def clarabel_run(c, A, b, G, h, u):
    import clarabel
    G, h = inequalities(G, h, u)
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.max_iter = False, 500
    settings.tol_gap_abs, settings.tol_gap_rel, settings.tol_feas = 1e-8, 1e-9, 1e-8
    n = len(c)
    begin = time.perf_counter()
    solver = clarabel.DefaultSolver(sparse.csc_matrix((n, n)), c, sparse.vstack([A, G]).tocsc(), np.concatenate([b, h]),
                                    [clarabel.ZeroConeT(len(b)), clarabel.NonnegativeConeT(len(h))], settings)
    result = solver.solve()
    seconds = time.perf_counter() - begin
    assert "Solved" in str(result.status), result.status
    return c @ np.array(result.x), seconds, result.iterations


def main():
    words = [a for a in sys.argv[1:] if not a.startswith("--")]
    tool, case = words[:2]
    hours = int(words[2]) if len(words) > 2 else 8760
    begin = time.perf_counter()
    *problem, years = program(hours, case == "c2", "--copies" in sys.argv)
    built = time.perf_counter()
    value, seconds, iterations = {"piqp": piqp_run, "qoco": qoco_run, "clarabel": clarabel_run}[tool](*problem)
    print(json.dumps({"objective": value * SCALE / years, "build": built - begin, "solve": seconds, "iterations": int(iterations)}))


if __name__ == "__main__":
    main()
