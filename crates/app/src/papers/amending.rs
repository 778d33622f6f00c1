//! Orders about the members of a group: who joins it, who leaves it while the others stay (field of papers, п. 4.1.2).

use anyhow::Context;
use nastavnik_documents::papers::{AmendingOrder, Deed, MemberChange, OrderClause, Period};
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::document::{EndingFacts, JoiningFacts};
use super::export::{self, Maker, Requisites};
use crate::pairs::{Case, Participant};

const HEADING: &str = "О внесении изменений в состав группы";
/// What is said when one leaves a group.
const OTHERS_STAY: &str = "Наставничество остальных участников группы продолжается на прежних условиях.";
/// What the mentor does when somebody joins.
const PROGRAM: &str = "Наставнику дополнить программу наставничества вместе с новым участником.";

/// The order by which the newcomer joins.
pub(super) fn joining(
    case: &Case,
    facts: &JoiningFacts,
    maker: &Maker,
    with: &Requisites,
) -> anyhow::Result<AmendingOrder> {
    let pair = &case.pair;
    let newcomer = &pair.joins(facts.person).context("в группу никто не вступает")?.mentee;
    let mut bases = export::bases(&["labor_351_8", "order_548"], with.dated_on)?;
    bases.push(format!("письменным согласием наставника от {}", short(facts.agreed_on)));
    bases.push("письменным согласием наставляемого".to_owned());
    let deed = Deed::Joins { period: Period { from: facts.starts_on, to: pair.ends_on() } };
    let members = pair.staying().chain([newcomer]).map(|member| member.name.full()).collect();
    let own = (newcomer, deed, export::clause(PROGRAM));
    let order = amending(case, own, maker, with)?;
    Ok(AmendingOrder { bases, members, ..order })
}

/// The order by which one leaves while the others stay.
pub(super) fn leaving(
    case: &Case,
    (person, facts): (Uuid, &EndingFacts),
    maker: &Maker,
    with: &Requisites,
) -> anyhow::Result<AmendingOrder> {
    let pair = &case.pair;
    let leaves = pair.mentees.iter().find(|mentee| mentee.person == person);
    let leaves = leaves.context("этого человека нет в группе")?;
    let mut bases = export::bases(&["labor_351_8"], with.dated_on)?;
    bases.extend(facts.notice_on.map(|day| export::notice(facts.by, day)));
    let deed = Deed::Leaves { last_day: facts.last_day, reason: export::reason(facts) };
    let others = pair.staying().filter(|mentee| mentee.person != person);
    let members = others.map(|member| member.name.full()).collect();
    let order = amending(case, (leaves, deed, export::clause(OTHERS_STAY)), maker, with)?;
    Ok(AmendingOrder { bases, members, ..order })
}

/// What both orders have in common.
fn amending(
    case: &Case,
    (member, deed, clause): (&Participant, Deed, OrderClause),
    maker: &Maker,
    with: &Requisites,
) -> anyhow::Result<AmendingOrder> {
    let pair = &case.pair;
    Ok(AmendingOrder {
        letterhead: maker.letterhead(HEADING, with),
        bases: Vec::new(),
        amended: export::fixed_by(case).context("группа не закреплена приказом")?,
        mentor: export::mentor(pair),
        changes: vec![MemberChange { mentee: export::mentee(member, pair, with.dated_on), deed }],
        members: Vec::new(),
        clauses: vec![clause],
        control: export::CONTROL.to_owned(),
        signatory: maker.signatory(),
        acquainted: export::acquainted_of(pair, [member].into_iter()),
    })
}
