"""Mentors who lead a group (nobody or at least two mentees): our answer beside what nothing exceeds.

    groups.py --title TEXT --ours COMMAND --flow COMMAND [--exact NAME COMMAND …] [--rounds 5]

--flow is OR-Tools without the demand: the bound, which must be the same as ours, or nothing is printed. An --exact side solves
with the demand within a limit of time and runs once; where both sides say «optimal» they must agree.
"""

import argparse
import os
import statistics
import sys

from compare import measure


def main():
    options = arguments()
    rounds = [(measure(options.ours), measure(options.flow)) for _ in range(options.rounds)]
    bounds = {tuple(ours["flow"]) for ours, _ in rounds} | {(flow["matched"], flow["score"]) for _, flow in rounds}
    answers = {(ours["matched"], ours["score"], *ours["bound"], ours["optimal"]) for ours, _ in rounds}
    if len(bounds) != 1 or len(answers) != 1:
        sys.exit(f"the sides do not agree: {bounds} {answers}")
    ours = rounds[-1][0]
    report(options, ours, rounds)
    for name, command in options.exact:
        compare_with_exact(options.title, ours, name, measure(command))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--title", required=True)
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("ROUNDS", "5")))
    parser.add_argument("--ours", required=True)
    parser.add_argument("--flow", required=True)
    parser.add_argument("--exact", nargs=2, action="append", default=[], metavar=("NAME", "COMMAND"))
    return parser.parse_args()


def report(options, ours, rounds):
    print(f"\n{options.title}, groups: {ours['leaders']} mentors lead one; medians of {options.rounds} interleaved rounds, "
          f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"  {'':24} {'pairs':>6} {'points':>10} {'CPU s':>9} {'wall s':>9}")
    for name, (pairs, points), side in [
        ("bound by flow", ours["flow"], None),
        ("sharper bound", ours["bound"], None),
        ("nastavnik", (ours["matched"], ours["score"]), 0),
        ("OR-Tools, flow alone", ours["flow"], 1),
    ]:
        times = ""
        if side is not None:
            times = "".join(f" {statistics.median(both[side][what] for both in rounds):9.5f}" for what in ("cpu", "wall"))
        print(f"  {name:24} {pairs:6} {points:10}{times}")
    wall = statistics.median(one["wall"] for one, _ in rounds)
    proven = "proven optimal" if ours["optimal"] else "not proven"
    print(f"ratio: {options.title}, groups: {below(ours, ours['flow'])} under the flow, {below(ours, ours['bound'])} under the "
          f"sharper bound, {proven}, {wall:.4f} s by wall clock (goal: {goal(options.title)})")


def below(ours, bound):
    pairs, points = bound[0] - ours["matched"], bound[1] - ours["score"]
    return f"{pairs} pairs and {points} points ({100 * points / bound[1]:.4f} %)"


def goal(title):
    if title.startswith("muni"):
        return "proven optimal in 0.1 s"
    return "0.1 % under the flow in 1 s" if title == "region-loose" else "printed"


def compare_with_exact(title, ours, name, exact):
    said = "optimal" if exact["optimal"] else "not proven in its time"
    mine, found = (ours["matched"], ours["score"]), (exact["matched"], exact["score"])
    print(f"  {name:24} {found[0]:6} {found[1]:10} {exact['cpu']:9.3f} {exact['wall']:9.3f}  {said}")
    if (exact["optimal"] and mine > found) or (ours["optimal"] and found > mine):
        sys.exit(f"{title}: better than what is said to be optimal: {mine} {found}")
    if exact["optimal"] and ours["optimal"] and mine != found:
        sys.exit(f"{title}: both say optimal and do not agree: {mine} {found}")



if __name__ == "__main__":
    main()
