//! What stands on the sheet, in order, whichever file it becomes.

use serde::Serialize;

use crate::typography;

/// One paper: what both renderings need and nothing else.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sheet {
    /// Title of the file for readers, archives and screen readers.
    pub(crate) title: String,
    /// Organization in whose name the paper is made: the author of the file.
    pub(crate) author: String,
    /// Address of the record behind the paper, for the QR code of sheet 1.
    pub(crate) record_url: String,
    /// The parts of the paper from top to bottom.
    pub(crate) blocks: Vec<Placed>,
}

/// A part and how it holds to its neighbor.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Placed {
    /// The part itself.
    #[serde(flatten)]
    pub(crate) block: Block,
    /// Must stand on one sheet with the beginning of the next part: a signature never goes alone to a new sheet.
    pub(crate) keep_with_next: bool,
}

/// A part of a paper.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Block {
    /// To whom and from whom, in the right half of the sheet.
    Addressee { lines: Vec<String> },
    /// Full name of the organization, centered.
    Organization { text: String },
    /// Kind of the document: «ПРИКАЗ».
    Kind { text: String },
    /// Date on the left, number (or «ПРОЕКТ») on the right, place below.
    Requisites { date: String, number: String, place: String },
    /// What the document is about: «О назначении наставников».
    Heading { text: String },
    /// A paragraph with an indented first line.
    Paragraph { text: String },
    /// «ПРИКАЗЫВАЮ:» on its own line.
    Resolution { text: String },
    /// A numbered clause; `level` 0 is «1.», 1 is «1.1.».
    Clause { level: usize, number: String, text: String },
    /// A member of a list with a dash.
    Item { text: String },
    /// A bordered table with a repeated heading.
    Table(Table),
    /// Position, place for the signature, «И. О. Фамилия».
    Signature { position: String, name: String },
    /// Date, place for the signature, «И. О. Фамилия»: the paper of one person.
    OwnSignature { date: String, name: String },
    /// Two parties side by side.
    Sides { left: Side, right: Side },
    /// Begins a new sheet with the mark of an appendix in the right half.
    Appendix { lines: Vec<String> },
    /// A centered title inside the paper.
    Subheading { text: String },
}

/// One party under an agreement.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Side {
    /// «Работодатель», «Работник».
    pub(crate) title: String,
    /// Name and details, a paragraph each.
    pub(crate) lines: Vec<String>,
    /// «И. О. Фамилия» after the line of the signature.
    pub(crate) name: String,
    /// What is signed for besides the agreement (the copy handed out), if anything.
    pub(crate) receipt: Option<String>,
}

/// A bordered table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Table {
    /// The columns from left to right; widths are shares of the text's width.
    pub(crate) columns: Vec<TableColumn>,
    /// The rows from top to bottom.
    pub(crate) rows: Vec<TableRow>,
    /// Least height of a row in millimeters: rows that are signed by hand need room.
    pub(crate) row_height: u32,
}

/// A column of a bordered table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TableColumn {
    /// Heading, repeated on each sheet.
    pub(crate) title: String,
    /// Width in millimeters; all of them together give the width of the text.
    pub(crate) width: u32,
}

/// A row of a bordered table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TableRow {
    /// The cells; each is a list of paragraphs.
    pub(crate) cells: Vec<Vec<String>>,
    /// The row may be divided between sheets (only a very tall one is).
    pub(crate) breakable: bool,
}

impl TableColumn {
    /// A column with its heading and its width in millimeters.
    pub(crate) fn new(title: &str, width: u32) -> Self {
        Self { title: typography::set(title), width }
    }
}

impl Block {
    pub(crate) fn organization(text: &str) -> Self {
        Self::Organization { text: typography::set(text) }
    }

    pub(crate) fn kind(text: &str) -> Self {
        Self::Kind { text: typography::set(text) }
    }

    pub(crate) fn heading(text: &str) -> Self {
        Self::Heading { text: typography::set(text) }
    }

    pub(crate) fn subheading(text: &str) -> Self {
        Self::Subheading { text: typography::set(text) }
    }

    pub(crate) fn paragraph(text: &str) -> Self {
        Self::Paragraph { text: typography::set(text) }
    }

    pub(crate) fn resolution(text: &str) -> Self {
        Self::Resolution { text: typography::set(text) }
    }

    pub(crate) fn addressee(lines: &[String]) -> Self {
        Self::Addressee { lines: set_all(lines) }
    }

    pub(crate) fn appendix(lines: &[String]) -> Self {
        Self::Appendix { lines: set_all(lines) }
    }

    pub(crate) fn signature(position: &str, name: &str) -> Self {
        Self::Signature { position: typography::set(position), name: bound(name) }
    }

    pub(crate) fn own_signature(date: &str, name: &str) -> Self {
        Self::OwnSignature { date: bound(date), name: bound(name) }
    }

    pub(crate) fn sides(left: &Side, right: &Side) -> Self {
        Self::Sides { left: left.set(), right: right.set() }
    }

    /// List members: a semicolon after each, a full stop after the last.
    pub(crate) fn items<T: AsRef<str>>(members: &[T]) -> Vec<Self> {
        let last = members.len().saturating_sub(1);
        let close = |index: usize| if index == last { '.' } else { ';' };
        let bare = |text: &str| text.trim().trim_end_matches(['.', ';']).to_owned();
        let line = |(index, text): (usize, &T)| format!("{}{}", bare(text.as_ref()), close(index));
        members.iter().enumerate().map(line).map(|text| Self::Item { text: typography::set(&text) }).collect()
    }

    /// The part is small and means nothing without what comes before it.
    fn holds_to_previous(&self) -> bool {
        matches!(
            self,
            Self::Signature { .. } | Self::OwnSignature { .. } | Self::Sides { .. } | Self::Table(_)
        )
    }

    /// The part introduces what comes after it.
    fn holds_to_next(&self) -> bool {
        let introduces = |text: &str| text.ends_with(':');
        match self {
            Self::Subheading { .. }
            | Self::Resolution { .. }
            | Self::Appendix { .. }
            | Self::Heading { .. } => true,
            Self::Paragraph { text } | Self::Clause { text, .. } => introduces(text),
            _ => false,
        }
    }

    /// All texts of the part in reading order: what tests and searches look through.
    #[cfg(test)]
    pub(crate) fn texts(&self) -> Vec<String> {
        fn collect(value: &serde_json::Value, into: &mut Vec<String>) {
            match value {
                serde_json::Value::String(text) => into.push(text.replace('\u{a0}', " ")),
                serde_json::Value::Array(members) => members.iter().for_each(|member| collect(member, into)),
                serde_json::Value::Object(fields) => fields.values().for_each(|field| collect(field, into)),
                _ => {}
            }
        }
        let mut texts = Vec::new();
        collect(&serde_json::to_value(self).unwrap(), &mut texts);
        texts
    }
}

impl Side {
    fn set(&self) -> Self {
        Self {
            title: typography::set(&self.title),
            lines: set_all(&self.lines),
            name: bound(&self.name),
            receipt: self.receipt.as_deref().map(typography::set),
        }
    }
}

/// Numbers clauses as they are added, so that the number in the PDF and the automatic number in the DOCX agree.
#[derive(Debug, Default)]
pub(crate) struct Composer {
    blocks: Vec<Block>,
    clause: usize,
    subclause: usize,
}

impl Composer {
    pub(crate) fn push(&mut self, block: Block) -> &mut Self {
        self.blocks.push(block);
        self
    }

    pub(crate) fn extend(&mut self, blocks: Vec<Block>) -> &mut Self {
        self.blocks.extend(blocks);
        self
    }

    pub(crate) fn paragraph(&mut self, text: &str) -> &mut Self {
        self.push(Block::paragraph(text))
    }

    pub(crate) fn clause(&mut self, text: &str) -> &mut Self {
        self.clause += 1;
        self.subclause = 0;
        let number = format!("{}.", self.clause);
        self.push(Block::Clause { level: 0, number, text: typography::set(text) })
    }

    pub(crate) fn subclause(&mut self, text: &str) -> &mut Self {
        self.subclause += 1;
        let number = format!("{}.{}.", self.clause, self.subclause);
        self.push(Block::Clause { level: 1, number, text: typography::set(text) })
    }

    /// Closes the paper; every part learns here whether it must stay with the next one.
    pub(crate) fn finish(self, title: &str, author: &str, record_url: &str) -> Sheet {
        let mut blocks: Vec<Placed> = Vec::with_capacity(self.blocks.len());
        for block in self.blocks {
            if let (true, Some(previous)) = (block.holds_to_previous(), blocks.last_mut()) {
                previous.keep_with_next = true;
            }
            let keep_with_next = block.holds_to_next();
            blocks.push(Placed { block, keep_with_next });
        }
        let record_url = record_url.trim().to_owned();
        Sheet { title: typography::set(title), author: typography::set(author), record_url, blocks }
    }
}

fn set_all(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| typography::set(line)).filter(|line| !line.is_empty()).collect()
}

/// Text that never breaks: a name with initials, a date.
fn bound(text: &str) -> String {
    typography::set(text).replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_numbered_and_a_signature_never_stands_alone() {
        let mut composer = Composer::default();
        composer.clause("Первое:").subclause("Раз").subclause("Два").clause("Второе.");
        composer.push(Block::signature("Директор", "И. О. Фамилия"));
        let sheet = composer.finish("Приказ", "Школа", "https://example.org");

        let numbers: Vec<&str> = sheet
            .blocks
            .iter()
            .filter_map(|placed| match &placed.block {
                Block::Clause { number, .. } => Some(number.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(numbers, ["1.", "1.1.", "1.2.", "2."]);
        let kept: Vec<bool> = sheet.blocks.iter().map(|placed| placed.keep_with_next).collect();
        assert_eq!(kept, [true, false, false, true, false]);
    }

    #[test]
    fn list_members_are_closed_as_grammar_wants() {
        let texts: Vec<String> =
            Block::items(&["раз.", "два;", "три"]).iter().flat_map(Block::texts).collect();
        assert!(["раз;", "два;", "три."].iter().all(|text| texts.contains(&(*text).to_owned())), "{texts:?}");
    }
}
