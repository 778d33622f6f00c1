"""Loads several servers in turn and prints ratios of the first to each other one.

    compare.py --title TEXT [--rounds 5] --server NAME URL PID COOKIE --server NAME URL PID "" …
"""

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

FIGURES = ("per_second", "p50_ms", "p99_ms", "cpu_ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--title", required=True)
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("ROUNDS", "5")))
    parser.add_argument("--server", nargs=4, action="append", required=True, metavar=("NAME", "URL", "PID", "COOKIE"))
    options = parser.parse_args()

    results = {name: [] for name, *_ in options.server}
    for number in range(options.rounds):
        for name, url, pid, cookie in options.server:
            results[name].append(load(url, cookie, pid))
            print(f"  round {number + 1}: {name}: {results[name][-1]}", file=sys.stderr)
    report(options.title, options.rounds, results)


def load(url, cookie, pid):
    script = Path(__file__).with_name("load.sh")
    words = subprocess.run([script, url, cookie, pid], check=True, capture_output=True, text=True).stdout.split()
    return {name: float(value) for name, value in zip(words[::2], words[1::2])}


def report(title, rounds, results):
    print(f"\n{title}: wrk with {os.environ.get('CONNECTIONS', '8')} connections on the same {os.cpu_count()} cores, "
          f"medians of {rounds} interleaved rounds, load {os.getloadavg()[0]:.1f}")
    print(f"  {'':24} {'requests/s':>11} {'p50 ms':>8} {'p99 ms':>8} {'CPU ms/request':>15}")
    for name, all_ in results.items():
        per_second, p50, p99, cpu = (statistics.median(one[figure] for one in all_) for figure in FIGURES)
        print(f"  {name:24} {per_second:11.1f} {p50:8.2f} {p99:8.2f} {cpu:15.4f}")
    ours, *peers = results
    for peer in peers:
        rate, cpu = (
            statistics.median(ratio(mine, theirs) for mine, theirs in zip(results[ours], results[peer]))
            for ratio in (
                lambda mine, theirs: mine["per_second"] / theirs["per_second"],
                lambda mine, theirs: theirs["cpu_ms"] / mine["cpu_ms"] if mine["cpu_ms"] else float("nan"),
            )
        )
        print(f"ratio: {ours} is {rate:.2f} times {peer} by requests per second, {cpu:.2f} by CPU for a request")


if __name__ == "__main__":
    main()
