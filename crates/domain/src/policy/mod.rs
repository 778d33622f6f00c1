//! Who may do what: one readable table (п. 3.1, 4.1-4.4, 5.1.1-5.2.2).
//!
//! A permission is given to a role within a scope. The scope is measured from the place where the
//! role is held: a director's «organization» is the school of the director. What is not in the
//! table is refused.

mod permission;
mod rules;

use std::collections::BTreeSet;

use crate::ids::{AccountId, OrganizationId, PersonId, TerritoryId};
use crate::role::Role;

pub use permission::Permission;
pub use rules::{RULES, Rule};

/// How far a permission reaches from the place where the role is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Only what is about the person.
    Own,
    /// What belongs to a mentorship in which the person takes part.
    Pair,
    Organization,
    Municipality,
    Region,
    Everywhere,
}

/// A role held in an organization today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub organization: OrganizationId,
    /// The territory the organization hangs on: a municipality, or a region for regional ones.
    pub territory: TerritoryId,
    /// The region above it.
    pub region: TerritoryId,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub account: AccountId,
    pub person: PersonId,
    pub grants: Vec<Grant>,
}

/// How far an actor reaches with a permission: the union over the actor's roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    pub everywhere: bool,
    pub organizations: BTreeSet<OrganizationId>,
    pub municipalities: BTreeSet<TerritoryId>,
    pub regions: BTreeSet<TerritoryId>,
    /// Rows of the actor's own mentorships.
    pub pairs: bool,
    /// Rows about the actor.
    pub own: bool,
}

/// Where a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub organization: OrganizationId,
    pub territory: TerritoryId,
    pub region: TerritoryId,
}

impl Reach {
    /// Nothing at all is within reach.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Is the place within reach by role (not counting one's own rows and pairs)?
    pub fn covers(&self, place: &Place) -> bool {
        self.everywhere
            || self.organizations.contains(&place.organization)
            || self.municipalities.contains(&place.territory)
            || self.regions.contains(&place.region)
    }
}

impl Actor {
    /// Does the actor hold the role anywhere?
    pub fn is(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The grants by which the actor holds the role.
    pub fn held(&self, role: Role) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.role == role)
    }

    /// How far the permission reaches for this actor.
    pub fn reach(&self, permission: Permission) -> Reach {
        let mut reach = Reach { own: permission == Permission::ReadPerson, ..Reach::default() };
        for grant in &self.grants {
            for rule in RULES.iter().filter(|rule| rule.permission == permission && rule.role == grant.role) {
                match rule.scope {
                    Scope::Own => reach.own = true,
                    Scope::Pair => reach.pairs = true,
                    Scope::Organization => {
                        reach.organizations.insert(grant.organization);
                    }
                    Scope::Municipality => {
                        reach.municipalities.insert(grant.territory);
                    }
                    Scope::Region => {
                        reach.regions.insert(grant.region);
                    }
                    Scope::Everywhere => reach.everywhere = true,
                }
            }
        }
        reach
    }

    /// May the actor use the permission at all, wherever?
    pub fn may_somewhere(&self, permission: Permission) -> bool {
        match permission {
            Permission::Public | Permission::SignedIn => true,
            _ => !self.reach(permission).is_empty(),
        }
    }

    /// May the actor use the permission at this place?
    pub fn may_at(&self, permission: Permission, place: &Place) -> bool {
        self.reach(permission).covers(place)
    }
}

/// May somebody holding `holder` give or take `role`? A director names the curator, the council,
/// the psychologist and the union's person (п. 4.1.1); the department names heads and its centers
/// (п. 4.2); the administrator names everybody.
pub const fn may_grant(holder: Role, role: Role) -> bool {
    use Role as R;
    match holder {
        R::Administrator => !role.follows_from_mentorship(),
        R::Department => matches!(
            role,
            R::Director
                | R::SupportCenter
                | R::ResourceCenter
                | R::Curator
                | R::Council
                | R::Psychologist
                | R::Union
        ),
        R::Director => matches!(role, R::Curator | R::Council | R::Psychologist | R::Union),
        _ => false,
    }
}

/// May somebody holding `holder` make a new way in (a login slip) for a person who holds `roles`?
/// Without this rule a curator could print a slip for the director and sign orders with it.
pub fn may_issue_login(holder: Role, roles: &[Role]) -> bool {
    roles.iter().all(|&role| match holder {
        Role::Curator => {
            matches!(role, Role::Mentor | Role::Mentee | Role::Council | Role::Psychologist | Role::Union)
        }
        _ => role.follows_from_mentorship() || may_grant(holder, role),
    }) && matches!(holder, Role::Administrator | Role::Department | Role::Director | Role::Curator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn actor(role: Role, organization: u128) -> Actor {
        Actor {
            account: AccountId(Uuid::from_u128(1)),
            person: PersonId(Uuid::from_u128(2)),
            grants: vec![Grant {
                role,
                organization: OrganizationId(Uuid::from_u128(organization)),
                territory: TerritoryId(Uuid::from_u128(100)),
                region: TerritoryId(Uuid::from_u128(200)),
            }],
        }
    }

    fn place(organization: u128, territory: u128) -> Place {
        Place {
            organization: OrganizationId(Uuid::from_u128(organization)),
            territory: TerritoryId(Uuid::from_u128(territory)),
            region: TerritoryId(Uuid::from_u128(200)),
        }
    }

    #[test]
    fn curator_sees_the_own_school_only() {
        let curator = actor(Role::Curator, 10);
        assert!(curator.may_at(Permission::ReadStaff, &place(10, 100)));
        assert!(!curator.may_at(Permission::ReadStaff, &place(11, 100)));
        assert!(!curator.may_at(Permission::SignOrders, &place(10, 100)));
    }

    #[test]
    fn department_sees_the_municipality_and_no_other() {
        let department = actor(Role::Department, 10);
        assert!(department.may_at(Permission::ReadStaff, &place(11, 100)));
        assert!(!department.may_at(Permission::ReadStaff, &place(11, 101)));
        assert!(!department.may_somewhere(Permission::SignOrders));
    }

    #[test]
    fn region_sees_numbers_and_no_names() {
        let region = actor(Role::Region, 10);
        assert!(region.may_at(Permission::ReadIndicators, &place(11, 101)));
        for permission in [Permission::ReadStaff, Permission::ReadIndicatorLists, Permission::ReadPairs] {
            assert!(!region.may_somewhere(permission), "{permission:?}");
        }
    }

    #[test]
    fn a_login_slip_is_never_issued_upwards() {
        assert!(!may_issue_login(Role::Curator, &[Role::Director]));
        assert!(!may_issue_login(Role::Curator, &[Role::Curator]));
        assert!(!may_issue_login(Role::Director, &[Role::Department]));
        assert!(!may_issue_login(Role::Mentor, &[]));
        assert!(may_issue_login(Role::Curator, &[Role::Mentor, Role::Council]));
        assert!(may_issue_login(Role::Director, &[Role::Curator]));
        assert!(may_issue_login(Role::Department, &[Role::Director]));
    }

    #[test]
    fn every_rule_stands_once() {
        for (index, rule) in RULES.iter().enumerate() {
            assert!(
                RULES[..index]
                    .iter()
                    .all(|other| other.permission != rule.permission || other.role != rule.role),
                "{rule:?} repeats"
            );
        }
    }
}
