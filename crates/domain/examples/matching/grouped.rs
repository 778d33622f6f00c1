//! The same instances where some mentors lead a group and nothing else.

use std::time::Instant;

use nastavnik_domain::matching::{Effort, Grouped, Instance, certificate, prove_bound, solve_groups};

use super::generate::{Lists, groups};
use super::{Busy, Clock, Outcome, median, peak_mebibytes, read};

pub(crate) fn measure(file: &str, effort: &str, times: usize) -> Outcome<()> {
    let effort = match effort {
        "municipality" => Effort::MUNICIPALITY,
        "region" => Effort::REGION,
        _ => return Err("municipality or region".into()),
    };
    let lists = read(file)?;
    let groups = groups(&lists.places);
    let (mut cpu, mut wall) = (Clock::default(), Vec::new());
    let mut last: Option<(Instance, Grouped)> = None;
    for _ in 0..times.max(1) {
        let before = last.take();
        let (busy, began) = (Busy::now()?, Instant::now());
        let Lists { places, rows, mentors, scores } = &lists;
        let instance = Instance::from_rows(places.clone(), rows.clone(), mentors, scores)?;
        let answer = solve_groups(&instance, &groups, effort);
        wall.push(began.elapsed().as_secs_f64());
        cpu.add(&busy)?;
        if before.is_some_and(|(_, before)| before != answer) {
            return Err("the same instance had two answers".into());
        }
        last = Some((instance, answer));
    }
    let (instance, answer) = last.ok_or("solved nothing")?;
    check(&instance, &groups, &answer)?;
    let (worth, bound, flow) = (answer.worth, answer.bound, answer.flow_worth());
    println!(
        "{{\"leaders\": {}, \"matched\": {}, \"score\": {}, \"bound\": [{}, {}], \"flow\": [{}, {}], \"optimal\": {}, \"cpu\": {:.6}, \"wall\": {:.6}, \"mib\": {}}}",
        groups.len(),
        worth.matched,
        worth.score,
        bound.matched,
        bound.score,
        flow.matched,
        flow.score,
        answer.is_proven(),
        cpu.seconds(),
        median(wall),
        peak_mebibytes()?,
    );
    Ok(())
}

/// Who leads a group, for the other sides.
pub(crate) fn leaders(file: &str) -> Outcome<()> {
    for mentor in groups(&read(file)?.places) {
        println!("{mentor}");
    }
    Ok(())
}

/// Places, candidates, points, groups and the bound of the flow, looked at once more.
fn check(instance: &Instance, groups: &[u32], answer: &Grouped) -> Outcome<()> {
    let (mut load, mut score) = (vec![0_u16; instance.mentors()], 0);
    for (mentee, mentor) in answer.mentors.iter().enumerate() {
        let Some(mentor) = *mentor else { continue };
        load[mentor as usize] += 1;
        score += u64::from(instance.score(mentee, mentor).ok_or("no such pair")?);
    }
    let is_whole = groups.iter().all(|mentor| load[*mentor as usize] != 1);
    let fits = (0..load.len()).all(|mentor| load[mentor] <= instance.places(mentor));
    if score != answer.worth.score || !is_whole || !fits {
        return Err("the answer breaks its rules".into());
    }
    let proven = certificate::check(instance, &answer.flow.mentors, &answer.flow.certificate)?;
    if (proven.matched, proven.score) != (answer.flow.matched, answer.flow.score) {
        return Err("the bound of the flow is not proven".into());
    }
    if !answer.is_proven() && prove_bound(instance, groups, &answer.prices) != Some(answer.bound) {
        return Err("the sharper bound is not proven".into());
    }
    Ok(())
}
