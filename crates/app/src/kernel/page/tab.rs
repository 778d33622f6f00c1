//! Parts of one thing, each under its own address.

/// One of the parts of a thing, each under its own address, for `ui::tabs`.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// Parts that stand under this one and are opened by it: it is no part itself. Empty for an ordinary one.
    pub under: Vec<Self>,
}

impl Tab {
    /// A part; it is the one shown when `shown` is its address.
    pub fn new(href: impl Into<String>, title: impl Into<String>, shown: &str) -> Self {
        let href = href.into();
        Self { current: href == shown, href, title: title.into(), under: Vec::new() }
    }

    /// At most `most` at a glance: where there are more, the last ones stand under «Ещё», which names the one shown.
    pub fn folded(mut tabs: Vec<Self>, most: usize) -> Vec<Self> {
        if tabs.len() <= most {
            return tabs;
        }
        let under = tabs.split_off(most.saturating_sub(1));
        let shown = under.iter().find(|tab| tab.current).map(|tab| tab.title.clone());
        let current = shown.is_some();
        let title = shown.map_or_else(|| "Ещё".to_owned(), |title| format!("Ещё: {title}"));
        tabs.push(Self { href: String::new(), title, current, under });
        tabs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_tabs_are_folded_and_none_is_lost() {
        let tabs = |count: usize, shown: usize| {
            (1..=count).map(|n| Tab::new(format!("/{n}"), n.to_string(), &format!("/{shown}"))).collect()
        };
        let titles = |tabs: &[Tab]| tabs.iter().map(|tab| tab.title.clone()).collect::<Vec<_>>();
        assert_eq!(titles(&Tab::folded(tabs(6, 1), 6)), ["1", "2", "3", "4", "5", "6"]);
        let folded = Tab::folded(tabs(8, 1), 6);
        assert_eq!(titles(&folded), ["1", "2", "3", "4", "5", "Ещё"]);
        assert_eq!(titles(&folded[5].under), ["6", "7", "8"]);
        assert!(!folded[5].current);
        let folded = Tab::folded(tabs(8, 7), 6);
        assert!(folded[5].current && folded[5].under[1].current);
        assert_eq!(folded[5].title, "Ещё: 7");
    }
}
