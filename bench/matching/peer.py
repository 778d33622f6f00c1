"""The other sides of `bench/matching`: peer.py or-tools|stable FILE [TIMES], peer.py cp-sat|scip FILE LEADERS. Prints one line of JSON
like ours.

or-tools: SimpleMinCostFlow.solve_max_flow_with_min_cost, mentees with supply 1, mentors with as much demand as places.
Arrays are made beforehand; time counts adding the arcs and solving. stable: deferred acceptance (Gale and Shapley, as a
hospital takes residents), both sides preferring the higher score: another goal, to show what it leaves undone. cp-sat, scip (both
of OR-Tools): the mentors named in the file LEADERS have nobody or at least two mentees; 20 seconds by wall clock, CP-SAT with a
worker for every core. Making the model counts.
"""

import json
import os
import resource
import statistics
import sys
import time

import numpy as np


SECONDS = 20


def main():
    if sys.argv[1] in ("cp-sat", "scip"):
        solver = {"cp-sat": cp_sat, "scip": scip}[sys.argv[1]]
        leaders = np.loadtxt(sys.argv[3], dtype=np.int64, ndmin=1)
        print(json.dumps(solver(*read(sys.argv[2]), set(leaders.tolist()))))
        return
    solver = {"or-tools": or_tools, "stable": stable}[sys.argv[1]]
    instance = read(sys.argv[2])
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    cpu, wall, found = [], [], None
    for _ in range(times):
        busy, began, found = solver(*instance)
        cpu.append(time.process_time() - busy)
        wall.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(found | {"cpu": statistics.median(cpu), "wall": statistics.median(wall), "mib": peak}))


def read(path):
    data = np.fromfile(path, dtype=np.uint8)
    assert data[:4].tobytes() == b"NST1", "not an instance"
    mentors, mentees, pairs = (int(count) for count in data[4:16].view("<u4"))
    rows_end = 16 + 4 * (mentees + 1)
    pairs_end = rows_end + 4 * pairs
    rows = data[16:rows_end].view("<u4").astype(np.int64)
    mentor = data[rows_end:pairs_end].view("<u4").astype(np.int64)
    score = data[pairs_end:pairs_end + 2 * pairs].copy().view("<u2").astype(np.int64)
    places = data[pairs_end + 2 * pairs:].astype(np.int64)
    assert len(places) == mentors and rows[-1] == pairs, "broken file"
    return rows, mentor, score, places


def or_tools(rows, mentor, score, places):
    from ortools.graph.python import min_cost_flow

    mentees = len(rows) - 1
    tails = np.repeat(np.arange(mentees), np.diff(rows))
    heads, ones, costs = mentor + mentees, np.ones(len(mentor), dtype=np.int64), 1000 - score
    nodes = np.arange(mentees + len(places))
    supplies = np.concatenate([np.ones(mentees, dtype=np.int64), -places])
    busy, began = time.process_time(), time.perf_counter()
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, ones, costs)
    flow.set_nodes_supplies(nodes, supplies)
    status = flow.solve_max_flow_with_min_cost()
    assert status == flow.OPTIMAL, status
    matched = flow.maximum_flow()
    return busy, began, {"matched": matched, "score": 1000 * matched - flow.optimal_cost()}


def stable(rows, mentor, score, places):
    busy, began = time.process_time(), time.perf_counter()
    mentees = len(rows) - 1
    wishes = []
    for mentee in range(mentees):
        row = range(rows[mentee], rows[mentee + 1])
        wishes.append(iter(sorted((-int(score[at]), int(mentor[at])) for at in row)))
    taken = [[] for _ in places]
    waiting = list(range(mentees))
    while waiting:
        mentee = waiting.pop()
        for cost, wish in wishes[mentee]:
            there = taken[wish]
            if len(there) < places[wish]:
                there.append((cost, mentee))
                break
            worst = max(there, default=None)
            if worst and (cost, mentee) < worst:
                there[there.index(worst)] = (cost, mentee)
                waiting.append(worst[1])
                break
    pairs = [cost for there in taken for cost, _ in there]
    return busy, began, {"matched": len(pairs), "score": -sum(pairs)}


def cp_sat(rows, mentor, score, places, leaders):
    from ortools.sat.python import cp_model

    busy, began = time.process_time(), time.perf_counter()
    model = cp_model.CpModel()
    pairs, worth = with_groups(rows, mentor, score, places, leaders, lambda: model.new_bool_var(""), model.add)
    model.maximize(worth)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = SECONDS
    solver.parameters.num_workers = os.cpu_count()
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE), solver.status_name(status)
    return found(busy, began, status == cp_model.OPTIMAL, score, map(solver.boolean_value, pairs))


def scip(rows, mentor, score, places, leaders):
    from ortools.linear_solver import pywraplp

    busy, began = time.process_time(), time.perf_counter()
    solver = pywraplp.Solver.CreateSolver("SCIP")
    pairs, worth = with_groups(rows, mentor, score, places, leaders, lambda: solver.BoolVar(""), solver.Add)
    solver.Maximize(worth)
    solver.SetTimeLimit(1000 * SECONDS)
    # Its own would be a ten-thousandth of an objective in which a pair weighs more than all points.
    exactly = pywraplp.MPSolverParameters()
    exactly.SetDoubleParam(exactly.RELATIVE_MIP_GAP, 0.0)
    status = solver.Solve(exactly)
    assert status in (solver.OPTIMAL, solver.FEASIBLE), status
    return found(busy, began, status == solver.OPTIMAL, score, (pair.solution_value() > 0.5 for pair in pairs))


def with_groups(rows, mentor, score, places, leaders, variable, add):
    mentees = len(rows) - 1
    pairs = [variable() for _ in mentor]
    of_mentor = [[] for _ in places]
    for pair, who in zip(pairs, mentor):
        of_mentor[who].append(pair)
    for mentee in range(mentees):
        if rows[mentee] < rows[mentee + 1]:
            add(sum(pairs[rows[mentee]:rows[mentee + 1]]) <= 1)
    for who, taken in enumerate(of_mentor):
        if taken and who in leaders:
            is_open = variable()
            add(sum(taken) <= int(places[who]) * is_open)
            add(sum(taken) >= 2 * is_open)
        elif taken:
            add(sum(taken) <= int(places[who]))
    a_pair = 1001 * (mentees + 1)
    return pairs, sum((a_pair + int(points)) * pair for pair, points in zip(pairs, score))


def found(busy, began, optimal, score, is_taken):
    taken = [int(points) for points, is_so in zip(score, is_taken) if is_so]
    return {"matched": len(taken), "score": sum(taken), "optimal": optimal,
            "cpu": time.process_time() - busy, "wall": time.perf_counter() - began}



if __name__ == "__main__":
    main()
