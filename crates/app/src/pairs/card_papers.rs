//! Papers on the card of a pair: what is needed, what stands, what to do with them next.

use nastavnik_domain::gate;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::record::Participant;
use super::state::{Case, State, step_tone};
use crate::kernel::ids;
use crate::kernel::page::Tone;
use crate::papers::{Document, PaperKind, Standing};

/// A paper the pair needs or has.
pub(super) struct PaperLine {
    pub(super) title: &'static str,
    pub(super) whose: String,
    /// «№ 1-СН/2026»; empty while there is none.
    pub(super) number: String,
    pub(super) state: String,
    pub(super) tone: Tone,
    /// Only for those who may open it.
    pub(super) href: Option<String>,
    /// Whose signature it waits for: of its person, not of the director.
    pub(super) is_personal: bool,
    /// The form that issues it, for those who may, when it is not there yet.
    pub(super) issue: Option<IssueForm>,
}

pub(super) struct IssueForm {
    pub(super) key: Uuid,
    pub(super) kind: &'static str,
    pub(super) person: String,
}

/// The first personal paper that is not signed: to issue it or to note its signature is the one thing to do now.
pub(super) fn next_paper(lines: &[PaperLine]) -> Option<usize> {
    lines.iter().position(|line| {
        line.issue.is_some() || (line.is_personal && line.tone == Tone::Wait && line.href.is_some())
    })
}

impl PaperLine {
    /// «согласие наставника, Иванова А. А.», to stand inside a sentence.
    pub(super) fn named(&self) -> String {
        let mut letters = self.title.chars();
        let title: String =
            letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect());
        if self.whose.is_empty() { title } else { format!("{title}, {}", self.whose) }
    }
}

/// The papers in the order of the gate: what is needed, what stands, what was canceled.
pub(super) fn paper_lines(case: &Case, allows: &impl Fn(Permission) -> bool, me: Uuid) -> Vec<PaperLine> {
    let pair = &case.pair;
    let mut needed = vec![(PaperKind::MentorConsent, Some(&pair.mentor))];
    needed.extend(pair.mentees.iter().map(|mentee| (PaperKind::MenteeAgreement, Some(mentee))));
    needed.push((PaperKind::SupplementaryAgreement, Some(&pair.mentor)));
    needed.push((PaperKind::AppointmentOrder, None));
    let reads = allows(Permission::ReadPapers);
    let opens = |document: &Document| reads || document.person == Some(me);
    let issues = allows(Permission::RecordPapers) && !case.is_fixed() && case.state != State::Withdrawn;
    let partnership = partnership_line(case, allows);
    let personal = needed.into_iter().map(|(kind, person)| {
        let live = case.live(kind, person.map(|person| person.person));
        let issue = person.filter(|_| live.is_none() && issues).map(|person| IssueForm {
            key: ids::form_key(),
            kind: kind.code(),
            person: person.person.to_string(),
        });
        line(kind, person, live, &opens, issue)
    });
    let newcomer = newcomer_line(case, allows, &opens);
    let mut lines: Vec<PaperLine> = partnership.into_iter().chain(personal).chain(newcomer).collect();
    let shown: Vec<Option<String>> = lines.iter().map(|line| line.href.clone()).collect();
    let rest = case.documents.iter().filter(|document| !shown.contains(&Some(href(document))));
    let rest = rest.filter(|document| !document.is_live() || document.kind.changes());
    for document in rest.filter(|document| reads || document.person == Some(me)) {
        let newcomer = pair.joining.iter().map(|joining| &joining.mentee);
        let person = pair.people().chain(newcomer).find(|person| Some(person.person) == document.person);
        lines.push(line(document.kind, person, Some(document), &opens, None));
    }
    lines
}

/// The agreement of somebody about to join, for those who prepare the order.
fn newcomer_line(
    case: &Case,
    allows: &impl Fn(Permission) -> bool,
    opens: &impl Fn(&Document) -> bool,
) -> Option<PaperLine> {
    let newcomer = case.pair.joining.as_ref().filter(|_| allows(Permission::RecordPapers))?;
    let person = &newcomer.mentee;
    let live = case.live(PaperKind::MenteeAgreement, Some(person.person));
    let issue = live.is_none().then(|| IssueForm {
        key: ids::form_key(),
        kind: PaperKind::MenteeAgreement.code(),
        person: person.person.to_string(),
    });
    Some(line(PaperKind::MenteeAgreement, Some(person), live, opens, issue))
}

/// The agreement between the two organizations, where the pair needs one.
fn partnership_line(case: &Case, allows: &impl Fn(Permission) -> bool) -> Option<PaperLine> {
    let step = case.gate.steps.iter().find(|step| step.step == gate::Step::Partnership)?;
    let agreement = case.pair.agreement.as_ref();
    let reads = allows(Permission::ReadAgreements);
    Some(PaperLine {
        title: "Договор о сотрудничестве",
        is_personal: false,
        whose: agreement
            .map_or_else(String::new, |known| known.other_than(case.pair.organization).to_owned()),
        number: case
            .papers
            .partnership
            .paper()
            .map_or_else(String::new, |paper| format!("№ {}", paper.number)),
        state: step.status.title().to_owned(),
        tone: step_tone(step.status),
        href: agreement.filter(|_| reads).map(|known| format!("/agreements/{}", known.id)),
        issue: None,
    })
}

fn line(
    kind: PaperKind,
    person: Option<&Participant>,
    document: Option<&Document>,
    opens: &impl Fn(&Document) -> bool,
    issue: Option<IssueForm>,
) -> PaperLine {
    let (state, tone) = match document {
        None => ("ещё нет".to_owned(), Tone::Plan),
        Some(document) => {
            let signed = match (document.standing(), document.signed_on) {
                (Standing::Signed, Some(day)) => format!("подписано {}", short(day)),
                (Standing::Canceled, _) => "отменено".to_owned(),
                _ => "на подписи".to_owned(),
            };
            (signed, document.standing().tone())
        }
    };
    PaperLine {
        title: kind.title(),
        is_personal: person.is_some(),
        whose: person.map_or_else(String::new, |person| person.name.short()),
        number: document.map_or_else(String::new, |document| format!("№ {}", document.label)),
        state,
        tone,
        href: document.filter(|document| opens(document)).map(href),
        issue,
    }
}

fn href(document: &Document) -> String {
    format!("/papers/{}", document.id)
}
