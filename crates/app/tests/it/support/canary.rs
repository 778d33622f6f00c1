//! The search for a canary: words that can be recognized, looked for on every page and in every file that somebody who
//! must not meet them can ask for.

use std::io::{Cursor, Read};

use axum::http::Method;
use nastavnik_domain::role::Role;

use super::{Browser, Objects, Page, Relation, TestApp, World};
use crate::access::address;

/// The words of a page; of an archive (a workbook, a document), everything inside it.
fn insides(page: &Page) -> String {
    if !page.bytes.starts_with(b"PK") {
        return page.text();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(page.bytes.clone())).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut content = Vec::new();
        archive.by_index(index).unwrap().read_to_end(&mut content).unwrap();
        text.push_str(&String::from_utf8_lossy(&content));
    }
    text
}

/// Which of the words stand on the page.
pub(crate) fn traces<'a>(page: &Page, words: &[&'a str]) -> Vec<&'a str> {
    let text = insides(page);
    words.iter().copied().filter(|word| text.contains(word)).collect()
}

/// What is searched: the words, and by which queries every address is asked besides as it is («?q=mentee»).
pub(crate) struct Canary<'a> {
    pub(crate) words: &'a [&'a str],
    pub(crate) queries: &'a [&'a str],
}

impl Canary<'_> {
    /// Every page and file of the own place that this browser can ask for, as «address: word» where a word was met.
    pub(crate) async fn met(&self, app: &TestApp, objects: &Objects, browser: &Browser) -> Vec<String> {
        self.met_except(app, objects, browser, "nothing").await
    }

    /// The same without the paths that begin so: pages that are the reader's own.
    pub(crate) async fn met_except(
        &self,
        app: &TestApp,
        objects: &Objects,
        browser: &Browser,
        own: &str,
    ) -> Vec<String> {
        let mut found = Vec::new();
        let pages = app.entries.iter().filter(|entry| entry.method == Method::GET);
        for entry in pages.filter(|entry| !entry.path.starts_with(own)) {
            let Some(address) = address(objects, entry.path, Relation::Own) else { continue };
            let asked = self.queries.iter().map(|query| format!("{address}{query}"));
            for address in std::iter::once(address.clone()).chain(asked) {
                let page = browser.get(&address).await;
                assert!(!page.status.is_server_error(), "{address}: {}", page.status);
                let met = traces(&page, self.words);
                found.extend(met.into_iter().map(|word| format!("{address}: {word}")));
            }
        }
        found
    }

    /// What somebody in each role outside the pair meets.
    pub(crate) async fn met_outside_the_pair(
        &self,
        app: &TestApp,
        world: &World,
        objects: &Objects,
    ) -> Vec<String> {
        let mut found = Vec::new();
        for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Mentee | Role::Mentor)) {
            let browser = world.browser(app, role).await;
            let met = self.met(app, objects, &browser).await;
            found.extend(met.into_iter().map(|trace| format!("{role:?} at {trace}")));
        }
        found
    }
}
