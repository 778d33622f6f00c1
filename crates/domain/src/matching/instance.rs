//! What is to be solved: mentors with places, mentees, candidate pairs with their score. Only numbers.
//!
//! Everybody is known by a number, and **the numbers are the ties' order**: of two answers equal in everything
//! else the one is right in which the mentee with the lower number has the mentor with the lower number. Who
//! has ids of another kind takes [`super::Named`].

use super::cores::both;

/// The best score a pair can have; the scale of the whole matching.
pub const MOST_SCORE: u16 = 1000;

/// A candidate pair is one word: the mentor above these bits, the score in them.
const SCORE_BITS: u32 = 10;
const SCORE_MASK: u32 = (1 << SCORE_BITS) - 1;

/// As many mentors as fit beside a score, and so few mentees that any price fits into 32 bits.
const MOST_MENTORS: usize = 1 << (32 - SCORE_BITS);
const MOST_MENTEES: usize = 1_000_000;

/// Each place is remembered by name, so there is an end to them.
const MOST_PLACES: u64 = 1 << 24;

/// A candidate pair: nothing forbids it, and it is worth so many points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub mentee: u32,
    pub mentor: u32,
    pub score: u16,
}

/// A pair that stays whatever the rest looks like: decided already, or pinned to see what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub mentee: u32,
    pub mentor: u32,
    pub score: u16,
}

/// Why the numbers make no instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstanceError {
    #[error(
        "Наставников {0}, а подбор рассчитан не более чем на {MOST_MENTORS}: разделите его по территориям"
    )]
    TooManyMentors(usize),
    #[error(
        "Наставляемых {0}, а подбор рассчитан не более чем на {MOST_MENTEES}: разделите его по территориям"
    )]
    TooManyMentees(usize),
    #[error("Возможных пар {0}: больше, чем подбор может учесть, разделите его по территориям")]
    TooManyEdges(usize),
    #[error("Мест у наставников {0}: больше, чем подбор может учесть, проверьте число мест")]
    TooManyPlaces(u64),
    #[error("Номер наставника {0} вне списка")]
    UnknownMentor(u32),
    #[error("Номер наставляемого {0} вне списка")]
    UnknownMentee(u32),
    #[error("Пара наставника {mentor} и наставляемого {mentee} указана дважды")]
    PairTwice { mentee: u32, mentor: u32 },
    #[error("Оценка пары {score} больше наибольшей ({MOST_SCORE})")]
    ScoreTooHigh { mentee: u32, mentor: u32, score: u16 },
    #[error("За наставляемым {0} закреплены сразу две пары")]
    FixedTwice(u32),
    #[error("За наставником {0} закреплено больше пар, чем у него мест")]
    FixedBeyondPlaces(u32),
    #[error("Списки строк, наставников и оценок не соответствуют друг другу")]
    Uneven,
}

/// A checked instance: rows of candidates by mentee, each sorted by mentor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    places: Vec<u16>,
    /// Where the row of each mentee begins; one more at the end.
    rows: Vec<u32>,
    edges: Vec<Candidate>,
    fixed: Vec<Fixed>,
}

/// A candidate of a mentee: mentor and score in one word, because the solver reads nothing as often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate(u32);

impl Candidate {
    pub(super) fn new(mentor: u32, score: u16) -> Self {
        Self(mentor << SCORE_BITS | u32::from(score))
    }

    /// The same pair in the list of its mentor: there are never more mentees than mentors fit.
    pub(super) fn seen_from(self, mentee: usize) -> Self {
        Self(u32::try_from(mentee).unwrap_or(0) << SCORE_BITS | self.0 & SCORE_MASK)
    }

    #[inline]
    pub(super) const fn mentor(self) -> usize {
        (self.0 >> SCORE_BITS) as usize
    }

    #[inline]
    pub(super) const fn score(self) -> i32 {
        (self.0 & SCORE_MASK).cast_signed()
    }
}

impl Instance {
    /// From pairs in any order.
    pub fn new(
        places: Vec<u16>,
        mentees: usize,
        mut edges: Vec<Edge>,
        fixed: Vec<Fixed>,
    ) -> Result<Self, InstanceError> {
        edges.sort_unstable_by_key(|edge| (edge.mentee, edge.mentor));
        if let Some(edge) = edges.last().filter(|edge| edge.mentee as usize >= mentees) {
            return Err(InstanceError::UnknownMentee(edge.mentee));
        }
        let mut rows = vec![0; mentees + 1];
        for edge in &edges {
            rows[edge.mentee as usize + 1] += 1;
        }
        for mentee in 0..mentees {
            rows[mentee + 1] += rows[mentee];
        }
        let mentors = edges.iter().map(|edge| edge.mentor).collect::<Vec<_>>();
        let scores = edges.iter().map(|edge| edge.score).collect::<Vec<_>>();
        Self::from_rows(places, rows, &mentors, &scores)?.with_fixed(fixed)
    }

    /// From rows as they lie in a file: `rows` has one more entry than there are mentees, and every row is
    /// sorted by mentor.
    pub fn from_rows(
        places: Vec<u16>,
        rows: Vec<u32>,
        mentors: &[u32],
        scores: &[u16],
    ) -> Result<Self, InstanceError> {
        let mentees = rows.len().checked_sub(1).ok_or(InstanceError::Uneven)?;
        if places.len() > MOST_MENTORS {
            return Err(InstanceError::TooManyMentors(places.len()));
        }
        if mentees > MOST_MENTEES {
            return Err(InstanceError::TooManyMentees(mentees));
        }
        let all_places = places.iter().map(|places| u64::from(*places)).sum();
        if all_places > MOST_PLACES {
            return Err(InstanceError::TooManyPlaces(all_places));
        }
        let whole = u32::try_from(mentors.len()).map_err(|_| InstanceError::TooManyEdges(mentors.len()))?;
        let rising = rows.is_sorted() && rows[0] == 0 && rows[mentees] == whole;
        if !rising || scores.len() != mentors.len() {
            return Err(InstanceError::Uneven);
        }
        let pack =
            || mentors.iter().zip(scores).map(|(mentor, score)| Candidate::new(*mentor, *score)).collect();
        let (looked, edges) =
            both(mentors.len(), || look_at_rows(places.len(), &rows, mentors, scores), pack);
        looked?;
        Ok(Self { places, rows, edges, fixed: Vec::new() })
    }

    /// The same with pairs that stay. They need not be candidates, but they take places.
    pub fn with_fixed(mut self, mut fixed: Vec<Fixed>) -> Result<Self, InstanceError> {
        fixed.sort_unstable_by_key(|pair| (pair.mentee, pair.mentor));
        let mut free = self.places.clone();
        for (number, pair) in fixed.iter().enumerate() {
            if pair.mentee as usize >= self.mentees() {
                return Err(InstanceError::UnknownMentee(pair.mentee));
            }
            if pair.score > MOST_SCORE {
                let Fixed { mentee, mentor, score } = *pair;
                return Err(InstanceError::ScoreTooHigh { mentee, mentor, score });
            }
            if number > 0 && fixed[number - 1].mentee == pair.mentee {
                return Err(InstanceError::FixedTwice(pair.mentee));
            }
            let free = free.get_mut(pair.mentor as usize).ok_or(InstanceError::UnknownMentor(pair.mentor))?;
            *free = free.checked_sub(1).ok_or(InstanceError::FixedBeyondPlaces(pair.mentor))?;
        }
        self.fixed = fixed;
        Ok(self)
    }

    /// The same where these mentors take nobody.
    #[must_use]
    pub(super) fn without_places(&self, mentors: &[u32]) -> Self {
        let mut narrowed = self.clone();
        for mentor in mentors {
            narrowed.places[*mentor as usize] = 0;
        }
        narrowed
    }

    /// The same where these pairs of an answer stay as well: they have their places, and nobody is in two of them.
    #[must_use]
    pub(super) fn with_more_fixed(mut self, pairs: impl Iterator<Item = Fixed>) -> Self {
        self.fixed.extend(pairs);
        self.fixed.sort_unstable_by_key(|pair| pair.mentee);
        self
    }

    /// How many mentors.
    pub const fn mentors(&self) -> usize {
        self.places.len()
    }

    /// How many mentees.
    pub const fn mentees(&self) -> usize {
        self.rows.len() - 1
    }

    /// How many candidate pairs.
    pub const fn edges(&self) -> usize {
        self.edges.len()
    }

    /// Places of a mentor.
    pub fn places(&self, mentor: usize) -> u16 {
        self.places[mentor]
    }

    /// The mentors of a mentee with their scores, by number.
    pub fn candidates(&self, mentee: usize) -> impl Iterator<Item = (u32, u16)> + '_ {
        self.row(mentee).iter().map(|edge| (edge.0 >> SCORE_BITS, (edge.0 & SCORE_MASK) as u16))
    }

    /// The score of a candidate pair; `None` if the two are no candidates for each other.
    pub fn score(&self, mentee: usize, mentor: u32) -> Option<u16> {
        let row = self.row(mentee);
        let at = row.binary_search_by_key(&mentor, |edge| edge.0 >> SCORE_BITS).ok()?;
        Some((row[at].0 & SCORE_MASK) as u16)
    }

    /// Pairs that stay, by mentee.
    pub fn fixed(&self) -> &[Fixed] {
        &self.fixed
    }

    fn row(&self, mentee: usize) -> &[Candidate] {
        self.stretch(self.rows[mentee], self.rows[mentee + 1])
    }

    pub(super) fn stretch(&self, begin: u32, end: u32) -> &[Candidate] {
        &self.edges[begin as usize..end as usize]
    }

    /// Where the candidates of a mentee lie.
    pub(super) fn span(&self, mentee: usize) -> (u32, u32) {
        (self.rows[mentee], self.rows[mentee + 1])
    }

    /// What staying without a mentor costs: more than any rearrangement of the others can bring, so that one
    /// more mentee with a mentor always outweighs the points.
    pub(super) fn refusal(&self) -> i32 {
        let one_more = i32::try_from(self.mentees() + 1).unwrap_or(i32::MAX);
        (i32::from(MOST_SCORE) + 1).saturating_mul(one_more)
    }
}

/// Whole rows at a time, as fast as memory is read; one that is not in order is looked at closely.
fn look_at_rows(all: usize, rows: &[u32], mentors: &[u32], scores: &[u16]) -> Result<(), InstanceError> {
    let is_in_order = |row: &[u32], scores: &[u16]| {
        row.is_sorted_by(|one, two| one < two)
            && row.last().is_none_or(|last| (*last as usize) < all)
            && scores.iter().fold(0, |most, score| most.max(*score)) <= MOST_SCORE
    };
    for (mentee, row) in (0_u32..).zip(rows.windows(2)) {
        let row = row[0] as usize..row[1] as usize;
        let (mentors, scores) = (&mentors[row.clone()], &scores[row]);
        if !is_in_order(mentors, scores) {
            return Err(disorder(all, mentee, mentors, scores));
        }
    }
    Ok(())
}

/// What is wrong with a row.
fn disorder(all: usize, mentee: u32, mentors: &[u32], scores: &[u16]) -> InstanceError {
    let mut last = None;
    for (mentor, score) in mentors.iter().copied().zip(scores.iter().copied()) {
        if mentor as usize >= all {
            return InstanceError::UnknownMentor(mentor);
        }
        if score > MOST_SCORE {
            return InstanceError::ScoreTooHigh { mentee, mentor, score };
        }
        if last == Some(mentor) {
            return InstanceError::PairTwice { mentee, mentor };
        }
        if last > Some(mentor) {
            break;
        }
        last = Some(mentor);
    }
    InstanceError::Uneven
}
