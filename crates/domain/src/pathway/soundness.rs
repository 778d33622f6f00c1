//! What holds for every route, however it came to be: life never leaves it, and a file that breaks it is refused.

use std::collections::BTreeMap;

use super::body::{Body, is_web_address};
use super::reader::FileError;
use super::route::{Findings, Pathway, Reflection};
use super::step::{Standing, Step, Voice};

/// How many records of a kind a route holds.
pub(super) const MOST_ENTRIES: usize = 200;
pub(super) const MOST_CORRECTIONS: usize = 500;
pub(super) const MOST_COMMENTS: usize = 500;

/// Each domain once, in their order, with words.
pub(super) fn are_findings_sound(findings: &Findings) -> bool {
    let in_order = findings.list.windows(2).all(|two| two[0].domain < two[1].domain);
    in_order && findings.list.iter().all(|finding| !finding.words.trim().is_empty())
}

/// About difficulties that were named, each once.
pub(super) fn is_reflection_sound(reflection: &Reflection, difficulties: &Findings) -> bool {
    let in_order = reflection.list.windows(2).all(|two| two[0].domain < two[1].domain);
    let known = reflection.list.iter().all(|one| difficulties.of(one.domain).is_some());
    in_order && known && reflection.closeness.is_none_or(|closeness| closeness <= 10)
}

impl Pathway {
    /// Says where the route contradicts itself.
    pub fn check(&self) -> Result<(), FileError> {
        // What was stopped was sound the day before.
        let alive = Self { stopped: None, ..self.clone() };
        alive.check_steps()?;
        alive.check_diagnoses()?;
        alive.check_roadmap()?;
        alive.check_corrections()?;
        alive.check_comments()?;
        self.check_stop()
    }

    fn check_stop(&self) -> Result<(), FileError> {
        let Some(stop) = &self.stopped else { return Ok(()) };
        if self.is_finished() {
            return Err(FileError::new("route.stopped", "завершённый маршрут уже не остановить"));
        }
        if stop.reason.trim().is_empty() {
            return Err(FileError::new("route.stopped.reason", "назовите причину"));
        }
        if self.reflection.words.trim().is_empty() {
            let what = "остановленный маршрут завершают рефлексивным анализом";
            return Err(FileError::new("route.reflection.words", what));
        }
        Ok(())
    }

    fn check_steps(&self) -> Result<(), FileError> {
        let mut before = Self { marks: Vec::new(), ..self.clone() };
        for (place, mark) in self.marks.iter().enumerate() {
            let at = format!("route.marks[{place}]");
            if before.standing(mark.step) != Standing::Open {
                return Err(FileError::new(
                    &format!("{at}.step"),
                    "шаги завершают по порядку, каждый один раз",
                ));
            }
            match &mark.waived {
                Some(_) if mark.step != Step::Roadmap => {
                    return Err(FileError::new(
                        &format!("{at}.waived"),
                        "без дорожной карты можно обойтись, без других шагов нет",
                    ));
                }
                Some(reason) if reason.trim().is_empty() || !self.roadmap.is_empty() => {
                    let what = "дорожная карта не нужна, когда названа причина и в карте нет строк";
                    return Err(FileError::new(&format!("{at}.waived"), what));
                }
                _ => {}
            }
            before.marks.push(mark.clone());
            let missing = before.missing(mark.step);
            if !missing.is_empty() {
                return Err(FileError::new(
                    &at,
                    &format!("шаг завершён, а не хватает: {}", missing.join("; ")),
                ));
            }
        }
        let done = |step| self.mark(step).is_some();
        if done(Step::Realization) != done(Step::Correction) {
            return Err(FileError::new("route.marks", "реализация и корректировка завершаются вместе"));
        }
        Ok(())
    }

    fn check_diagnoses(&self) -> Result<(), FileError> {
        for step in [Step::Achievements, Step::Difficulties] {
            let Some(findings) = self.findings(step) else { continue };
            let at = format!("route.{}.list", step.code());
            if !are_findings_sound(findings) {
                return Err(FileError::new(&at, "каждая область – один раз, по порядку, со словами о ней"));
            }
            if self.standing(step) == Standing::Ahead && !findings.list.is_empty() {
                return Err(FileError::new(&at, "до этого шага ещё не дошли"));
            }
        }
        if !is_reflection_sound(&self.reflection, &self.difficulties) {
            let what = "рефлексия – о названных затруднениях, по порядку; близость – от 0 до 10";
            return Err(FileError::new("route.reflection", what));
        }
        Ok(())
    }

    fn check_roadmap(&self) -> Result<(), FileError> {
        if self.standing(Step::Roadmap) == Standing::Ahead && !self.roadmap.is_empty() {
            return Err(FileError::new("route.roadmap", "до этого шага ещё не дошли"));
        }
        let mut last = 0;
        for (place, entry) in self.roadmap.iter().enumerate() {
            let at = format!("route.roadmap[{place}]");
            if entry.number <= last || entry.number > self.last_number {
                return Err(FileError::new(&format!("{at}.number"), "номера растут и не больше last_number"));
            }
            last = entry.number;
            entry
                .body
                .check(self.term)
                .map_err(|error| FileError::new(&format!("{at}.body"), &error.to_string()))?;
            let Some(outcome) = &entry.outcome else { continue };
            if self.mark(Step::Roadmap).is_none() {
                return Err(FileError::new(
                    &format!("{at}.outcome"),
                    "результат записан раньше, чем составлена карта",
                ));
            }
            if outcome.product.trim().is_empty() {
                return Err(FileError::new(&format!("{at}.outcome.product"), "назовите продукт"));
            }
            if !is_web_address(&outcome.link) {
                let what = "ссылка начинается с https:// или http:// и не содержит пробелов";
                return Err(FileError::new(&format!("{at}.outcome.link"), what));
            }
        }
        Ok(())
    }

    /// Each line is today what its corrections made of it.
    fn check_corrections(&self) -> Result<(), FileError> {
        let is_drawn = self.mark(Step::Roadmap).is_some() && self.waived().is_none();
        if !self.corrections.is_empty() && !is_drawn {
            return Err(FileError::new("route.corrections", "корректировать можно составленную карту"));
        }
        let mut lines: BTreeMap<u32, Option<&Body>> = BTreeMap::new();
        for (place, correction) in self.corrections.iter().enumerate() {
            let at = format!("route.corrections[{place}]");
            let known = lines.get(&correction.number);
            let is_new = correction.was.is_none() && known.is_none();
            let goes_on =
                known.is_none_or(|body| *body == correction.was.as_ref()) && correction.was.is_some();
            if correction.was == correction.became || !(is_new || goes_on) {
                return Err(FileError::new(&at, "«было» не совпадает с тем, что стояло до корректировки"));
            }
            if correction.reason.trim().is_empty() {
                return Err(FileError::new(&format!("{at}.reason"), "назовите причину"));
            }
            if correction.number == 0 || correction.number > self.last_number {
                return Err(FileError::new(&format!("{at}.number"), "такой строки не было"));
            }
            lines.insert(correction.number, correction.became.as_ref());
        }
        let differs = |(number, body): (u32, Option<&Body>)| {
            (self.entry(number).map(|entry| &entry.body) != body).then_some(number)
        };
        match lines.into_iter().find_map(differs) {
            Some(number) => {
                let what = format!("строка {number} не та, какой её сделала последняя корректировка");
                Err(FileError::new("route.roadmap", &what))
            }
            None => Ok(()),
        }
    }

    fn check_comments(&self) -> Result<(), FileError> {
        for ((place, comment), number) in self.comments.iter().enumerate().zip(1_u32..) {
            let at = format!("route.comments[{place}]");
            if comment.number != number {
                return Err(FileError::new(
                    &format!("{at}.number"),
                    "комментарии нумеруются подряд с единицы",
                ));
            }
            if comment.by == Voice::Owner {
                return Err(FileError::new(&format!("{at}.by"), "комментарии пишут те, кто сопровождает"));
            }
            if comment.text.trim().is_empty() {
                return Err(FileError::new(&format!("{at}.text"), "комментарий пуст"));
            }
        }
        Ok(())
    }
}
