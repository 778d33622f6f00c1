//! Two people at one form: the second is told who was first, and keeps what was typed.

use chrono_tz::Tz;
use nastavnik_domain::person::FullName;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::store;

/// Who changed the thing meanwhile and what to do now.
pub(super) async fn words(
    connection: &impl ConnectionTrait,
    subject: Uuid,
    zone: Tz,
) -> Result<String, DbErr> {
    let who = store::last_change(connection, subject).await?.map_or_else(
        || "имя не записано".to_owned(),
        |change| {
            let name = FullName::new(&change.surname, &change.given, change.patronymic.as_deref());
            let at = change.at.with_timezone(&zone).format("%d.%m.%Y в %H:%M");
            format!("{} ({at})", name.short())
        },
    );
    Ok(format!(
        "Пока вы правили, карточку сохранил другой человек: {who}. Введённое вами осталось в форме: сверьте его и сохраните \
         ещё раз, чтобы записать поверх."
    ))
}
