//! `mainstay customer`: the same use cases as the web UI.

use anyhow::{Context, Result};
use mainstay_app::customer::{Customer, PAGE_MAX};
use mainstay_app::request::{Origin, Request};
use mainstay_core::Code;
use mainstay_core::customer::Profile;

use crate::cli::CustomerCommand;
use crate::command::{open_as, read_document};
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(command: CustomerCommand, output: &Output) -> Result<Exit> {
    match command {
        CustomerCommand::List { desk, text } => {
            let (app, actor) = open_as(&desk).await?;
            let mut customers: Vec<Customer> = Vec::new();
            let mut after = String::new();
            loop {
                let page = app.customers(&actor, &text, &after, PAGE_MAX).await?;
                customers.extend(page.customers);
                match page.next_cursor {
                    Some(next) => after = next,
                    None => break,
                }
            }
            app.close().await;
            if desk.json {
                output.json(&customers.iter().map(|it| &it.profile).collect::<Vec<_>>())?;
            } else {
                let rows: Vec<Vec<String>> = customers.iter().map(row).collect();
                output.table(&["name", "tier", "residency", "open", "cases"], &rows)?;
            }
            Ok(Exit::Ok)
        }
        CustomerCommand::Show { desk, name } => {
            let (app, actor) = open_as(&desk).await?;
            let customer = app.customer_by_name(&actor, &name).await?;
            app.close().await;
            output.json(&customer.profile)?;
            Ok(Exit::Ok)
        }
        CustomerCommand::Put { desk, file } => {
            let profile: Profile = serde_json::from_str(&read_document(&file)?)
                .with_context(|| format!("{} is not a customer", file.display()))?;
            let (app, actor) = open_as(&desk).await?;
            let request = Request::new(actor, Origin::Cli);
            let (what, customer) = match app.customer_by_name(&actor, &profile.name).await {
                Ok(there) => ("changed", app.change_customer(&request, there.id, profile).await?),
                Err(error) if error.code() == Code::NotFound => {
                    ("added", app.add_customer(&request, profile).await?)
                }
                Err(error) => return Err(error.into()),
            };
            app.close().await;
            output.result(&customer.id.to_string())?;
            output.note(&format!("{what}, at version {}", customer.version));
            Ok(Exit::Ok)
        }
    }
}

fn row(customer: &Customer) -> Vec<String> {
    let Profile { name, tier, residency, .. } = &customer.profile;
    let counts = [customer.open_cases, customer.cases].map(|count| count.to_string());
    [[name.clone(), tier.clone(), residency.clone()].to_vec(), counts.to_vec()].concat()
}
