//! `mainstay account`: people of the desk, by who holds its database.

use std::io::{IsTerminal, Read};

use anyhow::{Result, bail};
use mainstay_app::account::AccountDraft;
use mainstay_app::request::Origin;
use secrecy::SecretString;

use crate::cli::AccountCommand;
use crate::command::open;
use crate::config;
use crate::exit::Exit;
use crate::output::Output;

/// A password is a line, not a file.
const PASSWORD_BYTES_MAX: u64 = 1_024;

pub async fn run(command: AccountCommand, output: &Output) -> Result<Exit> {
    match command {
        AccountCommand::Create { place, login, name, role } => {
            let password = read_password(output)?;
            let app = open(config::storage(&place)?).await?;
            let draft = AccountDraft { login, name, role, password };
            let user = app.create_account_here(draft, Origin::Cli).await?;
            app.close().await;
            output.result(&user.to_string())?;
        }
        AccountCommand::List { place } => {
            let app = open(config::storage(&place)?).await?;
            let people = app.local_people().await?;
            app.close().await;
            let rows: Vec<Vec<String>> = people
                .iter()
                .map(|it| vec![it.login.clone(), it.role.to_string(), it.name.clone()])
                .collect();
            output.table(&["login", "role", "name"], &rows)?;
        }
    }
    Ok(Exit::Ok)
}

/// From a pipe, so that it stands in no shell history and no process list.
fn read_password(output: &Output) -> Result<SecretString> {
    if std::io::stdin().is_terminal() {
        output.note("Type the password and press Enter (it is shown), or pipe it in:");
    }
    let mut text = String::new();
    let mut limited = std::io::stdin().lock().take(PASSWORD_BYTES_MAX);
    if std::io::stdin().is_terminal() {
        std::io::BufRead::read_line(&mut std::io::BufReader::new(limited), &mut text)?;
    } else {
        limited.read_to_string(&mut text)?;
    }
    let password = text.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        bail!("no password on stdin; for example: mainstay account create LOGIN < password.txt");
    }
    Ok(SecretString::from(password.to_owned()))
}
