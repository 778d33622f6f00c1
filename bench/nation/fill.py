"""Fills the region of the demo with a market of mentors and mentees: fill.py DATABASE MENTORS MENTEES MUNICIPALITIES ORGANIZATIONS.

The demo's own municipality has a market of 300 mentors and 200 mentees, the first of the new ones is a large city with a quarter of
what is left (a sixteenth of a nation), the others share the rest. Everybody is admitted by the program's own rules: mentors stand in the bank with a confirmed
result, places, strengths and kinds; mentees have a category confirmed this year, and most of them a request with domains, formats and
wishes; both have given consent Б. Places are a few less than mentees. Beside them work as many colleagues who take no part, because
a staff is read as a whole. Some mentors have a pair already, some pairs are forbidden by the psychologist or the union.

The login `city` is the department of the large city, with the demo's password. Nothing is left to chance: the same arguments give
the same rows."""

import datetime
import json
import random
import sqlite3
import sys

CITY = (300, 200)
SURNAMES = "Иванова Петрова Смирнова Кузнецова Попова Васильева Соколова Новикова Фадина Морозова Волкова Громова Зайцева Павлова Орлова Быкова".split()
GIVEN = "Анна Мария Ольга Елена Ирина Наталья Татьяна Светлана Юлия Вера Надежда Галина Лариса Марина Дарья Полина".split()
PATRONYMICS = "Ивановна Петровна Сергеевна Андреевна Павловна Олеговна Юрьевна Борисовна Ильинична Романовна".split()
POSTS = [("учитель", subject) for subject in ("математика", "физика", "химия", "биология", "география", "история и обществознание",
                                              "русский язык и литература", "английский язык", "информатика", "физическая культура")]
POSTS += [("учитель начальных классов", "начальные классы"), ("воспитатель", None), ("методист", None), ("педагог-психолог", None)]


class Rows:
    """Rows of all tables, written in portions."""

    def __init__(self, base):
        self.base, self.waiting, self.numbers = base, {}, {}

    def id(self, table):
        """An id that no other row has and that grows, as the program's own ids do."""
        self.numbers[table] = number = self.numbers.get(table, 0) + 1
        tag = int.from_bytes(table.encode()[:8].ljust(8, b"_"), "big") | 1 << 63
        return tag.to_bytes(8, "big") + number.to_bytes(8, "big")

    def add(self, table, **row):
        rows = self.waiting.setdefault((table, tuple(row)), [])
        rows.append(tuple(row.values()))
        if len(rows) == 20_000:
            self.write()

    def write(self):
        # Parents are made before their children in every portion.
        self.base.execute("PRAGMA defer_foreign_keys = ON")
        for (table, columns), rows in self.waiting.items():
            marks = ", ".join("?" * len(columns))
            self.base.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
            rows.clear()


class Market:
    def __init__(self, base, seed):
        self.base, self.rows, self.luck = base, Rows(base), random.Random(seed)
        self.now = datetime.datetime.now(datetime.timezone.utc)
        self.moment = self.now.isoformat(sep=" ", timespec="seconds")
        self.today = self.now.date()
        self.year = self.now.year if self.now.month >= 9 else self.now.year - 1
        self.region = one(base, "SELECT id FROM territory WHERE level = 'region'")
        self.account = one(base, "SELECT id FROM account WHERE login = 'department'")
        self.home = one(base, "SELECT o.territory_id FROM organization o JOIN role_grant g ON g.organization_id = o.id "
                              "WHERE g.role = 'department'")
        base.row_factory = sqlite3.Row
        self.pair = dict(base.execute("SELECT * FROM mentorship WHERE ended_on IS NULL AND withdrawn_at IS NULL AND "
                                      "mentor_organization_id IS NULL ORDER BY id").fetchone())
        base.row_factory = None

    def ago(self, years):
        return (self.today - datetime.timedelta(days=int(365.25 * years))).isoformat()

    def municipality(self, number):
        place = self.rows.id("territory")
        self.rows.add("territory", id=place, parent_id=self.region, level="municipality", name=f"Муниципалитет {number:04}")
        return place

    def organization(self, place, number, kind="school"):
        school, name = self.rows.id("organization"), f"МБОУ «Школа № {number}»"
        if kind == "department":
            name = "Департамент образования большого города"
        self.rows.add("organization", id=school, territory_id=place, region_id=self.region, kind=kind, short_name=name, full_name=name,
                      search_key=name.lower(), name_key=name.lower())
        return school

    def person(self, school, experience):
        luck, person = self.luck, self.rows.id("person")
        name = luck.choice(SURNAMES), luck.choice(GIVEN), luck.choice(PATRONYMICS)
        key = " ".join(name).lower().replace("ё", "е")
        self.rows.add("person", id=person, surname=name[0], given=name[1], patronymic=name[2], gender="female",
                      born_on=self.ago(24 + experience), education="higher_pedagogical", teaching_since=self.ago(experience),
                      teaching_precision="day", search_key=key, sort_key=key, created_at=self.moment)
        post, subject = luck.choice(POSTS)
        self.rows.add("employment", id=self.rows.id("employment"), person_id=person, organization_id=school, position=post,
                      position_key=post, subject=subject, subject_key=subject, qualification="first",
                      started_on=self.ago(min(experience, 4)), started_precision="day")
        self.rows.add("consent", id=self.rows.id("consent"), person_id=person, organization_id=school, kind="transfer",
                      text_version="bench", given_on=self.today.isoformat(), recorded_by=self.account, recorded_at=self.moment)
        return person

    def mentor(self, school):
        luck, person = self.luck, self.person(school, self.luck.randint(5, 35))
        candidate, capacity = self.rows.id("candidate"), luck.choices((1, 2, 3), (58, 32, 10))[0]
        kinds = luck.choices(([], ["traditional", "situational"], ["virtual", "traditional"], ["group"]), (60, 20, 17, 3))[0]
        self.rows.add("mentor_candidate", id=candidate, person_id=person, organization_id=school,
                      capacity=max(capacity, 2 if kinds == ["group"] else 1), listed_by=self.account, listed_at=self.moment,
                      in_register=int(luck.random() < 0.6), works_remotely=int(luck.random() < 0.5), kinds=json.dumps(kinds))
        self.rows.add("achievement", id=self.rows.id("achievement"), person_id=person, title="Победа в конкурсе", evidence="Приказ 17",
                      recorded_by=self.account, recorded_at=self.moment)
        for domain in luck.sample(range(1, 9), luck.randint(1, 3)):
            self.rows.add("mentor_strength", candidate_id=candidate, domain=domain)
        return person

    def mentee(self, school, mentors):
        luck, person = self.luck, self.person(school, self.luck.choice((0.5, 1, 2, 2.5)))
        self.rows.add("category_decision", id=self.rows.id("decision"), person_id=person, organization_id=school, category="young",
                      year_start=self.year, decision="confirmed", reason="опыт меньше 3 лет", decided_by=self.account,
                      decided_at=self.moment)
        if luck.random() < 0.8:
            self.request(person, school, mentors)
        if mentors and luck.random() < 0.02:
            self.rows.add("pair_opinion", id=self.rows.id("opinion"), organization_id=school, mentor_id=luck.choice(mentors),
                          mentee_id=person, verdict="not_recommended", given_on=self.today.isoformat(), given_by=person,
                          given_at=self.moment)
        if mentors and luck.random() < 0.01:
            self.rows.add("pair_objection", id=self.rows.id("objection"), organization_id=school, mentor_id=luck.choice(mentors),
                          mentee_id=person, body="union", reason="конфликт интересов", raised_by=person, raised_at=self.moment)

    def request(self, person, school, mentors):
        luck, request = self.luck, self.rows.id("request")
        formats = ["meetings"] + [code for code, share in (("correspondence", 0.5), ("group", 0.5)) if luck.random() < share]
        self.rows.add("mentee_request", id=request, person_id=person, organization_id=school, year_start=self.year, is_needed=1,
                      formats=json.dumps(formats), answered_at=self.moment)
        for domain in luck.sample(range(1, 9), luck.randint(1, 3)):
            self.rows.add("request_domain", request_id=request, domain=domain)
        if len(mentors) > 1 and luck.random() < 0.1:
            for is_wanted, mentor in enumerate(luck.sample(mentors, 2)):
                self.rows.add("request_wish", request_id=request, person_id=mentor, is_wanted=is_wanted)

    def at_work(self, school, mentor):
        pair = self.rows.id("mentorship")
        self.rows.add("mentorship", **self.pair | {"id": pair, "organization_id": school, "mentor_id": mentor})
        self.rows.add("mentorship_mentee", mentorship_id=pair, person_id=self.person(school, 1))

    def fill(self, schools, mentors, mentees):
        """Shares so many mentors and mentees among the schools, with as many colleagues."""
        for number, school in enumerate(schools):
            director = self.person(school, 20)
            self.rows.add("role_grant", id=self.rows.id("grant"), person_id=director, organization_id=school, role="director",
                          act_number="1", act_on=self.ago(1), started_on=self.ago(1))
            own = [self.mentor(school) for _ in range(share(mentors, number, len(schools)))]
            for mentor in own:
                if self.luck.random() < 0.05:
                    self.at_work(school, mentor)
            here = share(mentees, number, len(schools))
            for _ in range(here):
                self.mentee(school, own)
            for _ in range(len(own) + here):
                self.person(school, self.luck.randint(4, 35))

    def department(self, place):
        office = self.organization(place, 0, "department")
        person, account = self.person(office, 20), self.rows.id("account")
        self.rows.add("role_grant", id=self.rows.id("grant"), person_id=person, organization_id=office, role="department",
                      act_number="1", act_on=self.ago(1), started_on=self.ago(1))
        password = one(self.base, "SELECT password_hash FROM account WHERE login = 'department'")
        self.rows.add("account", id=account, person_id=person, login="city", password_hash=password, created_at=self.moment)


def one(base, sql):
    return base.execute(sql).fetchone()[0]


def share(whole, number, parts):
    """The part of a whole that falls to this number."""
    return whole * (number + 1) // parts - whole * number // parts


def parts(whole, places, city):
    """What the large city has, then what each of the others has."""
    first = whole // city
    return [first] + [share(whole - first, place, places - 1) for place in range(places - 1)]


def main():
    mentors, mentees, municipalities, organizations = map(int, sys.argv[2:])
    base = sqlite3.connect(sys.argv[1])
    base.execute("PRAGMA synchronous = OFF")
    market = Market(base, seed=548)
    known = [row[0] for row in base.execute(
        "SELECT id FROM organization WHERE territory_id = ? AND kind IN ('school', 'preschool') ORDER BY id", (market.home,))]
    market.fill(known, *CITY)
    others, city = municipalities - 1, 4 if mentors < 20_000 else 16
    left = (organizations - len(known), mentors - CITY[0], mentees - CITY[1])
    number = 0
    for place, (schools, *sides) in enumerate(zip(*(parts(whole, others, city) for whole in left))):
        territory = market.municipality(place + 1)
        if place == 0:
            market.department(territory)
        market.fill([market.organization(territory, number + school) for school in range(1, schools + 1)], *sides)
        number += schools
    market.rows.write()
    base.commit()
    count = lambda table: one(base, f"SELECT COUNT(*) FROM {table}")
    print(f"{count('organization')} organizations, {count('person')} people, {count('mentor_candidate')} candidates, "
          f"{count('category_decision')} mentees, {count('mentee_request')} requests", file=sys.stderr)


if __name__ == "__main__":
    main()
