//! One change at a time in a solved instance: somebody leaves or comes, a pair is forbidden or stays.

use std::time::Instant;

use nastavnik_domain::matching::{Fixed, Instance, Live, Ties, certificate, solve};

use super::generate::{Chance, Lists};
use super::{Outcome, peak_mebibytes, read};

/// What is done in turn, each to somebody drawn.
const SORTS: [&str; 6] =
    ["mentor leaves", "mentee leaves", "veto", "pair stays", "mentee comes", "new place"];

type Row = Vec<(u32, u16)>;

/// What the changes have made of the instance, kept apart from what is measured.
struct Plain {
    places: Vec<u16>,
    rows: Vec<Row>,
    fixed: Vec<Fixed>,
    /// Those who left and may come again.
    gone: Vec<(u32, Row)>,
}

pub(crate) fn measure(file: &str, changes: usize) -> Outcome<()> {
    let Lists { places, rows, mentors, scores } = read(file)?;
    let instance = Instance::from_rows(places.clone(), rows, &mentors, &scores)?;
    // Of each change the fastest of three times: what else the machine did is not ours.
    let mut micros = vec![Vec::new(); SORTS.len()];
    for _ in 0..3 {
        let again = one_after_another(&instance, &places, changes)?;
        for (of_sort, again) in micros.iter_mut().zip(again) {
            of_sort.resize(again.len(), f64::INFINITY);
            of_sort.iter_mut().zip(again).for_each(|(known, again)| *known = again.min(*known));
        }
    }
    let mut every: Vec<f64> = micros.iter().flatten().copied().collect();
    every.sort_by(f64::total_cmp);
    let by_sort = SORTS.iter().zip(&mut micros).map(|(sort, micros)| {
        micros.sort_by(f64::total_cmp);
        format!("\"{sort}\": [{:.1}, {:.1}]", of(micros, 50), of(micros, 99))
    });
    println!(
        "{{\"changes\": {}, \"proven\": true, \"median\": {:.1}, \"p99\": {:.1}, \"most\": {:.1}, \"sorts\": {{{}}}, \"mib\": {}}}",
        every.len(),
        of(&every, 50),
        of(&every, 99),
        of(&every, 100),
        by_sort.collect::<Vec<_>>().join(", "),
        peak_mebibytes()?,
    );
    Ok(())
}

/// The same changes every time; the microseconds each took, by sort. The end is looked at.
fn one_after_another(instance: &Instance, places: &[u16], changes: usize) -> Outcome<Vec<Vec<f64>>> {
    let all = 0..instance.mentees();
    let rows = all.map(|mentee| instance.candidates(mentee).collect()).collect();
    let mut plain = Plain { places: places.to_vec(), rows, fixed: Vec::new(), gone: Vec::new() };
    let mut live = Live::of(instance);
    let mut chance = Chance(99);
    let mut micros: Vec<Vec<f64>> = vec![Vec::new(); SORTS.len()];
    while micros.iter().map(Vec::len).sum::<usize>() < changes {
        for (sort, of_sort) in micros.iter_mut().enumerate() {
            of_sort.push(plain.change(sort, &mut live, &mut chance)? * 1e6);
        }
    }
    plain.compare(&live)?;
    Ok(micros)
}

/// What so many of a hundred sorted values don't exceed.
fn of(sorted: &[f64], hundredths: usize) -> f64 {
    sorted[(sorted.len() * hundredths / 100).min(sorted.len() - 1)]
}

impl Plain {
    /// Does one thing to both; the seconds it took where it is measured.
    fn change(&mut self, sort: usize, live: &mut Live, chance: &mut Chance) -> Outcome<f64> {
        let mentor = loop {
            let drawn = u32::try_from(chance.below(self.places.len() as u64))?;
            if self.places[drawn as usize] > 0 && self.fixed.iter().all(|pair| pair.mentor != drawn) {
                break drawn;
            }
        };
        let mentee = loop {
            let drawn = u32::try_from(chance.below(self.rows.len() as u64))?;
            let is_fixed = self.fixed.iter().any(|pair| pair.mentee == drawn);
            if !is_fixed && live.mentor_of(drawn).is_some() {
                break drawn;
            }
        };
        let row = &mut self.rows[mentee as usize];
        let began;
        match sort {
            0 => {
                self.places[mentor as usize] = 0;
                began = Instant::now();
                live.set_places(mentor, 0)?;
            }
            1 => {
                self.gone.push((mentee, std::mem::take(row)));
                began = Instant::now();
                live.leave(mentee)?;
            }
            2 => {
                let theirs = live.mentor_of(mentee).ok_or("nobody's")?;
                row.retain(|(other, _)| *other != theirs);
                began = Instant::now();
                live.forbid(mentee, theirs)?;
            }
            3 => {
                // Somebody they could have, but haven't.
                let stay = |other| self.fixed.iter().filter(|pair| pair.mentor == other).count();
                let has_place = |other| usize::from(self.places[other as usize]) > stay(other);
                let pairs = row.iter().filter(|(other, _)| has_place(*other));
                let pair = pairs.min_by_key(|(other, _)| live.mentor_of(mentee) == Some(*other));
                let (other, score) = *pair.ok_or("nobody else")?;
                let pair = Fixed { mentee, mentor: other, score };
                self.fixed.push(pair);
                began = Instant::now();
                live.pin(pair)?;
            }
            4 => {
                let (comes, row) = self.gone.pop().ok_or("nobody has left")?;
                began = Instant::now();
                live.come(comes, &row)?;
                self.rows[comes as usize] = row;
            }
            _ => {
                self.places[mentor as usize] += 1;
                began = Instant::now();
                live.set_places(mentor, self.places[mentor as usize])?;
            }
        }
        Ok(began.elapsed().as_secs_f64())
    }

    /// The answer after all changes is proven, and worth what solving anew finds.
    fn compare(&self, live: &Live) -> Outcome<()> {
        let mut rows = vec![0];
        for row in &self.rows {
            rows.push(rows.last().copied().unwrap_or(0) + u32::try_from(row.len())?);
        }
        let (mentors, scores): (Vec<u32>, Vec<u16>) = self.rows.iter().flatten().copied().unzip();
        let instance = Instance::from_rows(self.places.clone(), rows, &mentors, &scores)?;
        let instance = instance.with_fixed(self.fixed.clone())?;
        let (anew, found) = (solve(&instance, Ties::AsFound), live.solution());
        let proven = certificate::check(&instance, &found.mentors, &found.certificate)?;
        let worths = [(found.matched, found.score), (proven.matched, proven.score)];
        if worths != [(anew.matched, anew.score); 2] {
            return Err("changed step by step it is worth something else than solved anew".into());
        }
        Ok(())
    }
}
