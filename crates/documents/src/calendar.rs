//! Calendar files that an ordinary calendar program reads (RFC 5545): meetings ahead, in UTC, and days of terms, without
//! names.

use chrono::{DateTime, Duration, NaiveDate, Utc};

/// A calendar: one meeting as a file, or a person's feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFile {
    /// What the calendar program calls it.
    pub name: String,
    pub events: Vec<CalendarEvent>,
}

/// One meeting or one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEvent {
    /// Stable: the same meeting keeps it when it is moved.
    pub uid: String,
    /// Grows with each change.
    pub sequence: i64,
    pub when: When,
    /// «Встреча с наставником».
    pub title: String,
    /// Where the program shows it.
    pub url: String,
}

/// When it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Hours {
        starts: DateTime<Utc>,
        minutes: i64,
    },
    /// A whole day, which keeps nobody from other things on it.
    Day(NaiveDate),
}

/// Bytes of a line before it is folded, without the mark of its end.
const LONGEST: usize = 75;

impl CalendarFile {
    /// The file as text; `moment` is when it was made.
    pub fn text(&self, moment: DateTime<Utc>) -> String {
        let mut file = Lines::default();
        file.line("BEGIN", "VCALENDAR");
        file.line("VERSION", "2.0");
        file.line("PRODID", "-//Nastavnik//Meetings//RU");
        file.line("CALSCALE", "GREGORIAN");
        file.line("METHOD", "PUBLISH");
        file.line("X-WR-CALNAME", &escaped(&self.name));
        for event in &self.events {
            file.line("BEGIN", "VEVENT");
            file.line("UID", &escaped(&event.uid));
            file.line("DTSTAMP", &stamp(moment));
            file.line("SEQUENCE", &event.sequence.to_string());
            file.when(event.when);
            file.line("SUMMARY", &escaped(&event.title));
            file.line("URL", &event.url.replace(['\r', '\n'], ""));
            file.line("END", "VEVENT");
        }
        file.line("END", "VCALENDAR");
        file.0
    }
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    /// Adds a line, folded so that none is longer than the standard allows and no letter is cut.
    fn line(&mut self, name: &str, value: &str) {
        let mut left = LONGEST;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if letter.len_utf8() > left {
                self.0.push_str("\r\n ");
                left = LONGEST - 1;
            }
            left -= letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }

    fn when(&mut self, when: When) {
        match when {
            When::Hours { starts, minutes } => {
                self.line("DTSTART", &stamp(starts));
                self.line("DTEND", &stamp(starts + Duration::minutes(minutes)));
            }
            When::Day(day) => {
                self.line("DTSTART;VALUE=DATE", &day.format("%Y%m%d").to_string());
                let next = day.succ_opt().unwrap_or(day);
                self.line("DTEND;VALUE=DATE", &next.format("%Y%m%d").to_string());
                self.line("TRANSP", "TRANSPARENT");
            }
        }
    }
}

/// Marks that mean something in a text value.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace("\r\n", "\\n")
        .replace(['\r', '\n'], "\\n")
}

fn stamp(moment: DateTime<Utc>) -> String {
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn file(title: &str) -> CalendarFile {
        let event = CalendarEvent {
            uid: "1@nastavnik".to_owned(),
            sequence: 2,
            when: When::Hours { starts: moment("2026-12-31T18:40:00Z"), minutes: 40 },
            title: title.to_owned(),
            url: "http://nastavnik.test/pairs/1/meetings".to_owned(),
        };
        CalendarFile { name: "Встречи".to_owned(), events: vec![event] }
    }

    /// What a reader does first: joins folded lines.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_meeting_over_the_end_of_the_year_keeps_its_hours() {
        let lines = unfolded(&file("Встреча с наставником").text(moment("2026-11-23T08:00:00Z")));
        for line in [
            "DTSTART:20261231T184000Z",
            "DTEND:20261231T192000Z",
            "DTSTAMP:20261123T080000Z",
            "SUMMARY:Встреча с наставником",
            "UID:1@nastavnik",
            "SEQUENCE:2",
        ] {
            assert!(lines.iter().any(|found| found == line), "{line} in {lines:#?}");
        }
        assert_eq!(
            (lines.first().unwrap().as_str(), lines.last().unwrap().as_str()),
            ("BEGIN:VCALENDAR", "END:VCALENDAR")
        );
    }

    #[test]
    fn marks_are_escaped_and_cannot_add_a_line() {
        let text = file("Раз, два; три\\четыре\nATTENDEE:mailto:x").text(moment("2026-11-23T08:00:00Z"));
        let lines = unfolded(&text);
        assert!(
            lines.iter().any(|line| line == "SUMMARY:Раз\\, два\\; три\\\\четыре\\nATTENDEE:mailto:x"),
            "{lines:#?}"
        );
        assert!(!lines.iter().any(|line| line.starts_with("ATTENDEE")));
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        for length in 0..120 {
            let title = format!("{}Ё{}", "a".repeat(length), "ж".repeat(200));
            let text = file(&title).text(moment("2026-11-23T08:00:00Z"));
            assert!(text.split("\r\n").all(|line| line.len() <= LONGEST), "{length}");
            assert!(unfolded(&text).contains(&format!("SUMMARY:{title}")), "{length}");
        }
    }

    #[test]
    fn a_term_takes_a_whole_day_also_the_last_of_a_year_and_of_february() {
        for (day, first, next) in [
            ("2026-12-31", "20261231", "20270101"),
            ("2028-02-29", "20280229", "20280301"),
            ("2027-02-28", "20270228", "20270301"),
        ] {
            let mut calendar = file("Задание: срок");
            calendar.events[0].when = When::Day(day.parse().unwrap());
            let lines = unfolded(&calendar.text(moment("2026-11-23T08:00:00Z")));
            for line in [format!("DTSTART;VALUE=DATE:{first}"), format!("DTEND;VALUE=DATE:{next}")] {
                assert!(lines.contains(&line), "{line} in {lines:?}");
            }
        }
    }
}
