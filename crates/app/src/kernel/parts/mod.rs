//! Pieces that many pages show, each compiled once.
//!
//! Askama writes a macro or a base page into every template that uses it: with a hundred and fifty pages the frame and the
//! fields of forms were three quarters of the program's code. So the macros of `templates/ui` only call these.

mod field;
mod lists;
mod shell;
mod small;

pub use field::FieldPart;
pub use lists::{
    ExportPart, FilterPart, HeadPart, PagerPart, SavedPart, SearchPart, SortHeadPart, TextCellPart, export,
    filter, head, num, pager, saved, search, sort_head, text_cell,
};
pub use shell::{ShellBottom, ShellTop};
pub use small::{
    ErrorsPart, FactPart, HiddenPart, IconPart, LinkPart, NumberPart, StatusPart, StepsPart, TabsPart,
    TodoPart, errors, fact, hidden, icon, link, number, status, steps, tabs, todo,
};
