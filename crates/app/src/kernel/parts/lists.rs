//! Heads, cells, filters and pages of lists.

use std::fmt::Display;

use askama::Template;

use crate::kernel::filters;
use crate::kernel::forms::Choice;
use crate::kernel::ids;
use crate::kernel::listing::{Listing, PageLink};
use crate::kernel::saved::SavedFilters;

/// Head of a column without order.
#[derive(Template)]
#[template(path = "parts/lists.html", block = "head")]
pub struct HeadPart<'a> {
    title: &'a dyn Display,
    kind: &'a str,
}

/// `kind`: num for numbers, else empty.
pub const fn head<'a>(title: &'a impl Display, kind: &'a str) -> HeadPart<'a> {
    HeadPart { title, kind }
}

/// Head of a column by which the list can be ordered.
#[derive(Template)]
#[template(path = "parts/lists.html", block = "sort_head")]
pub struct SortHeadPart<'a> {
    list: &'a Listing,
    key: &'a str,
    title: &'a str,
    kind: &'a str,
}

/// `key` is the column's name in the address.
pub const fn sort_head<'a>(
    list: &'a Listing,
    key: &'a str,
    title: &'a str,
    kind: &'a str,
) -> SortHeadPart<'a> {
    SortHeadPart { list, key, title, kind }
}

/// A cell of plain text or of a number; its label stands before it on a phone.
#[derive(Template)]
#[template(path = "parts/lists.html", block = "text_cell")]
pub struct TextCellPart<'a> {
    label: &'a dyn Display,
    value: String,
    class: &'static str,
}

/// A cell of plain text.
pub fn text_cell<'a>(label: &'a impl Display, value: &impl Display) -> TextCellPart<'a> {
    TextCellPart { label, value: value.to_string(), class: "" }
}

/// A cell with a number, grouped by three.
pub fn num<'a>(label: &'a impl Display, value: &impl Display) -> TextCellPart<'a> {
    TextCellPart { label, value: filters::group_digits(&value.to_string()), class: "num" }
}

/// The same rows as a workbook.
#[derive(Template)]
#[template(path = "parts/lists.html", block = "export")]
pub struct ExportPart<'a> {
    list: &'a Listing,
    path: &'a str,
    title: &'a str,
}

/// `path` is where the workbook is made.
pub const fn export<'a>(list: &'a Listing, path: &'a str, title: &'a str) -> ExportPart<'a> {
    ExportPart { list, path, title }
}

/// Text to search for.
#[derive(Template)]
#[template(path = "parts/lists.html", block = "search")]
pub struct SearchPart<'a> {
    list: &'a Listing,
    name: &'a str,
    label: &'a str,
    placeholder: &'a str,
}

/// `name` is the filter's name in the address.
pub const fn search<'a>(
    list: &'a Listing,
    name: &'a str,
    label: &'a str,
    placeholder: &'a str,
) -> SearchPart<'a> {
    SearchPart { list, name, label, placeholder }
}

/// One of the options or all.
#[derive(Template)]
#[template(path = "parts/lists.html", block = "filter")]
pub struct FilterPart<'a> {
    list: &'a Listing,
    name: &'a str,
    label: &'a str,
    options: &'a [Choice],
    all: &'a str,
}

/// `all` stands for no choice.
pub const fn filter<'a>(
    list: &'a Listing,
    name: &'a str,
    label: &'a str,
    options: &'a [Choice],
    all: &'a str,
) -> FilterPart<'a> {
    FilterPart { list, name, label, options, all }
}

/// Pages of a list.
#[derive(Template)]
#[template(path = "parts/lists.html", block = "pager")]
pub struct PagerPart<'a> {
    list: &'a Listing,
}

/// Nothing but the count when there is one page.
pub const fn pager(list: &Listing) -> PagerPart<'_> {
    PagerPart { list }
}

/// Filters that the reader has named.
#[derive(Template)]
#[template(path = "parts/lists.html", block = "saved")]
pub struct SavedPart<'a> {
    filters: &'a SavedFilters,
}

/// Nothing when there is nothing to open and nothing to save.
pub const fn saved(filters: &SavedFilters) -> SavedPart<'_> {
    SavedPart { filters }
}
