"""The other side of `bench/matching` for the way from people to pairs: candidates by numpy, pairs by OR-Tools.

    nation.py FILE

The file is made by `matching people`: everything u32. A municipality is a table of its mentees and mentors; the rules are masks, the
score is a sum of arrays, of each row the 50 best are kept. The same rules and points as in the product, so candidates, pairs
and points must be the same. Reading the file is not counted.
"""

import json
import resource
import sys
import time

import numpy as np

from peer import or_tools


BEST = 50
COLUMNS = ("organization", "municipality", "subject", "years", "kinds", "remote", "shift", "places", "anywhere")
DOMAINS = 8
GROUP, VIRTUAL, REVERSE = 1 << 1, 1 << 2, 1 << 5


def main():
    weights, mentors, mentees, forbidden, wished = read(sys.argv[1])
    busy, began = time.process_time(), time.perf_counter()
    rows, mentor, score = candidates(weights, mentors, mentees, forbidden, wished)
    search = time.perf_counter() - began
    _, _, found = or_tools(rows, mentor, score, mentors["places"])
    done = {"cpu": time.process_time() - busy, "wall": time.perf_counter() - began, "search": search,
            "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    print(json.dumps({"candidates": len(mentor)} | found | done))


def read(path):
    data = np.fromfile(path, dtype="<u4").astype(np.int64)
    names = ("needs", "subject", "same_organization", "same_municipality", "experience", "shift", "wishes", "years")
    weights, at = dict(zip(names, (int(points) for points in data[:8]))), 8
    sides = []
    for _ in range(2):
        count, at = int(data[at]), at + 1
        columns = data[at:at + count * (len(COLUMNS) + DOMAINS)].reshape(-1, count)
        at += columns.size
        sides.append(dict(zip(COLUMNS, columns)) | {"levels": columns[len(COLUMNS):]})
    pairs = []
    for _ in range(2):
        count, at = int(data[at]), at + 1
        pairs.append(data[at:at + 2 * count].reshape(-1, 2))
        at += 2 * count
    return weights, *sides, *pairs


def candidates(weights, mentors, mentees, forbidden, wished):
    """Municipality by municipality; people are numbered so that each lies together."""
    last = int(max(mentors["municipality"].max(), mentees["municipality"].max()))
    ends = [np.searchsorted(side["municipality"], np.arange(last + 2)) for side in (mentees, mentors)]
    of_mentee = [np.searchsorted(pairs[:, 0], np.arange(len(mentees["years"]) + 1)) for pairs in (forbidden, wished)]
    counts, heads, points = [], [], []
    for place in range(last + 1):
        begin, end = ends[0][place], ends[0][place + 1]
        from_, to = ends[1][place], ends[1][place + 1]
        ones, others = part(mentees, begin, end), part(mentors, from_, to)
        allowed, score = table(weights, ones, others)
        for pairs, first, change in ((forbidden, of_mentee[0], forbid), (wished, of_mentee[1], wish)):
            near = pairs[first[begin]:first[end]] - (begin, from_)
            near = near[(near[:, 1] >= 0) & (near[:, 1] < to - from_)]
            change(weights, allowed, score, near[:, 0], near[:, 1])
        keep_best(allowed, score)
        row, head = np.nonzero(allowed)
        counts.append(allowed.sum(axis=1))
        heads.append(head + from_)
        points.append(score[row, head])
    rows = np.concatenate([[0], np.cumsum(np.concatenate(counts))])
    return rows, np.concatenate(heads), np.concatenate(points)


def part(side, begin, end):
    return {name: column[..., begin:end] for name, column in side.items()}


def table(weights, ones, others):
    """Whether nothing forbids the pairs, and their points; mentees are rows, mentors columns."""
    here, there = ({name: column[..., :, None] for name, column in ones.items()},
                   {name: column[..., None, :] for name, column in others.items()})
    together = here["organization"] == there["organization"]
    on_line = (here["remote"] & there["remote"]) == 1
    kinds = here["kinds"] & there["kinds"]
    kinds = np.where(on_line, kinds, kinds & ~VIRTUAL)
    kinds = np.where(there["places"] < 2, kinds & ~GROUP, kinds)
    less = there["years"] < here["years"]
    kinds = np.where(less, kinds, kinds & ~REVERSE)
    met = together | (on_line & (there["anywhere"] == 1))
    allowed = (there["places"] > 0) & met & (kinds != 0)
    gap = np.where(kinds & REVERSE, here["years"] - there["years"], there["years"] - here["years"])
    gap = np.clip(gap, 0, weights["years"])
    needed = here["levels"].sum(axis=0)
    covered = np.minimum(here["levels"], there["levels"]).sum(axis=0)
    needs = np.where(needed == 0, weights["needs"] // 2, weights["needs"] * covered // np.maximum(needed, 1))
    known = (here["shift"] > 0) & (there["shift"] > 0)
    same = np.where(here["shift"] == there["shift"], weights["shift"], 0)
    score = needs + np.where(here["subject"] == there["subject"], weights["subject"], 0)
    score += np.where(together, weights["same_organization"], weights["same_municipality"])
    score += weights["experience"] * gap // max(weights["years"], 1) + np.where(known, same, weights["shift"] // 2)
    return allowed, score


def forbid(_, allowed, __, row, head):
    allowed[row, head] = False


def wish(weights, _, score, row, head):
    score[row, head] += weights["wishes"] // 2


def keep_best(allowed, score):
    """Of equal ones the lower number."""
    if allowed.shape[1] <= BEST:
        return
    order = np.where(allowed, score * 2 ** 20 - np.arange(allowed.shape[1]), -(2 ** 40))
    worst = np.argpartition(-order, BEST, axis=1)[:, BEST:]
    np.put_along_axis(allowed, worst, False, axis=1)


if __name__ == "__main__":
    main()
