//! The page of one evaluation.

use askama::Template;
use nastavnik_domain::petition::Receiver;
use uuid::Uuid;

use super::outcome::Next;
use super::overview::RowField;
use super::view::{Directions, PartView};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Layout, Step, Tab, Tone};

#[derive(Template)]
#[template(path = "evaluations/wave.html")]
pub(super) struct WavePage {
    pub(super) layout: Layout,
    pub(super) tabs: Vec<Tab>,
    /// `/pairs/…/evaluations/final`.
    pub(super) base: String,
    pub(super) tone: Tone,
    pub(super) state: &'static str,
    pub(super) days: String,
    pub(super) steps: Vec<Step>,
    /// What the director asked to mend, for those who read the conclusion.
    pub(super) returned: String,
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) directions: Vec<Directions>,
    pub(super) parts: Vec<PartView>,
    pub(super) form: Form,
    /// Answers of a row of growth, of an item, of the decision.
    pub(super) degrees: Vec<Choice>,
    pub(super) marks: Vec<Choice>,
    pub(super) decisions: Vec<Choice>,
    /// The form of the own part, where it is asked.
    pub(super) own: Option<OwnForm>,
    /// The own part is signed and may be written anew.
    pub(super) rewrite: Rewrite,
    pub(super) conclusion: Option<ConclusionView>,
    pub(super) conclude: Option<ConcludeForm>,
    /// Why whoever concludes waits.
    pub(super) waits: String,
    /// Whose word the conclusion is, and why it is not the curator's.
    pub(super) concluder: Receiver,
    pub(super) around: String,
    pub(super) director: Option<Director>,
    pub(super) council: Council,
    pub(super) next: Option<Next>,
    /// The number of the sheet.
    pub(super) paper: String,
}

/// Fields of a participant's part.
pub(super) struct OwnForm {
    pub(super) title: &'static str,
    pub(super) button: &'static str,
    pub(super) rows: Vec<RowField>,
    pub(super) seen: String,
    pub(super) version: i64,
    /// A draft is kept: it may be composed anew.
    pub(super) from_draft: bool,
    /// The answers stand open when there are some.
    pub(super) answers_open: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rewrite {
    Own,
    Conclusion,
    Both,
    No,
}

/// The conclusion in words.
pub(super) struct ConclusionView {
    pub(super) decision: String,
    pub(super) reason: String,
    pub(super) by: String,
    pub(super) total: String,
    pub(super) tone: Tone,
    pub(super) items: Vec<(String, &'static str)>,
}

/// Fields of the curator's conclusion.
pub(super) struct ConcludeForm {
    pub(super) items: Vec<ItemField>,
    /// The last day has passed and parts are missing.
    pub(super) without: String,
}

/// An item of the checklist with what facts say of it.
pub(super) struct ItemField {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) hint: String,
}

/// What the director may do.
pub(super) struct Director {
    pub(super) version: i64,
    /// Why it can't be confirmed yet.
    pub(super) hindrance: String,
}

/// The council about the conclusion.
pub(super) struct Council {
    pub(super) words: String,
    pub(super) may_ask: bool,
}

impl WavePage {
    /// A new key for each form of the page.
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    pub(super) fn key(&self) -> Uuid {
        ids::form_key()
    }

    fn rewrites_own(&self) -> bool {
        matches!(self.rewrite, Rewrite::Own | Rewrite::Both)
    }

    fn rewrites_conclusion(&self) -> bool {
        matches!(self.rewrite, Rewrite::Conclusion | Rewrite::Both)
    }
}
