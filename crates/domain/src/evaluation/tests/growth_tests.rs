use proptest::prelude::*;

use super::super::*;
use super::day;
use crate::competence::{self, Answer, Domain, Level};

fn answers(levels: &[(&str, Level)]) -> Vec<Answer> {
    levels
        .iter()
        .map(|(item, level)| Answer { item: (*item).to_owned(), level: Some(*level), is_important: true })
        .collect()
}

fn sheet(on: &str, wave: competence::Wave, levels: &[(&str, Level)], deficits: &[Domain]) -> Sheet {
    Sheet { on: day(on), wave, answers: answers(levels), deficits: deficits.to_vec() }
}

#[test]
fn a_deficit_is_followed_by_items_answered_both_times() {
    use competence::Wave::{Entry, Middle};
    let first = [("d4.1", Level::Unable), ("d4.2", Level::WithHelp), ("d5.1", Level::WithHelp)];
    let then = sheet("2026-09-20", Entry, &first, &[Domain::Psychology, Domain::Methods]);
    let now = sheet("2027-01-15", Middle, &[("d4.2", Level::Alone)], &[]);
    let found = paths(&[now.clone(), then.clone()], day("2026-10-01"), day("2027-01-20"));
    assert_eq!(found.len(), 2);
    let path = found[0];
    assert_eq!((path.domain, path.before.hundredths), (Domain::Psychology, 100));
    assert_eq!(path.after.unwrap().hundredths, 200);
    assert_eq!(path.turn(), Turn::Closed);
    // The short sheet did not ask about the other: it is neither better nor worse.
    assert_eq!(found[1].turn(), Turn::Unknown);
    assert_eq!(Growth::of_paths(&found), Growth { grew: 1, of: 1, waiting: 1 });
    // What came later is not known on an earlier day.
    let early = paths(&[then, now], day("2026-10-01"), day("2027-01-14"));
    assert!(early.iter().all(|path| path.after.is_none()));
    assert_eq!(paths(&[], day("2026-10-01"), day("2027-01-14")), vec![]);
}

#[test]
fn the_beginning_is_the_last_sheet_of_the_first_weeks() {
    use competence::Wave::{Entry, Final, Middle};
    let sheet = |on, wave, level| sheet(on, wave, &[("d4.1", level)], &[Domain::Psychology]);
    let all = [
        sheet("2026-04-20", Final, Level::Alone),
        sheet("2026-10-20", Entry, Level::Unable),
        sheet("2027-01-20", Middle, Level::WithHelp),
    ];
    let found = paths(&all, day("2026-10-01"), day("2027-05-01"));
    assert_eq!((found[0].before.on, found[0].turn()), (day("2026-10-20"), Turn::Grew));
}

fn any_degree() -> impl Strategy<Value = Option<Degree>> {
    proptest::option::of(proptest::sample::select(Degree::ALL.to_vec()))
}

proptest! {
    /// Turned round, growth is loss; what was asked once is neither.
    #[test]
    fn dynamics_turn_round(start in any_degree(), now in any_degree()) {
        let (there, back) = (Row { start, now }.turn(), Row { start: now, now: start }.turn());
        let mirrored = match there {
            Turn::Grew => Turn::Fell,
            Turn::Fell => Turn::Grew,
            other => other,
        };
        prop_assert_eq!(mirrored, back);
        prop_assert_eq!(there == Turn::Unknown, start.is_none() || now.is_none());
    }

    /// Every row is counted once.
    #[test]
    fn growth_counts_every_row_once(rows in proptest::collection::vec((any_degree(), any_degree()), 0..12)) {
        let rows: Vec<Row> = rows.into_iter().map(|(start, now)| Row { start, now }).collect();
        let growth = rows_grown(&rows);
        prop_assert!(growth.grew <= growth.of);
        prop_assert_eq!((growth.of + growth.waiting) as usize, rows.len());
    }

    /// The levels of a path are those of the items, and a closed one has grown.
    #[test]
    fn a_path_keeps_to_its_answers(before in 0_i64..4, after in 0_i64..4, still in any::<bool>()) {
        let level = |number| Level::from_number(number).unwrap();
        let deficits = if still { vec![Domain::Methods] } else { vec![] };
        let then = sheet("2026-10-01", competence::Wave::Entry, &[("d5.1", level(before))], &[Domain::Methods]);
        let now = sheet("2027-01-10", competence::Wave::Middle, &[("d5.1", level(after))], &deficits);
        let path = paths(&[then, now], day("2026-10-01"), day("2027-02-01"))[0];
        prop_assert_eq!(i64::from(path.before.hundredths), before * 100);
        prop_assert_eq!(i64::from(path.after.unwrap().hundredths), after * 100);
        let expected = match after.cmp(&before) {
            std::cmp::Ordering::Greater if still => Turn::Grew,
            std::cmp::Ordering::Greater => Turn::Closed,
            std::cmp::Ordering::Equal => Turn::Same,
            std::cmp::Ordering::Less => Turn::Fell,
        };
        prop_assert_eq!(path.turn(), expected);
    }
}
