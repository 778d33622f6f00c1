//! What is known about a program when it is asked whether it may be offered (D12), its evaluation (D11) with the rest.

use chrono::NaiveDate;
use nastavnik_domain::program_base::{Evaluation, Facts, Lack, eligible};

use super::rules::rules;
use crate::evaluations;
use crate::kernel::errors::Outcome;
use crate::pairs::Case;
use crate::programs::Standing;

/// Whether this program may be offered today. `declined` is the revision to whose offer somebody of the pair said no,
/// `evaluated` is its confirmed final evaluation.
pub(super) fn check(
    case: &Case,
    standing: &Standing,
    declined: Option<u32>,
    evaluated: Option<&evaluations::Result>,
    today: NaiveDate,
) -> Outcome<Result<(), Lack>> {
    let count = |number: i64| u32::try_from(number).unwrap_or(0);
    let facts = Facts {
        approved_revision: standing.approved_revision.map(count),
        measures: count(standing.measures),
        measures_done: count(standing.measures_done),
        last_day: case.last_day(),
        // Without an evaluation the curator tells on the page of the check what came of the program.
        evaluation: evaluated.map(|result| if result.is_good { Evaluation::Good } else { Evaluation::Weak }),
        declined_revision: declined,
    };
    Ok(eligible(&facts, rules(today)?, today))
}
