"""The usual tools doing what our import does: read the list, apply the rules, store good rows and mistakes in SQLite.

    peer.py openpyxl|pandas LIST.xlsx OUT.sqlite

One transaction. Prints how many rows are good and how many are not; both ways must agree, and so must our program.
"""

import re
import sqlite3
import sys
from datetime import date, datetime, timedelta

TODAY = date.today()
YOUNGEST, OLDEST = 16, 90
CATEGORIES = {
    "первая",
    "высшая",
    "соответствие занимаемой должности",
    "высшая, педагог-методист",
    "высшая, педагог-наставник",
}
NAME = r"[А-ЯЁа-яё]+(?:[- ][А-ЯЁа-яё]+)*"
PHONE = r"(?:\+7|8)\s?\(?\d{3}\)?\s?\d{3}-?\d{2}-?\d{2}"
EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
USED = 14


def years_after(day, years):
    """The same day of another year; the last day of February in a year without the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


# Older than 16, not yet 91; work that began at 16 or later and not more than a year ahead.
BORN_FROM, BORN_TO = years_after(TODAY, -OLDEST - 1) + timedelta(days=1), years_after(TODAY, -YOUNGEST)
BEGUN_FROM, BEGUN_TO = date(TODAY.year - 80, 1, 1), date(TODAY.year + 1, 12, 31)


def with_openpyxl(path):
    """Row by row, as a stream: the way that needs least memory."""
    from openpyxl import load_workbook

    rows = load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
    width = len(next(rows))
    check = RowCheck()
    good, bad = [], []
    for number, row in enumerate(rows, start=2):
        # The reader leaves out empty cells at the end of a row.
        row += (None,) * (width - len(row))
        fault = check.fault(row)
        if fault:
            bad.append((number, fault))
        else:
            good.append(tuple(value.isoformat() if isinstance(value, date) else value for value in row))
    return good, bad


class RowCheck:
    """The rules for one row, in the order of columns; remembers who has been met."""

    def __init__(self):
        self.met = set()
        self.name, self.phone, self.email = (re.compile(pattern).fullmatch for pattern in (NAME, PHONE, EMAIL))

    def fault(self, row):
        organization, surname, first, middle, sex, born, position, _, category, _, career, hired, phone, email = row[:USED]
        if not text(organization):
            return "organization"
        if not self.name(text(surname)) or not self.name(text(first)):
            return "name"
        if text(middle) and not self.name(text(middle)):
            return "name"
        if sex not in ("М", "Ж"):
            return "sex"
        if not isinstance(born, datetime) or not BORN_FROM <= born.date() <= BORN_TO:
            return "birth date"
        if not text(position):
            return "position"
        if text(category) and text(category) not in CATEGORIES:
            return "category"
        if not isinstance(career, datetime) or not may_work(born, career):
            return "career"
        if not isinstance(hired, datetime) or not may_work(born, hired):
            return "hired"
        if text(phone) and not self.phone(text(phone)):
            return "phone"
        if text(email) and not self.email(text(email)):
            return "e-mail"
        who = (key(surname), key(first), key(middle), born)
        if who in self.met:
            return "twice"
        self.met.add(who)
        return None


def may_work(born, begun):
    return BEGUN_FROM <= begun.date() <= BEGUN_TO and begun >= years_after(born, YOUNGEST)


def text(value):
    return "" if value is None else str(value).strip()


def key(value):
    return text(value).lower().replace("ё", "е")


def with_pandas(path):
    """Column by column. Without dtype=object pandas would turn telephones into numbers."""
    import pandas as pd

    table = pd.read_excel(path, dtype=object, engine="openpyxl")
    used = list(table.columns[:USED])
    organization, surname, first, middle, sex, born, position, _, category, _, career, hired, phone, email = used
    words = {name: table[name].where(table[name].notna(), "").astype(str).str.strip() for name in used}
    dates = {name: pd.to_datetime(table[name], errors="coerce").where(table[name].map(is_date)) for name in (born, career, hired)}
    working_age = dates[born] + pd.DateOffset(years=YOUNGEST)
    begun = lambda name: dates[name].between(pd.Timestamp(BEGUN_FROM), pd.Timestamp(BEGUN_TO)) & (dates[name] >= working_age)
    optional = lambda name, pattern: (words[name] == "") | words[name].str.fullmatch(pattern)
    fine = (
        (words[organization] != "")
        & words[surname].str.fullmatch(NAME)
        & words[first].str.fullmatch(NAME)
        & optional(middle, NAME)
        & words[sex].isin(["М", "Ж"])
        & dates[born].between(pd.Timestamp(BORN_FROM), pd.Timestamp(BORN_TO))
        & (words[position] != "")
        & ((words[category] == "") | words[category].isin(CATEGORIES))
        & begun(career)
        & begun(hired)
        & optional(phone, PHONE)
        & optional(email, EMAIL)
    )
    who = pd.DataFrame({name: words[name].str.lower().str.replace("ё", "е") for name in (surname, first, middle)})
    who[born] = dates[born]
    fine &= ~who[fine].duplicated().reindex(table.index, fill_value=False)
    good = table[fine].map(lambda value: value.isoformat() if is_date(value) else value)
    good = good.astype(object).where(good.notna(), None)
    bad = [(number + 2, "fault") for number in table.index[~fine]]
    return list(good.itertuples(index=False, name=None)), bad


def is_date(value):
    return isinstance(value, (date, datetime)) and value == value


def store(path, good, bad):
    with sqlite3.connect(path) as database:
        width = len(good[0])
        database.execute(f"create table person ({', '.join(f'c{column}' for column in range(width))})")
        database.execute("create table fault (row integer, reason text)")
        database.executemany(f"insert into person values ({', '.join('?' * width)})", good)
        database.executemany("insert into fault values (?, ?)", bad)


def main():
    way, source, target = sys.argv[1:]
    good, bad = {"openpyxl": with_openpyxl, "pandas": with_pandas}[way](source)
    store(target, good, bad)
    print(f"{way}: new {len(good)}, refused {len(bad)}")


if __name__ == "__main__":
    main()
