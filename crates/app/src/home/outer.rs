//! The outer contour: support and resource centers, the region, tutors. Numbers, no names.

use nastavnik_domain::policy::Permission;

use super::line::{Calm, SCHOOLS, Section};
use super::office::indicators;
use super::{Seat, store};
use crate::kernel::errors::Outcome;

pub(super) async fn outer(seat: &Seat<'_>) -> Outcome<Section> {
    let reader = seat.ctx.app().db.reader();
    let reach = seat.actor.reach(Permission::ReadIndicators);
    let places = seat.actor.reach(Permission::ReadOrganizations);
    let calm = if reach.is_empty() {
        Calm {
            title: "Сейчас от вас ничего не ждут",
            text: "Посмотрите, какие организации ведут наставничество.",
            href: "/organizations",
            action: "Открыть организации",
        }
    } else {
        Calm {
            title: "Сейчас от вас ничего не ждут",
            text: "Показатели считаются сами. Посмотрите, где организациям пригодится ваша помощь.",
            href: "/indicators",
            action: "Открыть показатели",
        }
    };
    let mut section = Section::new(seat.title(), calm);
    if !reach.is_empty() {
        section.indicators(&indicators(seat, &reach).await?);
    }
    section.number("/organizations", store::organizations(reader, &places).await?, SCHOOLS);
    Ok(section)
}
