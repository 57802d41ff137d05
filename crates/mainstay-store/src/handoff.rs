//! Packets from one shift to the next: which cases wait for whom, what was asked, and the next step
//! of a case.

use mainstay_core::case::Audience;
use mainstay_core::event::Stream;
use mainstay_core::handoff::{Item, Receiver};
use mainstay_core::{CaseId, CaseNumber, HandoffId, Severity, UserId, UtcMicros};

use crate::account::{Person, person, person_columns, person_or_none};
use crate::case::CaseSummary;
use crate::error::StoreError;
use crate::row::{FromColumn, FromRow, Row};
use crate::statement::handoff as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// A packet without its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    pub id: HandoffId,
    pub giver: Person,
    pub to: Receiver,
    /// The person or the team, as it is called now.
    pub receiver: String,
    pub note: String,
    pub sent_at: UtcMicros,
    pub answer_by: UtcMicros,
    pub lead: Option<Person>,
    pub told_at: Option<UtcMicros>,
    pub told_due: Option<UtcMicros>,
    pub version: u64,
}

/// A case of a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoffItem {
    pub handoff: HandoffId,
    pub case: CaseId,
    pub number: CaseNumber,
    /// As it was sent.
    pub item: Item,
    pub state: ItemState,
    pub decided_by: Option<Person>,
    pub decided_at: Option<UtcMicros>,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// What became of a case of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    Waiting,
    Accepted,
    Refused,
    /// Another packet has it now.
    Replaced,
    /// The case went elsewhere, or ended.
    Void,
}

/// A question about a case of a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub case: CaseId,
    pub number: u32,
    pub question: String,
    pub asked_by: Person,
    pub asked_at: UtcMicros,
    pub answer: Option<String>,
    pub answered_by: Option<Person>,
    pub answered_at: Option<UtcMicros>,
}

/// What is done next on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub text: String,
    pub owner: Option<Person>,
    pub due: Option<UtcMicros>,
    pub set_by: Person,
    pub set_at: UtcMicros,
}

/// A case that others worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub number: CaseNumber,
    pub subject: String,
    pub severity: Severity,
    pub entries: u64,
    /// The newest of them.
    pub kind: String,
    pub at: UtcMicros,
    pub actor: Person,
}

impl ItemState {
    /// The word stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Replaced => "replaced",
            Self::Void => "void",
        }
    }
}

impl FromColumn for ItemState {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let word: String = row.get(column)?;
        [Self::Waiting, Self::Accepted, Self::Refused, Self::Replaced, Self::Void]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or(StoreError::Column { column })
    }
}

impl FromRow for Handoff {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let to_person = person_or_none(row, person_columns!("to_person"))?;
        let team: Option<String> = row.get("team_name")?;
        let to = match (&to_person, row.get("to_team")?) {
            (Some(person), _) => Receiver::Person(person.id),
            (None, Some(team)) => Receiver::Team(team),
            (None, None) => return Err(StoreError::Column { column: "to_team" }),
        };
        let receiver = to_person.map(|it| it.name).or(team);
        Ok(Self {
            id: row.get("id")?,
            giver: person(row, person_columns!("giver"))?,
            to,
            receiver: receiver.unwrap_or_else(|| "unknown".to_owned()),
            note: row.get("note")?,
            sent_at: row.get("sent_at_us")?,
            answer_by: row.get("answer_by_us")?,
            lead: person_or_none(row, person_columns!("lead"))?,
            told_at: row.get("told_at_us")?,
            told_due: row.get("told_due_us")?,
            version: row.get("handoff_version")?,
        })
    }
}

impl FromRow for HandoffItem {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let body: String = row.get("body")?;
        Ok(Self {
            handoff: row.get("handoff_id")?,
            case: row.get("case_id")?,
            number: row.get("case_number")?,
            item: serde_json::from_str(&body).map_err(|_| StoreError::Column { column: "body" })?,
            state: row.get("state")?,
            decided_by: person_or_none(row, person_columns!("decided_by"))?,
            decided_at: row.get("decided_at_us")?,
            reason: row.get("reason")?,
        })
    }
}

impl FromRow for Question {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            case: row.get("case_id")?,
            number: row.get("number")?,
            question: row.get("question")?,
            asked_by: person(row, person_columns!("asked_by"))?,
            asked_at: row.get("asked_at_us")?,
            answer: row.get("answer")?,
            answered_by: person_or_none(row, person_columns!("answered_by"))?,
            answered_at: row.get("answered_at_us")?,
        })
    }
}

impl FromRow for Step {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            text: row.get("text")?,
            owner: person_or_none(row, person_columns!("owner"))?,
            due: row.get("due_us")?,
            set_by: person(row, person_columns!("set_by"))?,
            set_at: row.get("set_at_us")?,
        })
    }
}

impl FromRow for Changed {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.get("case_number")?,
            subject: row.get("subject")?,
            severity: row.get("severity")?,
            entries: row.get("entries")?,
            kind: row.get("kind")?,
            at: row.get("at_us")?,
            actor: person(row, person_columns!("actor"))?,
        })
    }
}

/// What somebody said in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub at: UtcMicros,
    pub kind: String,
    pub audience: Option<Audience>,
    pub text: String,
    /// Who wrote, for the customer's side.
    pub title: String,
}

impl FromRow for Word {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            at: row.get("at_us")?,
            kind: row.get("kind")?,
            audience: row.get("audience")?,
            text: row.get("text")?,
            title: row.get("title")?,
        })
    }
}

impl Store {
    /// One packet.
    ///
    /// # Errors
    /// As every question.
    pub async fn handoff(&self, id: HandoffId) -> Result<Option<Handoff>, StoreError> {
        self.ask_one(statement::PACKET, values![id]).await
    }

    /// The packets with a case that nobody took yet, the oldest in front.
    ///
    /// # Errors
    /// As every question.
    pub async fn open_handoffs(&self) -> Result<Vec<Handoff>, StoreError> {
        self.ask(statement::OPEN_PACKETS, vec![]).await
    }

    /// The newest packets that somebody sent.
    ///
    /// # Errors
    /// As every question.
    pub async fn handoffs_of(&self, giver: UserId, limit: u32) -> Result<Vec<Handoff>, StoreError> {
        self.ask(statement::PACKETS_OF, values![giver, limit]).await
    }

    /// The cases of a packet, as they stand in it.
    ///
    /// # Errors
    /// As every question.
    pub async fn handoff_items(&self, id: HandoffId) -> Result<Vec<HandoffItem>, StoreError> {
        self.ask(statement::ITEMS, values![id]).await
    }

    /// What was asked about a packet, case by case.
    ///
    /// # Errors
    /// As every question.
    pub async fn handoff_questions(&self, id: HandoffId) -> Result<Vec<Question>, StoreError> {
        self.ask(statement::QUESTIONS, values![id]).await
    }

    /// The case as it stood in the last packet that had it.
    ///
    /// # Errors
    /// As every question.
    pub async fn last_handoff_item(&self, case: CaseId) -> Result<Option<HandoffItem>, StoreError> {
        self.ask_one(statement::LAST_ITEM, values![case]).await
    }

    /// What is done next on a case.
    ///
    /// # Errors
    /// As every question.
    pub async fn next_step(&self, case: CaseId) -> Result<Option<Step>, StoreError> {
        self.ask_one(statement::STEP, values![case]).await
    }

    /// The open cases of an owner, what is due first in front.
    ///
    /// # Errors
    /// As every question.
    pub async fn cases_of_owner(
        &self,
        owner: UserId,
        limit: u32,
    ) -> Result<Vec<CaseSummary>, StoreError> {
        self.ask(statement::CASES_OF_OWNER, values![owner, limit]).await
    }

    /// What others did since `since` to somebody's open cases.
    ///
    /// # Errors
    /// As every question.
    pub async fn changed_since(
        &self,
        owner: UserId,
        since: UtcMicros,
        limit: u32,
    ) -> Result<Vec<Changed>, StoreError> {
        self.ask(statement::CHANGED_SINCE, values![owner, since, limit]).await
    }

    /// How many open cases have a clock that rang by `now`, or a promise due by `soon`.
    ///
    /// # Errors
    /// As every question.
    pub async fn at_risk(&self, now: UtcMicros, soon: UtcMicros) -> Result<u64, StoreError> {
        let row = self.ask_row(statement::AT_RISK, values![now, soon]).await?;
        row.map_or(Ok(0), |row| row.get("cases"))
    }

    /// What was said in a case, the newest in front.
    ///
    /// # Errors
    /// As every question.
    pub async fn words_of_case(&self, case: CaseId, limit: u32) -> Result<Vec<Word>, StoreError> {
        self.ask(statement::WORDS_OF_CASE, values![case, limit]).await
    }
}

impl Write {
    /// One packet, inside the transaction.
    ///
    /// # Errors
    /// As every question.
    pub async fn handoff(&mut self, id: HandoffId) -> Result<Option<Handoff>, StoreError> {
        self.ask_one(statement::PACKET, values![id]).await
    }

    /// The cases of a packet, inside the transaction.
    ///
    /// # Errors
    /// As every question.
    pub async fn handoff_items(&mut self, id: HandoffId) -> Result<Vec<HandoffItem>, StoreError> {
        self.ask(statement::ITEMS, values![id]).await
    }

    /// The version of a packet's stream to append after, checked and locked.
    ///
    /// # Errors
    /// As `load_case`.
    pub async fn load_handoff(&mut self, id: HandoffId) -> Result<u64, StoreError> {
        Ok(self.load(Stream::Handoff(id)).await?.1)
    }
}
