"""Fills the demo city with answered sheets of self-diagnosis, with candidates for mentors, and with everybody's consent Б,
without which the department would be shown a few rows: fill.py DATABASE.

Nothing is left to chance: the same city gives the same rows."""

import datetime
import hashlib
import sqlite3
import sys


def row_id(*parts):
    return hashlib.sha256(" ".join(map(str, parts)).encode()).digest()[:16]


def main():
    base = sqlite3.connect(sys.argv[1])
    now = datetime.datetime.now(datetime.timezone.utc)
    year = now.year if now.month >= 9 else now.year - 1
    moment = now.isoformat(sep=" ", timespec="seconds")
    workers = base.execute(
        "SELECT person_id, MIN(organization_id) FROM employment WHERE ended_on IS NULL GROUP BY person_id ORDER BY person_id"
    ).fetchall()
    account = base.execute("SELECT id FROM account ORDER BY login LIMIT 1").fetchone()[0]
    sheets, results, candidates, achievements, consents = [], [], [], [], []
    for number, (person, organization) in enumerate(workers):
        sheet = row_id("sheet", number)
        sheets.append((sheet, person, organization, year, "entry", "own", person, moment, moment))
        for domain in range(1, 9):
            mean = (number * 7 + domain * 31) % 301
            results.append((sheet, domain, mean, int(mean < 150 and number % 2 == 0), int(mean >= 250)))
        consents.append((row_id("consent", number), person, organization, now.date().isoformat(), account, moment))
        if number % 5 == 0:
            candidates.append((row_id("candidate", number), person, organization, 2, account, moment))
            achievements.append((row_id("achievement", number), person, "Победа в конкурсе", "Приказ 17", account, moment))
    base.executemany(
        "INSERT INTO diagnosis (id, person_id, organization_id, year_start, wave, view, author_id, begun_at, completed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", sheets)
    kept = {sheet for (sheet,) in base.execute("SELECT id FROM diagnosis")}
    base.executemany(
        "INSERT INTO diagnosis_domain (diagnosis_id, domain, mean_hundredths, is_deficit, is_strength) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", [result for result in results if result[0] in kept])
    base.executemany(
        "INSERT INTO mentor_candidate (id, person_id, organization_id, capacity, listed_by, listed_at, in_register) "
        "VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING", candidates)
    base.executemany(
        "INSERT INTO consent (id, person_id, organization_id, kind, text_version, given_on, recorded_by, recorded_at) "
        "VALUES (?, ?, ?, 'transfer', 'bench', ?, ?, ?) ON CONFLICT DO NOTHING", consents)
    base.executemany(
        "INSERT INTO achievement (id, person_id, title, evidence, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?)",
        achievements)
    base.commit()
    count = lambda table: base.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
    print(f"{count('organization')} organizations, {count('person')} people, {count('diagnosis')} answered sheets, "
          f"{count('mentor_candidate')} candidates", file=sys.stderr)


if __name__ == "__main__":
    main()
