//! A matching that has been run: one mentor, one mentee.

use std::collections::BTreeSet;

use nastavnik::kernel::db::{self, Tx};
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::config::{Post, matching_weights};
use nastavnik_domain::ids::{OrganizationId, PersonId, TerritoryId};
use nastavnik_domain::kind::Kind;
use nastavnik_domain::matching::people::{
    Consent, DOMAINS, Marks, Mentee, Mentor, Offered, People, Profile, Remote,
};
use nastavnik_domain::matching::propose;
use nastavnik_domain::pair::{Seniority, Workplace};
use uuid::Uuid;

use super::app::start;

fn profile(person: Uuid, workplace: Workplace) -> Profile {
    Profile {
        person: PersonId(person),
        workplace,
        post: Post::Teacher,
        seniority: Seniority { born: None, teaching_since: None },
        subjects: BTreeSet::new(),
        shift: None,
        remote: Remote::InPersonOnly,
        kinds: BTreeSet::from([Kind::Traditional]),
        likes: BTreeSet::new(),
        never: BTreeSet::new(),
        superiors: BTreeSet::new(),
    }
}

/// Writes the run of an organization as the program keeps it.
pub(super) async fn a_run(
    tx: &Tx,
    (organization, municipality, region): (Uuid, Uuid, Uuid),
    (mentor, mentee): (Uuid, Uuid),
    by: Uuid,
) -> Uuid {
    let today = start().date_naive();
    let weights = matching_weights().unwrap().on(today).unwrap().clone();
    let workplace =
        Workplace { organization: OrganizationId(organization), municipality: TerritoryId(municipality) };
    let people = People {
        mentors: vec![Mentor {
            profile: profile(mentor, workplace),
            roles: Vec::new(),
            consent: Consent::Given,
            offered: Offered::AtHome,
            free_places: 2,
            strengths: [0; DOMAINS],
        }],
        mentees: vec![Mentee {
            profile: profile(mentee, workplace),
            needs: [0; DOMAINS],
            paired_with: BTreeSet::new(),
        }],
        marks: Marks::default(),
        today,
        domains: std::array::from_fn(|number| format!("область {number}")),
    };
    let result = propose(&people, &weights.value, &[]).unwrap();
    let input = serde_json::json!({
        "people": people,
        "weights": weights.value,
        "edition": { "valid_from": weights.holds.from(), "source": weights.source },
        "pinned": [],
        "width": "everybody",
        "unnamed": { "mentees": 0, "mentors": 0 },
    });
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO matching_run (id, organization_id, municipality_id, region_id, run_on, state, numbers, mentees, mentors, \
         matched, created_by, created_at, finished_at) VALUES (?, ?, ?, ?, ?, 'done', '', 1, 1, 1, ?, ?, ?)",
        values![id, organization, municipality, region, today, by, start(), start()],
    )
    .await
    .unwrap();
    let result = serde_json::to_string(&result).unwrap();
    let sql = "INSERT INTO matching_content (run_id, input, result) VALUES (?, ?, ?)";
    db::exec(tx, sql, values![id, input.to_string(), result]).await.unwrap();
    id
}
