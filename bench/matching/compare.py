"""Solvers against each other on one instance, in interleaved rounds; every side measures itself and says so in JSON.

    compare.py --title TEXT [--rounds 5] --ours NAME COMMAND … --peer NAME COMMAND … [--other NAME COMMAND …]

All sides of --ours and --peer must find the same number of pairs and the same points, or nothing is printed. An --other
side has another goal: what it leaves undone is printed, and it runs once. Where candidates are sought as well, they must be as many.
"""

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys


def main():
    options = arguments()
    sides = options.ours + options.peer
    results = {name: [] for name, _ in sides}
    for number in range(options.rounds):
        for name, command in sides:
            results[name].append(measure(command))
            print(f"  round {number + 1}: {name}: {results[name][-1]['cpu']:.4f} CPU s", file=sys.stderr)
    found = {name: {(one["matched"], one["score"], one.get("candidates")) for one in rounds} for name, rounds in results.items()}
    if len(set.union(*found.values())) != 1:
        sys.exit(f"the sides do not agree: {found}")
    report(options, results)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--title", required=True)
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("ROUNDS", "5")))
    parser.add_argument("--ours", nargs=2, action="append", required=True, metavar=("NAME", "COMMAND"))
    parser.add_argument("--peer", nargs=2, action="append", required=True, metavar=("NAME", "COMMAND"))
    parser.add_argument("--other", nargs=2, action="append", default=[], metavar=("NAME", "COMMAND"))
    return parser.parse_args()


def measure(command):
    done = subprocess.run(command, shell=True, check=True, stdout=subprocess.PIPE, text=True)
    said = json.loads(done.stdout.splitlines()[-1])
    if said.get("proven") is False:
        sys.exit(f"not proven: {command}")
    return said


def report(options, results):
    last = results[options.ours[0][0]][-1]
    print(f"\n{options.title}: {last['matched']} pairs, {last['score']} points, proven; medians of {options.rounds} "
          f"interleaved rounds, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"  {'':24} {'CPU s':>10} {'wall s':>10} {'peak MiB':>9}")
    for name, rounds in results.items():
        cpu, wall, mib = (statistics.median(one[what] for one in rounds) for what in ("cpu", "wall", "mib"))
        print(f"  {name:24} {cpu:10.5f} {wall:10.5f} {mib:9.0f}")
    for ours, peer in itertools.product((name for name, _ in options.ours), (name for name, _ in options.peer)):
        ratios = {what: sorted(theirs[what] / mine[what] for mine, theirs in zip(results[ours], results[peer]))
                  for what in ("cpu", "wall", "mib")}
        middle = {what: statistics.median(all_) for what, all_ in ratios.items()}
        print(f"ratio: {options.title}: {ours} is {middle['cpu']:.1f} times {peer} by CPU (from {ratios['cpu'][0]:.1f} to "
              f"{ratios['cpu'][-1]:.1f}), {middle['wall']:.1f} by wall clock, memory 1/{middle['mib']:.1f}")
    for name, command in options.other:
        other = measure(command)
        more = last["matched"] - other["matched"]
        print(f"  {name}: {other['matched']} pairs, {other['score']} points, {other['wall']:.2f} s by wall clock: "
              f"{more} mentees fewer have a mentor")
        if "phases" in other:
            print("    begun at second: " + ", ".join(f"{phase} {second}" for phase, second in other["phases"]))


if __name__ == "__main__":
    main()
