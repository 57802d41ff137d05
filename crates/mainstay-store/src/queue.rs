//! Reading the queue: pages off an index, counts off the counters. No question reads more of a
//! hundred thousand cases than its page, but for a search by words that very many of them have.

use mainstay_core::status::Category;
use mainstay_core::{Severity, UserId};

use crate::case::{CaseSummary, Owner, Queue, QueueCounts, QueuePage, QueueSort};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::row::{FromRow as _, Row};
use crate::search::{self, Word};
use crate::statement::queue as statement;
use crate::statement::queue::Pages;
use crate::store::Store;
use crate::value::{Value, values};

/// So many cases are sorted faster than they are found in a walk through the whole view. To look
/// words up again costs more than to carry so many numbers.
const FEW_MATCHES_MAX: usize = 5_000;

/// Where a page begins: after the row with these keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Keys {
    /// Only the order of severity looks at it.
    severity: i64,
    moment: i64,
    /// The number; for what is due with the severity in front.
    number: i64,
}

impl Keys {
    const NEWEST: Self = Self { severity: 0, moment: i64::MAX, number: i64::MAX };
    const DUE_FIRST: Self = Self { severity: 0, moment: i64::MIN, number: i64::MIN };

    fn parse(cursor: &str, sort: QueueSort) -> Result<Self, StoreError> {
        if cursor.is_empty() {
            return Ok(if sort == QueueSort::Due { Self::DUE_FIRST } else { Self::NEWEST });
        }
        let numbers: Option<Vec<i64>> =
            cursor.split('.').map(|number| number.parse().ok()).collect();
        match numbers.as_deref() {
            Some([severity, moment, number]) => {
                Ok(Self { severity: *severity, moment: *moment, number: *number })
            }
            _ => Err(StoreError::Cursor),
        }
    }

    fn print(self) -> String {
        format!("{}.{}.{}", self.severity, self.moment, self.number)
    }

    fn of(row: &Row, sort: QueueSort) -> Result<Self, StoreError> {
        let severity: Severity = row.get("severity")?;
        let (severity, number) = (i64::from(severity.rank()), row.get::<i64>("number")?);
        let number = if sort == QueueSort::Due { (severity << 32) - number } else { number };
        Ok(Self { severity, moment: row.get("key_moment")?, number })
    }
}

/// What is asked of the view, in the words of the statements.
struct Asked {
    done: bool,
    owner: String,
    /// Without doubles, most urgent first.
    ranks: Vec<i64>,
    words: Vec<Word>,
}

impl Asked {
    fn of(queue: &Queue) -> Self {
        let owner = match queue.owner {
            Owner::Anybody => "any".to_owned(),
            Owner::Nobody => "none".to_owned(),
            Owner::User(id) => id.to_string(),
            Owner::Receiver => "waiting".to_owned(),
        };
        let wanted: &[Severity] =
            if queue.severities.is_empty() { &Severity::ALL } else { &queue.severities };
        let mut ranks: Vec<i64> = wanted.iter().map(|it| i64::from(it.rank())).collect();
        ranks.sort_unstable();
        ranks.dedup();
        let words = search::search_words(&queue.text);
        Self { done: queue.category == Category::Done, owner, ranks, words }
    }

    fn rank_text(&self) -> String {
        self.ranks.iter().map(ToString::to_string).collect()
    }

    fn expression(&self, connection: &Connection<'_>) -> String {
        match connection {
            Connection::Sqlite(_) => search::match_expression(&self.words),
            Connection::Postgres(_) => search::tsquery(&self.words),
        }
    }
}

/// How a page is found.
enum Way {
    /// Nothing is searched.
    All,
    /// Among these numbers, as the engine takes a list.
    Few(String),
    /// By these words, as the engine takes them.
    Many(String),
}

impl Way {
    fn pages(&self, connection: &Connection<'_>) -> &'static Pages {
        match (self, connection) {
            (Self::All, _) => &statement::ALL_CASES,
            (Self::Few(_), Connection::Sqlite(_)) => &statement::FEW_SQLITE,
            (Self::Few(_), Connection::Postgres(_)) => &statement::FEW_POSTGRES,
            (Self::Many(_), Connection::Sqlite(_)) => &statement::MANY_SQLITE,
            (Self::Many(_), Connection::Postgres(_)) => &statement::MANY_POSTGRES,
        }
    }

    fn search(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Few(found) | Self::Many(found) => Some(found),
        }
    }
}

impl Store {
    /// A page of the queue.
    ///
    /// # Errors
    /// `Cursor` for a cursor that is not from this queue.
    pub async fn queue(&self, queue: &Queue) -> Result<QueuePage, StoreError> {
        let keys = Keys::parse(&queue.cursor, queue.sort)?;
        let asked = Asked::of(queue);
        let mut held = self.snapshot().await?;
        let mut connection = held.connection();
        let way = find_way(&mut connection, &asked).await?;
        let rows = rows(&mut connection, queue, &asked, &way, keys).await?;
        let total = match total(&mut connection, &asked, &way).await? {
            Some(total) => total,
            None => rows.len() as u64,
        };
        let shown = &rows[..rows.len().min(queue.limit as usize)];
        let cases = shown.iter().map(CaseSummary::from_row).collect::<Result<_, _>>()?;
        let next_cursor = match shown.last() {
            Some(last) if rows.len() > shown.len() => Some(Keys::of(last, queue.sort)?.print()),
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
        let rows = held.connection().rows(statement::COUNTS, values![user]).await?;
        let waiting = held.connection().row(statement::WAITING, vec![]).await?;
        let waiting = waiting.map_or(Ok(0), |row| row.get("total"))?;
        let mut counts = QueueCounts { waiting, ..QueueCounts::default() };
        for row in &rows {
            if row.get("done")? {
                counts.resolved = row.get("cases")?;
            } else {
                counts.all = row.get("cases")?;
                counts.mine = row.get("mine")?;
                counts.unowned = row.get("unowned")?;
            }
        }
        Ok(counts)
    }
}

async fn find_way(connection: &mut Connection<'_>, asked: &Asked) -> Result<Way, StoreError> {
    if asked.words.is_empty() {
        return Ok(Way::All);
    }
    let expression = asked.expression(connection);
    let sql = statement::MATCHES.of(connection);
    let values = values![expression.as_str(), FEW_MATCHES_MAX as u64 + 1];
    let rows = connection.rows(sql, values).await?;
    if rows.len() > FEW_MATCHES_MAX {
        return Ok(Way::Many(expression));
    }
    let mut numbers = Vec::with_capacity(rows.len());
    for row in &rows {
        numbers.push(row.get::<i64>("number")?.to_string());
    }
    let list = numbers.join(",");
    Ok(Way::Few(match connection {
        Connection::Sqlite(_) => format!("[{list}]"),
        Connection::Postgres(_) => format!("{{{list}}}"),
    }))
}

/// `None` when too many are found to be counted.
async fn total(
    connection: &mut Connection<'_>,
    asked: &Asked,
    way: &Way,
) -> Result<Option<u64>, StoreError> {
    let mut values = values![asked.done, asked.owner.as_str(), asked.rank_text()];
    let sql = match way {
        Way::All if asked.owner == "waiting" => statement::WAITING_TOTAL,
        Way::All => statement::TOTAL,
        Way::Few(_) => statement::FEW_TOTAL.of(connection),
        Way::Many(_) => return Ok(None),
    };
    values.extend(way.search().map(Value::from));
    let row = connection.row(sql, values).await?;
    row.map(|row| row.get("total")).transpose()
}

/// One more than the page shows, when there are more.
async fn rows(
    connection: &mut Connection<'_>,
    queue: &Queue,
    asked: &Asked,
    way: &Way,
    keys: Keys,
) -> Result<Vec<Row>, StoreError> {
    let owner = match queue.owner {
        Owner::Anybody => 0,
        Owner::Nobody => 1,
        Owner::User(_) => 2,
        Owner::Receiver => 3,
    };
    let of_owner = &way.pages(connection)[owner];
    let page = |severity: Value, keys: Keys, limit: u32| {
        let mut values = values![asked.done, asked.owner.as_str()];
        values.push(severity);
        values.extend(values![keys.moment, keys.number, limit]);
        values.extend(way.search().map(Value::from));
        values
    };
    let limit = queue.limit.saturating_add(1);
    let sql = match queue.sort {
        QueueSort::Severity => {
            let mut rows = Vec::new();
            for rank in asked.ranks.iter().filter(|rank| **rank >= keys.severity) {
                let missing = limit - u32::try_from(rows.len()).unwrap_or(limit);
                if missing == 0 {
                    break;
                }
                let from = if *rank == keys.severity { keys } else { Keys::NEWEST };
                let values = page(Value::from(*rank), from, missing);
                rows.extend(connection.rows(of_owner[0], values).await?);
            }
            return Ok(rows);
        }
        QueueSort::Updated => of_owner[1],
        QueueSort::Opened => of_owner[2],
        QueueSort::Due => of_owner[3],
    };
    let values = page(Value::from(asked.rank_text()), keys, limit);
    Ok(connection.rows(sql, values).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_print_as_they_parse() {
        let keys = Keys { severity: 2, moment: 1_764_000_000_000_000, number: 1042 };
        assert_eq!(Keys::parse(&keys.print(), QueueSort::Updated).ok(), Some(keys));
        for foreign in ["1", "1.2", "1.2.3.4", "a.b.c", "1.2.", "1.2.99999999999999999999"] {
            let parsed = Keys::parse(foreign, QueueSort::Due);
            assert!(matches!(parsed, Err(StoreError::Cursor)), "{foreign}");
        }
    }
}
