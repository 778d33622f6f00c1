//! Must show 4: every invariant of C1-C10 is refused at its field with its clause, through the form.

use axum::http::StatusCode;
use nastavnik::values;
use uuid::Uuid;

use super::stage::{Fields, Stage, day, error_at};
use crate::db_test;
use crate::support::TestApp;

/// One refusal: the requirement, what is typed, where and how it is told.
struct Refusal {
    requirement: &'static str,
    fields: Fields,
    field: &'static str,
    told: &'static str,
}

db_test!(every_rule_is_told_at_its_field_with_its_clause, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let table = table(&stage).await;
    for refusal in &table {
        let page = stage.form(&refusal.fields).await;
        let name = format!("{} «{}»", refusal.requirement, refusal.told);
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let told =
            error_at(&page, refusal.field).unwrap_or_else(|| panic!("{name}: nothing at {}", refusal.field));
        assert!(told.contains(refusal.told), "{name}: {told}");
        let has_clause = told.contains("п. ") || refusal.requirement == "C10";
        assert!(has_clause, "{name} names no clause: {told}");
    }
    assert_eq!(
        app.count("SELECT COUNT(*) AS n FROM mentorship", vec![]).await,
        1,
        "a refused pair was written"
    );
    for requirement in ["A8", "B5", "C1", "C2", "C3", "C4", "C5", "C7", "C8", "C9", "C10", "D1"] {
        assert!(
            table.iter().any(|refusal| refusal.requirement == requirement),
            "{requirement} has no refusal"
        );
    }
});

// C6 demands nothing beforehand: help comes as it is needed.
db_test!(situational_mentoring_needs_no_schedule, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.form(&stage.fields().set("kinds", "situational")).await.led_to();
});

// Each rule has its other side: with what was missing the same form passes.
db_test!(what_the_rules_ask_for_is_enough, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let base = stage.fields();
    let second = stage.second.to_string();
    let schedule = "01.12.2026\n15.12.2026";
    let younger = stage.worker("учитель", "Старшева").await;
    app.exec("UPDATE person SET born_on = ? WHERE id = ?", values![day("1970-01-01"), younger]).await;
    let good = [
        base.clone().set("kinds", "virtual").set("online_place", "Сферум"),
        base.clone().set("kinds", "group").set("mentees", second.clone()).add("mentees", younger.to_string()),
        base.clone()
            .set("kinds", "goal_setting")
            .set("mentees", second)
            .set("goal_1", "урок")
            .set("measure_1", "3 урока")
            .set("meetings", schedule),
        base.clone()
            .set("kinds", "reverse")
            .set("mentees", younger.to_string())
            .set("starts_on", "2027-06-01")
            .set("ends_on", "2027-09-30"),
        base.set("kinds", "speed")
            .set("starts_on", "2027-06-10")
            .set("ends_on", "2027-06-10")
            .set("meetings", "10.06.2027"),
    ];
    app.exec("UPDATE mentor_candidate SET capacity = 5", vec![]).await;
    for (number, fields) in good.iter().enumerate() {
        let fields = match number {
            2 => fields
                .clone()
                .set("starts_on", "2027-06-01")
                .set("ends_on", "2027-09-30")
                .set("meetings", "10.06.2027\n20.06.2027"),
            _ => fields.clone(),
        };
        let page = stage.form(&fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{number}: {}", page.text());
    }
});

async fn table(stage: &Stage) -> Vec<Refusal> {
    let mut table = who(stage).await;
    table.extend(forms_and_places(stage).await);
    table.extend(kinds(stage));
    table.extend(reverse(stage).await);
    table.extend(length(stage));
    table
}

fn refusal(requirement: &'static str, fields: Fields, field: &'static str, told: &'static str) -> Refusal {
    Refusal { requirement, fields, field, told }
}

async fn who(stage: &Stage) -> Vec<Refusal> {
    let base = || stage.fields();
    let full = stage.worker("учитель", "Занятая").await;
    stage.list_mentor(full, stage.world.school, 0).await;
    let own = stage.worker("учитель", "Самаясебе").await;
    stage.list_mentor(own, stage.world.school, 2).await;
    let mentee = stage.mentee.to_string();
    // The world's own pair, known to its mentor only as a draft.
    let known = stage.world.people[&nastavnik_domain::role::Role::Mentor];
    let their = stage.world.people[&nastavnik_domain::role::Role::Mentee];
    stage.list_mentor(known, stage.world.school, 5).await;
    vec![
        refusal("B5", base().without("mentees"), "mentees", "хотя бы одного наставляемого"),
        refusal(
            "B5",
            base().set("mentor", own.to_string()).set("mentees", own.to_string()),
            "mentor",
            "один человек",
        ),
        refusal("B5", base().add("mentees", mentee), "mentees", "выбран дважды"),
        refusal(
            "B5",
            base().set("mentor", known.to_string()).set("mentees", their.to_string()),
            "period",
            "уже работают в паре с 01.10.2026 по 31.05.2027",
        ),
        refusal("A8", base().set("mentor", full.to_string()), "mentor", "нужно 1, свободно 0"),
        refusal("A8", base().without("mentor"), "mentor", "Выберите наставника из банка"),
        refusal("A8", base().set("mentor", stage.second.to_string()), "mentor", "нет в банке наставников"),
    ]
}

async fn forms_and_places(stage: &Stage) -> Vec<Refusal> {
    let base = || stage.fields();
    let psychologist = stage.worker("педагог-психолог", "Внимательная").await.to_string();
    let accountant = stage.worker("бухгалтер", "Счетова").await.to_string();
    stage.list_mentor(stage.world.other_teacher, stage.world.other_school, 2).await;
    stage.list_mentor(stage.world.far_teacher, stage.world.far_school, 2).await;
    let outside = |name: &str| base().without("mentor").set("outside_mentor", name);
    let with_others = stage.agreement(stage.world.far_school).await.to_string();
    let with_other = stage.agreement(stage.world.other_school).await.to_string();
    let other = || outside("Другаяучитель Анна Ивановна");
    let others_agreement = other().set("agreement", with_others);
    let short_agreement = other().set("agreement", with_other).set("ends_on", "2027-09-30");
    let pedagogue = || base().set("form", "pedagogue_pedagogue").without("model");
    vec![
        refusal(
            "C1",
            base().set("form", "director_teacher").without("model"),
            "form",
            "должен быть руководитель",
        ),
        refusal("C1", base().set("mentees", psychologist), "form", "и наставник, и наставляемые – учителя"),
        refusal("C1", pedagogue().set("mentees", accountant), "form", "педагогические работники"),
        refusal("C2", base().set("kinds", "virtual"), "online_place", "где проходят встречи"),
        refusal("C2", outside("Другаяучитель Анна Ивановна"), "agreement", "договор о сотрудничестве"),
        refusal("C2", others_agreement, "agreement", "не с той организацией"),
        refusal("C2", short_agreement, "agreement", "действует с 01.09.2026 по 31.08.2027"),
        refusal("C2", outside("дальняяУЧИТЕЛЬ Анна Ивановна"), "kinds", "только виртуальной"),
        refusal("C2", outside("Никто Никак Никогда"), "outside_mentor", "такого наставника нет"),
        refusal("C10", base().without("model"), "model", "Выберите ролевую модель"),
        refusal(
            "C10",
            pedagogue().set("model", "experienced_young"),
            "model",
            "только в форме «учитель – учитель»",
        ),
    ]
}

fn kinds(stage: &Stage) -> Vec<Refusal> {
    let base = || stage.fields();
    let goal =
        || base().set("kinds", "goal_setting").set("goal_1", "провести урок").set("measure_1", "3 урока");
    let scheduled = || base().set("kinds", "goal_setting").set("meetings", "01.12.2026\n15.12.2026");
    let speed = || base().set("kinds", "speed").set("ends_on", "2026-11-23");
    let two = || base().add("mentees", stage.second.to_string());
    vec![
        refusal("C3", base().set("kinds", "group"), "mentees", "не меньше двух наставляемых"),
        refusal("C4", goal().set("meetings", "01.12.2026"), "meetings", "не меньше двух встреч"),
        refusal("C4", scheduled(), "goals", "хотя бы одну цель"),
        refusal("C4", scheduled().set("goal_1", "без меры"), "goals", "как увидеть, что она достигнута"),
        refusal(
            "C4",
            goal().set("meetings", "01.12.2026\n01.12.2030"),
            "meetings",
            "вне срока наставничества",
        ),
        refusal("C7", speed(), "meetings", "ровно одна встреча"),
        refusal(
            "C7",
            speed().set("ends_on", "2026-11-25").set("meetings", "24.11.2026"),
            "period",
            "длится один день",
        ),
        refusal("C8", two(), "mentees", "«один на один»"),
        refusal("C9", base().without("kinds"), "kinds", "хотя бы один вид"),
        refusal("C9", two().add("kinds", "group"), "kinds", "не сочетаются"),
        refusal("C9", base().add("kinds", "speed"), "kinds", "не сочетаются"),
        refusal("C9", base().add("kinds", "reverse"), "kinds", "не сочетаются"),
    ]
}

async fn reverse(stage: &Stage) -> Vec<Refusal> {
    let with = |mentee: Uuid| stage.fields().set("kinds", "reverse").set("mentees", mentee.to_string());
    let forget = async |surname: &str, column: &str| {
        let id = stage.worker("учитель", surname).await;
        for column in column.split(' ') {
            stage.app.exec(&format!("UPDATE person SET {column} = NULL WHERE id = ?"), values![id]).await;
        }
        id
    };
    let older = forget("Безстажа", "teaching_since").await;
    let experienced = forget("Бездаты", "born_on").await;
    let unknown = forget("Безвсего", "teaching_since born_on").await;
    vec![
        refusal("C5", with(stage.mentee), "mentor", "здесь он старше и опытнее"),
        refusal("C5", with(older), "mentor", "он не младше, стаж же сравнить нельзя"),
        refusal("C5", with(experienced), "mentor", "возраст же сравнить нельзя"),
        refusal("C5", with(unknown), "mentor", "Нельзя проверить"),
    ]
}

fn length(stage: &Stage) -> Vec<Refusal> {
    let base = || stage.fields();
    let situational = || base().set("kinds", "situational");
    vec![
        refusal("C8", base().set("ends_on", "2026-12-31"), "period", "продолжительное время"),
        refusal("D1", situational().without("ends_on"), "period", "по какой день"),
        refusal("D1", situational().set("ends_on", "2026-12-31"), "period", "не меньше 3 месяцев"),
        refusal("D1", situational().set("ends_on", "2028-05-31"), "period", "не больше 12 месяцев"),
    ]
}
