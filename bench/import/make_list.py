"""Makes a big staff list out of the demo city's: the same columns and ways of writing, as many rows as asked for.

    make_list.py demo/staff.xlsx OUT.xlsx [--rows 100000]

20 columns (the 14 of the city and 6 that a program must carry along without using them). About 3.7 rows of 100 hold
one mistake each. The same input gives the same list on any machine.
"""

import argparse
import random
from datetime import date, timedelta

from openpyxl import Workbook, load_workbook

EXTRA = ["Доля ставки", "Табельный номер", "Дата присвоения категории", "Классное руководство", "Адрес", "Примечание"]
SEED = 548
FAULTY = 0.037
SPOIL = {
    "organization": lambda row: row.__setitem__(0, None),
    "surname": lambda row: row.__setitem__(1, None),
    "digit in the name": lambda row: row.__setitem__(1, row[1] + "3"),
    "first name": lambda row: row.__setitem__(2, "  "),
    "sex": lambda row: row.__setitem__(4, "?"),
    "born in the future": lambda row: row.__setitem__(5, date(2062, 3, 4)),
    "birth date as text": lambda row: row.__setitem__(5, "31.02.1980"),
    "position": lambda row: row.__setitem__(6, None),
    "category": lambda row: row.__setitem__(8, "вторая категория"),
    "career before school": lambda row: row.__setitem__(10, row[5] + timedelta(days=3000)),
    "hired as a child": lambda row: row.__setitem__(11, row[5] + timedelta(days=4000)),
    "phone": lambda row: row.__setitem__(12, "12-34-56"),
    "e-mail": lambda row: row.__setitem__(13, "школа собака почта"),
}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("source")
    arguments.add_argument("out")
    arguments.add_argument("--rows", type=int, default=100_000)
    options = arguments.parse_args()

    sheet = load_workbook(options.source, read_only=True).worksheets[0]
    heads, *people = [list(row) for row in sheet.iter_rows(values_only=True)]
    book = Workbook(write_only=True)
    target = book.create_sheet("Кадры")
    target.append(heads + EXTRA)
    for row in rows(people, options.rows):
        target.append(row)
    book.save(options.out)


def rows(people, count):
    """Yields `count` rows; a mistake of kind «the same person again» repeats a row that was good.

    No two people share a full name, nor a first name and patronymic with a birthday: such rows our import shows to a
    person, who has to decide, and the peers have nobody to ask.
    """
    chance = random.Random(SEED)
    by_sex = {sex: [person for person in people if person[4] == sex] for sex in "МЖ"}
    seen, good, made = set(), [], 0
    kinds = [*SPOIL, "twice"]
    while made < count:
        row = invent(chance, people, by_sex)
        keys = {tuple(plain(part) for part in row[1:4]), (plain(row[2]), plain(row[3]), row[5])}
        if keys & seen:
            continue
        seen |= keys
        made += 1
        row += extra(chance, made)
        if chance.random() < FAULTY:
            kind = chance.choice(kinds)
            if kind != "twice":
                SPOIL[kind](row)
            elif good:
                row = list(chance.choice(good))
        elif len(good) < 1000:
            good.append(list(row))
        yield row


def plain(text):
    return (text or "").lower().replace("ё", "е")


def invent(chance, people, by_sex):
    """A new person: the work of one, the surname, name and patronymic of three others of the same sex."""
    person = list(chance.choice(people))
    relatives = by_sex[person[4]]
    person[1], person[2], person[3] = (chance.choice(relatives)[column] for column in (1, 2, 3))
    shift = timedelta(days=chance.randrange(-180, 181))
    for column in (5, 10, 11):
        person[column] = person[column].date() + (shift if column == 5 else timedelta())
    person[12] = f"+7 9{chance.randrange(10, 100)} {chance.randrange(100, 1000)}-{chance.randrange(10, 100)}-{chance.randrange(10, 100)}"
    person[13] = f"person{chance.randrange(10**9)}@school.example"
    return person


def extra(chance, number):
    share = chance.choice([0.25, 0.5, 1.0, 1.0, 1.0, 1.25])
    attested = date(2021, 1, 1) + timedelta(days=chance.randrange(1800))
    form = chance.choice([None, None, f"{chance.randrange(1, 12)} «{chance.choice('АБВГ')}»"])
    street = f"ул. Школьная, д. {chance.randrange(1, 200)}, кв. {chance.randrange(1, 90)}"
    return [share, number, attested, form, street, chance.choice([None, None, None, "совместитель"])]


if __name__ == "__main__":
    main()
