//! What every order has around the thing it orders: requisites, grounds, further clauses, the signature, who has read it.

use crate::block::{Block, Composer, Sheet, Table};
use crate::typography;

use super::appointment::OrderClause;
use super::requisites::{Acquainted, Letterhead, Signatory, acquaintance, preamble};
use super::sentence;

/// The frame of an order.
pub(super) struct Frame<'a> {
    pub(super) letterhead: &'a Letterhead,
    pub(super) bases: &'a [String],
    pub(super) purpose: Option<&'a str>,
    pub(super) clauses: &'a [OrderClause],
    pub(super) control: &'a str,
    pub(super) signatory: &'a Signatory,
    pub(super) acquainted: &'a [Acquainted],
}

/// A table that is ordered: within the text while it is short, otherwise in an appendix, so that the signature stays with
/// the text.
pub(super) struct Listed<'a> {
    pub(super) table: Table,
    /// Rows that still stand inside the text.
    pub(super) rows_in_text: usize,
    /// What is ordered, without the end of the sentence: «Назначить наставниками …».
    pub(super) clause: &'a str,
    /// How the clause ends before the table: «на следующих условиях:».
    pub(super) follows: &'a str,
    /// How it ends when the table is in an appendix: «на условиях согласно приложению.».
    pub(super) appended: &'a str,
    /// The title of the appendix.
    pub(super) heading: &'a str,
}

impl Frame<'_> {
    /// The order about a table.
    pub(super) fn listing(&self, listed: Listed<'_>) -> Sheet {
        let mut paper = self.begun();
        if listed.table.rows.len() <= listed.rows_in_text {
            paper.clause(&format!("{}{}", listed.clause, listed.follows));
            paper.push(Block::Table(listed.table));
            self.ordered(&mut paper);
            return self.finished(paper);
        }
        paper.clause(&format!("{}{}", listed.clause, listed.appended));
        self.ordered(&mut paper);
        paper.push(Block::appendix(&self.letterhead.appendix_mark()));
        paper.push(Block::heading(listed.heading));
        paper.push(Block::Table(listed.table));
        self.finished(paper)
    }

    /// The order about anything else.
    pub(super) fn around(&self, content: impl FnOnce(&mut Composer)) -> Sheet {
        let mut paper = self.begun();
        content(&mut paper);
        self.ordered(&mut paper);
        self.finished(paper)
    }

    /// Requisites, preamble and «ПРИКАЗЫВАЮ:».
    fn begun(&self) -> Composer {
        let mut paper = Composer::default();
        self.letterhead.compose("ПРИКАЗ", &mut paper);
        let grounds = preamble(self.bases, self.purpose);
        if !grounds.is_empty() {
            paper.paragraph(&grounds);
        }
        paper.push(Block::resolution("ПРИКАЗЫВАЮ:"));
        paper
    }

    /// Further clauses, the control and the signature.
    fn ordered(&self, paper: &mut Composer) {
        for clause in self.clauses {
            paper.clause(&sentence(&clause.text));
            for subclause in &clause.subclauses {
                paper.subclause(&sentence(subclause));
            }
        }
        paper.clause(&sentence(self.control));
        paper.push(Block::signature(&self.signatory.position, &self.signatory.name));
    }

    fn finished(&self, mut paper: Composer) -> Sheet {
        acquaintance(self.acquainted, &mut paper);
        let title = self.letterhead.title("Приказ");
        paper.finish(&title, &self.letterhead.organization_short, &self.letterhead.record_url)
    }
}

/// A name on its own line, what is said of the person below it.
pub(super) fn person(name: &str, about: &[Option<&String>]) -> Vec<String> {
    let about: Vec<&str> =
        about.iter().flatten().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    let lines = [name.trim().to_owned(), about.join(", ")];
    lines.iter().filter(|line| !line.is_empty()).map(|line| typography::set(line)).collect()
}
