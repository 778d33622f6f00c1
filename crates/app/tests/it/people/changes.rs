//! Changes of people and their employments, refusals first.

use super::*;

db_test!(a_new_person_needs_a_name_and_a_namesake_a_word, |app: TestApp| async move {
    let world = World::build(&app).await;
    add(&app, &["Ёжикова", "Алёна", "Петровна"], world.school, "логопед", None).await;
    add(&app, &["Зимина", "Вера", "Петровна"], world.other_school, "логопед", None).await;
    let curator = world.browser(&app, Role::Curator).await;
    let school = world.school.to_string();
    let before = people_count(&app).await;
    let page = curator.post("/people", &[("phone", "12"), ("organization", &school)]).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Заполните поле «Фамилия»");
    page.shows("не похоже на номер телефона");
    let foreign = world.other_school.to_string();
    let elsewhere = newcomer("Новая", "Алёна", &foreign);
    curator
        .post("/people", &elsewhere)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("которого нет в списке");
    let same = newcomer("ежикова", "Алена", &school);
    let page = curator.post("/people", &same).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Ёжикова Алёна Петровна");
    page.shows("логопед");
    let hidden = newcomer("Зимина", "Вера", &school);
    let page = curator.post("/people", &hidden).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Есть и в другой организации: 1 человек");
    page.hides("логопед");
    assert_eq!(people_count(&app).await, before);
    let mut sure = same.clone();
    sure.push(("is_other", "yes"));
    let to = curator.post("/people", &sure).await.led_to();
    let card = curator.get(&to).await.expect(StatusCode::OK);
    card.shows("Ежикова Алена Петровна");
    card.shows("Работник добавлен");
    card.shows("с 09.2019");
    assert_eq!(people_count(&app).await, before + 1);
});

db_test!(a_stale_form_keeps_what_was_typed_and_says_who_was_first, |app: TestApp| async move {
    let world = World::build(&app).await;
    let path = format!("/people/{}", world.people[&Role::Union]);
    let (curator, director) =
        (world.browser(&app, Role::Curator).await, world.browser(&app, Role::Director).await);
    curator.post(&path, &person_form("Первая")).await.expect(StatusCode::SEE_OTHER);
    let page = director.post(&path, &person_form("Вторая")).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Рольcurator А. И.");
    assert!(page.text().contains("value=\"Вторая\""));
    assert!(page.text().contains("name=\"version\" value=\"2\""));
    let mut again = person_form("Вторая");
    again.retain(|(name, _)| *name != "version");
    again.push(("version", "2"));
    director.post(&path, &again).await.expect(StatusCode::SEE_OTHER);
    let card = curator.get(&path).await;
    card.shows("Фамилия: Рольunion → Первая");
    card.shows("Фамилия: Первая → Вторая");
    card.hides("Имя: Анна");
    curator.get("/people?q=вторая").await.shows("Показаны 1–1 из 1");
    curator.get("/people?q=первая").await.shows("Никого не нашлось");
});

db_test!(typed_forms_of_a_name_are_checked_and_go_with_the_name, |app: TestApp| async move {
    let world = World::build(&app).await;
    let id = add(&app, &["Заяц", "Анна", "Ивановна"], world.school, "учитель", None).await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = format!("/people/{id}/name-forms");
    curator.get(&path).await.expect(StatusCode::OK).shows("По правилам: Заяц Анны Ивановны");
    let short = [("version", "1"), ("genitive", "Зайца"), ("dative", "Заяц Анне Ивановне")];
    curator
        .post(&path, &short)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("Введите фамилию, имя и отчество полностью");
    let full = [("version", "1"), ("genitive", "Зайца Анны Ивановны"), ("dative", "Заяц Анне Ивановне")];
    curator.post(&path, &full).await.expect(StatusCode::SEE_OTHER);
    let briefs = people::briefs(app.app.db.reader(), &[PersonId(id)]).await.unwrap();
    let forms = briefs[&PersonId(id)].forms.clone().unwrap();
    assert_eq!((forms.genitive.as_deref(), forms.dative), (Some("Зайца Анны Ивановны"), None));
    let mut other = person_form("Волк");
    other.retain(|(name, _)| *name != "version");
    other.push(("version", "2"));
    let to = curator.post(&format!("/people/{id}"), &other).await.led_to();
    curator.get(&to).await.shows("введённые вручную, убраны");
    let briefs = people::briefs(app.app.db.reader(), &[PersonId(id)]).await.unwrap();
    assert_eq!(briefs[&PersonId(id)].forms, None);
});

db_test!(the_archive_refuses_those_who_work_teach_or_hold_a_role, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let archive = async |person: Uuid| curator.post(&format!("/people/{person}/archive"), &[]).await;
    let (mentor, union) = (world.people[&Role::Mentor], world.people[&Role::Union]);
    archive(mentor).await.expect(StatusCode::CONFLICT).shows("ещё работает");
    for person in [mentor, union] {
        let job = job_of(&app, person).await;
        let early = [("last_day", "31.08.2024")];
        let page = curator.post(&format!("/employments/{job}/ending"), &early).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("раньше приёма");
        let page = curator.post(&format!("/employments/{job}/ending"), &[("last_day", "")]).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Заполните поле «Последний рабочий день»");
        let to =
            curator.post(&format!("/employments/{job}/ending"), &[("last_day", "22.11.2026")]).await.led_to();
        curator.get(&to).await.shows("остались роли или наставничество");
    }
    archive(mentor).await.expect(StatusCode::CONFLICT).shows("участвует в наставничестве");
    archive(union).await.expect(StatusCode::CONFLICT).shows("числится роль");
    app.exec("UPDATE role_grant SET ended_on = ? WHERE person_id = ?", values![app.today(), union]).await;
    archive(union).await.expect(StatusCode::SEE_OTHER);
    archive(union).await.expect(StatusCode::CONFLICT).shows("уже в архиве");
    curator.get("/people?state=archive").await.shows("Рольunion");
    curator.get("/people?state=left").await.hides("Рольunion");
    let job = job_of(&app, union).await;
    let resumed = curator.post(&format!("/employments/{job}/ending"), &[("last_day", "")]).await;
    resumed.expect(StatusCode::CONFLICT).shows("верните его из архива");
    let restored = curator.post(&format!("/people/{union}/restoration"), &[]).await.led_to();
    curator.get(&restored).await.shows("Возвращён из архива");
    curator
        .post(&format!("/employments/{job}/ending"), &[("last_day", "")])
        .await
        .expect(StatusCode::SEE_OTHER);
    curator.get("/people?q=рольunion").await.shows("Показаны 1–1 из 1");
});

db_test!(an_employment_is_corrected_once_and_by_its_own_organization, |app: TestApp| async move {
    let world = World::build(&app).await;
    let teacher = world.people[&Role::Union];
    employ(&app, teacher, world.other_school, "логопед", None, "2025-09-01").await;
    let curator = world.browser(&app, Role::Curator).await;
    let foreign = job_in(&app, teacher, world.other_school).await;
    let form = [
        ("version", "1"),
        ("position", "учитель"),
        ("subject", "физика"),
        ("share_percent", "50"),
        ("started", "2020"),
    ];
    curator.post(&format!("/employments/{foreign}"), &form).await.expect(StatusCode::FORBIDDEN);
    let own = format!("/employments/{}", job_in(&app, teacher, world.school).await);
    curator.get(&own).await.expect(StatusCode::OK).shows("Завершить работу");
    let wrong = [("version", "1"), ("position", ""), ("share_percent", "900"), ("started", "давно")];
    let page = curator.post(&own, &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Заполните поле «Должность»");
    page.shows("от 1 до 200");
    page.shows("месяц (09.2019) или год (2019)");
    let to = curator.post(&own, &form).await.led_to();
    let card = curator.get(&to).await;
    card.shows("Доля ставки: 100 % → 50 %");
    card.shows("учитель (физика)");
    card.shows("с 2020");
    curator.post(&own, &form).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("сохранил другой человек");
});

db_test!(a_form_pressed_twice_is_done_once, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let school = world.school.to_string();
    let form = newcomer("Новая", "Вера", &school);
    let before = people_count(&app).await;
    let key = nastavnik::kernel::ids::form_key();
    let first = curator.post_keyed("/people", &form, key).await.led_to();
    assert_eq!(curator.post_keyed("/people", &form, key).await.led_to(), first);
    assert_eq!(people_count(&app).await, before + 1);
});
