//! Our side of `bench/matching`.
//!
//!     matching make NAME FILE                     writes the instance: muni-loose … nation-topk-s
//!     matching solve FILE settled|as-found [N]    solves it N times; prints one line of JSON with the medians
//!     matching groups FILE municipality|region [N]  the same where some mentors lead groups of two or more
//!     matching changes FILE N                     changes it N times, one thing at a time; how long each took
//!     matching people FILE                        writes a nation of people
//!     matching nation N                           goes from its people to pairs, N times
//!     matching propose                            the same as a whole run of the product, with every reason
//!     matching leaders FILE                       prints these mentors, one a line
//!
//! The file (little endian): "NST1", u32 mentors, mentees, pairs; u32 row starts; u32 mentor and then u16 score of each
//! pair; u8 places of each mentor. Time counts from the lists in memory to the answer; the check is counted apart.

mod changes;
mod generate;
mod grouped;
mod nation;

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::time::Instant;

use generate::{Lists, Shape, generate};
use nastavnik_domain::matching::{Instance, Ties, certificate, solve};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", name, file] => write(&generate(Shape::named(name).ok_or("no such instance")?), file),
        ["solve", file, ties] => measure(file, ties, 1),
        ["solve", file, ties, times] => measure(file, ties, times.parse()?),
        ["groups", file, effort, times] => grouped::measure(file, effort, times.parse()?),
        ["changes", file, times] => changes::measure(file, times.parse()?),
        ["people", file] => nation::write(file),
        ["nation", times] => nation::measure(times.parse()?),
        ["propose"] => nation::propose(),
        ["leaders", file] => grouped::leaders(file),
        _ => Err("see the beginning of crates/domain/examples/matching/main.rs".into()),
    }
}

fn measure(file: &str, ties: &str, times: usize) -> Outcome<()> {
    let ties = match ties {
        "settled" => Ties::Settled,
        "as-found" => Ties::AsFound,
        _ => return Err("settled or as-found".into()),
    };
    let lists = read(file)?;
    let (mut cpu, mut wall) = (Clock::default(), Vec::new());
    let mut last = None;
    for _ in 0..times.max(1) {
        drop(last.take());
        let (busy, began) = (Busy::now()?, Instant::now());
        let Lists { places, rows, mentors, scores } = &lists;
        let instance = Instance::from_rows(places.clone(), rows.clone(), mentors, scores)?;
        let solution = solve(&instance, ties);
        wall.push(began.elapsed().as_secs_f64());
        cpu.add(&busy)?;
        last = Some((instance, solution));
    }
    let (instance, solution) = last.ok_or("solved nothing")?;
    let began = Instant::now();
    let proven = certificate::check(&instance, &solution.mentors, &solution.certificate)?;
    let check = began.elapsed().as_secs_f64();
    println!(
        "{{\"matched\": {}, \"score\": {}, \"lowest\": {}, \"proven\": {}, \"cpu\": {:.6}, \"wall\": {:.6}, \"check\": {check:.6}, \"mib\": {}}}",
        solution.matched,
        solution.score,
        solution.lowest.unwrap_or(0),
        proven.matched == solution.matched && proven.score == solution.score,
        cpu.seconds(),
        median(wall),
        peak_mebibytes()?,
    );
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Processor time of this process at a moment: to a hundredth of a second with all its threads, and finely of this thread alone.
struct Busy {
    process: f64,
    thread: f64,
}

impl Busy {
    fn now() -> Outcome<Self> {
        // The kernel brings the account of a thread up to date when it gives way.
        std::thread::yield_now();
        let text = fs::read_to_string("/proc/thread-self/schedstat")?;
        let nanoseconds: f64 = text.split(' ').next().ok_or("no schedstat")?.parse()?;
        let text = fs::read_to_string("/proc/self/stat")?;
        let after_name = text.rsplit(") ").next().ok_or("no stat")?;
        let ticks: Vec<f64> =
            after_name.split(' ').skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
        Ok(Self { process: ticks.iter().sum::<f64>() / 100.0, thread: nanoseconds / 1e9 })
    }
}

/// How long the same work kept the processor busy, time after time.
#[derive(Default)]
struct Clock {
    times: u32,
    process: f64,
    thread: Vec<f64>,
}

impl Clock {
    /// Once more, from then until now.
    fn add(&mut self, then: &Busy) -> Outcome<()> {
        let now = Busy::now()?;
        self.times += 1;
        self.process += now.process - then.process;
        self.thread.push(now.thread - then.thread);
        Ok(())
    }

    /// Of one time, with all threads where that is long enough to be seen.
    fn seconds(self) -> f64 {
        let of_process = self.process / f64::from(self.times);
        let of_thread = median(self.thread);
        if self.process > 0.15 { of_process.max(of_thread) } else { of_thread }
    }
}

fn peak_mebibytes() -> Outcome<u64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find(|line| line.starts_with("VmHWM")).ok_or("no VmHWM")?;
    let kibibytes: u64 = line.split_whitespace().nth(1).ok_or("no VmHWM")?.parse()?;
    Ok(kibibytes / 1024)
}

fn write(lists: &Lists, file: &str) -> Outcome<()> {
    let mut out = BufWriter::new(File::create(file)?);
    out.write_all(b"NST1")?;
    for count in [lists.places.len(), lists.rows.len() - 1, lists.mentors.len()] {
        out.write_all(&u32::try_from(count)?.to_le_bytes())?;
    }
    for number in lists.rows.iter().chain(&lists.mentors) {
        out.write_all(&number.to_le_bytes())?;
    }
    for score in &lists.scores {
        out.write_all(&score.to_le_bytes())?;
    }
    for places in &lists.places {
        out.write_all(&[u8::try_from(*places)?])?;
    }
    out.flush()?;
    Ok(())
}

fn read(file: &str) -> Outcome<Lists> {
    let mut input = BufReader::new(File::open(file)?);
    let mut word = [0; 4];
    input.read_exact(&mut word)?;
    if word != *b"NST1" {
        return Err("not an instance".into());
    }
    let mut number = |input: &mut BufReader<File>| -> Outcome<u32> {
        input.read_exact(&mut word)?;
        Ok(u32::from_le_bytes(word))
    };
    let (mentors, mentees, pairs) = (number(&mut input)?, number(&mut input)?, number(&mut input)?);
    let rows = (0..=mentees).map(|_| number(&mut input)).collect::<Outcome<_>>()?;
    let of_pairs = (0..pairs).map(|_| number(&mut input)).collect::<Outcome<_>>()?;
    let mut half = [0; 2];
    let mut scores = Vec::with_capacity(pairs as usize);
    for _ in 0..pairs {
        input.read_exact(&mut half)?;
        scores.push(u16::from_le_bytes(half));
    }
    let mut places = vec![0; mentors as usize];
    input.read_exact(&mut places)?;
    let places = places.into_iter().map(u16::from).collect();
    Ok(Lists { places, rows, mentors: of_pairs, scores })
}
