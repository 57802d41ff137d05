//! Pages of the queue, their counts, and the words that cases are found by. Every page is read off
//! an index in its order: a statement per order and kind of owner, put together at compile time.

use super::read::{case_columns, case_tables};
use super::statements;
use crate::dialect::Dialect;

macro_rules! owner {
    (any) => {
        "$2 = 'any'"
    };
    (nobody) => {
        "$2 = 'none' and c.assignee is null"
    };
    (user) => {
        "c.assignee = $2"
    };
    (receiver) => {
        "$2 = 'waiting' and c.intake = 'waiting'"
    };
    (generic) => {
        "($2 = 'any' or c.assignee = $2 or ($2 = 'none' and c.assignee is null) \
         or ($2 = 'waiting' and c.intake = 'waiting'))"
    };
}
// the severities are a text of ranks like '12'; in the order of severity there is one at a time
macro_rules! severity {
    (severity) => {
        "c.severity = $3"
    };
    ($other:ident) => {
        "$3 like '%' || cast(c.severity as text) || '%'"
    };
}
macro_rules! moment {
    (opened) => {
        "c.opened_at_us"
    };
    (due) => {
        "coalesce(c.next_due_us, 9223372036854775807)"
    };
    ($updated:ident) => {
        "c.updated_at_us"
    };
}
// what is due at the same time, or never, is in the order of severity and then of number, as one key
macro_rules! keys {
    (due) => {
        concat!(moment!(due), ", c.severity * 4294967296 - c.number")
    };
    ($sort:ident) => {
        concat!(moment!($sort), ", c.number")
    };
}
macro_rules! order {
    (due) => {
        concat!(" order by ", moment!(due), ", c.severity * 4294967296 - c.number")
    };
    ($sort:ident) => {
        concat!(" order by ", moment!($sort), " desc, c.number desc")
    };
}
macro_rules! after {
    (due) => {
        " > ($4, $5)"
    };
    ($sort:ident) => {
        " < ($4, $5)"
    };
}
// a page begins after two keys, so that rows arriving meanwhile shift nothing
macro_rules! on_page {
    ($tables:expr, $owner:ident, $sort:ident) => {
        concat!(
            $tables,
            " c.done = $1 and ",
            owner!($owner),
            " and ",
            severity!($sort),
            " and (",
            keys!($sort),
            ")",
            after!($sort),
            order!($sort),
            " limit $6"
        )
    };
}
macro_rules! columns {
    ($sort:ident) => {
        concat!(case_columns!(), ", ", moment!($sort), " as key_moment")
    };
}
// an index has the order: what is read is what is shown
macro_rules! in_order {
    ($tables:expr, $owner:ident, $sort:ident) => {
        concat!(columns!($sort), on_page!($tables, $owner, $sort))
    };
}
// everything found is sorted, so the rest of a row is read only of those that are shown
macro_rules! sorted {
    ($tables:expr, $owner:ident, $sort:ident) => {
        concat!(
            columns!($sort),
            case_tables!(),
            " where c.number in (select c.number",
            on_page!($tables, $owner, $sort),
            ")",
            order!($sort)
        )
    };
}
macro_rules! sorted_pages {
    ($tables:expr) => {
        [
            of_owner!(sorted, $tables, any),
            of_owner!(sorted, $tables, nobody),
            of_owner!(sorted, $tables, user),
            of_owner!(sorted, $tables, receiver),
        ]
    };
}
macro_rules! of_owner {
    ($kind:ident, $tables:expr, $owner:ident) => {
        [
            $kind!($tables, $owner, severity),
            $kind!($tables, $owner, updated),
            $kind!($tables, $owner, opened),
            $kind!($tables, $owner, due),
        ]
    };
}
macro_rules! indexed_pages {
    ($tables:expr) => {
        [
            of_owner!(in_order, $tables, any),
            indexed_pages!(@of $tables, nobody),
            indexed_pages!(@of $tables, user),
            of_owner!(sorted, $tables, receiver),
        ]
    };
    (@of $tables:expr, $owner:ident) => {
        [
            in_order!($tables, $owner, severity),
            sorted!($tables, $owner, updated),
            sorted!($tables, $owner, opened),
            sorted!($tables, $owner, due),
        ]
    };
}
macro_rules! found {
    ($tables:expr) => {
        concat!(
            "select count(*) as total",
            $tables,
            " c.done = $1 and ",
            owner!(generic),
            " and ",
            severity!(all)
        )
    };
}
// few are found: their numbers come as a list, and the engine begins with them
macro_rules! few_sqlite {
    ($numbers:literal) => {
        concat!(
            " from json_each(",
            $numbers,
            ") f cross join case_row c left join account a on a.id = c.assignee \
            where c.number = f.value and"
        )
    };
}
macro_rules! few_postgres {
    ($numbers:literal) => {
        concat!(case_tables!(), " where c.number = any(cast(", $numbers, " as bigint[])) and")
    };
}
// many are found: walk in the order of the page and look at each. The sign keeps SQLite, the offset
// PostgreSQL from turning it round. FTS5 reads a whole list to look at one, so it reads it once.
macro_rules! many_sqlite {
    () => {
        concat!(
            case_tables!(),
            " where +c.number in (select rowid from case_text where case_text match $7) and"
        )
    };
}
macro_rules! many_postgres {
    () => {
        concat!(
            case_tables!(),
            " where exists (select 1 from case_word w where w.number = c.number \
            and w.lexemes @@ cast($7 as tsquery) offset 0) and"
        )
    };
}

/// The pages of one kind of search: by owner (anybody, nobody, a user, receivers), by order (severity, updated,
/// opened, due).
pub(crate) type Pages = [[&'static str; 4]; 4];

pub(crate) const ALL_CASES: Pages = indexed_pages!(concat!(case_tables!(), " where"));
pub(crate) const FEW_SQLITE: Pages = sorted_pages!(few_sqlite!("$7"));
pub(crate) const FEW_POSTGRES: Pages = sorted_pages!(few_postgres!("$7"));
pub(crate) const MANY_SQLITE: Pages = indexed_pages!(many_sqlite!());
pub(crate) const MANY_POSTGRES: Pages = indexed_pages!(many_postgres!());

/// How many of the few are in the view.
pub(crate) const FEW_TOTAL: Dialect =
    Dialect { sqlite: found!(few_sqlite!("$4")), postgres: found!(few_postgres!("$4")) };
/// The numbers of cases that have the words, in no order.
pub(crate) const MATCHES: Dialect = Dialect {
    sqlite: "select rowid as number from case_text where case_text match $1 limit $2",
    postgres: "select number from case_word where lexemes @@ cast($1 as tsquery) limit $2",
};

statements! {
    TOTAL = "select cast(coalesce(sum(cases), 0) as bigint) as total from case_count \
        where done = $1 and ($2 = 'any' or owner = $2) \
        and $3 like '%' || cast(severity as text) || '%'";
    COUNTS = "select done, cast(sum(cases) as bigint) as cases, \
        cast(sum(case when owner = $1 then cases else 0 end) as bigint) as mine, \
        cast(sum(case when owner = 'none' then cases else 0 end) as bigint) as unowned \
        from case_count group by done";
    /// Few wait at a time: they are counted off an index of their own.
    WAITING = "select count(*) as total from case_row where not done and intake = 'waiting'";
    WAITING_TOTAL = "select count(*) as total from case_row where done = $1 and $2 = 'waiting' \
        and intake = 'waiting' and $3 like '%' || cast(severity as text) || '%'";
    WORDS_OF_CASE = "select words from case_word where number = $1";
    INSERT_WORDS = "insert into case_word (number, words) values ($1, $2)";
    UPDATE_WORDS = "update case_word set words = $2 where number = $1";
    CLEAR_WORDS = "delete from case_word";
    DUMP_WORDS = "select number, 'words' as kind, words from case_word order by number";
    /// After the cases are gone, what is left of their counts adds up to nothing.
    CLEAR_COUNTS = "delete from case_count";
    /// Counters that do not say what is there.
    WRONG_COUNTS = "select 'view with a wrong count' as finding, \
        case when done then 'done' else 'open' end as id from (\
        select done, count(*) as cases from case_row group by done \
        union all select done, -sum(cases) from case_count group by done) as both_sides \
        group by done having sum(cases) <> 0";
}

/// The pages of each kind of search on this engine, by name.
#[cfg(feature = "testing")]
pub(crate) fn searches(
    connection: &crate::connection::Connection<'_>,
) -> &'static [(&'static str, Pages)] {
    match connection {
        crate::connection::Connection::Sqlite(_) => {
            &[("all cases", ALL_CASES), ("few", FEW_SQLITE), ("many", MANY_SQLITE)]
        }
        crate::connection::Connection::Postgres(_) => {
            &[("all cases", ALL_CASES), ("few", FEW_POSTGRES), ("many", MANY_POSTGRES)]
        }
    }
}

/// The statements that are not in `ALL`, by name.
#[cfg(feature = "testing")]
pub(crate) fn of_engine(
    connection: &crate::connection::Connection<'_>,
) -> Vec<(&'static str, &'static str)> {
    let searches = searches(connection).iter();
    let pages = searches.flat_map(|(name, pages)| pages.iter().flatten().map(|sql| (*name, *sql)));
    let totals = [("FEW_TOTAL", FEW_TOTAL), ("MATCHES", MATCHES)];
    pages.chain(totals.map(|(name, pair)| (name, pair.of(connection)))).collect()
}
