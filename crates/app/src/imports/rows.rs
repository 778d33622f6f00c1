//! Rows as the page shows them.

use nastavnik_domain::staff_list::{Change, Classified, Verdict};

use super::lines::Answer;
use super::model::{Decision, Shown};
use super::store::Line;
use super::words;

/// A kept row, read back.
pub(super) struct RowView {
    pub(super) number: i64,
    pub(super) name: String,
    pub(super) shown: Shown,
    pub(super) verdict: Verdict,
    pub(super) decision: Option<Decision>,
}

impl RowView {
    pub(super) fn of(line: Line) -> anyhow::Result<Self> {
        let classified: Classified = serde_json::from_str(&line.detail)?;
        Ok(Self {
            number: line.number,
            name: line.person_name,
            shown: serde_json::from_str(&line.parsed)?,
            verdict: classified.verdict,
            decision: line.decision.as_deref().and_then(Decision::from_code),
        })
    }

    /// The name, or the number of a row that has none.
    pub(super) fn title(&self) -> String {
        if self.name.is_empty() { format!("Строка {}", self.number) } else { self.name.clone() }
    }

    pub(super) fn words(&self) -> Vec<String> {
        words::verdict(&self.verdict)
    }

    pub(super) fn changes(&self) -> &[Change] {
        match &self.verdict {
            Verdict::Changed { changes, .. } | Verdict::MoreOfRow { changes, .. } => changes,
            _ => &[],
        }
    }

    pub(super) fn answers(&self) -> &[Answer] {
        &self.shown.answers
    }

    /// Without a position nobody new can be taken on.
    pub(super) const fn may_be_new(&self) -> bool {
        !self.shown.position.is_empty()
    }

    pub(super) fn is_decided_as(&self, code: &str) -> bool {
        self.decision.is_some_and(|decision| decision.code() == code)
    }

    pub(super) fn decision_words(&self) -> &'static str {
        words::decision(self.decision)
    }
}
