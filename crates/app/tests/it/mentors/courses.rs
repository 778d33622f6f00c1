//! Training: planned within its window, passed with a certificate, expired after its years.

use super::*;

db_test!(a_course_is_planned_passed_and_expires, |app: TestApp| async move {
    let world = World::build(&app).await;
    let path = format!("/bank/mentors/{}/courses", accepted(&app, &world).await);
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/").await.shows("Запланируйте обучение: 1 наставник без курса");
    let base = [("title", "Наставничество в школе"), ("provider", "Институт развития образования")];
    let refused = async |more: &[(&str, &str)], words: &str| {
        let page = curator.post(&path, &[&base[..], more].concat()).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    };
    refused(&[], "Укажите, когда курс пройден").await;
    refused(&[("passed_on", "24.11.2026"), ("certificate", "1")], "ещё не наступил").await;
    refused(&[("passed_on", "20.11.2026")], "номер удостоверения").await;
    refused(&[("planned_for", "20.11.2026")], "День уже прошёл").await;
    refused(&[("planned_for", "01.09.2028")], "этот или следующий учебный год").await;
    let director = world.browser(&app, Role::Director).await;
    director.post(&path, &base).await.expect(StatusCode::FORBIDDEN);
    app.browser_of(world.other_curator).await.post(&path, &base).await.expect(StatusCode::NOT_FOUND);
    let planned = [&base[..], &[("planned_for", "01.02.2027"), ("hours", "36")]].concat();
    curator.post(&path, &planned).await.expect(StatusCode::SEE_OTHER);
    curator.get(&path).await.shows("запланировано на 1 февраля 2027 г.");
    curator.get("/bank/mentors?training=planned").await.shows("Рольunion");
    curator.get("/").await.hides("Запланируйте обучение");
    let pass = format!("{path}/{}/certificate", id_of(&app, "mentor_course").await);
    let bare = curator.post(&pass, &[("passed_on", "23.11.2026")]).await;
    bare.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("номер удостоверения");
    let fake = curator.upload(&pass, &[("passed_on", "23.11.2026")], ("scan", "у.pdf", b"<html>")).await;
    fake.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("не PDF");
    let fields = [("passed_on", "23.11.2026"), ("certificate", "У-17")];
    let good = curator.upload(&pass, &fields, ("scan", "удостоверение.pdf", b"%PDF-1.7 certificate")).await;
    good.expect(StatusCode::SEE_OTHER);
    curator.post(&pass, &fields).await.expect(StatusCode::CONFLICT);
    curator.get(&path).await.shows("удостоверение действует до 23 ноября 2029 г.");
    app.advance(chrono::Duration::days(3 * 365 + 1));
    let curator = world.browser(&app, Role::Curator).await;
    curator.get(&path).await.shows("пройдено");
    app.advance(chrono::Duration::days(1));
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/bank/mentors?training=expired").await.shows("срок удостоверения вышел");
});

db_test!(a_certificate_is_read_by_its_owner_and_by_those_who_see_the_candidate, |app: TestApp| async move {
    let world = World::build(&app).await;
    let path = format!("/bank/mentors/{}/courses", accepted(&app, &world).await);
    let curator = world.browser(&app, Role::Curator).await;
    let fields = [("title", "Наставничество"), ("provider", "Институт"), ("passed_on", "20.11.2026")];
    let done = curator.upload(&path, &fields, ("scan", "удостоверение.pdf", b"%PDF-1.7 certificate")).await;
    done.expect(StatusCode::SEE_OTHER);
    let course = id_of(&app, "mentor_course").await;
    let (file, own) = (format!("{path}/{course}/certificate"), format!("/own/courses/{course}/certificate"));
    app.browser_of(world.other_curator).await.get(&file).await.expect(StatusCode::NOT_FOUND);
    for role in [Role::Mentor, Role::Administrator, Role::Region] {
        let stranger = world.browser(&app, role).await;
        stranger.get(&file).await.expect(StatusCode::NOT_FOUND);
        stranger.get(&own).await.expect(StatusCode::NOT_FOUND);
    }
    let mentor = world.browser(&app, Role::Union).await;
    assert_eq!(mentor.get(&own).await.expect(StatusCode::OK).bytes, b"%PDF-1.7 certificate");
    assert_eq!(curator.get(&file).await.expect(StatusCode::OK).bytes, b"%PDF-1.7 certificate");
    let cancellation = format!("{path}/{course}/cancellation");
    curator.post(&cancellation, &[]).await.expect(StatusCode::SEE_OTHER);
    curator.post(&cancellation, &[]).await.expect(StatusCode::NOT_FOUND);
    mentor.get(&own).await.expect(StatusCode::NOT_FOUND);
    curator.get(&path).await.shows("Курсов пока нет");
});
