//! The one way to cut a list down to what its reader reaches.

use nastavnik_domain::policy::{Place, Reach};
use sea_orm::Value;
use uuid::Uuid;

use super::db::Sql;

/// Adds the condition «the organization is within reach». `alias` is the query's name of the table
/// `organization`; the query ends in a place where `AND …` may follow. An empty reach finds nothing.
/// One's own rows and pairs (`Reach::own`, `Reach::pairs`) are added by the slice that knows them.
pub fn within(sql: Sql, reach: &Reach, alias: &str) -> Sql {
    if reach.everywhere {
        return sql;
    }
    let (text, values) = condition(reach, alias);
    sql.and(&format!("AND {text}"), values)
}

/// The same condition as text with its values, to be joined with others by `OR`.
pub fn condition(reach: &Reach, alias: &str) -> (String, Vec<Value>) {
    if reach.everywhere {
        return ("1 = 1".to_owned(), Vec::new());
    }
    let mut parts = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut add = |column: &str, ids: Vec<Uuid>| {
        if ids.is_empty() {
            return;
        }
        parts.push(format!("{alias}.{column} IN ({})", vec!["?"; ids.len()].join(", ")));
        values.extend(ids.into_iter().map(Value::from));
    };
    add("id", reach.organizations.iter().map(|id| id.0).collect());
    add("territory_id", reach.municipalities.iter().map(|id| id.0).collect());
    add("region_id", reach.regions.iter().map(|id| id.0).collect());
    if parts.is_empty() {
        return ("1 = 0".to_owned(), Vec::new());
    }
    (format!("({})", parts.join(" OR ")), values)
}

/// The place of an organization from its row.
pub fn place(organization: Uuid, territory: Uuid, region: Uuid) -> Place {
    Place { organization: organization.into(), territory: territory.into(), region: region.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_reach_finds_nothing() {
        assert_eq!(condition(&Reach::default(), "o").0, "1 = 0");
    }

    #[test]
    fn parts_of_a_reach_are_joined() {
        let mut reach = Reach::default();
        reach.organizations.insert(Uuid::from_u128(1).into());
        reach.regions.insert(Uuid::from_u128(2).into());
        let (text, values) = condition(&reach, "o");
        assert_eq!(text, "(o.id IN (?) OR o.region_id IN (?))");
        assert_eq!(values.len(), 2);
    }
}
