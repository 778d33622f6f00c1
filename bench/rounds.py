"""Measures commands against each other and prints ratios.

    rounds.py --title TEXT --work 100000 --unit rows [--rounds 5] \
        --run NAME COMMAND --run NAME COMMAND … [--before NAME COMMAND …] [--agree PATTERN]

The first --run is ours. In each round every command runs once, in turn, so that a busy machine disturbs all alike;
medians of the rounds are printed, and a ratio is the median of the rounds' own ratios. CPU seconds (user + system, with
child processes) are the steady figure; wall seconds are printed beside. In a command {fresh} is a new empty folder,
the same one for --before, which is not measured. With --agree every side must say the same: the first group of the
pattern in its last line.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def main():
    options = arguments()
    before = dict(options.before)
    results = {name: [] for name, _ in options.run}
    for number in range(options.rounds):
        for name, command in options.run:
            results[name].append(measure(command, before.get(name)))
            print(f"  round {number + 1}: {name}: {results[name][-1]['cpu']:.2f} CPU s", file=sys.stderr)
    if options.agree:
        agree(options.agree, results)
    report(options, results)


def agree(pattern, results):
    """A side that does less work than another is no peer."""
    said = {name: re.search(pattern, rounds[-1]["said"].splitlines()[-1]) for name, rounds in results.items()}
    found = {name: match and match.group(1) for name, match in said.items()}
    if None in found.values() or len(set(found.values())) != 1:
        sys.exit(f"the sides do not agree: {found}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--title", required=True)
    parser.add_argument("--work", type=int, required=True, help="how much one command does")
    parser.add_argument("--unit", required=True, help="of what")
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("ROUNDS", "5")))
    parser.add_argument("--run", nargs=2, action="append", required=True, metavar=("NAME", "COMMAND"))
    parser.add_argument("--before", nargs=2, action="append", default=[], metavar=("NAME", "COMMAND"))
    parser.add_argument("--agree", metavar="PATTERN")
    return parser.parse_args()


def measure(command, before):
    fresh = tempfile.mkdtemp(prefix="nastavnik-bench-")
    try:
        if before:
            subprocess.run(before.replace("{fresh}", fresh), shell=True, check=True, stdout=subprocess.DEVNULL)
        started = time.monotonic()
        child = subprocess.Popen(command.replace("{fresh}", fresh), shell=True, stdout=subprocess.PIPE)
        said = child.stdout.read().decode().strip()
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"failed ({child.returncode}): {command}\n{said}")
        return {"cpu": used.ru_utime + used.ru_stime, "wall": wall, "mib": used.ru_maxrss / 1024, "said": said}
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def report(options, results):
    load = os.getloadavg()[0]
    print(f"\n{options.title}: {options.work} {options.unit}, medians of {options.rounds} interleaved rounds, "
          f"{os.cpu_count()} cores, load {load:.1f}")
    print(f"  {'':24} {'CPU s':>9} {'wall s':>9} {options.unit + '/CPU s':>16} {'peak MiB':>9}")
    for name, rounds in results.items():
        cpu, wall, mib = (statistics.median(one[what] for one in rounds) for what in ("cpu", "wall", "mib"))
        print(f"  {name:24} {cpu:9.3f} {wall:9.3f} {options.work / cpu:16.1f} {mib:9.0f}")
        last = rounds[-1]["said"].splitlines()
        if last:
            print(f"  {'':24} said: {last[-1]}")
    ours, *peers = results
    for peer in peers:
        ratios = {what: sorted(theirs[what] / mine[what] for mine, theirs in zip(results[ours], results[peer]))
                  for what in ("cpu", "wall", "mib")}
        middle = {what: statistics.median(all_) for what, all_ in ratios.items()}
        print(f"ratio: {ours} is {middle['cpu']:.1f} times {peer} by CPU (from {ratios['cpu'][0]:.1f} to "
              f"{ratios['cpu'][-1]:.1f}), {middle['wall']:.1f} by wall clock, memory 1/{middle['mib']:.1f}")


if __name__ == "__main__":
    main()
