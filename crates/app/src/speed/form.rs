//! The form of an evening: when, where, how long, who.

use chrono::NaiveDate;
use nastavnik_domain::policy::Reach;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::{Program, Side, Terms, clock, read_clock};
use crate::bank::{self, NeedOf, domain_label};
use crate::kernel::forms::{Choice, Form};

/// More mentors make a table that fits no screen; more mentees, one that fits no evening.
const MOST_MENTORS: usize = 12;
const MOST_MENTEES: usize = 40;
/// A card of the size A6 holds so many lines.
pub(super) const MOST_ROUNDS: i64 = 14;

/// Whom the form offers.
pub(super) struct Offer {
    /// Mentors of the bank who may be offered.
    pub(super) mentors: Vec<Choice>,
    /// Pedagogical workers for whom the bank knows a need.
    pub(super) awaited: Vec<Choice>,
    pub(super) others: Vec<Choice>,
}

/// What the curator has filled in.
pub(super) struct Typed {
    pub(super) terms: Terms,
    pub(super) mentors: Vec<Uuid>,
    pub(super) mentees: Vec<Uuid>,
}

impl Offer {
    /// Gathers the people of an organization.
    pub(super) async fn load(
        connection: &impl ConnectionTrait,
        organization: Uuid,
        today: NaiveDate,
    ) -> anyhow::Result<Self> {
        let mentors = bank::ready_mentors(connection, organization, today).await?;
        let mentors = mentors.into_iter().map(|mentor| {
            let strengths: Vec<String> = mentor.strengths.iter().copied().map(domain_label).collect();
            Choice::new(mentor.person.to_string(), mentor.name.full()).with_hint(strengths.join(", "))
        });
        let reach = Reach { organizations: [organization.into()].into(), ..Reach::default() };
        let staff = bank::pedagogues(connection, &reach, today).await?;
        let (awaited, others): (Vec<_>, Vec<_>) =
            staff.into_iter().partition(|one| one.need != NeedOf::Nothing && !one.has_mentor);
        let choice = |one: bank::Pedagogue| {
            let has_mentor = if one.has_mentor { " · наставник уже есть" } else { "" };
            Choice::new(one.person.to_string(), one.name.full())
                .with_hint(format!("{}{has_mentor}", one.positions))
        };
        Ok(Self {
            mentors: mentors.collect(),
            awaited: awaited.into_iter().map(choice).collect(),
            others: others.into_iter().map(choice).collect(),
        })
    }

    /// All who may come as mentees.
    pub(super) fn mentees(&self) -> Vec<Choice> {
        self.awaited.iter().chain(&self.others).cloned().collect()
    }

    /// Whether somebody outside the first group is chosen, so that the second must be open.
    pub(super) fn others_chosen(&self, form: &Form) -> bool {
        self.others.iter().any(|offered| form.has("mentees", &offered.value))
    }

    /// The choices of one side, without those who take part already.
    pub(super) fn free(&self, side: Side, program: &Program) -> Vec<Choice> {
        let offered = match side {
            Side::Mentor => self.mentors.clone(),
            Side::Mentee => self.mentees(),
        };
        let comes =
            |choice: &Choice| choice.value.parse().is_ok_and(|person: Uuid| program.guest(person).is_some());
        offered.into_iter().filter(|choice| !comes(choice)).collect()
    }
}

/// Reads the form; nothing if something can't be read, with the mistakes at their fields.
pub(super) fn read(form: &mut Form, offer: &Offer) -> Option<Typed> {
    let title = form.required_text("title", "Название", 120);
    let held_on = form.required_date("held_on", "День");
    let begins_at = time(form);
    let place = form.required_text("place", "Место", 200);
    let round_minutes = form.required_integer("round_minutes", "Круг, минут", 3..=60);
    let break_minutes = form.required_integer("break_minutes", "Перерыв, минут", 0..=30);
    let most_rounds = form.required_integer("most_rounds", "Кругов не больше", 1..=MOST_ROUNDS);
    let mentors = people(form, "mentors", "Наставники", &offer.mentors);
    let mentees = people(form, "mentees", "Наставляемые", &offer.mentees());
    sides(form, &mentors, &mentees);
    if !form.is_valid() {
        return None;
    }
    let terms = Terms {
        title: title?,
        held_on: held_on?,
        begins_at: begins_at?,
        place: place?,
        round_minutes: round_minutes?,
        break_minutes: break_minutes?,
        most_rounds: most_rounds?,
    };
    Some(Typed { terms, mentors, mentees })
}

fn time(form: &mut Form) -> Option<i64> {
    let text = form.required_text("begins_at", "Начало", 40)?;
    let read = read_clock(&text);
    if read.is_none() {
        form.error("begins_at", "Введите время начала, например 16:00.");
    }
    read
}

fn people(form: &mut Form, name: &str, label: &str, offered: &[Choice]) -> Vec<Uuid> {
    let chosen = form.choices(name, label, offered);
    chosen.iter().filter_map(|id| id.parse().ok()).collect()
}

/// Somebody on each side, nobody on both, no more than fit.
fn sides(form: &mut Form, mentors: &[Uuid], mentees: &[Uuid]) {
    if mentors.is_empty() {
        form.error("mentors", "Выберите хотя бы одного наставника.");
    }
    if mentees.is_empty() {
        form.error("mentees", "Выберите хотя бы одного педагога, который придёт за советом.");
    }
    if mentors.len() > MOST_MENTORS {
        form.error(
            "mentors",
            format!("Столов не больше {MOST_MENTORS}. Оставьте часть наставников до другого вечера."),
        );
    }
    if mentees.len() > MOST_MENTEES {
        form.error("mentees", format!("Педагогов не больше {MOST_MENTEES}. Проведите два вечера."));
    }
    if mentees.iter().any(|person| mentors.contains(person)) {
        form.error(
            "mentees",
            "Один и тот же человек выбран и наставником, и наставляемым. Оставьте одно из двух.",
        );
    }
}

/// The form filled from what is kept, for changing it.
pub(super) fn filled(program: &Program) -> Form {
    let terms = &program.evening.terms;
    let mut form = Form::blank()
        .with("title", terms.title.clone())
        .with("held_on", terms.held_on.to_string())
        .with("begins_at", clock(terms.begins_at))
        .with("place", terms.place.clone())
        .with("round_minutes", terms.round_minutes.to_string())
        .with("break_minutes", terms.break_minutes.to_string())
        .with("most_rounds", terms.most_rounds.to_string())
        .with("version", program.evening.version.to_string());
    for guest in &program.guests {
        let name = if guest.side == Side::Mentor { "mentors" } else { "mentees" };
        form = form.with(name, guest.person.to_string());
    }
    form
}
