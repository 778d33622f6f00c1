//! A picture of eight domains: a spoke for each, the levels as rings.

use nastavnik_domain::competence::Domain;

/// Half of the picture's width and height, and the length of a spoke for «могу научить».
const CENTER: (f64, f64) = (220.0, 170.0);
const SPOKE: f64 = 105.0;
/// Where the words of a spoke stand.
const WORDS: f64 = 122.0;
const HIGHEST: f64 = 300.0;

/// Everything the template draws.
pub(super) struct Radar {
    /// Rings of the levels 1, 2, 3.
    pub(super) rings: Vec<String>,
    pub(super) spokes: Vec<Spoke>,
    pub(super) now: String,
    /// Empty when there is nothing to compare with.
    pub(super) then: String,
    /// The conclusion in words.
    pub(super) title: String,
}

/// A spoke with its words in one or two lines.
pub(super) struct Spoke {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) anchor: &'static str,
    pub(super) words: Vec<Words>,
}

/// One line of words.
pub(super) struct Words {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) text: String,
}

/// A picture of means in hundredths; a domain without a mean has no corner.
pub(super) fn radar(now: &[(Domain, i64)], then: &[(Domain, i64)], title: String) -> Radar {
    let ring = |level: i64| polygon(&Domain::ALL.map(|domain| (domain, level * 100)));
    Radar {
        rings: (1..=3).map(ring).collect(),
        spokes: Domain::ALL.into_iter().map(spoke).collect(),
        now: polygon(now),
        then: polygon(then),
        title,
    }
}

fn polygon(means: &[(Domain, i64)]) -> String {
    let corner = |(domain, hundredths): &(Domain, i64)| {
        let share = f64::from(i32::try_from(*hundredths).unwrap_or(0)) / HIGHEST;
        let (x, y) = point(*domain, SPOKE * share);
        format!("{x:.1},{y:.1}")
    };
    means.iter().map(corner).collect::<Vec<_>>().join(" ")
}

/// Clockwise from the top.
fn point(domain: Domain, distance: f64) -> (f64, f64) {
    let turn = f64::from(domain.number() - 1) * std::f64::consts::FRAC_PI_4;
    (CENTER.0 + distance * turn.sin(), CENTER.1 - distance * turn.cos())
}

fn spoke(domain: Domain) -> Spoke {
    let (x, y) = point(domain, SPOKE);
    let (words_x, words_y) = point(domain, WORDS);
    let anchor = match domain.number() {
        1 | 5 => "middle",
        2..=4 => "start",
        _ => "end",
    };
    let lines: Vec<&str> = domain.short().splitn(2, ' ').collect();
    let height = 17.0;
    let first = match domain.number() {
        1 => words_y - height * if lines.len() > 1 { 1.0 } else { 0.0 },
        5 => words_y + 10.0,
        _ if lines.len() > 1 => words_y - 4.0,
        _ => words_y + 5.0,
    };
    let words = lines.iter().zip(0_u8..).map(|(text, line)| Words {
        x: format!("{words_x:.1}"),
        y: format!("{:.1}", first + height * f64::from(line)),
        text: (*text).to_owned(),
    });
    Spoke { x: format!("{x:.1}"), y: format!("{y:.1}"), anchor, words: words.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_lie_on_their_spokes() {
        let picture = radar(&[(Domain::Theory, 300), (Domain::Subject, 150)], &[], String::new());
        assert_eq!(picture.now, "220.0,65.0 272.5,170.0");
        assert_eq!(picture.then, "");
        assert_eq!((picture.rings.len(), picture.spokes.len()), (3, 8));
        assert!(picture.spokes.iter().all(|spoke| !spoke.words.is_empty()));
    }
}
