"""One change in a solved instance against solving the changed instance from nothing, in interleaved rounds.

    changes.py --title TEXT [--rounds 3] --ours COMMAND --peer NAME COMMAND

Our side makes the same changes three times and takes the fastest of each; it prints the median and the 99th hundredth in microseconds by
wall clock, and has compared the end with solving anew. The peer has no way known to us to go on from its own answer, so a change costs it a full solve; of
that the CPU seconds count, because in seconds by wall clock the machine does much else.
"""

import argparse
import os
import statistics
import sys

from compare import measure


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--title", required=True)
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("NATION_ROUNDS", "3")))
    parser.add_argument("--ours", required=True, metavar="COMMAND")
    parser.add_argument("--peer", nargs=2, required=True, metavar=("NAME", "COMMAND"))
    options = parser.parse_args()
    name, command = options.peer
    ours, peer = [], []
    for number in range(options.rounds):
        ours.append(measure(options.ours))
        peer.append(measure(command))
        print(f"  round {number + 1}: {ours[-1]['median']} us, {peer[-1]['cpu']:.2f} CPU s", file=sys.stderr)
    median, p99, most = (statistics.median(one[what] for one in ours) for what in ("median", "p99", "most"))
    print(f"\n{options.title}: {ours[-1]['changes']} changes, the end proven and equal to solving anew; medians of "
          f"{options.rounds} interleaved rounds, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"  one change: median {median:.1f} us, p99 {p99:.0f} us, the longest {most:.0f} us")
    for sort in ours[-1]["sorts"]:
        middle, late = (statistics.median(one["sorts"][sort][at] for one in ours) for at in (0, 1))
        print(f"    {sort:16} median {middle:9.1f} us, p99 {late:9.0f} us")
    ratios = sorted(theirs["cpu"] * 1e6 / mine["median"] for mine, theirs in zip(ours, peer))
    print(f"ratio: {options.title}: the median change is {statistics.median(ratios):.0f} times faster than {name} solving anew "
          f"(from {ratios[0]:.0f} to {ratios[-1]:.0f})")


if __name__ == "__main__":
    main()
