//! By which of their roles somebody may do a thing at a place, and what follows for others' roles.

use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::policy::{Actor, Permission, Place, Reach, may_grant, may_issue_login};
use nastavnik_domain::role::Role;
use uuid::Uuid;

/// The actor's roles that carry the permission to this place. The union over all roles would not do: a
/// specialist of one town's department who directs a school in another directs only that school.
pub(super) fn holders(actor: &Actor, permission: Permission, place: &Place) -> Vec<Role> {
    let alone = |grant| Actor { account: actor.account, person: actor.person, grants: vec![grant] };
    let grants = actor.grants.iter().filter(|grant| alone(**grant).may_at(permission, place));
    grants.map(|grant| grant.role).collect()
}

/// The roles the actor may give or take in an organization of this kind.
pub(super) fn grantable(actor: &Actor, place: &Place, kind: OrganizationKind) -> Vec<Role> {
    let holders = holders(actor, Permission::GrantRoles, place);
    Role::of_kind(kind).filter(|role| holders.iter().any(|holder| may_grant(*holder, *role))).collect()
}

/// May the actor take this role at this place? The kind does not matter: it may have changed since.
pub(super) fn may_take(actor: &Actor, place: &Place, role: Role) -> bool {
    holders(actor, Permission::GrantRoles, place).iter().any(|holder| may_grant(*holder, role))
}

/// A role somebody holds and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) role: Role,
    pub(super) place: Place,
}

/// Why the actor may not make or close a way in for somebody; nothing if they may.
///
/// A role given in an organization beyond the actor's reach forbids it as well: otherwise the director of one
/// school could come in as the curator of another who teaches a few hours here.
pub(super) fn login_refusal(actor: &Actor, place: &Place, person: Uuid, held: &[Held]) -> Option<String> {
    if actor.person.0 == person {
        return Some("Это вы. Свой пароль меняют на странице «Пароль и входы»".to_owned());
    }
    let reach: Reach = actor.reach(Permission::ManageAccounts);
    let beyond = |held: &&Held| !held.role.follows_from_mentorship() && !reach.covers(&held.place);
    if let Some(other) = held.iter().find(beyond) {
        return Some(format!(
            "Ещё и {} в другой организации. Памятку выдаёт департамент или администратор",
            other.role.title()
        ));
    }
    let roles: Vec<Role> = held.iter().map(|held| held.role).collect();
    let holders = holders(actor, Permission::ManageAccounts, place);
    if holders.iter().any(|holder| may_issue_login(*holder, &roles)) {
        return None;
    }
    let refused = |role: &&Role| !holders.iter().any(|holder| may_issue_login(*holder, &[**role]));
    let title = roles.iter().find(refused).map_or("человек с несколькими ролями", |role| role.title());
    Some(format!("Это {title}. Памятку выдаёт тот, кто назначает на эту роль"))
}

#[cfg(test)]
mod tests {
    use nastavnik_domain::ids::{AccountId, PersonId};
    use nastavnik_domain::policy::Grant;

    use super::*;
    use crate::kernel::scope::place;

    fn at(organization: u128) -> Place {
        place(Uuid::from_u128(organization), Uuid::from_u128(100), Uuid::from_u128(200))
    }

    fn actor(grants: &[(Role, u128)]) -> Actor {
        let grant = |(role, organization): &(Role, u128)| {
            let place = at(*organization);
            Grant {
                role: *role,
                organization: place.organization,
                territory: place.territory,
                region: place.region,
            }
        };
        Actor {
            account: AccountId(Uuid::from_u128(1)),
            person: PersonId(Uuid::from_u128(2)),
            grants: grants.iter().map(grant).collect(),
        }
    }

    #[test]
    fn a_role_counts_only_where_it_reaches() {
        let both = actor(&[(Role::Director, 10), (Role::Curator, 11)]);
        let school = OrganizationKind::School;
        assert_eq!(
            grantable(&both, &at(10), school),
            [Role::Curator, Role::Council, Role::Psychologist, Role::Union]
        );
        assert!(grantable(&both, &at(11), school).is_empty());
        assert!(!may_take(&both, &at(10), Role::Director));
    }

    #[test]
    fn a_slip_is_refused_for_those_above_and_for_those_with_a_role_elsewhere() {
        let curator = actor(&[(Role::Curator, 10)]);
        let somebody = Uuid::from_u128(3);
        let refusal = |who: &Actor, held: &[(Role, u128)]| {
            let held: Vec<Held> = held
                .iter()
                .map(|(role, organization)| Held { role: *role, place: at(*organization) })
                .collect();
            login_refusal(who, &at(10), somebody, &held)
        };
        assert_eq!(refusal(&curator, &[]), None);
        assert_eq!(refusal(&curator, &[(Role::Mentor, 10), (Role::Mentee, 11)]), None);
        assert!(refusal(&curator, &[(Role::Director, 10)]).unwrap().contains("руководитель"));
        let director = actor(&[(Role::Director, 10)]);
        assert_eq!(refusal(&director, &[(Role::Curator, 10)]), None);
        assert!(refusal(&director, &[(Role::Curator, 11)]).unwrap().contains("в другой организации"));
        let department = actor(&[(Role::Department, 20)]);
        assert_eq!(refusal(&department, &[(Role::Curator, 11), (Role::Director, 10)]), None);
        assert!(login_refusal(&curator, &at(10), curator.person.0, &[]).is_some());
    }
}
