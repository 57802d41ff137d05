//! `mainstay db`: the database, looked after.

use anyhow::Result;
use mainstay_app::audit::Rebuild;

use crate::cli::DbCommand;
use crate::command::{audit, open};
use crate::config;
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(command: DbCommand, output: &Output) -> Result<Exit> {
    match command {
        DbCommand::Migrate { place } => {
            let storage = config::storage(&place)?;
            let name = storage.store.to_string();
            let app = open(storage).await?;
            app.close().await;
            output.result(&format!("{name} is up to date"))?;
            Ok(Exit::Ok)
        }
        DbCommand::Rebuild { place, check } => {
            let mode = if check { Rebuild::Check } else { Rebuild::Write };
            let app = open(config::storage(&place)?).await?;
            let report = app.rebuild(mode).await?;
            app.close().await;
            let rows: Vec<Vec<String>> = report
                .tables
                .iter()
                .map(|table| {
                    let same = table.first_difference.is_none();
                    let state = if same { "equal" } else { "differs" };
                    vec![table.table.to_owned(), table.rows_rebuilt.to_string(), state.to_owned()]
                })
                .collect();
            output.table(&["table", "rows", "against the log"], &rows)?;
            let failed = check && !report.is_equal();
            Ok(if failed { Exit::Findings } else { Exit::Ok })
        }
        DbCommand::Export { place } => {
            let app = open(config::storage(&place)?).await?;
            let events = app.export_log(&mut tokio::io::stdout()).await?;
            app.close().await;
            output.note(&format!("{events} events"));
            Ok(Exit::Ok)
        }
        DbCommand::Import { place } => {
            let app = open(config::storage(&place)?).await?;
            let source = tokio::io::BufReader::new(tokio::io::stdin());
            let events = app.import_log(source).await?;
            app.close().await;
            output.note(&format!("{events} events"));
            Ok(Exit::Ok)
        }
        DbCommand::Backup { place, file } => {
            let app = open(config::storage(&place)?).await?;
            let report = app.backup_here(&file).await?;
            app.close().await;
            let (events, rows) = (report.events, report.rows);
            output.result(&format!("{events} events and {rows} rows in {}", file.display()))?;
            Ok(Exit::Ok)
        }
        DbCommand::Restore { place, believed, file } => {
            let beliefs = audit::beliefs(believed)?;
            let app = open(config::storage(&place)?).await?;
            let restored = app.restore_here(&file, &beliefs).await?;
            app.close().await;
            let equal = restored.rebuilt.is_equal();
            let tables = if equal { "are" } else { "are not" };
            output.result(&format!(
                "{} events and {} rows restored; the read tables {tables} what the log says",
                restored.report.events, restored.report.rows
            ))?;
            output.result(&audit::as_text(&restored.audit))?;
            let whole = equal && restored.audit.is_clean();
            Ok(if whole { Exit::Ok } else { Exit::Findings })
        }
    }
}
