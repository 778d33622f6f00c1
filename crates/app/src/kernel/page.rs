//! What every page has around its content: name, navigation, the person signed in, messages.

mod tab;

use askama::Template;

pub use super::assets::asset;
pub use super::brand::DEFAULT_COLOR;
pub use super::filters;
pub use super::listing::Listing;
pub use tab::Tab;

/// The frame of a page, handed to each template as its field `layout`.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Title of the page: the heading and the name of the browser's tab.
    pub title: String,
    /// Whose installation this is.
    pub brand: Brand,
    /// Who is signed in; nobody on the page of signing in.
    pub user: Option<UserMenu>,
    /// The sections that this person may open.
    pub navigation: Vec<NavGroup>,
    /// Present in the demonstration only.
    pub demo: Option<DemoSign>,
    /// What the previous action did.
    pub flash: Option<Flash>,
    /// Version for weak eyes.
    pub contrast: Contrast,
    /// Path and query of this page: forms that only change the look return here.
    pub path: String,
    /// The way down to this page, without the page itself.
    pub crumbs: Vec<Crumb>,
    /// Version of the program for the footer.
    pub version: &'static str,
}

/// Name, emblem and color of the municipality.
#[derive(Debug, Clone)]
pub struct Brand {
    /// «Город Заозёрный».
    pub municipality: String,
    /// Address of the emblem; the product's own mark stands there without one.
    pub emblem_url: Option<String>,
    /// `#rrggbb`; made legible by `brand_css`.
    pub color: String,
}

/// Who is signed in, in which role.
#[derive(Debug, Clone)]
pub struct UserMenu {
    /// By this a script tells what it keeps for one person from what it keeps for another.
    pub account: uuid::Uuid,
    /// «Иванова А. А.».
    pub short_name: String,
    /// «Куратор».
    pub role_title: String,
    /// Short name of the organization in which the role is held.
    pub organization: String,
}

/// Sections that belong together.
#[derive(Debug, Clone)]
pub struct NavGroup {
    /// The word above them; empty for the first page.
    pub title: &'static str,
    pub items: Vec<NavItem>,
}

/// One section of the navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// The word beside the icon.
    pub title: String,
    /// Name of an icon from `web/src/icons.mjs`.
    pub icon: &'static str,
    /// Whether this page belongs to it.
    pub active: bool,
}

/// The sign of the demonstration with the menu of its people.
#[derive(Debug, Clone)]
pub struct DemoSign {
    /// Whom one may become.
    pub personas: Vec<Persona>,
    /// Login of the one signed in; empty if nobody is.
    pub current: String,
}

/// One of the invented people.
#[derive(Debug, Clone)]
pub struct Persona {
    /// Sent by the form as `login`.
    pub login: String,
    /// «Куратор школы № 1».
    pub title: String,
}

/// One step of the way down to a page.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// Where the step leads.
    pub href: String,
    /// What the step is called.
    pub title: String,
}

/// What the previous action did, shown once.
#[derive(Debug, Clone)]
pub struct Flash {
    /// `Done` for success, `Wait` for a warning, `Late` for a failure, `Plan` for a note.
    pub tone: Tone,
    /// A full sentence.
    pub text: String,
}

/// State of anything: the same word, color and shape everywhere. Printed as its name in the styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Finished, in force.
    Done,
    /// Waits for somebody.
    Wait,
    /// Overdue or refused.
    Late,
    /// Closed, archived.
    Closed,
    /// Being written.
    Draft,
    /// Lies ahead; a neutral note.
    Plan,
}

/// One step of a process, for `ui::stepper`.
#[derive(Debug, Clone)]
pub struct Step {
    /// «Согласие наставника».
    pub title: String,
    /// State in words, a date, or what is missing.
    pub note: String,
    /// Where the process stands.
    pub state: StepState,
}

/// Where a step of a process stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Behind.
    Done,
    /// To be done now.
    Now,
    /// Ahead.
    Ahead,
    /// Stopped here: refused or expired.
    Stop,
}

/// Version of the look for weak eyes, kept in a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Contrast {
    /// The usual look.
    #[default]
    Usual,
    /// Black on white, larger.
    Light,
    /// White on black, larger.
    Dark,
}

/// The one page of errors.
#[derive(Debug, Clone, Template)]
#[template(path = "errors/error.html")]
pub struct ErrorPage {
    /// Title is what happened in few words.
    pub layout: Layout,
    /// Status of the answer.
    pub status: u16,
    /// What happened, a full sentence.
    pub what: String,
    /// What the person can do now.
    pub remedy: String,
    /// By this the administrator finds the event in the log.
    pub request_id: String,
}

impl Layout {
    /// A page with only its title filled.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), version: env!("CARGO_PKG_VERSION"), ..Self::default() }
    }
}

impl DemoSign {
    /// Whether the one signed in is one of the menu's people.
    pub fn shows_persona(&self) -> bool {
        self.personas.iter().any(|persona| persona.login == self.current)
    }
}

impl Default for Brand {
    fn default() -> Self {
        Self { municipality: String::new(), emblem_url: None, color: DEFAULT_COLOR.to_owned() }
    }
}

impl Brand {
    /// Address of the style sheet with this color.
    pub fn css_href(&self) -> String {
        let digits = self.color.chars().filter(char::is_ascii_hexdigit).collect::<String>();
        format!("/brand.css?color={digits}")
    }
}

impl NavItem {
    /// A section; it is active when the path is its own or below it.
    pub fn new(href: &str, title: &str, icon: &'static str, path: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let below = path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let active = if href == "/" { path == "/" } else { below };
        Self { href: href.to_owned(), title: title.to_owned(), icon, active }
    }
}

impl Crumb {
    /// One step.
    pub fn new(href: impl Into<String>, title: impl Into<String>) -> Self {
        Self { href: href.into(), title: title.into() }
    }
}

impl Tone {
    /// The name used by styles and icons.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Wait => "wait",
            Self::Late => "late",
            Self::Closed => "closed",
            Self::Draft => "draft",
            Self::Plan => "plan",
        }
    }
}

impl Step {
    /// One step.
    pub fn new(title: impl Into<String>, note: impl Into<String>, state: StepState) -> Self {
        Self { title: title.into(), note: note.into(), state }
    }
}

impl StepState {
    /// The name used by styles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Ahead => "ahead",
            Self::Stop => "stop",
        }
    }

    /// Whether the process stands here.
    pub const fn is_current(self) -> bool {
        matches!(self, Self::Now | Self::Stop)
    }
}

impl std::fmt::Display for Tone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl askama::filters::HtmlSafe for Tone {}

impl Contrast {
    /// Name of the cookie and of the form's field (`POST /contrast`).
    pub const NAME: &'static str = "contrast";

    /// All versions in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Usual, Self::Light, Self::Dark];

    /// The words of the menu.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Usual => "Обычный",
            Self::Light => "Крупно, чёрным по белому",
            Self::Dark => "Крупно, белым по чёрному",
        }
    }

    /// Reads the cookie or the form's field; anything unknown is the usual look.
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Usual,
        }
    }

    /// Value of the cookie, of the form's field and of `data-contrast`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_active_on_its_own_page_and_below() {
        let active = |href: &str, path: &str| NavItem::new(href, "", "home", path).active;
        assert!(active("/pairs", "/pairs"));
        assert!(active("/pairs", "/pairs/7?tab=orders"));
        assert!(!active("/pairs", "/pairs-of-last-year"));
        assert!(active("/", "/?notice=1"));
        assert!(!active("/", "/pairs"));
    }

    #[test]
    fn a_color_cannot_break_out_of_the_address() {
        let brand = Brand { color: "#17594a\"><script>".to_owned(), ..Brand::default() };
        assert!(
            brand
                .css_href()
                .strip_prefix("/brand.css?color=")
                .unwrap()
                .bytes()
                .all(|b| b.is_ascii_hexdigit())
        );
    }

    #[test]
    fn contrast_survives_its_cookie() {
        for mode in Contrast::ALL {
            assert_eq!(Contrast::parse(mode.name()), mode);
        }
        assert_eq!(Contrast::parse("<b>"), Contrast::Usual);
    }

    #[test]
    fn an_error_page_shows_what_happened_and_escapes_it() {
        let page = ErrorPage {
            layout: Layout::titled("Страница не найдена"),
            status: 404,
            what: "Такой страницы нет: <b>".to_owned(),
            remedy: "Вернитесь на главную.".to_owned(),
            request_id: "7f3a".to_owned(),
        };
        let html = page.render().unwrap();
        assert!(html.contains("Страница не найдена") && html.contains("7f3a"));
        assert!(!html.contains("нет: <b>"));
    }
}
