//! A route as a file: JSON with a version, the same for every installation (decision 0022).

use serde::Serialize;
use serde_json::Value;

use super::body::{Attitude, Body, Detail, Kind, Outcome};
use super::correction::Correction;
use super::reader::{At, FileError};
use super::route::{
    Comment, Entry, Finding, Findings, Mark, Pathway, ReflectedOn, Reflection, SelfImage, Stop,
};
use super::soundness::{MOST_COMMENTS, MOST_CORRECTIONS, MOST_ENTRIES};
use super::step::{Step, Voice};
use super::term::Term;
use crate::competence::Domain;
use crate::config::PathwayRules;

/// What such a file says it is.
pub const FORMAT: &str = "nastavnik-route";
/// The newest version; in it a route may have been stopped. A file is written in the lowest version that holds all of its
/// route, so that older editions read what they can.
pub const NEWEST_VERSION: u32 = 2;
/// The largest file that is read, bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;

const LONG: usize = 4000;
const SHORT: usize = 300;
const LINK: usize = 1000;
const MOST_MARKS: usize = 7;
const MOST_DOMAINS: usize = 8;

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u32,
    route: &'a Pathway,
}

/// The file of a route.
pub fn write(pathway: &Pathway) -> Result<Vec<u8>, serde_json::Error> {
    let version = if pathway.stopped.is_some() { NEWEST_VERSION } else { 1 };
    serde_json::to_vec_pretty(&Written { format: FORMAT, version, route: pathway })
}

/// The route of a file. Reads strictly: an unknown field, another version, a contradiction are refused with their place.
pub fn read(content: &[u8], rules: &PathwayRules) -> Result<Pathway, FileError> {
    if content.len() > LARGEST {
        return Err(FileError::new("", "Файл больше 4 МБ: это не выгрузка маршрута"));
    }
    let text = std::str::from_utf8(content)
        .map_err(|_| FileError::new("", "Файл повреждён: это не текст в кодировке UTF-8"))?;
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let place = format!("строка {}, знак {}", error.line(), error.column());
        FileError::new("", &format!("Файл повреждён или это не выгрузка маршрута: {place}"))
    })?;
    let root = At::root(&value);
    let is_ours = value.get("format").and_then(Value::as_str) == Some(FORMAT);
    if !is_ours {
        return Err(FileError::new("format", "это не выгрузка маршрута из программы «Наставник»"));
    }
    let fields = root.object(&["format", "version", "route"])?;
    let version = fields.at("version");
    let number = version.number(0, u32::MAX)?;
    if !(1..=NEWEST_VERSION).contains(&number) {
        let what = format!("эта версия формата неизвестна, программа читает версии от 1 до {NEWEST_VERSION}");
        return version.wrong(&what);
    }
    let pathway = route(&fields.at("route"), number)?;
    pathway.term.check(rules).map_err(|error| FileError::new("route.term", &error.to_string()))?;
    pathway.check()?;
    Ok(pathway)
}

/// The fields of a route in version 1; a later one has `stopped` as well.
const FIELDS: [&str; 11] = [
    "begun_on",
    "term",
    "marks",
    "self_image",
    "achievements",
    "difficulties",
    "roadmap",
    "last_number",
    "corrections",
    "reflection",
    "comments",
];

fn route(at: &At<'_>, version: u32) -> Result<Pathway, FileError> {
    let has_stop = version > 1;
    let more: &[&str] = if has_stop { &["stopped"] } else { &[] };
    let fields = at.object(&[&FIELDS[..], more].concat())?;
    Ok(Pathway {
        begun_on: fields.at("begun_on").date()?,
        term: term(&fields.at("term"))?,
        marks: fields.at("marks").list(MOST_MARKS, mark)?,
        self_image: self_image(&fields.at("self_image"))?,
        achievements: findings(&fields.at("achievements"))?,
        difficulties: findings(&fields.at("difficulties"))?,
        roadmap: fields.at("roadmap").list(MOST_ENTRIES, entry)?,
        last_number: fields.at("last_number").number(0, u32::MAX)?,
        corrections: fields.at("corrections").list(MOST_CORRECTIONS, correction)?,
        reflection: reflection(&fields.at("reflection"))?,
        comments: fields.at("comments").list(MOST_COMMENTS, comment)?,
        stopped: if has_stop { fields.at("stopped").optional(stop)? } else { None },
    })
}

fn stop(at: &At<'_>) -> Result<Stop, FileError> {
    let fields = at.object(&["on", "reason"])?;
    Ok(Stop { on: fields.at("on").date()?, reason: fields.at("reason").text(LONG)? })
}

fn term(at: &At<'_>) -> Result<Term, FileError> {
    let fields = at.object(&["from", "to"])?;
    Ok(Term { from: fields.at("from").date()?, to: fields.at("to").date()? })
}

fn mark(at: &At<'_>) -> Result<Mark, FileError> {
    let fields = at.object(&["step", "on", "by", "waived"])?;
    Ok(Mark {
        step: fields.at("step").code(Step::from_code)?,
        on: fields.at("on").date()?,
        by: fields.at("by").code(Voice::from_code)?,
        waived: fields.at("waived").optional(|at| at.text(LONG))?,
    })
}

fn self_image(at: &At<'_>) -> Result<SelfImage, FileError> {
    let fields = at.object(&["ideal", "values", "own_way"])?;
    Ok(SelfImage {
        ideal: fields.at("ideal").text(LONG)?,
        values: fields.at("values").text(LONG)?,
        own_way: fields.at("own_way").text(LONG)?,
    })
}

fn findings(at: &At<'_>) -> Result<Findings, FileError> {
    let fields = at.object(&["seen_on", "list"])?;
    let finding = |at: &At<'_>| {
        let fields = at.object(&["domain", "words"])?;
        Ok(Finding {
            domain: fields.at("domain").code(Domain::from_code)?,
            words: fields.at("words").text(LONG)?,
        })
    };
    Ok(Findings {
        seen_on: fields.at("seen_on").optional(At::date)?,
        list: fields.at("list").list(MOST_DOMAINS, finding)?,
    })
}

fn entry(at: &At<'_>) -> Result<Entry, FileError> {
    let fields = at.object(&["number", "body", "outcome"])?;
    Ok(Entry {
        number: fields.at("number").number(1, u32::MAX)?,
        body: body(&fields.at("body"))?,
        outcome: fields.at("outcome").optional(outcome)?,
    })
}

fn body(at: &At<'_>) -> Result<Body, FileError> {
    let fields = at.object(&["title", "from", "to", "domain", "detail"])?;
    Ok(Body {
        title: fields.at("title").text(SHORT)?,
        from: fields.at("from").date()?,
        to: fields.at("to").date()?,
        domain: fields.at("domain").optional(|at| at.code(Domain::from_code))?,
        detail: detail(&fields.at("detail"))?,
    })
}

fn detail(at: &At<'_>) -> Result<Detail, FileError> {
    // Which fields there are follows from the kind, so it is read first.
    let kind = at.kind()?;
    let one = |name: &'static str| at.object(&["kind", name])?.at(name).text(LONG);
    match kind {
        Kind::Course => {
            let fields = at.object(&["kind", "provider", "hours"])?;
            let hours = fields.at("hours").number(1, 2000)?;
            Ok(Detail::Course { provider: fields.at("provider").text(SHORT)?, hours })
        }
        Kind::Trial => Ok(Detail::Trial { novelty: one("novelty")? }),
        Kind::Project => Ok(Detail::Project { part: one("part")? }),
        Kind::Measure => Ok(Detail::Measure { expected: one("expected")? }),
    }
}

fn outcome(at: &At<'_>) -> Result<Outcome, FileError> {
    let fields = at.object(&["on", "product", "link", "document", "attitude", "words"])?;
    Ok(Outcome {
        on: fields.at("on").date()?,
        product: fields.at("product").text(LONG)?,
        link: fields.at("link").text(LINK)?,
        document: fields.at("document").text(SHORT)?,
        attitude: fields.at("attitude").code(Attitude::from_code)?,
        words: fields.at("words").text(LONG)?,
    })
}

fn correction(at: &At<'_>) -> Result<Correction, FileError> {
    let fields = at.object(&["on", "reason", "number", "was", "became"])?;
    Ok(Correction {
        on: fields.at("on").date()?,
        reason: fields.at("reason").text(LONG)?,
        number: fields.at("number").number(1, u32::MAX)?,
        was: fields.at("was").optional(body)?,
        became: fields.at("became").optional(body)?,
    })
}

fn reflection(at: &At<'_>) -> Result<Reflection, FileError> {
    let fields = at.object(&["list", "closeness", "words"])?;
    let one = |at: &At<'_>| {
        let fields = at.object(&["domain", "was", "became"])?;
        Ok(ReflectedOn {
            domain: fields.at("domain").code(Domain::from_code)?,
            was: fields.at("was").text(LONG)?,
            became: fields.at("became").text(LONG)?,
        })
    };
    let closeness = fields.at("closeness").optional(|at| at.number(0, 10))?;
    Ok(Reflection {
        list: fields.at("list").list(MOST_DOMAINS, one)?,
        closeness: closeness.and_then(|number| u8::try_from(number).ok()),
        words: fields.at("words").text(LONG)?,
    })
}

fn comment(at: &At<'_>) -> Result<Comment, FileError> {
    let fields = at.object(&["number", "step", "by", "on", "text", "answer", "settled_on"])?;
    Ok(Comment {
        number: fields.at("number").number(1, u32::MAX)?,
        step: fields.at("step").code(Step::from_code)?,
        by: fields.at("by").code(Voice::from_code)?,
        on: fields.at("on").date()?,
        text: fields.at("text").text(LONG)?,
        answer: fields.at("answer").text(LONG)?,
        settled_on: fields.at("settled_on").optional(At::date)?,
    })
}
