//! From proposals to pairs: each is formed by the rules of the pair's form, and whatever has changed since the run is told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use nastavnik_domain::ids::OrganizationId;
use nastavnik_domain::kind::{self, Kind, Model};
use nastavnik_domain::matching::Proposal;
use nastavnik_domain::matching::people::Mentor;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::russian::count;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::gather;
use super::input::Input;
use super::run::run_page;
use super::sight::{Told, read_pair, visible};
use super::store::{self, RunRow};
use crate::bank::{self, Names, Waiting};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission, again};
use crate::pairs::{self, Wanted};

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let run = visible(&ctx, id).await?;
    let told = Told::load(&ctx, &run).await?.ok_or(AppError::NotFound)?;
    let reach = ctx.reach(Permission::FormPairs);
    if !is_somebody_ours(&told, &reach) {
        return Err(AppError::Forbidden("Пары составляет куратор организации наставляемого"));
    }
    let mut form = submitted.form.clone();
    let online_place = form.optional_text("online_place", "Площадка для встреч на расстоянии", 200);
    let chosen = chosen(&mut form, &told, &reach);
    if !form.is_valid() {
        return again(&run_page(&ctx, run, form).await?);
    }
    let change = ctx.change(&submitted).await?;
    let today = Today::load(change.tx(), &run, &told, ctx.today).await?;
    let outcome = today.form_all(&change, &chosen, &online_place.unwrap_or_default()).await?;
    let refused = outcome.told(&told);
    if outcome.formed == 0 {
        drop(change);
        form.error("chosen", format!("Ни одна пара не составлена. {refused}"));
        return again(&run_page(&ctx, run, form).await?);
    }
    let payload = serde_json::json!({ "added": outcome.formed });
    let (subject, organization) = (("matching_run", Some(id)), run.organization_id);
    change
        .journal(Entry { kind: "matching_drafts_formed", subject, organization, payload: &payload })
        .await?;
    let pairs = count(outcome.formed, "пара", "пары", "пар");
    let next = if refused.is_empty() {
        "Теперь соберите согласия и подготовьте приказ".to_owned()
    } else {
        format!("Не составлены: {refused}")
    };
    change.finish(&run.href(), &format!("Составлены черновики: {pairs}. {next}")).await
}

fn home(input: &Input, mentee: Uuid) -> Option<OrganizationId> {
    input.mentee(mentee).map(|mentee| mentee.profile.workplace.organization)
}

fn is_somebody_ours(told: &Told, reach: &Reach) -> bool {
    let mut mentees = told.input.people.mentees.iter();
    mentees.any(|mentee| reach.organizations.contains(&mentee.profile.workplace.organization))
}

/// The proposals ticked, each once. Only what the run proposes may be chosen, and only for mentees of one's own places.
fn chosen<'a>(form: &mut Form, told: &'a Told, reach: &Reach) -> Vec<&'a Proposal> {
    let sent: BTreeSet<String> = form.data().all("chosen").map(str::to_owned).collect();
    let mut found = Vec::new();
    for code in &sent {
        let pair = read_pair(code);
        let proposal =
            told.result.pairs.iter().find(|known| Some((known.mentor, known.mentee)) == pair).filter(
                |known| {
                    home(&told.input, known.mentee.0).is_some_and(|home| reach.organizations.contains(&home))
                },
            );
        match proposal {
            Some(proposal) => found.push(proposal),
            None => form.error(
                "chosen",
                "Среди отмеченных есть пара, которой нет в этом подборе. Обновите страницу.",
            ),
        }
    }
    if sent.is_empty() {
        form.error("chosen", "Отметьте хотя бы одну пару.");
    }
    found
}

/// How things stand now, read within the change.
struct Today<'a> {
    run: &'a RunRow,
    input: &'a Input,
    /// Whoever still waits for a mentor.
    waiting: BTreeMap<Uuid, Waiting>,
    /// Whoever a run of today could still propose.
    ready: BTreeSet<Uuid>,
    mentors: Vec<bank::Mentor>,
    formed: BTreeMap<Uuid, Uuid>,
    day: NaiveDate,
}

/// What has become of the proposals chosen.
struct Outcomes<'a> {
    formed: u64,
    refused: Vec<(&'a Proposal, String)>,
}

impl Outcomes<'_> {
    /// Each pair that was not formed, with the reason.
    fn told(&self, told: &Told) -> String {
        let one = |(pair, why): &(&Proposal, String)| {
            format!("{} – {}: {why}", told.name(pair.mentor).short(), told.name(pair.mentee).short())
        };
        self.refused.iter().map(one).collect::<Vec<_>>().join(" ")
    }
}

impl<'a> Today<'a> {
    async fn load(
        connection: &impl ConnectionTrait,
        run: &'a RunRow,
        told: &'a Told,
        day: NaiveDate,
    ) -> anyhow::Result<Self> {
        let scope = run.scope();
        let (waiting, _) = bank::waiting(connection, &scope.reach(), Names::Shown, day).await?;
        let ready = gather::mentors(connection, &scope, day).await?;
        Ok(Self {
            run,
            input: &told.input,
            waiting: waiting.into_iter().map(|waiting| (waiting.who.person, waiting)).collect(),
            ready: ready.into_iter().map(|ready| ready.who.person).collect(),
            mentors: bank::candidates_within(connection, &scope.mentor_reach(), day).await?,
            formed: store::drafts(connection, run.id).await?,
            day,
        })
    }

    /// Forms what can be formed; the others are told why not.
    async fn form_all(
        &self,
        change: &Change,
        chosen: &[&'a Proposal],
        online_place: &str,
    ) -> anyhow::Result<Outcomes<'a>> {
        let mut outcome = Outcomes { formed: 0, refused: Vec::new() };
        for together in self.mentorships(chosen) {
            let mut still = Vec::new();
            for proposal in together {
                match self.has_changed(proposal) {
                    Some(why) => outcome.refused.push((proposal, why.to_owned())),
                    None => still.push(proposal),
                }
            }
            match self.form_one(change, &still, online_place).await? {
                Ok(()) => outcome.formed += u64::from(!still.is_empty()),
                Err(why) => outcome.refused.extend(still.iter().map(|proposal| (*proposal, why.clone()))),
            }
        }
        Ok(outcome)
    }

    /// Proposals that make one mentorship: mentees of one organization whose mentor leads a group and nothing else;
    /// anybody else alone.
    fn mentorships(&self, chosen: &[&'a Proposal]) -> Vec<Vec<&'a Proposal>> {
        let mut groups: BTreeMap<_, Vec<&'a Proposal>> = BTreeMap::new();
        let mut all = Vec::new();
        for proposal in chosen {
            if self.input.mentor(proposal.mentor.0).is_some_and(Mentor::leads_groups_only) {
                let place = home(self.input, proposal.mentee.0);
                groups.entry((proposal.mentor, place)).or_default().push(*proposal);
            } else {
                all.push(vec![*proposal]);
            }
        }
        all.extend(groups.into_values());
        all
    }

    /// Why the mentee can't be given to anybody any more.
    fn has_changed(&self, proposal: &Proposal) -> Option<&'static str> {
        if self.formed.contains_key(&proposal.mentee.0) {
            return Some("пара уже составлена из этого подбора.");
        }
        if !self.waiting.contains_key(&proposal.mentee.0) {
            return Some("наставляемый больше не ждёт наставника: проверьте запись в банке.");
        }
        None
    }

    async fn form_one(
        &self,
        change: &Change,
        together: &[&Proposal],
        online_place: &str,
    ) -> anyhow::Result<Result<(), String>> {
        let Some(first) = together.first() else { return Ok(Ok(())) };
        let wanted = match self.wanted(first, together, online_place)? {
            Ok(wanted) => wanted,
            Err(why) => return Ok(Err(why.to_owned())),
        };
        match pairs::form(change, &wanted).await? {
            Ok(pair) => {
                for proposal in together {
                    store::add_draft(change.tx(), self.run.id, proposal.mentee.0, pair).await?;
                }
                Ok(Ok(()))
            }
            Err(error) => Ok(Err(format!("{error}."))),
        }
    }

    /// What the form of a pair would offer for these people.
    fn wanted(
        &self,
        first: &Proposal,
        together: &[&Proposal],
        online_place: &str,
    ) -> anyhow::Result<Result<Wanted, &'static str>> {
        let mentor = first.mentor.0;
        let waiting: Vec<&Waiting> =
            together.iter().filter_map(|proposal| self.waiting.get(&proposal.mentee.0)).collect();
        let known = self.input.mentor(mentor).filter(|_| self.ready.contains(&mentor));
        let place = known.map(|known| known.profile.workplace.organization.0);
        let candidate =
            self.mentors.iter().find(|one| one.person == mentor && Some(one.organization) == place);
        let (Some(known), Some(candidate), Some(organization)) =
            (known, candidate, waiting.first().map(|first| first.who.place.organization.0))
        else {
            return Ok(Err("наставник больше не готов к новой паре: проверьте запись в банке."));
        };
        let possible = if known.leads_groups_only() { &known.profile.kinds } else { &first.kinds };
        let posts: Vec<_> = waiting.iter().map(|waiting| waiting.who.post).collect();
        let categories: Vec<_> = waiting.iter().flat_map(|waiting| waiting.categories.clone()).collect();
        let form = kind::Form::suggest(known.profile.post, &known.roles, &posts);
        let model = (form == kind::Form::TeacherTeacher).then(|| Model::suggest(&categories));
        Ok(Ok(Wanted {
            organization,
            mentor: candidate.clone(),
            mentees: waiting.iter().map(|waiting| waiting.who.person).collect(),
            form,
            kinds: usual_kinds(possible, candidate.organization != organization),
            model,
            period: pairs::usual_period(self.day)?,
            online_place: online_place.to_owned(),
            goals: Vec::new(),
            meetings: Vec::new(),
            work: Vec::new(),
            pay: None,
        }))
    }
}

/// The kind the form of a pair would open with, if both take part in it; across organizations also on line (C2).
fn usual_kinds(possible: &BTreeSet<Kind>, is_apart: bool) -> Vec<Kind> {
    const ORDER: [Kind; 5] =
        [Kind::Traditional, Kind::Situational, Kind::Virtual, Kind::GoalSetting, Kind::Group];
    let first = ORDER.into_iter().find(|kind| possible.contains(kind));
    let mut kinds: BTreeSet<Kind> = first.or_else(|| possible.first().copied()).into_iter().collect();
    if is_apart {
        kinds.insert(Kind::Virtual);
    }
    kinds.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_kind_both_take_part_in_comes_first() {
        let table = [
            (vec![Kind::Traditional, Kind::Situational], false, vec![Kind::Traditional]),
            (vec![Kind::Group, Kind::Situational], false, vec![Kind::Situational]),
            (vec![Kind::Reverse], false, vec![Kind::Reverse]),
            (vec![Kind::Traditional, Kind::Virtual], true, vec![Kind::Traditional, Kind::Virtual]),
            (vec![Kind::Virtual], true, vec![Kind::Virtual]),
        ];
        for (possible, is_apart, expected) in table {
            assert_eq!(usual_kinds(&possible.iter().copied().collect(), is_apart), expected, "{possible:?}");
        }
    }
}
