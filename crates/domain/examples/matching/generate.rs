//! Instances of any size for measurements, the same on every machine: a country of schools, mentors and mentees.
//!
//! Only whole numbers; divisions truncate. The order in which chance is asked is part of the definition.

const SEED: u64 = 20_261_123;

/// «group»: who leads a group has nothing to do with what else is made of the seed.
const GROUPS: u64 = 0x67_726f_7570;

/// Weights of subjects, out of a hundred.
const SUBJECTS: [u64; 16] = [22, 12, 11, 10, 7, 4, 3, 3, 5, 3, 4, 4, 4, 3, 3, 2];

/// How many places there are for how many mentees.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Supply {
    Loose,
    Tight,
}

/// Where candidates come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Search {
    /// Mostly from nearby, by chance.
    Drawn,
    /// The best of the whole region.
    Best,
}

/// In what order people are numbered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    AsDrawn,
    /// Organization by organization, as a registry is.
    ByOrganization,
}

/// What to make.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    mentors: u64,
    mentees: u64,
    regions: u64,
    municipalities: u64,
    organizations: u64,
    supply: Supply,
    search: Search,
    order: Order,
}

/// How many candidates a mentee has at most.
const CANDIDATES: usize = 50;

impl Shape {
    /// «muni-loose», «region-topk», «nation-tight-s».
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (name, order) = match name.strip_suffix("-s") {
            Some(name) => (name, Order::ByOrganization),
            None => (name, Order::AsDrawn),
        };
        let (size, sort) = name.split_once('-')?;
        let (supply, search) = match sort {
            "loose" => (Supply::Loose, Search::Drawn),
            "tight" => (Supply::Tight, Search::Drawn),
            "topk" => (Supply::Tight, Search::Best),
            _ => return None,
        };
        let (loose, tight, mentees, regions, municipalities, organizations) = match size {
            "muni" => (300, 130, 200, 1, 1, 25),
            "region" => (8_000, 4_000, 6_000, 1, 22, 600),
            "nation" => (300_000, 100_000, 150_000, 89, 2_000, 40_000),
            _ => return None,
        };
        let mentors = if supply == Supply::Loose { loose } else { tight };
        Some(Self { mentors, mentees, regions, municipalities, organizations, supply, search, order })
    }
}

pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((self.draw() >> 32) * end) >> 32
    }

    /// The first class whose limit is above a number out of a hundred; the last if none is.
    pub(crate) fn class(&mut self, limits: &[u64]) -> u64 {
        let drawn = self.below(100);
        limits.iter().position(|limit| drawn < *limit).unwrap_or(limits.len()) as u64
    }

    pub(crate) fn subject(&mut self) -> u64 {
        let mut drawn = self.below(100);
        let mut subject = 0;
        for weight in SUBJECTS {
            if drawn < weight {
                break;
            }
            drawn -= weight;
            subject += 1;
        }
        subject
    }

    pub(crate) fn levels(&mut self, limits: &[u64]) -> [u64; 9] {
        std::array::from_fn(|_| self.class(limits))
    }

    pub(crate) fn bits(&mut self, share: u64) -> u8 {
        (0..8).fold(0, |bits, bit| bits | (u8::from(self.below(100) < share) << bit))
    }
}

fn mix(z: u64) -> u64 {
    let z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ z >> 31
}

struct Mentor {
    organization: u64,
    subject: u64,
    places: u16,
    experience: u64,
    rating: u64,
    strengths: [u64; 9],
    kinds: u8,
    remote: bool,
    consent: bool,
}

struct Mentee {
    organization: u64,
    subject: u64,
    learns_from_younger: bool,
    experience: u64,
    needs: [u64; 9],
    main: usize,
    kinds: u8,
    remote: bool,
    person: u64,
}

struct Country {
    shape: Shape,
    mentors: Vec<Mentor>,
    mentees: Vec<Mentee>,
    of_organization: Vec<Vec<u32>>,
    of_municipality: Vec<Vec<u32>>,
    of_region: Vec<Vec<u32>>,
}

/// An instance before it is checked: as it lies in a file.
pub(crate) struct Lists {
    pub(crate) places: Vec<u16>,
    pub(crate) rows: Vec<u32>,
    pub(crate) mentors: Vec<u32>,
    pub(crate) scores: Vec<u16>,
}

/// Makes the instance.
pub(crate) fn generate(shape: Shape) -> Lists {
    let mut chance = Chance(SEED);
    let country = Country::draw(shape, &mut chance);
    let mut lists = Lists {
        places: country.mentors.iter().map(|mentor| mentor.places).collect(),
        rows: vec![0],
        mentors: Vec::new(),
        scores: Vec::new(),
    };
    for mentee in 0..country.mentees.len() {
        let mut row = match shape.search {
            Search::Drawn => country.drawn(mentee, &mut chance),
            Search::Best => country.best(mentee),
        };
        row.sort_unstable();
        for (mentor, score) in row {
            lists.mentors.push(mentor);
            lists.scores.push(score);
        }
        lists.rows.push(u32::try_from(lists.mentors.len()).unwrap_or(u32::MAX));
    }
    lists
}

impl Country {
    fn draw(shape: Shape, chance: &mut Chance) -> Self {
        let mut mentors: Vec<Mentor> = (0..shape.mentors).map(|_| draw_mentor(shape, chance)).collect();
        let mut mentees: Vec<Mentee> =
            (0..shape.mentees).map(|number| draw_mentee(shape, number, chance)).collect();
        if shape.order == Order::ByOrganization {
            mentors.sort_by_key(|mentor| mentor.organization);
            mentees.sort_by_key(|mentee| mentee.organization);
        }
        let group = |count: u64, key: &dyn Fn(u64) -> u64| {
            let mut groups = vec![Vec::new(); index(count)];
            for (number, mentor) in (0_u32..).zip(&mentors) {
                groups[index(key(mentor.organization))].push(number);
            }
            groups
        };
        let of_organization = group(shape.organizations, &|organization| organization);
        let of_municipality = group(shape.municipalities, &|organization| shape.municipality(organization));
        let of_region = group(shape.regions, &|organization| shape.region(organization));
        Self { shape, mentors, mentees, of_organization, of_municipality, of_region }
    }

    /// Different candidates that nothing forbids, until there are enough or chance has had its tries.
    fn drawn(&self, mentee: usize, chance: &mut Chance) -> Vec<(u32, u16)> {
        let home = self.mentees[mentee].organization;
        let mut row: Vec<(u32, u16)> = Vec::with_capacity(CANDIDATES);
        for _ in 0..20 * CANDIDATES {
            if row.len() == CANDIDATES {
                break;
            }
            let near = chance.below(100);
            let drawn = chance.draw() >> 32;
            let list = match near {
                0..30 => &self.of_organization[index(home)],
                30..75 => &self.of_municipality[index(self.shape.municipality(home))],
                75..93 => &self.of_region[index(self.shape.region(home))],
                _ => {
                    let mentor = u32::try_from((drawn * self.shape.mentors) >> 32).unwrap_or(0);
                    self.add(mentee, mentor, &mut row);
                    continue;
                }
            };
            if !list.is_empty() {
                self.add(mentee, list[index((drawn * list.len() as u64) >> 32)], &mut row);
            }
        }
        row
    }

    fn add(&self, mentee: usize, mentor: u32, row: &mut Vec<(u32, u16)>) {
        let known = row.iter().any(|(known, _)| *known == mentor);
        if !known && self.allows(mentee, mentor) {
            row.push((mentor, self.score(mentee, mentor)));
        }
    }

    /// The best of the region, the lower number first.
    fn best(&self, mentee: usize) -> Vec<(u32, u16)> {
        let region = self.shape.region(self.mentees[mentee].organization);
        let allowed = self.of_region[index(region)].iter().filter(|mentor| self.allows(mentee, **mentor));
        let mut row: Vec<(u32, u16)> = allowed.map(|mentor| (*mentor, self.score(mentee, *mentor))).collect();
        row.sort_unstable_by_key(|(mentor, score)| (u16::MAX - score, *mentor));
        row.truncate(CANDIDATES);
        row
    }

    fn allows(&self, number: usize, candidate: u32) -> bool {
        let (mentee, mentor) = (&self.mentees[number], &self.mentors[candidate as usize]);
        let municipality = |organization| self.shape.municipality(organization);
        mentor.consent
            && mentee.person != u64::from(candidate)
            && mentor.strengths[mentee.main] >= 2
            && mentor.kinds & mentee.kinds != 0
            && (municipality(mentor.organization) == municipality(mentee.organization)
                || (mentor.remote && mentee.remote))
            && !mix(SEED ^ pair(number, candidate)).is_multiple_of(50)
    }

    fn score(&self, number: usize, candidate: u32) -> u16 {
        let (mentee, mentor) = (&self.mentees[number], &self.mentors[candidate as usize]);
        let (here, there) = (mentee.organization, mentor.organization);
        let near = if here == there {
            220
        } else if self.shape.municipality(here) == self.shape.municipality(there) {
            120
        } else if self.shape.region(here) == self.shape.region(there) {
            50
        } else {
            0
        };
        let subject = if mentee.subject == mentor.subject { 200 } else { 0 };
        let covered: u64 =
            mentee.needs.iter().zip(mentor.strengths).map(|(need, strength)| strength.min(*need)).sum();
        let cover = 250 * covered / mentee.needs.iter().sum::<u64>();
        let gap = if mentee.learns_from_younger {
            mentee.experience.saturating_sub(mentor.experience)
        } else {
            mentor.experience.saturating_sub(mentee.experience)
        };
        let named = if mix(!SEED ^ pair(number, candidate)) % 100 < 3 { 80 } else { 0 };
        let score = near + subject + cover + 5 * gap.min(20) + mentor.rating + named;
        u16::try_from(score).unwrap_or(u16::MAX)
    }
}

impl Shape {
    fn municipality(&self, organization: u64) -> u64 {
        organization * self.municipalities / self.organizations
    }

    fn region(&self, organization: u64) -> u64 {
        self.municipality(organization) * self.regions / self.municipalities
    }
}

fn draw_mentor(shape: Shape, chance: &mut Chance) -> Mentor {
    let limits: [u64; 4] = if shape.supply == Supply::Loose { [35, 60, 80, 92] } else { [60, 85, 95, 99] };
    Mentor {
        organization: chance.below(shape.organizations),
        subject: chance.subject(),
        places: u16::try_from(chance.class(&limits) + 1).unwrap_or(1),
        experience: 5 + chance.below(36),
        rating: chance.below(151),
        strengths: chance.levels(&[35, 60, 85]),
        kinds: chance.bits(60),
        remote: chance.below(100) < 50,
        consent: chance.below(100) < 92,
    }
}

fn draw_mentee(shape: Shape, number: u64, chance: &mut Chance) -> Mentee {
    let organization = chance.below(shape.organizations);
    let subject = chance.subject();
    let category = chance.class(&[45, 70, 90]);
    let experience = match category {
        0 => chance.below(3),
        1 => 10 + chance.below(25),
        2 => 3 + chance.below(20),
        _ => chance.below(5),
    };
    let mut needs = chance.levels(&[55, 75, 90]);
    if needs.iter().all(|need| *need == 0) {
        needs[0] = 3;
    }
    let largest = needs.iter().copied().max().unwrap_or(0);
    let main = needs.iter().position(|need| *need == largest).unwrap_or(0);
    let kinds = chance.bits(50);
    let remote = chance.below(100) < 60;
    let person = if chance.below(20) == 0 { chance.below(shape.mentors) } else { shape.mentors + number };
    let learns_from_younger = category == 1;
    Mentee { organization, subject, learns_from_younger, experience, needs, main, kinds, remote, person }
}

fn pair(mentee: usize, mentor: u32) -> u64 {
    (mentee as u64) << 32 | u64::from(mentor)
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Mentors who lead a group and nothing else: of those with two places or more about every fourth, by number and not by
/// chance, so that the instance itself stays what it is.
pub(crate) fn groups(places: &[u16]) -> Vec<u32> {
    let leads = |mentor: u32| mix(SEED ^ GROUPS ^ u64::from(mentor)).is_multiple_of(4);
    (0_u32..)
        .zip(places)
        .filter(|(mentor, places)| **places >= 2 && leads(*mentor))
        .map(|(mentor, _)| mentor)
        .collect()
}
