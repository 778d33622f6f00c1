//! From people to pairs: a nation of 150,000 mentees and 300,000 mentors, with the rules and scores of the product.
//!
//! The distributions are those of `generate`. A mentee is compared with mentors of the own organization and, at a distance, of the
//! own municipality, as in any large run of the product.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::Instant;

use chrono::NaiveDate;
use nastavnik_domain::config::{MatchingWeights, Post, matching_weights};
use nastavnik_domain::ids::{OrganizationId, PersonId, TerritoryId};
use nastavnik_domain::kind::Kind;
use nastavnik_domain::matching::people::{
    Consent, DOMAINS, Mark, Marks, Mentee, Mentor, Offered, People, Profile, Remote, Shift,
};
use nastavnik_domain::matching::{Phase, Step, Ties, Width, candidates, certificate, propose_watched, solve};
use nastavnik_domain::pair::{Seniority, Workplace};
use nastavnik_domain::period::Since;
use uuid::Uuid;

use super::generate::Chance;
use super::{Busy, Clock, Outcome, median, peak_mebibytes};

const MENTORS: u64 = 300_000;
const MENTEES: u64 = 150_000;
const ORGANIZATIONS: u64 = 40_000;
const MUNICIPALITIES: u64 = 2_000;
const SEED: u64 = 20_261_127;
const THIS_YEAR: i32 = 2026;

/// Whoever is drawn, in numbers.
struct Drawn {
    organization: u64,
    subject: u64,
    years: u64,
    kinds: u8,
    is_remote: bool,
    /// Nothing known, the first or the second.
    shift: u64,
    /// Strengths or needs.
    levels: [u8; DOMAINS],
    /// A mentor's; none without consent.
    places: u16,
    is_offered_anywhere: bool,
}

struct Nation {
    mentors: Vec<Drawn>,
    mentees: Vec<Drawn>,
    /// Pairs the psychologist does not recommend, and pairs the mentee wishes for: mentee and mentor by number.
    forbidden: Vec<(usize, usize)>,
    wished: Vec<(usize, usize)>,
}

/// Writes the nation in numbers, everything u32, for the other side.
pub(crate) fn write(file: &str) -> Outcome<()> {
    let (nation, weights) = (Nation::draw(), weights()?);
    let mut out = BufWriter::new(File::create(file)?);
    let points = [weights.needs, weights.subject, weights.same_organization, weights.same_municipality];
    let more = [weights.experience, weights.shift, weights.wishes];
    let mut put = |number: u64| out.write_all(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
    points.into_iter().chain(more).try_for_each(|points| put(u64::from(points)))?;
    put(u64::from(weights.experience_years))?;
    for side in [&nation.mentors, &nation.mentees] {
        put(side.len() as u64)?;
        for column in 0..9 + DOMAINS {
            side.iter().try_for_each(|one| put(one.column(column)))?;
        }
    }
    for pairs in [&nation.forbidden, &nation.wished] {
        put(pairs.len() as u64)?;
        pairs.iter().flat_map(|(mentee, mentor)| [*mentee, *mentor]).try_for_each(|one| put(one as u64))?;
    }
    out.flush()?;
    Ok(())
}

/// People in, pairs out: candidates and the optimum.
pub(crate) fn measure(times: usize) -> Outcome<()> {
    let (people, weights) = (Nation::draw().people()?, weights()?);
    let (mut cpu, mut wall) = (Clock::default(), Vec::new());
    let mut last = None;
    for _ in 0..times.max(1) {
        drop(last.take());
        let (busy, began) = (Busy::now()?, Instant::now());
        let named = candidates(&people, &weights, Width::Neighbors)?;
        let solution = solve(named.instance(), Ties::AsFound);
        let pairs = named.pairs(&solution);
        wall.push(began.elapsed().as_secs_f64());
        cpu.add(&busy)?;
        last = Some((named, solution, pairs));
    }
    let (named, solution, pairs) = last.ok_or("solved nothing")?;
    let proven = certificate::check(named.instance(), &solution.mentors, &solution.certificate)?;
    let score: u64 = pairs.iter().map(|pair| u64::from(pair.score)).sum();
    println!(
        "{{\"candidates\": {}, \"matched\": {}, \"score\": {score}, \"proven\": {}, \"cpu\": {:.6}, \"wall\": {:.6}, \"mib\": {}}}",
        named.instance().edges(),
        pairs.len(),
        (proven.matched, proven.score) == (pairs.len(), score),
        cpu.seconds(),
        median(wall),
        peak_mebibytes()?,
    );
    Ok(())
}

/// The whole run of the product: ties settled besides, groups kept together, every pair and everybody who is left with reasons.
/// Tells at which second each phase was begun.
pub(crate) fn propose() -> Outcome<()> {
    let (people, weights) = (Nation::draw().people()?, weights()?);
    let (busy, began) = (Busy::now()?, Instant::now());
    let mut phases: Vec<(Phase, f64)> = Vec::new();
    let mut watch = |step: Step| {
        if phases.last().is_none_or(|(phase, _)| *phase != step.phase) {
            phases.push((step.phase, began.elapsed().as_secs_f64()));
        }
        Ok(())
    };
    let told = propose_watched(&people, &weights, &[], Width::Neighbors, &mut watch)?;
    let wall = began.elapsed().as_secs_f64();
    let mut cpu = Clock::default();
    cpu.add(&busy)?;
    let phases = phases.iter().map(|(phase, second)| format!("[\"{phase:?}\", {second:.2}]"));
    println!(
        "{{\"matched\": {}, \"score\": {}, \"cpu\": {:.6}, \"wall\": {wall:.6}, \"phases\": [{}], \"mib\": {}}}",
        told.pairs.len(),
        told.score,
        cpu.seconds(),
        phases.collect::<Vec<_>>().join(", "),
        peak_mebibytes()?,
    );
    Ok(())
}

fn weights() -> Outcome<MatchingWeights> {
    let weights = matching_weights()?;
    Ok(weights.on(today()?)?.value)
}

fn today() -> Outcome<NaiveDate> {
    Ok(NaiveDate::from_ymd_opt(THIS_YEAR, 9, 10).ok_or("no such day")?)
}

impl Nation {
    fn draw() -> Self {
        let mut chance = Chance(SEED);
        let mut mentors: Vec<Drawn> = (0..MENTORS).map(|_| Drawn::mentor(&mut chance)).collect();
        let mut mentees: Vec<Drawn> = (0..MENTEES).map(|_| Drawn::mentee(&mut chance)).collect();
        // A registry is written organization by organization.
        mentors.sort_by_key(|one| one.organization);
        mentees.sort_by_key(|one| one.organization);
        let (mut forbidden, mut wished) = (Vec::new(), Vec::new());
        for mentee in 0..mentees.len() {
            let near = mentee * mentors.len() / mentees.len();
            let mentor = (near + usize::try_from(chance.below(100)).unwrap_or(0)) % mentors.len();
            match chance.below(100) {
                0..3 => wished.push((mentee, mentor)),
                3..5 => forbidden.push((mentee, mentor)),
                _ => {}
            }
        }
        Self { mentors, mentees, forbidden, wished }
    }

    fn people(&self) -> Outcome<People> {
        let mut marks = Marks::default();
        for (mentee, mentor) in &self.forbidden {
            marks.add(mentor_id(*mentor), mentee_id(*mentee), Mark::NotRecommended);
        }
        let mentors = self.mentors.iter().enumerate().map(|(number, one)| one.as_mentor(number));
        let mentees = self.mentees.iter().enumerate().map(|(number, one)| one.as_mentee(number));
        let mut people = People {
            mentors: mentors.collect::<Outcome<_>>()?,
            mentees: mentees.collect::<Outcome<_>>()?,
            marks,
            today: today()?,
            domains: std::array::from_fn(|domain| format!("область {}", domain + 1)),
        };
        for (mentee, mentor) in &self.wished {
            people.mentees[*mentee].profile.likes.insert(mentor_id(*mentor));
        }
        Ok(people)
    }
}

impl Drawn {
    fn mentor(chance: &mut Chance) -> Self {
        let drawn = Self::draw(chance, &[35, 60, 85], 60, 50, 5, 36);
        let places = u16::try_from(chance.class(&[35, 60, 80, 92]) + 1).unwrap_or(1);
        let has_agreed = chance.below(100) < 92;
        let is_offered_anywhere = chance.below(100) < 80;
        Self { places: if has_agreed { places } else { 0 }, is_offered_anywhere, ..drawn }
    }

    fn mentee(chance: &mut Chance) -> Self {
        let (least, width) = match chance.class(&[45, 70, 90]) {
            0 => (0, 3),
            1 => (10, 25),
            2 => (3, 20),
            _ => (0, 5),
        };
        Self::draw(chance, &[55, 75, 90], 50, 60, least, width)
    }

    fn draw(chance: &mut Chance, limits: &[u64], kinds: u64, remote: u64, least: u64, width: u64) -> Self {
        let levels = chance.levels(limits);
        Self {
            organization: chance.below(ORGANIZATIONS),
            subject: chance.subject(),
            years: least + chance.below(width),
            kinds: (chance.bits(kinds) & 0x7f).max(1),
            is_remote: chance.below(100) < remote,
            shift: chance.below(3),
            levels: std::array::from_fn(|domain| u8::try_from(levels[domain]).unwrap_or(0)),
            places: 0,
            is_offered_anywhere: false,
        }
    }

    const fn municipality(&self) -> u64 {
        self.organization * MUNICIPALITIES / ORGANIZATIONS
    }

    fn column(&self, column: usize) -> u64 {
        match column {
            0 => self.organization,
            1 => self.municipality(),
            2 => self.subject,
            3 => self.years,
            4 => u64::from(self.kinds),
            5 => u64::from(self.is_remote),
            6 => self.shift,
            7 => u64::from(self.places),
            8 => u64::from(self.is_offered_anywhere),
            domain => u64::from(self.levels[domain - 9]),
        }
    }

    fn as_mentor(&self, number: usize) -> Outcome<Mentor> {
        Ok(Mentor {
            profile: self.profile(mentor_id(number))?,
            roles: Vec::new(),
            consent: if self.places > 0 { Consent::Given } else { Consent::Declined },
            offered: if self.is_offered_anywhere { Offered::Anywhere } else { Offered::AtHome },
            free_places: self.places,
            strengths: self.levels,
        })
    }

    fn as_mentee(&self, number: usize) -> Outcome<Mentee> {
        let profile = self.profile(mentee_id(number))?;
        Ok(Mentee { profile, needs: self.levels, paired_with: BTreeSet::new() })
    }

    fn profile(&self, person: PersonId) -> Outcome<Profile> {
        let since = NaiveDate::from_ymd_opt(THIS_YEAR - i32::try_from(self.years)?, 9, 1);
        let kinds = Kind::ALL.into_iter().enumerate().filter(|(bit, _)| self.kinds & 1 << bit != 0);
        Ok(Profile {
            person,
            workplace: Workplace {
                organization: OrganizationId(Uuid::from_u128(u128::from(self.organization))),
                municipality: TerritoryId(Uuid::from_u128(u128::from(self.municipality()))),
            },
            post: Post::Teacher,
            seniority: Seniority { born: None, teaching_since: since.map(Since::day) },
            subjects: BTreeSet::from([format!("предмет {}", self.subject)]),
            shift: [None, Some(Shift::First), Some(Shift::Second)][usize::try_from(self.shift)?],
            remote: if self.is_remote { Remote::Ready } else { Remote::InPersonOnly },
            kinds: kinds.map(|(_, kind)| kind).collect(),
            likes: BTreeSet::new(),
            never: BTreeSet::new(),
            superiors: BTreeSet::new(),
        })
    }
}

const fn mentor_id(number: usize) -> PersonId {
    PersonId(Uuid::from_u128(number as u128))
}

const fn mentee_id(number: usize) -> PersonId {
    PersonId(Uuid::from_u128(1 << 64 | number as u128))
}
