//! The table itself: permission, role, scope, clause.

use super::{Permission, Scope};
use crate::role::Role;

/// The table of rules with the clause each rule follows from.
pub const RULES: &[Rule] = {
    use Permission as P;
    use Role as R;
    use Scope as S;
    &[
        rule(P::ManageInstallation, R::Administrator, S::Everywhere, "решение 0003"),
        rule(P::ReadOrganizations, R::Administrator, S::Everywhere, "решение 0003"),
        rule(P::ReadOrganizations, R::Department, S::Municipality, "п. 4.2"),
        rule(P::ReadOrganizations, R::SupportCenter, S::Municipality, "п. 4.2"),
        rule(P::ReadOrganizations, R::ResourceCenter, S::Municipality, "п. 4.2"),
        rule(P::ReadOrganizations, R::Region, S::Region, "п. 4.3"),
        rule(P::ReadOrganizations, R::Tutor, S::Region, "п. 4.3"),
        rule(P::ReadOrganizations, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::ReadOrganizations, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::EditOrganizations, R::Administrator, S::Everywhere, "решение 0003"),
        rule(P::EditOrganizations, R::Department, S::Municipality, "п. 4.2"),
        rule(P::ReadStaff, R::Administrator, S::Everywhere, "п. 4.1.2"),
        rule(P::ReadStaff, R::Department, S::Municipality, "п. 4.2"),
        rule(P::ReadStaff, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::ReadStaff, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::ReadStaff, R::Council, S::Organization, "п. 4.1.3"),
        rule(P::ReadPerson, R::Administrator, S::Everywhere, "п. 4.1.2"),
        rule(P::ReadPerson, R::Department, S::Municipality, "п. 4.2"),
        rule(P::ReadPerson, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::ReadPerson, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::ReadPerson, R::Council, S::Organization, "п. 4.1.3"),
        rule(P::EditStaff, R::Administrator, S::Everywhere, "п. 4.1.2"),
        rule(P::EditStaff, R::Department, S::Municipality, "п. 4.2"),
        rule(P::EditStaff, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::EditStaff, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::ImportStaff, R::Administrator, S::Everywhere, "п. 4.1.2"),
        rule(P::ImportStaff, R::Department, S::Municipality, "п. 4.2"),
        rule(P::ImportStaff, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::ImportStaff, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::GrantRoles, R::Administrator, S::Everywhere, "решение 0003"),
        rule(P::GrantRoles, R::Department, S::Municipality, "п. 4.2"),
        rule(P::GrantRoles, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::ManageAccounts, R::Administrator, S::Everywhere, "решение 0003"),
        rule(P::ManageAccounts, R::Department, S::Municipality, "решение 0003"),
        rule(P::ManageAccounts, R::Director, S::Organization, "решение 0003"),
        rule(P::ManageAccounts, R::Curator, S::Organization, "решение 0003"),
        rule(P::ReadBank, R::Department, S::Municipality, "п. 4.2, ДК 2.1"),
        rule(P::ReadBank, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::ReadBank, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::ReadBank, R::Council, S::Organization, "п. 4.1.3"),
        rule(P::DecideCategories, R::Curator, S::Organization, "п. 1.4, 4.1.2"),
        rule(P::EditMentors, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::ReadPairs, R::Department, S::Municipality, "п. 4.2"),
        rule(P::ReadPairs, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::ReadPairs, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::ReadPairs, R::Council, S::Organization, "п. 4.1.3"),
        rule(P::ReadPairs, R::Psychologist, S::Organization, "п. 3.5"),
        rule(P::ReadPairs, R::Union, S::Organization, "п. 2.2"),
        rule(P::ReadPairs, R::Mentor, S::Pair, "п. 5.1.1"),
        rule(P::ReadPairs, R::Mentee, S::Pair, "п. 5.2.1"),
        rule(P::FormPairs, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::RecordPapers, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::RecordPapers, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::ReadPapers, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::ReadPapers, R::Curator, S::Organization, "п. 4.1.2"),
        rule(P::ReadPapers, R::Mentor, S::Pair, "ТК 351.8"),
        rule(P::ReadPapers, R::Mentee, S::Pair, "п. 5.2.1"),
        rule(P::SignOrders, R::Director, S::Organization, "п. 4.1.1"),
        rule(P::ReadIndicators, R::Department, S::Municipality, "п. VI"),
        rule(P::ReadIndicators, R::SupportCenter, S::Municipality, "п. VI"),
        rule(P::ReadIndicators, R::ResourceCenter, S::Municipality, "п. VI"),
        rule(P::ReadIndicators, R::Region, S::Region, "п. VI"),
        rule(P::ReadIndicators, R::Director, S::Organization, "п. VI"),
        rule(P::ReadIndicators, R::Curator, S::Organization, "п. VI"),
        rule(P::ReadIndicators, R::Council, S::Organization, "п. 4.1.3"),
        rule(P::ReadIndicators, R::Union, S::Organization, "п. 2.2"),
        rule(P::ReadIndicatorLists, R::Department, S::Municipality, "п. VI"),
        rule(P::ReadIndicatorLists, R::Director, S::Organization, "п. VI"),
        rule(P::ReadIndicatorLists, R::Curator, S::Organization, "п. VI"),
        rule(P::ReadIndicatorLists, R::Council, S::Organization, "п. 4.1.3"),
        rule(P::ReadJournal, R::Administrator, S::Everywhere, "152-ФЗ"),
        rule(P::ReadJournal, R::Department, S::Municipality, "152-ФЗ"),
        rule(P::ReadJournal, R::Director, S::Organization, "152-ФЗ"),
    ]
};

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub permission: Permission,
    pub role: Role,
    pub scope: Scope,
    /// The clause of the order or the law, or the project's decision.
    pub clause: &'static str,
}

const fn rule(permission: Permission, role: Role, scope: Scope, clause: &'static str) -> Rule {
    Rule { permission, role, scope, clause }
}
