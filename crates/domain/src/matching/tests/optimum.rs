use super::super::certificate::check;
use super::super::market::Market;
use super::super::settle;
use super::super::solve::{Patience, answer, by_auction, by_paths};
use super::super::{Edge, Fixed, Instance, Solution, Ties, solve};

/// «`SplitMix64`»: the same numbers on every machine.
pub(in crate::matching) struct Chance(pub(in crate::matching) u64);

impl Chance {
    pub(in crate::matching) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ z >> 31) >> 32) * end) >> 32
    }

    pub(in crate::matching) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.number(choices.len()) as usize]
    }

    pub(in crate::matching) fn number(&mut self, end: usize) -> u32 {
        u32::try_from(self.below(end as u64)).unwrap()
    }

    pub(in crate::matching) fn short(&mut self, end: u64) -> u16 {
        u16::try_from(self.below(end)).unwrap()
    }
}

/// What everything is tried for: number, points, lowest score.
type Worth = (usize, u64, u16);

/// All answers, tried by mentee with what is left of the places.
struct Everything<'a> {
    instance: &'a Instance,
    known: Vec<Option<Worth>>,
    states: usize,
}

impl<'a> Everything<'a> {
    fn of(instance: &'a Instance) -> Self {
        let states = (0..instance.mentors()).map(|mentor| usize::from(instance.places(mentor)) + 1).product();
        Self { instance, known: vec![None; states * (instance.mentees() + 1)], states }
    }

    fn step(&self, mentor: u32) -> usize {
        (0..mentor as usize).map(|before| usize::from(self.instance.places(before)) + 1).product()
    }

    fn free(&self, state: usize, mentor: u32) -> usize {
        state / self.step(mentor) % (usize::from(self.instance.places(mentor as usize)) + 1)
    }

    /// Who a mentee may be given to.
    fn choices(&self, mentee: usize, state: usize) -> Vec<(Option<u32>, u16)> {
        if let Some(pair) = self.instance.fixed().iter().find(|pair| pair.mentee as usize == mentee) {
            return vec![(Some(pair.mentor), pair.score)];
        }
        let reserved = |mentor| {
            let later = self.instance.fixed().iter().filter(|pair| pair.mentee as usize > mentee);
            later.filter(|pair| pair.mentor == mentor).count()
        };
        let row = self.instance.candidates(mentee);
        let open = row.filter(|(mentor, _)| self.free(state, *mentor) > reserved(*mentor));
        open.map(|(mentor, score)| (Some(mentor), score)).chain([(None, 0)]).collect()
    }

    fn add(&self, mentee: usize, choice: (Option<u32>, u16), rest: Worth) -> Worth {
        let Some(_) = choice.0 else { return rest };
        let fixed = self.instance.fixed().iter().any(|pair| pair.mentee as usize == mentee);
        let lowest = if fixed { rest.2 } else { rest.2.min(choice.1) };
        (rest.0 + 1, rest.1 + u64::from(choice.1), lowest)
    }

    fn best(&mut self, mentee: usize, state: usize) -> Worth {
        if mentee == self.instance.mentees() {
            return (0, 0, u16::MAX);
        }
        let at = mentee * self.states + state;
        if let Some(known) = self.known[at] {
            return known;
        }
        let mut best = (0, 0, 0);
        for choice in self.choices(mentee, state) {
            let next = choice.0.map_or(state, |mentor| state - self.step(mentor));
            let rest = self.best(mentee + 1, next);
            best = best.max(self.add(mentee, choice, rest));
        }
        self.known[at] = Some(best);
        best
    }

    /// The best worth, and of all answers with it the first by number.
    fn answer(&mut self) -> (Worth, Vec<Option<u32>>) {
        let mut state = self.states - 1;
        let best = self.best(0, state);
        let mut prefix: Worth = (0, 0, u16::MAX);
        let mut mentors = Vec::new();
        for mentee in 0..self.instance.mentees() {
            let mut found = None;
            for choice in self.choices(mentee, state) {
                let next = choice.0.map_or(state, |mentor| state - self.step(mentor));
                let taken = self.add(mentee, choice, prefix);
                let rest = self.best(mentee + 1, next);
                if (taken.0 + rest.0, taken.1 + rest.1, taken.2.min(rest.2)) == best {
                    found = Some((choice.0, next, taken));
                    break;
                }
            }
            let (mentor, next, taken) = found.unwrap();
            mentors.push(mentor);
            (state, prefix) = (next, taken);
        }
        (best, mentors)
    }
}

/// A small instance of one of several sorts: crowded or roomy, with many ties or few, with pairs that stay.
pub(in crate::matching) fn small(chance: &mut Chance) -> Instance {
    let most = if chance.below(10) == 0 { 12 } else { 7 };
    let (mentors, mentees) = (chance.number(most) as usize + 1, chance.number(most) as usize + 1);
    let mut states = 1;
    let places: Vec<u16> = (0..mentors)
        .map(|_| {
            let wanted = chance.one_of(&[0, 1, 1, 1, 2, 3]);
            let places = if states * (usize::from(wanted) + 1) > 1 << 10 { 0 } else { wanted };
            states *= usize::from(places) + 1;
            places
        })
        .collect();
    let scores = chance.one_of(&[2, 4, 12, 1001]);
    let density = 15 + chance.below(80);
    let mut edges = Vec::new();
    for mentee in 0..mentees {
        for mentor in 0..mentors {
            if chance.below(100) < density {
                let score = chance.short(scores);
                edges.push(Edge {
                    mentee: u32::try_from(mentee).unwrap(),
                    mentor: u32::try_from(mentor).unwrap(),
                    score,
                });
            }
        }
    }
    let mut fixed: Vec<Fixed> = Vec::new();
    if chance.below(3) == 0 {
        let mut free = places.clone();
        for mentee in 0..mentees.min(3) {
            let mentor = chance.number(mentors);
            if free[mentor as usize] > 0 {
                free[mentor as usize] -= 1;
                fixed.push(Fixed {
                    mentee: u32::try_from(mentee).unwrap(),
                    mentor,
                    score: chance.short(scores),
                });
            }
        }
    }
    Instance::new(places, mentees, edges, fixed).unwrap()
}

fn by_auction_alone(instance: &Instance) -> Solution {
    let mut market = Market::open(instance);
    let Ok(()) = by_auction(&mut market, &mut |_| Ok::<(), std::convert::Infallible>(()));
    settle::settle(&mut market);
    answer(market)
}

fn by_paths_alone(instance: &Instance) -> Solution {
    let mut market = Market::open(instance);
    assert!(by_paths(&mut market, Patience::ToTheEnd));
    settle::settle(&mut market);
    answer(market)
}

#[test]
fn ten_thousand_answers_equal_trying_everything() {
    let mut chance = Chance(2026);
    for number in 0..10_000 {
        let instance = small(&mut chance);
        let ((matched, score, lowest), mentors) = Everything::of(&instance).answer();
        let lowest = (lowest < u16::MAX).then_some(lowest);
        let ways = [solve(&instance, Ties::Settled), by_paths_alone(&instance), by_auction_alone(&instance)];
        for (way, solution) in ways.into_iter().enumerate() {
            let found = (solution.matched, solution.score, solution.lowest);
            assert_eq!(found, (matched, score, lowest), "{number} {way}: {instance:?}");
            assert_eq!(solution.mentors, mentors, "{number} {way}: {instance:?}");
            let proven = check(&instance, &solution.mentors, &solution.certificate).unwrap();
            assert_eq!((proven.matched, proven.score), (matched, score), "{number} {way}");
        }
        let plain = solve(&instance, Ties::AsFound);
        let proven = check(&instance, &plain.mentors, &plain.certificate).unwrap();
        assert_eq!((proven.matched, proven.score), (matched, score), "{number}");
    }
}
