//! Whoever has left a group is no longer mentored there from that day on; the history stays.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::{bank, values};
use nastavnik_domain::policy::Reach;

use crate::db_test;
use crate::pairs::stage::{Stage, day, id_in};
use crate::support::TestApp;

/// What is counted about the group on a day.
#[derive(Debug, PartialEq, Eq)]
struct Counted {
    /// Places of the mentor.
    taken: u32,
    without_login: u64,
    /// Where the one who leaves is met as mentored.
    met: Vec<&'static str>,
}

async fn counted(stage: &Stage) -> Counted {
    let (reader, today) = (stage.app.app.db.reader(), stage.app.today());
    let school = stage.world.school;
    let mentors = bank::candidates(reader, school, today).await.unwrap();
    let reach = Reach { organizations: [school.into()].into(), ..Reach::default() };
    let staff = bank::pedagogues(reader, &reach, today).await.unwrap();
    let page = async |path: &str| stage.curator.get(path).await.expect(StatusCode::OK).text();
    let home = page("/").await;
    let slips = home.split("памятки для входа: ").nth(1).unwrap();
    let number: String = slips.chars().take_while(char::is_ascii_digit).collect();
    let formed = nastavnik::pairs::formed(reader, school, today).await.unwrap();
    let met = [
        ("bank", staff.iter().any(|one| one.person == stage.second && one.has_mentor)),
        ("consents", page("/consents?who=participants").await.contains("Молодцова")),
        ("indicator", page("/indicators/1/numerator").await.contains("Молодцова")),
        ("pairs", formed.contains_key(&(stage.mentor, stage.second))),
    ];
    Counted {
        taken: mentors.iter().find(|mentor| mentor.person == stage.mentor).unwrap().taken,
        without_login: number.parse().unwrap(),
        met: met.into_iter().filter(|(_, is_met)| *is_met).map(|(place, _)| place).collect(),
    }
}

db_test!(whoever_has_left_a_group_is_no_longer_mentored_there, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let fields = stage.fields().set("kinds", "group").add("mentees", stage.second.to_string());
    let pair = stage.pair_of(&fields).await;
    stage.papers(&pair, &[stage.mentee, stage.second]).await;
    let order = id_in(&stage.prepare(&[&pair]).await.led_to());
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    app.exec("DELETE FROM category_decision", vec![]).await;
    let sql = "UPDATE person SET teaching_since = ? WHERE id = ?";
    app.exec(sql, values![day("2026-09-01"), stage.second]).await;
    let sql = "UPDATE mentorship_mentee SET left_on = ? WHERE person_id = ?";
    app.exec(sql, values![day("2026-11-24"), stage.second]).await;

    let before = counted(&stage).await;
    assert_eq!(
        (before.taken, before.met.as_slice()),
        (2, ["bank", "consents", "indicator", "pairs"].as_slice())
    );
    let stage = stage.later(Duration::days(1)).await;
    let expected = Counted { taken: 1, without_login: before.without_login - 1, met: Vec::new() };
    assert_eq!(counted(&stage).await, expected);
    // The history stays: on the card of the group, and the mentor's card names what is over.
    stage.curator.get(&format!("/pairs/{pair}")).await.shows("Молодцова");
    // The end of the whole group takes nobody back in.
    let sql = "UPDATE mentorship SET ended_on = ?, end_reason = 'other' WHERE mentor_id = ?";
    app.exec(sql, values![day("2026-12-20"), stage.mentor]).await;
    assert_eq!(counted(&stage).await, expected);
});
