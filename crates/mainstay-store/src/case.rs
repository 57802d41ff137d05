//! Cases: the queue, its counts, and one case with everything its page shows.

use mainstay_core::status::Category;
use mainstay_core::{CaseId, CaseNumber, Severity, Status, UserId, UtcMicros};

use crate::account::{Person, person, person_columns, person_or_none};
use crate::error::StoreError;
use crate::row::{FromRow, Row, category_word};
use crate::sla::NextClock;
use crate::statement::read as statement;
use crate::store::Store;
use crate::value::{Value, values};
use crate::write::Write;

/// A search of more words than this is taken as fewer words, the last one with blanks in it.
const SEARCH_WORDS_MAX: usize = 3;

/// A case as a row of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSummary {
    pub id: CaseId,
    pub number: CaseNumber,
    pub subject: String,
    pub severity: Severity,
    pub status: Status,
    /// Who has the ball while it is on hold.
    pub waits_on: String,
    /// The version of the policies whose promises hold.
    pub policies: Option<u32>,
    /// When the customer was promised to hear from us.
    pub promised_at: Option<UtcMicros>,
    /// The running clock that is due first.
    pub clock: Option<NextClock>,
    pub customer: String,
    pub product: String,
    pub version: String,
    pub assignee: Option<Person>,
    pub opened_at: UtcMicros,
    pub updated_at: UtcMicros,
    pub bundles: u64,
    pub bundles_reading: u64,
    pub evidence: u64,
    pub notes: u64,
    pub sample: bool,
    /// The version of the case's stream: what an edit expects.
    pub case_version: u64,
}

/// A case with what only its own page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseDetail {
    pub summary: CaseSummary,
    /// Markdown.
    pub description: String,
    pub opened_by: Person,
    /// Markdown; while the case is resolved.
    pub resolution: Option<String>,
}

/// What the queue shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub category: Category,
    pub owner: Owner,
    /// Empty for all.
    pub severities: Vec<Severity>,
    /// Words that all occur in number, subject, customer, product, version or description.
    pub text: String,
    pub sort: QueueSort,
    /// `next_cursor` of the page before; empty for the first page.
    pub cursor: String,
    pub limit: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Anybody,
    Nobody,
    User(UserId),
}

/// Most urgent, most recently changed, most recently opened, or due first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueSort {
    Severity,
    Updated,
    Opened,
    Due,
}

/// A page of the queue. Cases that arrive meanwhile do not shift the following pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePage {
    pub cases: Vec<CaseSummary>,
    pub next_cursor: Option<String>,
    /// Cases on all pages.
    pub total: u64,
}

/// How many cases each view has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueCounts {
    /// Open cases.
    pub all: u64,
    pub mine: u64,
    pub unowned: u64,
    pub resolved: u64,
}

/// Where a page begins: after a row with these keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Keys(i64, i64, i64);

impl Keys {
    const FIRST: Self = Self(i64::MIN, i64::MIN, i64::MIN);

    fn parse(cursor: &str) -> Result<Self, StoreError> {
        if cursor.is_empty() {
            return Ok(Self::FIRST);
        }
        let numbers: Option<Vec<i64>> =
            cursor.split('.').map(|number| number.parse().ok()).collect();
        match numbers.as_deref() {
            Some([first, second, third]) => Ok(Self(*first, *second, *third)),
            _ => Err(StoreError::Cursor),
        }
    }

    fn print(self) -> String {
        format!("{}.{}.{}", self.0, self.1, self.2)
    }
}

impl FromRow for Keys {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self(row.get("key_first")?, row.get("key_second")?, row.get("key_third")?))
    }
}

impl FromRow for CaseSummary {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            subject: row.get("subject")?,
            severity: row.get("severity")?,
            status: row.get("status")?,
            waits_on: row.get("waits_on")?,
            policies: row.get::<Option<i64>>("policies")?.and_then(|it| u32::try_from(it).ok()),
            promised_at: row.get("promised_us")?,
            clock: NextClock::of_case(row)?,
            customer: row.get("customer")?,
            product: row.get("product")?,
            version: row.get("version")?,
            assignee: person_or_none(row, person_columns!("assignee"))?,
            opened_at: row.get("opened_at_us")?,
            updated_at: row.get("updated_at_us")?,
            bundles: row.get("bundles")?,
            bundles_reading: row.get("bundles_reading")?,
            evidence: row.get("evidence")?,
            notes: row.get("notes")?,
            sample: row.get("sample")?,
            case_version: row.get("case_version")?,
        })
    }
}

impl FromRow for CaseDetail {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            summary: CaseSummary::from_row(row)?,
            description: row.get("description")?,
            opened_by: person(row, person_columns!("opened_by"))?,
            resolution: row.get("resolution")?,
        })
    }
}

/// What the words of a case are found by.
pub(crate) fn search_text(number: CaseNumber, fields: [&str; 5]) -> String {
    format!("{number} {}", fields.join(" ")).to_lowercase()
}

fn search_patterns(text: &str) -> [String; SEARCH_WORDS_MAX] {
    let text = text.trim().to_lowercase();
    let mut words = text.splitn(SEARCH_WORDS_MAX, char::is_whitespace);
    std::array::from_fn(|_| {
        let word = words.next().unwrap_or_default().trim();
        let escaped = word.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
        format!("%{escaped}%")
    })
}

fn filter_values(queue: &Queue) -> Vec<Value> {
    let owner = match queue.owner {
        Owner::Anybody => "any".to_owned(),
        Owner::Nobody => "none".to_owned(),
        Owner::User(id) => id.to_string(),
    };
    let wanted: &[Severity] =
        if queue.severities.is_empty() { &Severity::ALL } else { &queue.severities };
    let ranks: String = wanted.iter().map(|severity| severity.rank().to_string()).collect();
    let [first, second, third] = search_patterns(&queue.text);
    values![category_word(queue.category), owner, ranks, first, second, third]
}

impl Store {
    /// A page of the queue.
    ///
    /// # Errors
    /// `Cursor` for a cursor that is not from this queue.
    pub async fn queue(&self, queue: &Queue) -> Result<QueuePage, StoreError> {
        let keys = Keys::parse(&queue.cursor)?;
        let sql = match queue.sort {
            QueueSort::Severity => statement::QUEUE_BY_SEVERITY,
            QueueSort::Updated => statement::QUEUE_BY_UPDATED,
            QueueSort::Opened => statement::QUEUE_BY_OPENED,
            QueueSort::Due => statement::QUEUE_BY_DUE,
        };
        let mut held = self.snapshot().await?;
        let mut connection = held.connection();
        let total = connection.row(statement::QUEUE_TOTAL, filter_values(queue)).await?;
        let total = total.map_or(Ok(0), |row| row.get("total"))?;
        let mut values = filter_values(queue);
        values.extend(values![keys.0, keys.1, keys.2, queue.limit.saturating_add(1)]);
        let rows = connection.rows(sql, values).await?;
        let shown = &rows[..rows.len().min(queue.limit as usize)];
        let cases = shown.iter().map(CaseSummary::from_row).collect::<Result<_, _>>()?;
        let next_cursor = match shown.last() {
            Some(last) if rows.len() > shown.len() => Some(Keys::from_row(last)?.print()),
            _ => None,
        };
        Ok(QueuePage { cases, next_cursor, total })
    }

    /// How many cases each view has for this user.
    ///
    /// # Errors
    /// As every question.
    pub async fn queue_counts(&self, user: UserId) -> Result<QueueCounts, StoreError> {
        let mut held = self.reader().await?;
        let rows = held.connection().rows(statement::QUEUE_COUNTS, values![user]).await?;
        let mut counts = QueueCounts::default();
        for row in &rows {
            if row.get::<String>("status")? == category_word(Category::Done) {
                counts.resolved = row.get("cases")?;
            } else {
                counts.all = row.get("cases")?;
                counts.mine = row.get("mine")?;
                counts.unowned = row.get("unowned")?;
            }
        }
        Ok(counts)
    }

    /// One case by the number people say.
    ///
    /// # Errors
    /// As every question.
    pub async fn case_by_number(
        &self,
        number: CaseNumber,
    ) -> Result<Option<CaseDetail>, StoreError> {
        self.ask_one(statement::CASE_BY_NUMBER, values![number]).await
    }

    /// The id of the case with this number.
    ///
    /// # Errors
    /// As every question.
    pub async fn case_id(&self, number: CaseNumber) -> Result<Option<CaseId>, StoreError> {
        let row = self.ask_row(statement::CASE_ID_BY_NUMBER, values![number]).await?;
        row.map(|row| row.get("id")).transpose()
    }

    /// The number of a case.
    ///
    /// # Errors
    /// As every question.
    pub async fn case_number(&self, id: CaseId) -> Result<Option<CaseNumber>, StoreError> {
        let row = self.ask_row(statement::CASE_NUMBER_BY_ID, values![id]).await?;
        row.map(|row| row.get("number")).transpose()
    }

    /// The cases of the sample desk, by number.
    ///
    /// # Errors
    /// As every question.
    pub async fn sample_cases(&self) -> Result<Vec<CaseId>, StoreError> {
        let rows = self.reader().await?.connection().rows(statement::SAMPLE_CASES, vec![]).await?;
        rows.iter().map(|row| row.get("id")).collect()
    }
}

impl Write {
    /// One case with what this write has changed so far: the answer to keep for the same key.
    ///
    /// # Errors
    /// As every question.
    pub async fn case_detail(
        &mut self,
        number: CaseNumber,
    ) -> Result<Option<CaseDetail>, StoreError> {
        self.ask_one(statement::CASE_BY_NUMBER, values![number]).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_every_word_and_no_wildcard() {
        assert_eq!(search_patterns(""), ["%%", "%%", "%%"]);
        assert_eq!(search_patterns(" Checkout  502 "), ["%checkout%", "%%", "%502%"]);
        assert_eq!(search_patterns(r"a b c d_e\f%"), ["%a%", "%b%", r"%c d\_e\\f\%%"]);
    }

    #[test]
    fn cursors_print_as_they_parse() {
        let keys = Keys(2, -1_764_000_000_000_000, -1042);
        assert_eq!(Keys::parse(&keys.print()).ok(), Some(keys));
        for foreign in ["1", "1.2", "1.2.3.4", "a.b.c", "1.2.", "1.2.99999999999999999999"] {
            assert!(matches!(Keys::parse(foreign), Err(StoreError::Cursor)), "{foreign}");
        }
    }
}
