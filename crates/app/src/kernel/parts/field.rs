//! A field of a form with its label, hint, mistake and the note of who will see it.

use std::fmt::Display;

use askama::Template;

use crate::kernel::forms::{Choice, Field};

/// One field, whatever is typed into it.
#[derive(Template)]
#[template(path = "parts/field.html")]
pub struct FieldPart<'a> {
    field: Field<'a>,
    label: &'a str,
    hint: &'a str,
    seen: &'a str,
    required: bool,
    /// Stands beside the label of a field that may stay empty.
    mark: &'a str,
    control: Control<'a>,
}

/// What is typed into or chosen from.
enum Control<'a> {
    Line { kind: &'a str, width: &'a str, autocomplete: &'a str, inputmode: &'a str },
    Password { autocomplete: &'a str },
    Paragraphs { rows: &'a dyn Display },
    Day,
    List { options: &'a [Choice], nothing: &'a str },
    Answers { kind: &'a str, options: &'a [Choice] },
    Picks { kind: &'a str, options: &'a [Choice], group: &'a str },
    Tick,
    File { accept: &'a str },
}

impl<'a> Field<'a> {
    /// The field with its words; what it is made of is said next. `seen` completes «Увидят: …».
    pub const fn part(self, label: &'a str, hint: &'a str, seen: &'a str) -> FieldPart<'a> {
        FieldPart {
            field: self,
            label,
            hint,
            seen,
            required: true,
            mark: "необязательно",
            control: Control::Day,
        }
    }
}

impl<'a> FieldPart<'a> {
    /// Whether it must be filled; else «(необязательно)» stands beside the label.
    #[must_use]
    pub const fn required(self, required: &bool) -> Self {
        Self { required: *required, ..self }
    }

    /// Another word beside the label of a field that may stay empty.
    #[must_use]
    pub const fn marked(self, mark: &'a str) -> Self {
        Self { mark, ..self }
    }

    /// One line of text. `kind`: text, email, tel; `width`: field-short for numbers and codes.
    #[must_use]
    pub const fn line(
        self,
        kind: &'a str,
        width: &'a str,
        autocomplete: &'a str,
        inputmode: &'a str,
    ) -> Self {
        self.made_of(Control::Line { kind, width, autocomplete, inputmode })
    }

    /// A password, never shown again.
    #[must_use]
    pub const fn password(self, autocomplete: &'a str) -> Self {
        self.made_of(Control::Password { autocomplete })
    }

    /// Several lines of text.
    #[must_use]
    pub const fn paragraphs(self, rows: &'a impl Display) -> Self {
        self.made_of(Control::Paragraphs { rows })
    }

    /// A day.
    #[must_use]
    pub const fn day(self) -> Self {
        self.made_of(Control::Day)
    }

    /// One of the options in a list; `nothing` stands for no answer.
    #[must_use]
    pub const fn list(self, options: &'a [Choice], nothing: &'a str) -> Self {
        self.made_of(Control::List { options, nothing })
    }

    /// Options seen at once. `kind`: radio or checkbox.
    #[must_use]
    pub const fn answers(self, kind: &'a str, options: &'a [Choice]) -> Self {
        self.made_of(Control::Answers { kind, options })
    }

    /// Options as large as a thumb. `kind`: radio or checkbox; `group`: picks-three for three words side by side.
    #[must_use]
    pub const fn picks(self, kind: &'a str, options: &'a [Choice], group: &'a str) -> Self {
        self.made_of(Control::Picks { kind, options, group })
    }

    /// A single box; sends `yes`. An empty one is an answer as well, so the browser never demands it.
    #[must_use]
    pub const fn tick(self) -> Self {
        Self { required: false, control: Control::Tick, ..self }
    }

    /// A file. `accept`: ".xlsx,.docx".
    #[must_use]
    pub const fn file(self, accept: &'a str) -> Self {
        self.made_of(Control::File { accept })
    }

    const fn made_of(self, control: Control<'a>) -> Self {
        Self { control, ..self }
    }
}
