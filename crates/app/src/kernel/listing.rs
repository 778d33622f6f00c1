//! A list whose filters, order and page live in the address: it can be sent to a colleague and printed.

use std::fmt::Write as _;

use super::filters::{NBSP, group_digits};

/// Names of the address's parts that a list understands besides its filters.
const SORT: &str = "sort";
const PAGE: &str = "page";

/// What the head, the pager and the toolbar of a list need.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    path: String,
    query: Vec<(String, String)>,
    page: u64,
    per_page: u64,
    total: u64,
}

impl Listing {
    /// Reads the order and the page from the query of the address; a senseless page number means the first.
    /// `total` is the number of all rows that pass the filters.
    pub fn new(path: &str, query: &[(String, String)], per_page: u64, total: u64) -> Self {
        let per_page = per_page.max(1);
        let last = total.div_ceil(per_page).max(1);
        let asked =
            query.iter().find(|(name, _)| name == PAGE).and_then(|(_, value)| value.parse::<u64>().ok());
        let query = query.iter().filter(|(name, value)| name != PAGE && !value.is_empty()).cloned().collect();
        Self { path: path.to_owned(), query, page: asked.unwrap_or(1).clamp(1, last), per_page, total }
    }

    /// Number of the page shown, from 1.
    pub const fn page(&self) -> u64 {
        self.page
    }

    /// How many rows to skip before this page.
    pub const fn offset(&self) -> u64 {
        (self.page - 1) * self.per_page
    }

    /// How many rows a page holds.
    pub const fn per_page(&self) -> u64 {
        self.per_page
    }

    /// Number of all rows.
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// Number of pages, at least one.
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.per_page).max(1)
    }

    /// Key and direction of the order asked for: `sort=-name` is `("name", Descending)`.
    pub fn order(&self) -> Option<(&str, Direction)> {
        let asked = self.value(SORT);
        if asked.is_empty() {
            return None;
        }
        Some(
            asked.strip_prefix('-').map_or((asked, Direction::Ascending), |key| (key, Direction::Descending)),
        )
    }

    /// A filter's value, empty if it is not set.
    pub fn value(&self, name: &str) -> &str {
        self.query.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Whether any filter is set, so that «Сбросить» makes sense.
    pub fn is_filtered(&self) -> bool {
        self.query.iter().any(|(name, _)| name != SORT)
    }

    /// Address without filters.
    pub fn reset_href(&self) -> &str {
        &self.path
    }

    /// «Показаны 1–50 из 1 706».
    pub fn range(&self) -> String {
        if self.total == 0 {
            return "Ничего не найдено".to_owned();
        }
        let last = (self.offset() + self.per_page).min(self.total);
        let number = |value: u64| group_digits(&value.to_string());
        format!("Показаны {}–{} из{NBSP}{}", number(self.offset() + 1), number(last), number(self.total))
    }

    /// Address of the page before, if there is one.
    pub fn previous_href(&self) -> Option<String> {
        (self.page > 1).then(|| self.page_href(self.page - 1))
    }

    /// Address of the page after, if there is one.
    pub fn next_href(&self) -> Option<String> {
        (self.page < self.pages()).then(|| self.page_href(self.page + 1))
    }

    /// Pages to show: the first, the last and the neighbors of this one, with gaps between.
    pub fn page_links(&self) -> Vec<PageLink> {
        let last = self.pages();
        let mut shown = vec![1, self.page.saturating_sub(1), self.page, self.page + 1, last];
        shown.retain(|page| (1..=last).contains(page));
        shown.sort_unstable();
        shown.dedup();
        let mut links = Vec::new();
        let mut previous = 0;
        for page in shown {
            if page > previous + 1 {
                links.push(PageLink::Gap);
            }
            links.push(if page == self.page {
                PageLink::Here(page)
            } else {
                PageLink::Other(page, self.page_href(page))
            });
            previous = page;
        }
        links
    }

    /// Address of this list in the order of `key`; pressed twice, the other way round.
    pub fn sort_href(&self, key: &str) -> String {
        match self.order() {
            Some((current, Direction::Ascending)) if current == key => {
                self.href(&[(SORT, &format!("-{key}"))])
            }
            _ => self.href(&[(SORT, key)]),
        }
    }

    /// Value of `aria-sort` for the head of the column.
    pub fn aria_sort(&self, key: &str) -> &'static str {
        match self.order() {
            Some((current, Direction::Ascending)) if current == key => "ascending",
            Some((current, Direction::Descending)) if current == key => "descending",
            _ => "none",
        }
    }

    /// Address of the same rows at another path, for export: all pages, same filters and order.
    pub fn export_href(&self, path: &str) -> String {
        Self { path: path.to_owned(), ..self.clone() }.href(&[])
    }

    fn page_href(&self, page: u64) -> String {
        self.href(&[(PAGE, &page.to_string())])
    }

    fn href(&self, changes: &[(&str, &str)]) -> String {
        let kept = self.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = kept.filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        let mut href = self.path.clone();
        let mut separator = '?';
        for (name, value) in kept.chain(changes.iter().copied()) {
            href.push(separator);
            encode(&mut href, name);
            href.push('=');
            encode(&mut href, value);
            separator = '&';
        }
        href
    }
}

/// One place in the row of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageLink {
    /// The page shown.
    Here(u64),
    /// Another page with its address.
    Other(u64, String),
    /// Pages left out.
    Gap,
}

/// Direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From А to Я, from small to large.
    Ascending,
    /// The other way round.
    Descending,
}

fn encode(href: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            href.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(href, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(query: &[(&str, &str)], total: u64) -> Listing {
        let query: Vec<_> = query.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Listing::new("/staff", &query, 50, total)
    }

    #[test]
    fn a_page_out_of_range_is_brought_into_it() {
        for (asked, page) in [("0", 1), ("-1", 1), ("x", 1), ("1e400", 1), ("35", 35), ("99", 35)] {
            assert_eq!(listing(&[("page", asked)], 1_706).page(), page, "{asked}");
        }
        assert_eq!(listing(&[("page", "9")], 0).offset(), 0);
    }

    #[test]
    fn the_range_is_told_in_words() {
        assert_eq!(listing(&[], 1_706).range(), "Показаны 1–50 из\u{a0}1\u{a0}706");
        assert_eq!(
            listing(&[("page", "35")], 1_706).range(),
            "Показаны 1\u{a0}701–1\u{a0}706 из\u{a0}1\u{a0}706"
        );
        assert_eq!(listing(&[], 0).range(), "Ничего не найдено");
    }

    #[test]
    fn filters_survive_sorting_and_paging() {
        let list = listing(&[("q", "Ёжик & сын"), ("sort", "name"), ("page", "3"), ("kind", "")], 1_706);
        let q = "q=%D0%81%D0%B6%D0%B8%D0%BA%20%26%20%D1%81%D1%8B%D0%BD";
        assert_eq!(list.sort_href("name"), format!("/staff?{q}&sort=-name"));
        assert_eq!(list.sort_href("age"), format!("/staff?{q}&sort=age"));
        assert_eq!(list.page_href(4), format!("/staff?{q}&sort=name&page=4"));
        assert_eq!(list.export_href("/staff.xlsx"), format!("/staff.xlsx?{q}&sort=name"));
        assert_eq!((list.aria_sort("name"), list.aria_sort("age")), ("ascending", "none"));
        assert!(list.is_filtered());
        assert!(!listing(&[("sort", "name")], 5).is_filtered());
    }

    #[test]
    fn the_pager_shows_ends_and_neighbors() {
        let shown = |page: &str, total| {
            let links = listing(&[("page", page)], total).page_links();
            let word = |link: &PageLink| match link {
                PageLink::Here(page) => format!("[{page}]"),
                PageLink::Other(page, href) => {
                    assert_eq!(href, &format!("/staff?page={page}"));
                    page.to_string()
                }
                PageLink::Gap => "…".to_owned(),
            };
            links.iter().map(word).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown("1", 1_706), "[1] 2 … 35");
        assert_eq!(shown("10", 1_706), "1 … 9 [10] 11 … 35");
        assert_eq!(shown("35", 1_706), "1 … 34 [35]");
        assert_eq!(shown("1", 3), "[1]");
        assert_eq!(listing(&[], 51).next_href().as_deref(), Some("/staff?page=2"));
        assert_eq!(listing(&[], 51).previous_href(), None);
    }
}
