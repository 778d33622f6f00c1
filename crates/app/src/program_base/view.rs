//! Texts of the base as pages show them.

use nastavnik_domain::competence::Domain;
use nastavnik_domain::depersonal::{Decisions, Known, Mark, Marked};
use nastavnik_domain::kind::Kind;
use nastavnik_domain::program::Text;
use nastavnik_domain::program_base::{Content, Measure, SourceLine, source_lines};
use nastavnik_domain::russian::count;
use uuid::Uuid;

use super::record::Held;

/// A line as it is and as others would read it.
pub(super) struct LineView {
    pub(super) id: Uuid,
    pub(super) noun: &'static str,
    pub(super) fields: Vec<FieldView>,
}

pub(super) struct FieldView {
    pub(super) title: &'static str,
    pub(super) before: Vec<PieceView>,
    pub(super) after: String,
}

/// A piece of the text as it is.
pub(super) struct PieceView {
    pub(super) text: String,
    /// `replaced` or `doubtful`; empty for what stays.
    pub(super) mark: &'static str,
}

/// Every line that can be published, side by side.
pub(super) fn lines(source: &Text, known: &Known, decisions: &Decisions) -> Vec<LineView> {
    let line = |line: SourceLine| LineView {
        id: line.id,
        noun: line.noun,
        fields: line.fields.iter().map(|(title, marked)| field(title, marked, decisions)).collect(),
    };
    source_lines(source, known).into_iter().map(line).collect()
}

fn field(title: &'static str, marked: &Marked, decisions: &Decisions) -> FieldView {
    let piece = |piece: &nastavnik_domain::depersonal::Piece| PieceView {
        text: piece.text.clone(),
        mark: match piece.mark {
            Mark::Plain => "",
            Mark::Replaced(_) => "replaced",
            Mark::Doubtful(_) => "doubtful",
        },
    };
    FieldView { title, before: marked.0.iter().map(piece).collect(), after: marked.read(decisions) }
}

/// A published program, or one on its way, as a card shows it.
pub(super) struct ContentView {
    pub(super) audience: String,
    pub(super) result: String,
    /// «школа · учитель – учитель · 5 месяцев».
    pub(super) about: String,
    pub(super) kinds: String,
    pub(super) goals: Vec<GoalView>,
    /// Measures by their directions.
    pub(super) parts: Vec<PartView>,
    pub(super) sections: Vec<(String, String)>,
}

pub(super) struct GoalView {
    pub(super) text: String,
    pub(super) measure: String,
    pub(super) direction: String,
}

pub(super) struct PartView {
    pub(super) direction: String,
    pub(super) measures: Vec<MeasureView>,
}

pub(super) struct MeasureView {
    pub(super) what: String,
    /// «2-й месяц · урок · вместе · результат: план».
    pub(super) note: String,
}

impl ContentView {
    pub(super) fn of(held: &Held) -> Self {
        let content = &held.content;
        let part = |domain: Domain| PartView {
            direction: direction(domain),
            measures: content.measures.iter().filter(|one| one.domain == domain).map(measure).collect(),
        };
        let goal = |goal: &nastavnik_domain::program_base::Goal| GoalView {
            text: goal.text.clone(),
            measure: goal.measure.clone(),
            direction: direction(goal.domain),
        };
        let parts = content.domains().into_iter().map(part).filter(|part| !part.measures.is_empty());
        Self {
            audience: content.audience.clone(),
            result: content.result.clone(),
            about: format!("{} · {} · {}", held.level.title(), held.form.title(), months(content)),
            kinds: kinds(&held.kinds),
            goals: content.goals.iter().map(goal).collect(),
            parts: parts.collect(),
            sections: content.sections.iter().map(|one| (one.title.clone(), one.text.clone())).collect(),
        }
    }
}

pub(super) fn measure(one: &Measure) -> MeasureView {
    let mut note = format!("{}-й месяц", one.month());
    for part in [one.form.clone(), one.who.title().to_owned()] {
        if !part.is_empty() {
            note.push_str(" · ");
            note.push_str(&part);
        }
    }
    if !one.product.is_empty() {
        note.push_str(" · результат: ");
        note.push_str(&one.product);
    }
    MeasureView { what: one.what.clone(), note }
}

/// «5 месяцев».
pub(super) fn months(content: &Content) -> String {
    count(content.months(), "месяц", "месяца", "месяцев")
}

/// «традиционное, виртуальное».
pub(super) fn kinds(kinds: &[Kind]) -> String {
    kinds.iter().map(|kind| kind.title()).collect::<Vec<_>>().join(", ")
}

/// «Д4 Ученики и родители».
pub(super) fn direction(domain: Domain) -> String {
    format!("Д{} {}", domain.number(), domain.short())
}
