//! What can happen to a program.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::text::{Body, Shape, Text};
use crate::ids::PersonId;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The draft is made. `people` are the mentor and every mentee: all of them sign. `origin` is the program of the
    /// municipal base it was begun from (D12).
    Made {
        shape: Shape,
        people: Vec<PersonId>,
        text: Text,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Uuid>,
    },
    Added {
        line: Uuid,
        body: Body,
    },
    /// `from` is the version the writer saw: of two who write one line the second is told.
    Changed {
        line: Uuid,
        from: u32,
        body: Body,
    },
    Removed {
        line: Uuid,
        from: u32,
    },
    /// A participant signs. `seen` is the edition of the text on their screen: nobody signs what they have not read.
    Signed {
        seen: u32,
    },
    Agreed {
        remarks: String,
    },
    /// Sent back to the pair with remarks, by whoever had to agree or to approve.
    Returned {
        remarks: String,
    },
    /// The council is asked; `subject` is the question's own id.
    CouncilAsked {
        subject: Uuid,
    },
    /// п. 4.1.1: the director approves; `document` is the paper that was issued.
    Approved {
        document: Uuid,
    },
    RevisionBegun {
        reason: String,
    },
    /// A measure is carried out, with words about what came of it.
    Done {
        line: Uuid,
        on: NaiveDate,
        words: String,
    },
    /// It was marked by mistake.
    DoneCanceled {
        line: Uuid,
    },
    /// D8: another teacher is asked to help.
    HelperInvited {
        person: PersonId,
        task: String,
    },
    HelperAnswered {
        accepts: Answer,
    },
}

/// What an invited teacher answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Accepts,
    Declines,
}

/// An event with its author and moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub event: Event,
}
