"""Runs a matching through the pages as a person does: drive.py URL LOGIN SCOPE PID [PERCENT].

SCOPE is what stands in the choice «Для кого подобрать», or `-` if there is none to make. While the run is being computed the page of
its progress is asked for four times a second, and a curator opens other pages. With PERCENT the run is stopped when it has come so
far. Prints one line of `name=value`: seconds, KiB and MiB."""

import html
import re
import sys
import time
import threading
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, __file__.rsplit("/", 2)[0] + "/page")
from sign_in import Hidden, Visitor  # noqa: E402

# As long as a person would look at a progress that stands still.
PATIENCE = 600


def main():
    base, login, scope, pid = sys.argv[1:5]
    visitor = Visitor(base)
    sign_in(visitor, login)
    _, page = visitor.ask("GET", "/matching")
    fields = Hidden(forms(page, "/matching")[0]).fields
    if scope != "-":
        fields["scope"] = option(page, scope)
    begun = time.monotonic()
    answer, page = visitor.ask("POST", "/matching", urlencode(fields))
    if answer.status != 303:
        sys.exit(f"the run was not begun: {answer.status}\n{page[:800]}")
    told = {"answered": time.monotonic() - begun}
    run = urlsplit(answer.headers["Location"]).path
    told |= watch(base, visitor, run, begun, (pid, (sys.argv[5:] or [None])[0]))
    told["whole"] = time.monotonic() - begun
    for name, path in (("page", run), ("left", f"{run}?list=left"), ("found", f"{run}?q=1"), ("history", "/matching")):
        start = time.monotonic()
        answer, page = visitor.ask("GET", path)
        told[name] = time.monotonic() - start
        told[f"{name}_kib"] = len(page.encode()) / 1024
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status}")
    told["peak_mib"] = peak(pid)
    print(run, " ".join(f"{name}={value:.3f}" for name, value in told.items()))


def sign_in(visitor, login):
    _, form = visitor.ask("GET", "/login")
    answer, _ = visitor.ask("POST", "/login", urlencode(Hidden(form).fields | {"login": login, "password": "nastavnik-demo"}))
    if answer.status != 303:
        sys.exit(f"{login} was not let in: {answer.status}")


def watch(base, visitor, run, begun, who):
    """Waits until the run is over. How long the progress stood still at most, and how other pages answered meanwhile."""
    (pid, stop), others, over = who, [], threading.Event()
    thread = threading.Thread(target=ask_others, args=(base, others, over))
    thread.start()
    shown, since, stillest, stopped, pressed = None, begun, 0.0, {}, 0.0
    while time.monotonic() - begun < PATIENCE:
        answer, page = visitor.ask("GET", f"{run}/progress")
        now = time.monotonic()
        found = re.search(r"(\d+) из 100", page)
        if answer.status != 200 or not found:
            break
        if found.group(1) != shown:
            shown, since = found.group(1), now
        stillest = max(stillest, now - since)
        if stop and int(shown) >= int(stop):
            pressed = time.monotonic()
            cancel(visitor, run)
            stopped = {"cancel": time.monotonic() - pressed}
            break
        time.sleep(0.25)
    over.set()
    thread.join()
    if pressed:
        stopped["calm"] = calm(pid) - pressed
    others.sort()
    times = {"others": len(others), "others_median": others[len(others) // 2], "others_worst": others[-1]} if others else {}
    return {"still": stillest} | stopped | times


def ask_others(base, times, over):
    """What somebody else feels meanwhile."""
    visitor = Visitor(base)
    sign_in(visitor, "curator")
    while not over.is_set():
        for path in ("/", "/pairs/board", "/people"):
            start = time.monotonic()
            answer, _ = visitor.ask("GET", path)
            if answer.status not in (200, 404):
                sys.exit(f"{path}: {answer.status}")
            times.append(time.monotonic() - start)
        over.wait(0.2)


def cancel(visitor, run):
    """Presses «Остановить»."""
    _, page = visitor.ask("GET", run)
    fields = Hidden(forms(page, f"{run}/cancellation")[0]).fields
    answer, page = visitor.ask("POST", f"{run}/cancellation", urlencode(fields))
    if answer.status != 303:
        sys.exit(f"the run was not stopped: {answer.status}\n{page[:800]}")


def calm(pid):
    """The moment the program has nothing to do any more: the work has ended, not only what is shown of it."""
    while True:
        moment, before = time.monotonic(), cpu(pid)
        time.sleep(0.2)
        if cpu(pid) - before < 0.04:
            return moment


def cpu(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def forms(page, action):
    return re.findall(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.S)


def option(page, title):
    for value, known in re.findall(r'<option value="([^"]+)"[^>]*>(.*?)</option>', page):
        if html.unescape(known).startswith(title):
            return value
    sys.exit(f"nothing to choose is called {title}")


def peak(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024


if __name__ == "__main__":
    main()
