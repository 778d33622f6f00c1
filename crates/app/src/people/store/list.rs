//! The list of staff: two queries however long it is.
//!
//! A list cut to few organizations is gathered from their employments; a wide one walks the alphabet and asks
//! each person for an employment, so that a page of fifty costs the same in a region as in a city.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use nastavnik_domain::period::Since;
use nastavnik_domain::person::{FullName, Qualification};
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use uuid::Uuid;

use crate::kernel::db::{Sql, contains_pattern};
use crate::kernel::listing::Direction;
use crate::kernel::scope;
use crate::people::front::since;
use crate::values;

/// What the address asks for. Texts are search keys.
#[derive(Clone, Debug, Default)]
pub(in crate::people) struct Filter {
    pub(in crate::people) name: String,
    pub(in crate::people) organization: Option<Uuid>,
    pub(in crate::people) kind: Option<&'static str>,
    pub(in crate::people) position: String,
    pub(in crate::people) subject: String,
    pub(in crate::people) qualification: Option<Qualification>,
    pub(in crate::people) experience: Option<Years>,
    pub(in crate::people) state: State,
}

/// Who is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::people) enum State {
    /// Work now or have been hired from a day ahead.
    #[default]
    Working,
    /// Worked here and don't any more.
    Left,
    Archived,
    All,
}

/// Years of teaching: at least `from`, less than `to`. The day three years are full is still «до 3 лет» (п. 1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::people) struct Years {
    pub(in crate::people) from: Option<u32>,
    pub(in crate::people) to: Option<u32>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::people) enum Order {
    #[default]
    Name,
    Hired,
    Experience,
}

/// A person with one of the employments within reach; several rows of one person stand together.
#[derive(Debug, FromQueryResult)]
pub(in crate::people) struct ListRow {
    pub(in crate::people) id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    teaching_since: Option<NaiveDate>,
    teaching_precision: Option<String>,
    pub(in crate::people) archived_at: Option<DateTime<Utc>>,
    pub(in crate::people) organization: Option<String>,
    pub(in crate::people) position: Option<String>,
    pub(in crate::people) subject: Option<String>,
    qualification: Option<String>,
    started_on: Option<NaiveDate>,
    started_precision: Option<String>,
    pub(in crate::people) ended_on: Option<NaiveDate>,
}

impl ListRow {
    pub(in crate::people) fn name(&self) -> FullName {
        FullName::new(&self.surname, &self.given, self.patronymic.as_deref())
    }

    pub(in crate::people) fn teaching_since(&self) -> Option<Since> {
        since(self.teaching_since, self.teaching_precision.as_deref())
    }

    pub(in crate::people) fn started(&self) -> Option<Since> {
        since(self.started_on, self.started_precision.as_deref())
    }

    pub(in crate::people) fn qualification(&self) -> Option<Qualification> {
        self.qualification.as_deref().and_then(Qualification::from_code)
    }
}

/// Whose list, as of which day.
pub(in crate::people) struct Asker<'a> {
    pub(in crate::people) reach: &'a Reach,
    pub(in crate::people) today: NaiveDate,
}

/// How many people pass the filter.
pub(in crate::people) async fn count(
    connection: &impl ConnectionTrait,
    asker: &Asker<'_>,
    filter: &Filter,
) -> Result<u64, DbErr> {
    // People who work are never in the archive, so without conditions on the person the employments suffice.
    let only_jobs = filter.state == State::Working && filter.name.is_empty() && filter.experience.is_none();
    if only_jobs {
        let (jobs, values) = asker.jobs(filter, Which::Open);
        let text = format!(
            "SELECT COUNT(*) AS n FROM (SELECT DISTINCT e.person_id FROM employment e WHERE {jobs}) known"
        );
        return Sql::new(&text).and("", values).count(connection).await;
    }
    people(Sql::new("SELECT COUNT(*) AS n FROM person p WHERE 1 = 1"), asker, filter).count(connection).await
}

/// One page of people in the order asked for.
pub(in crate::people) async fn page(
    connection: &impl ConnectionTrait,
    asker: &Asker<'_>,
    filter: &Filter,
    (order, direction): (Order, Direction),
    (limit, offset): (u64, u64),
) -> Result<Vec<ListRow>, DbErr> {
    let sql = Sql::new(
        "SELECT p.id, p.surname, p.given, p.patronymic, p.teaching_since, p.teaching_precision, p.archived_at, \
                o.short_name AS organization, e.position, e.subject, e.qualification, \
                e.started_on, e.started_precision, e.ended_on FROM (SELECT p.* FROM (SELECT p.*",
    );
    let sql = match order {
        Order::Hired => hired(sql, asker, filter.state),
        Order::Name | Order::Experience => sql,
    };
    let sql = people(sql.and("FROM person p WHERE 1 = 1", []), asker, filter);
    let order = order_words(order, direction);
    let rows = [limit, offset].map(|number| Value::from(i64::try_from(number).unwrap_or(i64::MAX)));
    let (jobs, values) = asker.within_reach();
    sql.and(&format!(") p ORDER BY {order} LIMIT ? OFFSET ?) p"), rows)
        .and(&format!("LEFT JOIN employment e ON e.person_id = p.id AND {jobs}"), values)
        .and("LEFT JOIN organization o ON o.id = e.organization_id", [])
        .and(&format!("ORDER BY {order}, e.share_percent DESC, e.id"), [])
        .all(connection)
        .await
}

/// An organization to choose in the filter.
#[derive(FromQueryResult)]
pub(in crate::people) struct PlaceRow {
    pub(in crate::people) id: Uuid,
    pub(in crate::people) short_name: String,
    pub(in crate::people) kind: String,
}

/// Organizations within reach that are not archived.
pub(in crate::people) async fn places(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<PlaceRow>, DbErr> {
    let sql = Sql::new("SELECT o.id, o.short_name, o.kind FROM organization o WHERE o.archived_at IS NULL");
    scope::within(sql, reach, "o").all(connection).await
}

/// Which employments count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Open,
    Ended,
    Any,
}

type Condition = (String, Vec<Value>);

impl Asker<'_> {
    /// Employments `e` that pass the filter.
    fn jobs(&self, filter: &Filter, which: Which) -> Condition {
        let (mut text, mut values) = self.within_reach();
        let mut add = |more: &str, value: Value| {
            text.push_str(" AND ");
            text.push_str(more);
            values.push(value);
        };
        match which {
            Which::Open => add("(e.ended_on IS NULL OR e.ended_on > ?)", self.today.into()),
            Which::Ended => add("e.ended_on <= ?", self.today.into()),
            Which::Any => {}
        }
        if let Some(organization) = filter.organization {
            add("e.organization_id = ?", organization.into());
        }
        if let Some(kind) = filter.kind {
            add("e.organization_id IN (SELECT id FROM organization WHERE kind = ?)", kind.into());
        }
        for word in filter.position.split_whitespace() {
            add("e.position_key LIKE ? ESCAPE '\\'", contains_pattern(word).into());
        }
        for word in filter.subject.split_whitespace() {
            add("e.subject_key LIKE ? ESCAPE '\\'", contains_pattern(word).into());
        }
        if let Some(qualification) = filter.qualification {
            add("e.qualification = ?", qualification.code().into());
        }
        (text, values)
    }

    /// Employments `e` in organizations within reach. The few ids of a narrow reach are named at once.
    fn within_reach(&self) -> Condition {
        let reach = self.reach;
        if reach.everywhere {
            return ("1 = 1".to_owned(), Vec::new());
        }
        if reach.municipalities.is_empty() && reach.regions.is_empty() && !reach.organizations.is_empty() {
            let marks = vec!["?"; reach.organizations.len()].join(", ");
            let values = reach.organizations.iter().map(|id| Value::from(id.0)).collect();
            return (format!("e.organization_id IN ({marks})"), values);
        }
        let (text, values) = scope::condition(reach, "o");
        (format!("e.organization_id IN (SELECT o.id FROM organization o WHERE {text})"), values)
    }

    fn is_narrow(&self, filter: &Filter) -> bool {
        let reach = self.reach;
        let few = reach.municipalities.is_empty() && reach.regions.is_empty() && !reach.everywhere;
        few || filter.organization.is_some()
    }

    /// People `p` who have such an employment.
    fn have(&self, filter: &Filter, which: Which) -> Condition {
        let (jobs, values) = self.jobs(filter, which);
        let text = if self.is_narrow(filter) {
            format!("p.id IN (SELECT e.person_id FROM employment e WHERE {jobs})")
        } else {
            format!("EXISTS (SELECT 1 FROM employment e WHERE e.person_id = p.id AND {jobs})")
        };
        (text, values)
    }
}

impl Filter {
    /// Does any condition speak of an employment?
    fn asks_of_jobs(&self) -> bool {
        self.organization.is_some()
            || self.kind.is_some()
            || self.qualification.is_some()
            || !self.position.is_empty()
            || !self.subject.is_empty()
    }
}

/// The conditions on people `p`.
fn people(sql: Sql, asker: &Asker<'_>, filter: &Filter) -> Sql {
    // Whoever reaches everything also sees people without any employment.
    let anybody = asker.reach.everywhere && !filter.asks_of_jobs();
    let also = |sql: Sql, (text, values): Condition| sql.and(&format!("AND {text}"), values);
    let mut sql = match filter.state {
        State::Working => also(sql, asker.have(filter, Which::Open)),
        State::Left => {
            let (text, values) =
                asker.have(&Filter { organization: filter.organization, ..Filter::default() }, Which::Open);
            let sql = sql.and(&format!("AND p.archived_at IS NULL AND NOT {text}"), values);
            if anybody { sql } else { also(sql, asker.have(filter, Which::Ended)) }
        }
        State::Archived | State::All => {
            let sql = if filter.state == State::Archived {
                sql.and("AND p.archived_at IS NOT NULL", [])
            } else {
                sql
            };
            if anybody { sql } else { also(sql, asker.have(filter, Which::Any)) }
        }
    };
    for word in filter.name.split_whitespace() {
        sql = sql.and("AND p.search_key LIKE ? ESCAPE '\\'", values![contains_pattern(word)]);
    }
    match filter.experience {
        Some(years) => experienced(sql, years, asker.today),
        None => sql,
    }
}

const BEGAN: &str = "(CASE WHEN p.teaching_precision IS NULL OR p.teaching_precision = 'day' THEN ? \
    WHEN p.teaching_precision = 'month' THEN ? ELSE ? END)";

/// A beginning known to a month or a year counts by the month or the year, as «perhaps».
fn experienced(sql: Sql, years: Years, today: NaiveDate) -> Sql {
    let before = |years: u32| today.checked_sub_months(Months::new(years * 12)).unwrap_or(today);
    let borders = |day: NaiveDate| {
        let month = day.with_day(1).unwrap_or(day);
        values![day, month, month.with_month(1).unwrap_or(month)]
    };
    let sql = match years.to {
        Some(to) => sql.and(&format!("AND p.teaching_since >= {BEGAN}"), borders(before(to))),
        None => sql,
    };
    match years.from {
        Some(from) => sql.and(&format!("AND p.teaching_since < {BEGAN}"), borders(before(from))),
        None => sql,
    }
}

fn hired(sql: Sql, asker: &Asker<'_>, state: State) -> Sql {
    let which = if state == State::Working { Which::Open } else { Which::Any };
    let (jobs, values) = asker.jobs(&Filter::default(), which);
    let text = format!(
        ", (SELECT MIN(e.started_on) FROM employment e WHERE e.person_id = p.id AND {jobs}) AS hired"
    );
    sql.and(&text, values)
}

/// Unknown values stand last in both directions.
fn order_words(order: Order, direction: Direction) -> String {
    let (word, back) = match direction {
        Direction::Ascending => ("", " DESC"),
        Direction::Descending => (" DESC", ""),
    };
    match order {
        Order::Name => format!("p.sort_key{word}, p.id{word}"),
        Order::Hired => {
            format!("CASE WHEN p.hired IS NULL THEN 1 ELSE 0 END, p.hired{word}, p.sort_key, p.id")
        }
        Order::Experience => {
            format!(
                "CASE WHEN p.teaching_since IS NULL THEN 1 ELSE 0 END, p.teaching_since{back}, p.sort_key, p.id"
            )
        }
    }
}
