//! The frame of a page: all that stands before and after its heading and content.

use askama::Template;

use crate::kernel::page::Layout;

/// From the doctype to the place of the heading.
#[derive(Template)]
#[template(path = "parts/top.html")]
pub struct ShellTop<'a> {
    layout: &'a Layout,
}

/// From the end of the content to the end of the page.
#[derive(Template)]
#[template(path = "parts/bottom.html")]
pub struct ShellBottom<'a> {
    layout: &'a Layout,
}

impl Layout {
    /// What stands before the heading.
    pub const fn top(&self) -> ShellTop<'_> {
        ShellTop { layout: self }
    }

    /// What stands after the content.
    pub const fn bottom(&self) -> ShellBottom<'_> {
        ShellBottom { layout: self }
    }
}
