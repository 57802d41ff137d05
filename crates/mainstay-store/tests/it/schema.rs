//! Both engines have the same tables with the same columns.

use std::collections::BTreeSet;

use mainstay_store::StoreUrl;
use sqlx::{Connection as _, PgConnection, Row as _, SqliteConnection};

use crate::fixture::{Desk, Engine};

/// `table.column`, with `?` when it may be null.
type Columns = BTreeSet<String>;

fn column(table: &str, name: &str, nullable: bool) -> Option<String> {
    // the migrator's own table is made by sqlx; an index of words is a table in SQLite, and a column
    // in PostgreSQL
    let own = ["_sqlx", "sqlite_", "case_text"].iter().any(|own| table.starts_with(own));
    (!own && (table, name) != ("case_word", "lexemes"))
        .then(|| format!("{table}.{name}{}", if nullable { "?" } else { "" }))
}

async fn sqlite_columns() -> Columns {
    let desk = Desk::new(Engine::Sqlite).await;
    let mut connection = SqliteConnection::connect(&desk.url.to_string()).await.expect("connected");
    let sql = "select m.name as table_name, c.name as column_name, c.\"notnull\" as required \
        from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'";
    let rows = sqlx::query(sql).fetch_all(&mut connection).await.expect("asked");
    let columns = rows.iter().filter_map(|row| {
        column(row.get("table_name"), row.get("column_name"), row.get::<i64, _>("required") == 0)
    });
    columns.collect()
}

async fn postgres_columns() -> Columns {
    let desk = Desk::new(Engine::Postgres).await;
    let StoreUrl::Postgres(address) = &desk.url else {
        unreachable!("a desk on PostgreSQL has an address")
    };
    let mut connection = PgConnection::connect(address).await.expect("connected");
    let sql = "select cast(table_name as text) as table_name, \
        cast(column_name as text) as column_name, is_nullable = 'YES' as nullable \
        from information_schema.columns where table_schema = 'public'";
    let rows = sqlx::query(sql).fetch_all(&mut connection).await.expect("asked");
    let columns = rows.iter().filter_map(|row| {
        column(row.get("table_name"), row.get("column_name"), row.get("nullable"))
    });
    columns.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_have_the_same_columns() {
    let (sqlite, postgres) = (sqlite_columns().await, postgres_columns().await);
    assert!(sqlite.contains("events.body?") && sqlite.contains("events.hash"));
    let only_sqlite: Vec<&String> = sqlite.difference(&postgres).collect();
    let only_postgres: Vec<&String> = postgres.difference(&sqlite).collect();
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "only SQLite: {only_sqlite:?}, only PostgreSQL: {only_postgres:?}"
    );
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| -> BTreeSet<String> {
        let folder = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
        let entries = std::fs::read_dir(folder).expect("the migrations are there");
        entries.map(|entry| entry.expect("read").file_name().to_string_lossy().into()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

/// A table that a backup forgets is lost with the disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_is_in_a_backup_or_made_from_it() {
    // the log and its heads, counters of the engine's own, and people who sign in again
    let apart = ["events", "stream_head", "case_count", "projection_version", "web_session"]
        .map(str::to_owned);
    let kept: BTreeSet<String> =
        mainstay_store::Store::tables_kept().into_iter().map(str::to_owned).chain(apart).collect();
    let columns = sqlite_columns().await;
    let there: BTreeSet<String> =
        columns.iter().filter_map(|column| Some(column.split_once('.')?.0.to_owned())).collect();
    assert_eq!(there, kept);
}
