//! People as the search reads them: a few words each, so that millions of pairs are compared in a second.
//!
//! The plain rules (`rules::check`, `score::points`) are the law. Here is what they come to for two people between whom there is
//! nothing particular: no wish, no mark, no pair, nobody the other's head. Where there is, the plain rules themselves are asked.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use super::cores::each;
use super::people::{Consent, DOMAINS, Mentee, Mentor, Offered, People, Profile, Remote, Shift};
use super::rules;
use super::score::{gap_points, needs_points, points, shift_points, years};
use crate::config::MatchingWeights;
use crate::ids::{OrganizationId, PersonId, TerritoryId};
use crate::kind::Kind;
use crate::pair::{Seniority, reverse_refusal};

/// Subjects with this number and all after it share a bit, so that it proves nothing.
const LAST_SUBJECT: u32 = 63;

/// No number: a place without mentors, a subject nobody of them teaches.
const NONE: u32 = u32::MAX;

/// What is asked of either side.
#[derive(Clone, Copy)]
struct Side<'a> {
    profile: &'a Profile,
    organization: u32,
    municipality: u32,
    subjects: u64,
    years: Option<u32>,
    /// Strengths of a mentor, needs of a mentee.
    domains: [u8; DOMAINS],
    kinds: u8,
    shift: Option<Shift>,
    is_remote: bool,
}

/// A mentor with free places who has agreed.
#[derive(Clone, Copy)]
pub(super) struct Helper<'a> {
    /// By the order of ids.
    pub(super) number: u32,
    is_offered_anywhere: bool,
    side: Side<'a>,
}

/// Numbers of what people have in common, as the mentors have it.
#[derive(Default)]
struct Words<'a> {
    organizations: HashMap<OrganizationId, u32>,
    municipalities: HashMap<TerritoryId, u32>,
    subjects: HashMap<&'a str, u32>,
}

/// Everybody, packed and in the order of ids.
pub(super) struct Packed<'a> {
    people: &'a People,
    weights: &'a MatchingWeights,
    pub(super) mentors: Vec<&'a Mentor>,
    pub(super) mentees: Vec<&'a Mentee>,
    words: Words<'a>,
    helpers: Vec<Helper<'a>>,
    /// Mentors who, by their own list or by a mark, have something particular with a mentee.
    particular: BTreeMap<PersonId, Vec<u32>>,
}

/// A mentee who is being compared.
pub(super) struct Asking<'a> {
    mentee: &'a Mentee,
    side: Side<'a>,
    particular: Vec<u32>,
}

impl Asking<'_> {
    pub(super) const fn organization(&self) -> u32 {
        self.side.organization
    }

    pub(super) const fn municipality(&self) -> u32 {
        self.side.municipality
    }

    pub(super) const fn is_remote(&self) -> bool {
        self.side.is_remote
    }
}

impl Helper<'_> {
    pub(super) const fn organization(&self) -> u32 {
        self.side.organization
    }

    pub(super) const fn municipality(&self) -> u32 {
        self.side.municipality
    }

    /// May be met from other organizations.
    pub(super) const fn helps_at_a_distance(&self) -> bool {
        self.is_offered_anywhere && self.side.is_remote
    }
}

impl<'a> Packed<'a> {
    pub(super) fn of(people: &'a People, weights: &'a MatchingWeights) -> Self {
        let mut mentors: Vec<&Mentor> = people.mentors.iter().collect();
        let mut mentees: Vec<&Mentee> = people.mentees.iter().collect();
        mentors.sort_unstable_by_key(|mentor| mentor.profile.person);
        mentees.sort_unstable_by_key(|mentee| mentee.profile.person);
        let words = Words::of(&people.mentors);
        let particular = particular(people, &mentors);
        let helper = |number: usize| Helper::of(number, mentors[number], &words, people);
        let pairs = mentors.len().saturating_mul(mentees.len());
        let helpers = each(pairs, mentors.len(), helper).into_iter().flatten().collect();
        Self { people, weights, mentors, mentees, words, helpers, particular }
    }

    /// At most so many pairs are looked at.
    pub(super) fn pairs(&self) -> usize {
        self.mentors.len().saturating_mul(self.mentees.len())
    }

    /// Mentors who can be proposed to anybody at all.
    pub(super) fn helpers(&self) -> &[Helper<'a>] {
        &self.helpers
    }

    pub(super) fn asking(&self, number: usize) -> Asking<'a> {
        let mentee = self.mentees[number];
        let profile = &mentee.profile;
        let known = [&profile.likes, &profile.never, &profile.superiors, &mentee.paired_with];
        let known = known.into_iter().flatten().chain([&profile.person]);
        let mut particular: Vec<u32> = known.filter_map(|person| rank(&self.mentors, *person)).collect();
        particular.extend(self.particular.get(&profile.person).into_iter().flatten());
        let side = Side::of(profile, mentee.needs, &self.words, self.people);
        Asking { mentee, side, particular }
    }

    /// The score of the two, if nothing forbids the pair.
    pub(super) fn points(&self, helper: &Helper, asking: &Asking) -> Option<u16> {
        if asking.particular.contains(&helper.number) {
            let (one, two) = (self.mentors[helper.number as usize], asking.mentee);
            let kinds = rules::check(one, two, &self.people.marks).ok()?;
            return Some(points(one, two, &kinds, self.people.today, self.weights));
        }
        let (one, two, weights) = (&helper.side, &asking.side, self.weights);
        let is_apart = one.organization != two.organization;
        let is_on_line = one.is_remote && two.is_remote;
        if is_apart && !(is_on_line && helper.is_offered_anywhere) {
            return None;
        }
        let kinds = common_kinds(one, two);
        if kinds == 0 {
            return None;
        }
        let is_reverse = kinds & bit(Kind::Reverse) != 0;
        let (less, more) = if is_reverse { (one, two) } else { (two, one) };
        let gap = more.years.zip(less.years).map(|(more, less)| more.saturating_sub(less));
        let place = match () {
            () if !is_apart => weights.same_organization,
            () if one.municipality == two.municipality => weights.same_municipality,
            () => 0,
        };
        let subject = if teach_the_same(one, two) { weights.subject } else { 0 };
        let needs = needs_points(one.domains, two.domains, weights.needs);
        let shift = shift_points(one.shift, two.shift, weights.shift);
        Some(needs + subject + place + gap_points(gap, weights) + shift)
    }
}

impl<'a> Words<'a> {
    fn of(mentors: &'a [Mentor]) -> Self {
        let mut words = Self::default();
        for mentor in mentors {
            let place = mentor.profile.workplace;
            number(&mut words.organizations, place.organization);
            number(&mut words.municipalities, place.municipality);
            for subject in &mentor.profile.subjects {
                number(&mut words.subjects, subject);
            }
        }
        words
    }

    fn subjects(&self, subjects: &BTreeSet<String>) -> u64 {
        let known = subjects.iter().filter_map(|subject| self.subjects.get(subject.as_str()));
        known.fold(0, |all, number| all | 1 << (*number).min(LAST_SUBJECT))
    }
}

/// The number of a word, the next one if it is new.
fn number<Word: Eq + Hash>(words: &mut HashMap<Word, u32>, word: Word) {
    let next = u32::try_from(words.len()).unwrap_or(NONE);
    words.entry(word).or_insert(next);
}

impl<'a> Side<'a> {
    fn of(profile: &'a Profile, domains: [u8; DOMAINS], words: &Words, people: &People) -> Self {
        let place = profile.workplace;
        let is_remote = profile.remote == Remote::Ready;
        let mut kinds = profile.kinds.iter().fold(0, |all, kind| all | bit(*kind));
        if !is_remote {
            // On line it takes both.
            kinds &= !bit(Kind::Virtual);
        }
        Self {
            profile,
            organization: words.organizations.get(&place.organization).copied().unwrap_or(NONE),
            municipality: words.municipalities.get(&place.municipality).copied().unwrap_or(NONE),
            subjects: words.subjects(&profile.subjects),
            years: years(profile.seniority, people.today),
            domains,
            kinds,
            shift: profile.shift,
            is_remote,
        }
    }

    const fn seniority(&self) -> Seniority {
        self.profile.seniority
    }
}

impl<'a> Helper<'a> {
    fn of(number: usize, mentor: &'a Mentor, words: &Words, people: &People) -> Option<Self> {
        if mentor.consent != Consent::Given || mentor.free_places == 0 {
            return None;
        }
        let mut side = Side::of(&mentor.profile, mentor.strengths, words, people);
        if mentor.free_places < 2 {
            side.kinds &= !bit(Kind::Group);
        }
        let is_offered_anywhere = mentor.offered == Offered::Anywhere;
        Some(Self { number: u32::try_from(number).ok()?, is_offered_anywhere, side })
    }
}

const fn bit(kind: Kind) -> u8 {
    1 << kind as u8
}

/// Kinds both have chosen and none of which demands what these two don't have.
fn common_kinds(one: &Side, two: &Side) -> u8 {
    let common = one.kinds & two.kinds;
    if common & bit(Kind::Reverse) == 0 {
        return common;
    }
    match reverse_refusal(one.seniority(), two.seniority(), two.profile.person) {
        Some(_) => common & !bit(Kind::Reverse),
        None => common,
    }
}

fn teach_the_same(one: &Side, two: &Side) -> bool {
    match one.subjects & two.subjects {
        0 => false,
        common if common == 1 << LAST_SUBJECT => !one.profile.subjects.is_disjoint(&two.profile.subjects),
        _ => true,
    }
}

/// What mentors' lists and the marks tell of particular pairs, by mentee.
fn particular(people: &People, mentors: &[&Mentor]) -> BTreeMap<PersonId, Vec<u32>> {
    let mut found: BTreeMap<PersonId, Vec<u32>> = BTreeMap::new();
    for (number, mentor) in (0..).zip(mentors) {
        let profile = &mentor.profile;
        for person in [&profile.likes, &profile.never, &profile.superiors].into_iter().flatten() {
            found.entry(*person).or_default().push(number);
        }
    }
    for (mentor, mentee) in people.marks.pairs() {
        found.entry(mentee).or_default().extend(rank(mentors, mentor));
    }
    found
}

/// The number of a mentor.
fn rank(mentors: &[&Mentor], person: PersonId) -> Option<u32> {
    let found = mentors.binary_search_by_key(&person, |mentor| mentor.profile.person).ok()?;
    u32::try_from(found).ok()
}
