"""Gives the school of the demo's curator 60 pairs at work: each with all its papers, every second with meetings: fill.py DATABASE.

A pair the demo has already brought to its order is copied with its papers. Prints the address of one pair's card. Nothing is
left to chance: the same city gives the same rows."""

import datetime
import hashlib
import json
import sqlite3
import sys

PAIRS = 60


def row_id(*parts):
    return hashlib.sha256(" ".join(map(str, parts)).encode()).digest()[:16]


def main():
    base = sqlite3.connect(sys.argv[1])
    base.row_factory = sqlite3.Row
    school = base.execute(
        "SELECT g.organization_id FROM role_grant g JOIN account a ON a.person_id = g.person_id "
        "WHERE a.login = 'curator' AND g.role = 'curator'").fetchone()[0]
    pattern = base.execute(
        "SELECT m.* FROM mentorship m JOIN document_mentorship x ON x.mentorship_id = m.id JOIN document d ON d.id = x.document_id "
        "WHERE m.organization_id = ? AND m.mentor_organization_id IS NULL AND m.ended_on IS NULL AND d.kind = 'appointment_order' "
        "AND d.signed_on IS NOT NULL AND d.canceled_at IS NULL ORDER BY m.id", (school,)).fetchone()
    papers = base.execute(
        "SELECT d.* FROM document d JOIN document_mentorship x ON x.document_id = d.id WHERE x.mentorship_id = ? "
        "AND d.canceled_at IS NULL AND d.signed_on IS NOT NULL", (pattern["id"],)).fetchall()
    people = [row[0] for row in base.execute(
        "SELECT DISTINCT person_id FROM employment WHERE organization_id = ? AND ended_on IS NULL ORDER BY person_id", (school,))]
    today = datetime.date.today()
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(sep=" ", timespec="seconds")
    have = base.execute(
        "SELECT COUNT(*) FROM mentorship WHERE organization_id = ? AND withdrawn_at IS NULL AND ended_on IS NULL "
        "AND ends_on >= ?", (school, today.isoformat())).fetchone()[0]
    card = None
    for number in range(PAIRS - have):
        mentor, mentee = people[number % len(people)], people[(number * 7 + 3) % len(people)]
        if mentor == mentee:
            mentee = people[(number * 7 + 4) % len(people)]
        pair = row_id("pair", number)
        card = card or pair
        insert(base, "mentorship", dict(pattern) | {"id": pair, "mentor_id": mentor, "kinds": json.dumps(["traditional"])})
        insert(base, "mentorship_mentee", {"mentorship_id": pair, "person_id": mentee})
        for paper in papers:
            copy, person = row_id("paper", number, paper["kind"], paper["label"]), paper["person_id"]
            if person is not None:
                person = mentee if paper["kind"] == "mentee_agreement" else mentor
            changed = {"id": copy, "number": 100000 + number * 10 + papers.index(paper), "person_id": person}
            insert(base, "document", dict(paper) | changed)
            insert(base, "document_mentorship", {"document_id": copy, "mentorship_id": pair})
        for week in range(1, 10) if number % 2 == 0 else ():
            meeting = {"id": row_id("meeting", number, week), "mentorship_id": pair, "kind": "in_person", "recorded_by": mentor,
                       "held_on": (today - datetime.timedelta(weeks=week)).isoformat(), "recorded_at": now}
            insert(base, "pair_meeting", meeting)
    base.commit()
    print(f"/pairs/{'-'.join(part for part in dashed(card.hex()))}")


def dashed(text):
    return text[:8], text[8:12], text[12:16], text[16:20], text[20:]


def insert(base, table, row):
    marks = ", ".join("?" * len(row))
    base.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


if __name__ == "__main__":
    main()
