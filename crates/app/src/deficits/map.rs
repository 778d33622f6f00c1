//! The map itself: which numbers may be shown, of which wave.

use std::collections::BTreeMap;

use nastavnik_domain::competence::{Domain, Wave};
use nastavnik_domain::suppression::{Said, Tally, said, total};
use uuid::Uuid;

use super::store::CountRow;

/// What the map is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Deficits,
    Strengths,
}

impl Subject {
    /// The code for addresses.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Deficits => "deficits",
            Self::Strengths => "strengths",
        }
    }

    /// Anything unknown is about deficits.
    pub(super) fn from_code(code: &str) -> Self {
        if code == Self::Strengths.code() { Self::Strengths } else { Self::Deficits }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Deficits => "Где нужна помощь",
            Self::Strengths => "Где есть сильные стороны",
        }
    }

    /// The beginning of the conclusion.
    pub(super) const fn conclusion(self) -> &'static str {
        match self {
            Self::Deficits => "Чаще всего нужна помощь",
            Self::Strengths => "Чаще всего сильны",
        }
    }
}

/// Numbers of one wave that may be shown.
#[derive(Debug)]
pub(super) struct Map {
    pub(super) wave: Wave,
    /// Waves of the year in which anybody has answered.
    pub(super) waves: Vec<Wave>,
    /// Organizations of which something is shown.
    pub(super) lines: Vec<Line>,
    /// All shown organizations together, by domain.
    pub(super) total: [Option<Tally>; 8],
    /// Organizations where too few have answered, and where nobody has.
    pub(super) hidden: u64,
    pub(super) silent: u64,
}

/// One organization.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) territory: String,
    pub(super) cells: [Said; 8],
}

/// An organization with what was counted in it, by wave.
struct Counted<'a> {
    first: &'a CountRow,
    waves: BTreeMap<Wave, [Tally; 8]>,
}

impl Map {
    /// The wave asked for, otherwise the newest one of which something may be shown. Nothing while nobody has answered.
    pub(super) fn of(rows: &[CountRow], subject: Subject, asked: Option<Wave>, least: u32) -> Option<Self> {
        let counted = counted(rows, subject);
        let waves: Vec<Wave> = Wave::ALL
            .into_iter()
            .filter(|wave| counted.iter().any(|one| one.waves.contains_key(wave)))
            .collect();
        let map = |wave: Wave| Self::in_wave(&counted, wave, waves.clone(), least);
        if let Some(asked) = asked.filter(|asked| waves.contains(asked)) {
            return Some(map(asked));
        }
        let newest = waves.iter().rev().map(|wave| map(*wave)).find(|map| !map.lines.is_empty());
        newest.or_else(|| waves.last().map(|wave| map(*wave)))
    }

    fn in_wave(counted: &[Counted<'_>], wave: Wave, waves: Vec<Wave>, least: u32) -> Self {
        let mut map = Self { wave, waves, lines: Vec::new(), total: [None; 8], hidden: 0, silent: 0 };
        for one in counted {
            let cells = one.waves.get(&wave).copied().unwrap_or_default().map(|tally| said(tally, least));
            if cells.iter().any(|cell| matches!(cell, Said::Shown(_))) {
                let (name, territory) = (one.first.short_name.clone(), one.first.territory.clone());
                map.lines.push(Line { name, territory, cells });
            } else if cells.contains(&Said::TooFew) {
                map.hidden += 1;
            } else {
                map.silent += 1;
            }
        }
        map.total = std::array::from_fn(|index| total(map.lines.iter().map(|line| line.cells[index])));
        map
    }

    /// The domain in which the share is greatest, if anybody has it at all.
    pub(super) fn greatest(&self) -> Option<(Domain, Tally)> {
        let known =
            Domain::ALL.into_iter().zip(self.total).filter_map(|(domain, total)| Some((domain, total?)));
        // Of equal shares the first stays: `max_by_key` would take the last.
        known.filter(|(_, tally)| tally.found > 0).rev().max_by_key(|(_, tally)| tally.percent())
    }

    /// How many have answered in the organizations shown.
    pub(super) fn answered(&self) -> u32 {
        self.total.iter().flatten().map(|tally| tally.answered).max().unwrap_or(0)
    }
}

impl Line {
    /// How many have answered here, as far as it is shown.
    pub(super) fn answered(&self) -> u32 {
        let shown =
            self.cells.iter().map(|cell| if let Said::Shown(tally) = cell { tally.answered } else { 0 });
        shown.max().unwrap_or(0)
    }
}

fn counted(rows: &[CountRow], subject: Subject) -> Vec<Counted<'_>> {
    let mut found: Vec<Counted<'_>> = Vec::new();
    let mut last: Option<Uuid> = None;
    for row in rows {
        if last != Some(row.organization_id) {
            found.push(Counted { first: row, waves: BTreeMap::new() });
            last = Some(row.organization_id);
        }
        let wave = row.wave.as_deref().and_then(Wave::from_code);
        let domain = row.domain.and_then(Domain::from_number);
        let (Some(one), Some(wave), Some(domain)) = (found.last_mut(), wave, domain) else { continue };
        let number = |count: Option<i64>| count.and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
        let having = match subject {
            Subject::Deficits => row.deficits,
            Subject::Strengths => row.strengths,
        };
        let place = usize::from(domain.number()) - 1;
        one.waves.entry(wave).or_default()[place] =
            Tally { answered: number(row.answered), found: number(having) };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(organization: u128, wave: &str, domain: i64, numbers: [i64; 3]) -> CountRow {
        CountRow {
            organization_id: Uuid::from_u128(organization),
            short_name: format!("СОШ №{organization}"),
            territory: "Город".to_owned(),
            wave: Some(wave.to_owned()),
            domain: Some(domain),
            answered: Some(numbers[0]),
            deficits: Some(numbers[1]),
            strengths: Some(numbers[2]),
        }
    }

    fn silent(organization: u128) -> CountRow {
        let row = row(organization, "entry", 1, [0, 0, 0]);
        CountRow { wave: None, domain: None, answered: None, deficits: None, strengths: None, ..row }
    }

    #[test]
    fn the_newest_wave_with_something_to_show_is_shown() {
        let rows = [row(1, "entry", 4, [10, 4, 1]), row(1, "final", 4, [3, 3, 0]), silent(2)];
        let map = Map::of(&rows, Subject::Deficits, None, 5).unwrap();
        assert_eq!((map.wave, map.lines.len(), map.hidden, map.silent), (Wave::Entry, 1, 0, 1));
        assert_eq!(map.waves, [Wave::Entry, Wave::Final]);
        let asked = Map::of(&rows, Subject::Deficits, Some(Wave::Final), 5).unwrap();
        assert_eq!((asked.wave, asked.lines.len(), asked.hidden), (Wave::Final, 0, 1));
        assert_eq!(asked.greatest(), None);
        assert!(Map::of(&[silent(1)], Subject::Deficits, None, 5).is_none());
        let unknown = Map::of(&rows, Subject::Deficits, Some(Wave::Middle), 5).unwrap();
        assert_eq!(unknown.wave, Wave::Entry);
    }

    #[test]
    fn totals_add_up_only_what_is_shown() {
        let rows = [
            row(1, "entry", 2, [10, 2, 0]),
            row(1, "entry", 4, [10, 4, 1]),
            row(2, "entry", 4, [4, 4, 4]),
            row(3, "entry", 4, [5, 5, 0]),
        ];
        let map = Map::of(&rows, Subject::Deficits, None, 5).unwrap();
        let greatest = map.greatest().unwrap();
        assert_eq!(greatest, (Domain::Psychology, Tally { answered: 15, found: 9 }));
        assert_eq!(greatest.1.percent(), 60);
        assert_eq!((map.answered(), map.hidden), (15, 1));
        let strengths = Map::of(&rows, Subject::Strengths, None, 5).unwrap();
        assert_eq!(strengths.total[3], Some(Tally { answered: 15, found: 1 }));
        let shown = |map: &Map| map.lines.iter().map(|line| line.name.clone()).collect::<Vec<_>>();
        assert_eq!(shown(&map), shown(&strengths));
    }

    #[test]
    fn of_equal_shares_the_first_is_named() {
        let rows = [row(1, "entry", 3, [10, 4, 0]), row(1, "entry", 6, [10, 4, 0])];
        let map = Map::of(&rows, Subject::Deficits, None, 5).unwrap();
        assert_eq!(map.greatest().unwrap().0, Domain::Subject);
    }
}
