//! Whose eyes read a program (decisions 0009, 0016): the pair sees what a goal rests on, everybody else the direction of
//! work.

use nastavnik_domain::program::{Body, Eyes, Found, Ground};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::diagnosis::{self, Finding};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::pairs::{Case, State};

/// Where the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ring {
    /// The mentor of a mentorship in force.
    Mentor,
    Mentee(Uuid),
    Outside,
}

impl Ring {
    pub(super) fn of(ctx: &Ctx, case: &Case) -> Self {
        let me = ctx.actor().person.0;
        if case.pair.mentees.iter().any(|mentee| mentee.person == me) {
            return Self::Mentee(me);
        }
        if case.pair.mentor.person == me && case.state == State::Active {
            return Self::Mentor;
        }
        Self::Outside
    }

    /// In a group a colleague's goal is read as others read it.
    pub(super) fn eyes(self, body: &Body) -> Eyes {
        let whose = match body {
            Body::Goal { mentee, .. } => *mentee,
            _ => None,
        };
        match self {
            Self::Mentor => Eyes::Pair,
            Self::Mentee(me) if whose.is_none_or(|whose| whose.0 == me) => Eyes::Pair,
            Self::Mentee(_) | Self::Outside => Eyes::Others,
        }
    }

    /// What the diagnosis has found, for those who may know: the mentor of everybody, a mentee of themself.
    pub(super) async fn findings(
        self,
        ctx: &Ctx,
        connection: &impl ConnectionTrait,
        case: &Case,
    ) -> Outcome<Vec<Finding>> {
        let people: Vec<Uuid> = match self {
            Self::Mentor => case.pair.mentees.iter().map(|mentee| mentee.person).collect(),
            Self::Mentee(me) => vec![me],
            Self::Outside => return Ok(Vec::new()),
        };
        diagnosis::findings(connection, case.pair.organization, &people, ctx.today).await
    }
}

/// Findings as the rules of drafting take them.
pub(super) fn found(findings: &[Finding]) -> Vec<Found> {
    use nastavnik_domain::competence::Standing;
    let one = |finding: &Finding| Found {
        mentee: finding.person.into(),
        domain: finding.domain,
        ground: if finding.standing == Standing::Strength { Ground::Strength } else { Ground::Deficit },
    };
    findings.iter().map(one).collect()
}
