//! The proof that a result is the best there is, and its check: one look at every candidate pair, knowing
//! nothing of how the result was found.
//!
//! With prices of places it is enough to see three things: nobody could have more at these prices than they
//! have; a place that is free costs nothing; nobody has more mentees than places. Then every other answer is worth
//! at most as much (duality of linear programming; C. Berge, J. Egerváry).

use serde::{Deserialize, Serialize};

use super::instance::Instance;

/// Prices that prove the result: what one place of each mentor costs the others, in points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub prices: Vec<i32>,
}

/// What a check has proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The most mentees that can have a mentor, pairs that stay included.
    pub matched: usize,
    /// The largest sum of scores so many can have.
    pub score: u64,
}

/// What is wrong with a result or its proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("размеры результата не совпадают с задачей")]
    WrongSize,
    #[error("пара наставляемого {mentee} и наставника {mentor} не входит в число возможных")]
    NoSuchPair { mentee: usize, mentor: u32 },
    #[error("закреплённая пара наставляемого {mentee} не сохранена")]
    FixedPairLost { mentee: usize },
    #[error("у наставника {mentor} пар больше, чем мест")]
    TooManyMentees { mentor: usize },
    #[error("цена места у наставника {mentor} отрицательна")]
    NegativePrice { mentor: usize },
    #[error("у наставника {mentor} есть свободное место, а цена не равна нулю")]
    FreePlaceHasPrice { mentor: usize },
    #[error("наставляемый {mentee} мог бы получить лучшее")]
    NotBest { mentee: usize },
}

/// Proves that `mentors` (of each mentee, by number) is an optimum of the first two objectives: the most mentees
/// with a mentor, then the largest sum of scores.
pub fn check(
    instance: &Instance,
    mentors: &[Option<u32>],
    certificate: &Certificate,
) -> Result<Proven, Flaw> {
    let prices = &certificate.prices;
    if mentors.len() != instance.mentees() || prices.len() != instance.mentors() {
        return Err(Flaw::WrongSize);
    }
    let refusal = i64::from(instance.refusal());
    let mut taken = vec![0_u64; prices.len()];
    let mut proven = Proven { matched: 0, score: 0 };
    let mut fixed = instance.fixed().iter().peekable();
    for (mentee, mentor) in mentors.iter().enumerate() {
        let stays = fixed.next_if(|pair| pair.mentee as usize == mentee);
        let score = match (stays, mentor) {
            (Some(pair), Some(mentor)) if pair.mentor == *mentor => Some(pair.score),
            (Some(_), _) => return Err(Flaw::FixedPairLost { mentee }),
            (None, mentor) => a_best_one(instance, mentee, *mentor, prices, refusal)?,
        };
        if let (Some(score), Some(mentor)) = (score, mentor) {
            taken[*mentor as usize] += 1;
            proven.matched += 1;
            proven.score += u64::from(score);
        }
    }
    for (mentor, (price, taken)) in prices.iter().zip(taken).enumerate() {
        let places = u64::from(instance.places(mentor));
        if taken > places {
            return Err(Flaw::TooManyMentees { mentor });
        }
        if *price < 0 {
            return Err(Flaw::NegativePrice { mentor });
        }
        if taken < places && *price > 0 {
            return Err(Flaw::FreePlaceHasPrice { mentor });
        }
    }
    Ok(proven)
}

/// The score of the mentee's pair, if nothing would be better for them at these prices.
fn a_best_one(
    instance: &Instance,
    mentee: usize,
    mentor: Option<u32>,
    prices: &[i32],
    refusal: i64,
) -> Result<Option<u16>, Flaw> {
    let (mut best, mut mine, mut score) = (-refusal, -refusal, None);
    for (candidate, points) in instance.candidates(mentee) {
        let value = i64::from(points) - i64::from(prices[candidate as usize]);
        best = best.max(value);
        if mentor == Some(candidate) {
            (mine, score) = (value, Some(points));
        }
    }
    match mentor {
        Some(mentor) if score.is_none() => Err(Flaw::NoSuchPair { mentee, mentor }),
        _ if mine < best => Err(Flaw::NotBest { mentee }),
        _ => Ok(score),
    }
}
