//! Candidate pairs seen from both sides, and how many places each mentor can have at most. Unlike an instance it can be
//! changed: pairs come and go.

use crate::matching::instance::Candidate;
use crate::matching::market::{Columns, Market, closed, number};

/// Who could be with whom, and how many at once.
pub(in crate::matching) struct Graph {
    /// What staying without a mentor costs.
    refusal: i32,
    rows: Lists,
    columns: Lists,
    /// Where a flow keeps the mentees of each mentor, and how many fit there.
    seats: Vec<(u32, u32)>,
    all_seats: u32,
}

impl Graph {
    pub(in crate::matching) fn of(market: &Market) -> Self {
        let columns = Columns::of(market.instance);
        let (mentors, mentees) = (market.price.len(), market.mate.len());
        let seats = (0..mentors).map(|mentor| market.places_of(mentor));
        Self {
            refusal: market.refusal,
            rows: (0..mentees).map(|mentee| market.row(mentee)).collect(),
            columns: (0..mentors).map(|mentor| columns.list(mentor)).collect(),
            seats: seats.map(|seats| (number(seats.start), number(seats.len()))).collect(),
            all_seats: number(market.places()),
        }
    }

    pub(in crate::matching) fn refusal(&self) -> i64 {
        i64::from(self.refusal)
    }

    /// A price nobody pays.
    pub(super) fn closed(&self) -> i64 {
        i64::from(closed(self.refusal))
    }

    pub(in crate::matching) const fn mentors(&self) -> usize {
        self.seats.len()
    }

    pub(in crate::matching) const fn mentees(&self) -> usize {
        self.rows.spans.len()
    }

    /// Nobody can be proposed to this mentee.
    pub(in crate::matching) fn is_apart(&self, mentee: usize) -> bool {
        self.row(mentee).is_empty()
    }

    /// How many the mentor could have.
    pub(in crate::matching) fn places(&self, mentor: usize) -> usize {
        self.seats[mentor].1 as usize
    }

    pub(super) fn first_seat(&self, mentor: usize) -> usize {
        self.seats[mentor].0 as usize
    }

    pub(super) const fn all_seats(&self) -> usize {
        self.all_seats as usize
    }

    /// Candidates of a mentee, by mentor.
    pub(in crate::matching) fn row(&self, mentee: usize) -> &[Candidate] {
        self.rows.list(mentee)
    }

    /// Those who could be with the mentor, with their scores.
    pub(in crate::matching) fn column(&self, mentor: usize) -> impl Iterator<Item = (usize, i64)> + '_ {
        self.columns.list(mentor).iter().map(|edge| (edge.mentor(), i64::from(edge.score())))
    }

    /// The score of a candidate pair.
    pub(in crate::matching) fn score(&self, mentee: usize, mentor: u32) -> Option<i64> {
        let row = self.row(mentee);
        let at = row.binary_search_by_key(&(mentor as usize), |edge| edge.mentor()).ok()?;
        Some(i64::from(row[at].score()))
    }

    /// Gives the mentee these candidates instead of any there were; returns those.
    pub(in crate::matching) fn replace_row(
        &mut self,
        mentee: usize,
        mut row: Vec<Candidate>,
    ) -> Vec<Candidate> {
        let before = self.row(mentee).to_vec();
        for edge in &before {
            self.columns.remove(edge.mentor(), mentee);
        }
        row.sort_unstable();
        for edge in &row {
            self.columns.push(edge.mentor(), edge.seen_from(mentee));
        }
        self.rows.replace(mentee, &row);
        before
    }

    /// Room for so many mentees of a mentor; where they sat until now, if they have to move.
    pub(super) fn make_room(&mut self, mentor: usize, places: u32) -> Option<usize> {
        let (begin, room) = self.seats[mentor];
        if places <= room {
            return None;
        }
        self.seats[mentor] = (self.all_seats, places.max(2 * room));
        self.all_seats += self.seats[mentor].1;
        Some(begin as usize)
    }
}

/// Lists in one vector, each with some room: one that outgrows it moves to the end.
struct Lists {
    spans: Vec<Span>,
    words: Vec<Candidate>,
}

struct Span {
    begin: u32,
    length: u32,
    room: u32,
}

impl<'a> FromIterator<&'a [Candidate]> for Lists {
    fn from_iter<I: IntoIterator<Item = &'a [Candidate]>>(lists: I) -> Self {
        let mut all = Self { spans: Vec::new(), words: Vec::new() };
        for list in lists {
            let length = number(list.len());
            all.spans.push(Span { begin: number(all.words.len()), length, room: length });
            all.words.extend_from_slice(list);
        }
        all
    }
}

impl Lists {
    fn list(&self, at: usize) -> &[Candidate] {
        let Span { begin, length, .. } = self.spans[at];
        &self.words[begin as usize..(begin + length) as usize]
    }

    fn push(&mut self, at: usize, word: Candidate) {
        let length = self.spans[at].length;
        self.make_room(at, length + 1);
        let span = &mut self.spans[at];
        self.words[(span.begin + length) as usize] = word;
        span.length += 1;
    }

    fn replace(&mut self, at: usize, list: &[Candidate]) {
        self.spans[at].length = 0;
        self.make_room(at, number(list.len()));
        let span = &mut self.spans[at];
        span.length = number(list.len());
        self.words[span.begin as usize..][..list.len()].copy_from_slice(list);
    }

    /// Takes out whoever has this number.
    fn remove(&mut self, at: usize, other: usize) {
        let Some(found) = self.list(at).iter().position(|word| word.mentor() == other) else { return };
        let span = &mut self.spans[at];
        span.length -= 1;
        let (begin, last) = (span.begin as usize, span.length as usize);
        self.words.swap(begin + found, begin + last);
    }

    fn make_room(&mut self, at: usize, length: u32) {
        let span = &mut self.spans[at];
        if length <= span.room {
            return;
        }
        let (begin, known) = (span.begin as usize, span.length as usize);
        *span =
            Span { begin: number(self.words.len()), length: span.length, room: length.max(2 * span.room) };
        let room = span.room as usize;
        self.words.extend_from_within(begin..begin + known);
        self.words.resize(self.words.len() + room - known, Candidate::default());
    }
}
