//! Whose names a reader may see: the one place that decides it for every list (решение 0009).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::store;

/// Names within one's own organization rest on employment; whoever reaches people through the municipality or
/// further sees the names of those whose consent Б holds. One query, and none for a reader of organizations only.
#[derive(Clone, Debug, Default)]
pub struct Veil(Option<Seen>);

#[derive(Clone, Debug)]
struct Seen {
    own: BTreeSet<Uuid>,
    /// Who has let which organization pass the name on.
    agreed: BTreeSet<(Uuid, Uuid)>,
}

impl Veil {
    /// Reads who is seen by a reader with this reach on the day.
    pub async fn load(
        connection: &impl ConnectionTrait,
        reach: &Reach,
        day: NaiveDate,
    ) -> Result<Self, DbErr> {
        if !is_wide(reach) {
            return Ok(Self(None));
        }
        let own = reach.organizations.iter().map(|id| id.0).collect();
        Ok(Self(Some(Seen { own, agreed: store::agreed(connection, reach, day).await? })))
    }

    /// Whether the name of the person is hidden where they stand for this organization.
    pub fn hides(&self, person: Uuid, organization: Uuid) -> bool {
        self.0.as_ref().is_some_and(|seen| {
            !seen.own.contains(&organization) && !seen.agreed.contains(&(person, organization))
        })
    }

    /// Whether any name can be hidden at all.
    pub const fn is_drawn(&self) -> bool {
        self.0.is_some()
    }
}

/// Does the reader reach anybody otherwise than through an organization of their own?
pub(super) fn is_wide(reach: &Reach) -> bool {
    reach.everywhere || !reach.municipalities.is_empty() || !reach.regions.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_wide_readers_need_consents() {
        let id = Uuid::from_u128;
        let own = Reach { organizations: [id(1).into()].into(), ..Reach::default() };
        assert!(!is_wide(&own));
        assert!(is_wide(&Reach { municipalities: [id(2).into()].into(), ..own.clone() }));
        assert!(is_wide(&Reach { everywhere: true, ..Reach::default() }));
        assert!(!Veil::default().hides(id(5), id(9)));
        let seen = Seen { own: [id(1)].into(), agreed: [(id(5), id(3))].into() };
        let veil = Veil(Some(seen));
        assert!(!veil.hides(id(7), id(1)), "own organization");
        assert!(!veil.hides(id(5), id(3)), "agreed");
        assert!(veil.hides(id(5), id(4)), "agreed elsewhere only");
    }
}
