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
    (generic) => {
        "($2 = 'any' or c.assignee = $2 or ($2 = 'none' and c.assignee is null))"
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
    // what is due first comes first, what is due never comes last
    (due) => {
        "(-coalesce(c.next_due_us, 9223372036854775807))"
    };
    ($updated:ident) => {
        "c.updated_at_us"
    };
}
// a page begins after two keys, so that rows arriving meanwhile shift nothing
macro_rules! page {
    ($tables:expr, $owner:ident, $sort:ident) => {
        concat!(
            case_columns!(),
            ", ",
            moment!($sort),
            " as key_moment",
            $tables,
            " c.status = $1 and ",
            owner!($owner),
            " and ",
            severity!($sort),
            " and (",
            moment!($sort),
            ", c.number) < ($4, $5)",
            " order by ",
            moment!($sort),
            " desc, c.number desc limit $6"
        )
    };
}
macro_rules! pages {
    ($tables:expr) => {
        [
            [
                page!($tables, any, severity),
                page!($tables, any, updated),
                page!($tables, any, opened),
                page!($tables, any, due),
            ],
            [
                page!($tables, nobody, severity),
                page!($tables, nobody, updated),
                page!($tables, nobody, opened),
                page!($tables, nobody, due),
            ],
            [
                page!($tables, user, severity),
                page!($tables, user, updated),
                page!($tables, user, opened),
                page!($tables, user, due),
            ],
        ]
    };
}
macro_rules! found {
    ($tables:expr) => {
        concat!(
            "select count(*) as total from (select 1 as one",
            $tables,
            " c.status = $1 and ",
            owner!(generic),
            " and ",
            severity!(all),
            " limit $4) as found"
        )
    };
}
// few are found: begin with them
macro_rules! few_sqlite {
    ($words:literal) => {
        concat!(
            " from case_text cross join case_row c left join account a on a.id = c.assignee \
            where case_text match ",
            $words,
            " and c.number = case_text.rowid and"
        )
    };
}
// many are found: walk in the order of the page and look each up; the sign keeps the engine from
// turning it round
macro_rules! many_sqlite {
    ($words:literal) => {
        concat!(
            case_tables!(),
            " where +c.number in (select rowid from case_text where case_text match ",
            $words,
            ") and"
        )
    };
}
// the offset keeps the engine from testing the words of each case that it walks by
macro_rules! found_postgres {
    ($words:literal) => {
        concat!(
            case_tables!(),
            " where c.number in (select w.number from case_word w where \
            array_to_tsvector(string_to_array(w.words, ' ')) @@ cast(",
            $words,
            " as tsquery) offset 0) and"
        )
    };
}

/// The pages of one kind of search: by owner (anybody, nobody, a user), by order (severity, updated,
/// opened, due).
pub(crate) type Pages = [[&'static str; 4]; 3];

pub(crate) const ALL_CASES: Pages = pages!(concat!(case_tables!(), " where"));
pub(crate) const FEW_SQLITE: Pages = pages!(few_sqlite!("$7"));
pub(crate) const MANY_SQLITE: Pages = pages!(many_sqlite!("$7"));
pub(crate) const FOUND_POSTGRES: Pages = pages!(found_postgres!("$7"));

/// How many of the few, and of the many, are in the view; counted no further than the limit.
pub(crate) const FEW_TOTAL: Dialect =
    Dialect { sqlite: found!(few_sqlite!("$5")), postgres: found!(found_postgres!("$5")) };
pub(crate) const MANY_TOTAL: Dialect =
    Dialect { sqlite: found!(many_sqlite!("$5")), postgres: found!(found_postgres!("$5")) };
/// How many cases of all views have the words, counted no further than the limit.
pub(crate) const MATCHES: Dialect = Dialect {
    sqlite: "select count(*) as matches from \
        (select rowid from case_text where case_text match $1 limit $2) as found",
    postgres: "select count(*) as matches from (select 1 as one from case_word w where \
        array_to_tsvector(string_to_array(w.words, ' ')) @@ cast($1 as tsquery) limit $2) as found",
};

statements! {
    TOTAL = "select cast(coalesce(sum(cases), 0) as bigint) as total from case_count \
        where status = $1 and ($2 = 'any' or owner = $2) \
        and $3 like '%' || cast(severity as text) || '%'";
    COUNTS = "select status, cast(sum(cases) as bigint) as cases, \
        cast(sum(case when owner = $1 then cases else 0 end) as bigint) as mine, \
        cast(sum(case when owner = 'none' then cases else 0 end) as bigint) as unowned \
        from case_count group by status";
    WORDS_OF_CASE = "select words from case_word where number = $1";
    INSERT_WORDS = "insert into case_word (number, words) values ($1, $2)";
    UPDATE_WORDS = "update case_word set words = $2 where number = $1";
    CLEAR_WORDS = "delete from case_word";
    DUMP_WORDS = "select number, 'words' as kind, words from case_word order by number";
    /// After the cases are gone, what is left of their counts adds up to nothing.
    CLEAR_COUNTS = "delete from case_count";
    /// Counters that do not say what is there.
    WRONG_COUNTS = "select 'view with a wrong count' as finding, status as id from (\
        select status, count(*) as cases from case_row group by status \
        union all select status, -sum(cases) from case_count group by status) as both_sides \
        group by status having sum(cases) <> 0";
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
            &[("all cases", ALL_CASES), ("found", FOUND_POSTGRES)]
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
    let totals = [("FEW_TOTAL", FEW_TOTAL), ("MANY_TOTAL", MANY_TOTAL), ("MATCHES", MATCHES)];
    pages.chain(totals.map(|(name, pair)| (name, pair.of(connection)))).collect()
}
