//! The public face of the register: names, organizations, fields. Only of those whose consent В holds; nothing else
//! about anybody, for anybody.

use askama::Template;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::russian::search_key;

use super::store::{self, Filter, MentorRow, Municipality};
use crate::bank;
use crate::kernel::clock::local_day;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::page::{Brand, Layout, Listing};
use crate::kernel::web::{Visit, page};

const PATH: &str = "/mentors";
const PER_PAGE: u64 = 100;

#[derive(Template)]
#[template(path = "register/open.html")]
struct OpenPage {
    layout: Layout,
    /// Whose mentors; nothing while one has to be chosen.
    municipality: Option<Municipality>,
    /// All there are, when there are several.
    choice: Vec<Municipality>,
    list: Listing,
    rows: Vec<Mentor>,
}

/// What everybody may know.
struct Mentor {
    name: String,
    organization: String,
    field: String,
}

pub(super) async fn show(visit: Visit) -> Outcome {
    let known = store::municipalities(visit.app.db.reader()).await?;
    let municipality = chosen(&visit, &known)?;
    let found = match &municipality {
        Some(place) => mentors(&visit, place).await?,
        None => Vec::new(),
    };
    let mut layout = visit.layout("Наставники и эксперты").await?;
    if let Some(place) = &municipality {
        layout.brand = brand(place);
    }
    let list = Listing::new(PATH, &visit.query, PER_PAGE, u64::try_from(found.len()).unwrap_or(u64::MAX));
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    page(&OpenPage {
        layout,
        municipality,
        choice: if known.len() > 1 { known } else { Vec::new() },
        rows: found.into_iter().skip(skip).take(usize::try_from(PER_PAGE).unwrap_or(usize::MAX)).collect(),
        list,
    })
}

/// The municipality of the address, else one's own, else the only one.
fn chosen(visit: &Visit, known: &[Municipality]) -> Outcome<Option<Municipality>> {
    let asked = visit.asked("municipality");
    if !asked.is_empty() {
        let found = known.iter().find(|place| place.id.to_string() == asked).cloned();
        return found.map(Some).ok_or(AppError::NotFound);
    }
    let own = visit.who.as_ref().and_then(|who| who.brand.territory);
    let found = known.iter().find(|place| own == Some(place.id));
    Ok(found.or(if let [only] = known { Some(only) } else { None }).cloned())
}

async fn mentors(visit: &Visit, place: &Municipality) -> Outcome<Vec<Mentor>> {
    let reader = visit.app.db.reader();
    let zone = place.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
    let today = local_day(visit.app.clock.now(), zone);
    let reach = Reach { municipalities: [place.id.into()].into(), ..Reach::default() };
    let filter = Filter { text: search_key(visit.asked("q")), ..Filter::default() };
    let rows = store::published(reader, &reach, &filter, today).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut offers = bank::offers(reader, &reach, today).await?;
    let strengths = store::strengths(reader, &reach).await?;
    let mentor = |row: MentorRow| {
        let offer = offers.remove(&row.id).filter(|offer| offer.is_ready)?;
        let domains =
            strengths.get(&row.id).into_iter().flatten().map(|(domain, _)| domain.short().to_owned());
        let field: Vec<String> = offer.subjects.into_iter().chain(domains).collect();
        let field = if field.is_empty() { offer.positions } else { field.join(", ") };
        Some(Mentor { name: row.name().full(), organization: row.short_name, field })
    };
    Ok(rows.into_iter().filter_map(mentor).collect())
}

fn brand(place: &Municipality) -> Brand {
    let mut brand = Brand { municipality: place.name.clone(), ..Brand::default() };
    if !place.color.is_empty() {
        brand.color.clone_from(&place.color);
    }
    brand.emblem_url = place.emblem_id.map(|_| format!("/emblems/{}", place.id));
    brand
}
