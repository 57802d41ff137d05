//! `mainstay case`: the same use cases as the web UI, on the machine that holds the data.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use mainstay_app::App;
use mainstay_app::bundle::{Bundle, BundleState};
use mainstay_app::case::{Ask, CaseDraft, Owner, PAGE_MAX, Queue, QueueSort, Then};
use mainstay_app::link::SplitDraft;
use mainstay_app::link::Tie;
use mainstay_app::request::{Origin, Request};
use mainstay_app::upload::Upload;
use mainstay_core::case::{Audience, Gate, Kept, Left, Place};
use mainstay_core::status::Category;
use mainstay_core::{Actor, CaseNumber};

use crate::cli::{CaseCommand, Desk, GateArguments, View};
use crate::command::{open_as, sla};
use crate::exit::Exit;
use crate::output::Output;

mod hypothesis;
mod link;
mod show;

/// A note is a text, not a file.
const NOTE_BYTES_MAX: u64 = 1 << 20;

pub async fn run(command: CaseCommand, output: &Output) -> Result<Exit> {
    match command {
        CaseCommand::List { desk, view, text } => list(&desk, view, text, output).await,
        CaseCommand::Show { desk, case } => show::run(&desk, case, output).await,
        CaseCommand::Open {
            desk,
            subject,
            severity,
            customer,
            product,
            version,
            description,
            bundle,
        } => {
            let draft = CaseDraft {
                subject,
                severity,
                customer,
                product,
                version,
                description,
                sample: false,
            };
            open_case(&desk, draft, bundle.as_deref(), output).await
        }
        CaseCommand::Attach { desk, case, path } => attach(&desk, case, &path, output).await,
        CaseCommand::Pin { desk, case, place } => pin(&desk, case, &place, output).await,
        CaseCommand::Unpin { desk, case, evidence } => {
            let (app, actor) = open_as(&desk).await?;
            app.unpin_evidence(&request(actor), case, evidence).await?;
            app.close().await;
            output.note(&format!("{case}/{evidence} is not pinned any more; it stays readable"));
            Ok(Exit::Ok)
        }
        CaseCommand::Hypotheses { desk, case } => hypothesis::list(&desk, case, output).await,
        CaseCommand::Judge { desk, case, suspect, judgement, reason } => {
            let judged = hypothesis::Judged { suspect, judgement, reason };
            hypothesis::judge(&desk, case, judged, output).await
        }
        CaseCommand::Reference { desk, case, good } => {
            hypothesis::choose(&desk, case, good.as_deref(), output).await
        }
        CaseCommand::Assign { desk, case, to } => {
            let (app, actor) = open_as(&desk).await?;
            let assignee = match &to {
                Some(login) => Some(app.local_actor(login).await?.user),
                None => None,
            };
            if let (Some(user), Some(login)) = (assignee, &to)
                && let Some(away) = app.person_at_work(&actor, user).await?.absence
            {
                output.note(&format!("{login} is away until {}; assigned all the same", away.to));
            }
            ask(app, actor, case, Ask::Assign { assignee }, output).await
        }
        CaseCommand::Link { desk, case, relation, other, reason } => {
            link::tie(&desk, Tie::Link, link::Said { case, relation, other, reason }, output).await
        }
        CaseCommand::Unlink { desk, case, relation, other, reason } => {
            link::tie(&desk, Tie::Unlink, link::Said { case, relation, other, reason }, output)
                .await
        }
        CaseCommand::Links { desk, case } => link::show(&desk, case, output).await,
        CaseCommand::Merge { desk, case, into, reason } => {
            link::merge(&desk, case, into, &reason, output).await
        }
        CaseCommand::Unmerge { desk, case, reason } => {
            link::unmerge(&desk, case, &reason, output).await
        }
        CaseCommand::Split { desk, case, subject, messages, evidence, reason } => {
            let draft = SplitDraft { subject, messages, evidence, reason };
            link::split(&desk, case, draft, output).await
        }
        CaseCommand::Severity { desk, case, severity, reason } => {
            let (app, actor) = open_as(&desk).await?;
            ask(app, actor, case, Ask::SetSeverity { severity, reason }, output).await
        }
        CaseCommand::Note { desk, case, text, public, status, next_update_by } => {
            let (app, actor) = open_as(&desk).await?;
            let audience = if public { Audience::Public } else { Audience::Internal };
            let text = if text == "-" { read_note()? } else { text };
            let then = Then { status, next_update_by };
            ask(app, actor, case, Ask::Note { audience, text, then }, output).await
        }
        CaseCommand::Customer { desk, case, text, from } => {
            let (app, actor) = open_as(&desk).await?;
            let text = if text == "-" { read_note()? } else { text };
            ask(app, actor, case, Ask::CustomerWrote { contact: from, text }, output).await
        }
        CaseCommand::Status { desk, case, status, on, reason } => {
            let (app, actor) = open_as(&desk).await?;
            let ask_status = Ask::SetStatus { status, waits_on: on, reason };
            ask(app, actor, case, ask_status, output).await
        }
        CaseCommand::SetCustomer { desk, case, name } => {
            let (app, actor) = open_as(&desk).await?;
            ask(app, actor, case, Ask::SetCustomer { customer: None, name }, output).await
        }
        CaseCommand::Clocks { desk, case } => clocks(&desk, case, output).await,
        CaseCommand::Close { desk, case, gate, reason } => {
            let (app, actor) = open_as(&desk).await?;
            let gate = Box::new(gate_of(gate));
            ask(app, actor, case, Ask::Close { reason, gate }, output).await
        }
        CaseCommand::Decide { desk, case, decision, reason } => {
            let (app, actor) = open_as(&desk).await?;
            ask(app, actor, case, Ask::Decide { decision, reason }, output).await
        }
        CaseCommand::Resolve { desk, case, resolution } => {
            let (app, actor) = open_as(&desk).await?;
            ask(app, actor, case, Ask::Resolve { resolution }, output).await
        }
        CaseCommand::Reopen { desk, case, reason } => {
            let (app, actor) = open_as(&desk).await?;
            ask(app, actor, case, Ask::Reopen { reason }, output).await
        }
    }
}

fn gate_of(arguments: GateArguments) -> Gate {
    let left = |linked: Option<String>, created: Option<String>, not_needed: Option<String>| {
        let linked = linked.map(|text| Left { kept: Kept::Linked, text });
        let created = || created.map(|text| Left { kept: Kept::Created, text });
        let text = not_needed.unwrap_or_default();
        linked.or_else(created).unwrap_or(Left { kept: Kept::NotNeeded, text })
    };
    let GateArguments { confirmed, how, cause, signature, article } = arguments;
    Gate {
        confirmed,
        confirmed_how: how,
        cause,
        signature: left(signature.linked, signature.created, signature.not_needed),
        article: left(article.linked, article.created, article.not_needed),
    }
}

fn request(actor: Actor) -> Request {
    Request::new(actor, Origin::Cli)
}

async fn ask(app: App, actor: Actor, case: CaseNumber, ask: Ask, output: &Output) -> Result<Exit> {
    let written = app.ask_case(&request(actor), case, ask).await?;
    app.close().await;
    output.note(&format!("{case} is at version {}", written.version));
    Ok(Exit::Ok)
}

async fn clocks(desk: &Desk, case: CaseNumber, output: &Output) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let clocks = app.clocks(&actor, case).await?;
    app.close().await;
    if desk.json {
        output.json(&sla::clocks_json(&clocks.clocks))?;
    } else if clocks.policies.is_none() {
        output.result(&format!("nothing is promised for {case}: no policies were published"))?;
    } else {
        sla::print_clocks(&clocks.clocks, output)?;
    }
    Ok(Exit::Ok)
}

async fn list(desk: &Desk, view: View, text: Option<String>, output: &Output) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let (category, owner) = match view {
        View::All => (Category::Open, Owner::Anybody),
        View::Mine => (Category::Open, Owner::User(actor.user)),
        View::Unowned => (Category::Open, Owner::Nobody),
        View::Waiting => (Category::Open, Owner::Receiver),
        View::Resolved => (Category::Done, Owner::Anybody),
    };
    let mut queue = Queue {
        category,
        owner,
        severities: Vec::new(),
        text: text.unwrap_or_default(),
        sort: QueueSort::Severity,
        cursor: String::new(),
        limit: PAGE_MAX,
    };
    let mut cases = Vec::new();
    loop {
        let page = app.queue(&actor, &queue).await?;
        cases.extend(page.cases);
        match page.next_cursor {
            Some(cursor) => queue.cursor = cursor,
            None => break,
        }
    }
    app.close().await;
    if desk.json {
        output.json(&show::list_json(&cases))?;
    } else {
        let heads = ["case", "sev", "status", "owner", "bundles", "updated", "customer", "subject"];
        output.table(&heads, &cases.iter().map(show::row).collect::<Vec<_>>())?;
    }
    Ok(Exit::Ok)
}

async fn open_case(
    desk: &Desk,
    draft: CaseDraft,
    bundle: Option<&Path>,
    output: &Output,
) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let written = app.open_case(&request(actor), draft).await?;
    output.result(&written.number.to_string())?;
    let exit = match bundle {
        Some(path) => attach_here(&app, &request(actor), written.number, path, output).await,
        None => Ok(Exit::Ok),
    };
    app.close().await;
    exit
}

async fn attach(desk: &Desk, case: CaseNumber, path: &Path, output: &Output) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let exit = attach_here(&app, &request(actor), case, path, output).await;
    app.close().await;
    exit
}

pub async fn attach_here(
    app: &App,
    request: &Request,
    case: CaseNumber,
    path: &Path,
    output: &Output,
) -> Result<Exit> {
    let file =
        std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    if file.metadata().is_ok_and(|data| data.is_dir()) {
        bail!("{} is a folder; pack it, or look at it with mainstay inspect", path.display());
    }
    let uploaded = Upload::read_from(file)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let id = app.attach_bundle(request, case, &name, uploaded).await?;
    output.note(&format!("reading {name} ..."));
    let bundle = app.wait_for_bundle(&request.actor, id).await?;
    if bundle.state == BundleState::Failed {
        output
            .error(&format!("{name} could not be read"), Some("look at it with mainstay inspect"));
        return Ok(Exit::Unreadable);
    }
    output.note(&format!(
        "{case}: {} files, {} lines, {} templates, {} errors, {} problems, {} redactions",
        bundle.files,
        bundle.lines,
        bundle.templates,
        bundle.errors,
        bundle.problems,
        bundle.redactions
    ));
    Ok(Exit::Ok)
}

async fn pin(desk: &Desk, case: CaseNumber, place: &str, output: &Output) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let Some((path, line)) = place.rsplit_once(':') else {
        bail!("a place looks like path/in/bundle.log:120");
    };
    let line: u64 = line.parse().context("the line of a place is a number")?;
    let bundle = newest(&app, &actor, case).await?.id;
    let open = app.open_bundle(&actor, bundle).await?;
    let file = open.files().iter().find(|file| file.path == path);
    let file = file.with_context(|| format!("the bundle has no file {path}"))?.id;
    let pinned = app.pin_evidence(&request(actor), case, Place { bundle, file, line }).await?;
    app.close().await;
    output.result(&pinned.citation().to_string())?;
    Ok(Exit::Ok)
}

/// The newest bundle of a case that was read.
async fn newest(app: &App, actor: &Actor, case: CaseNumber) -> Result<Bundle> {
    let bundles = app.bundles(actor, case).await?;
    let newest = bundles.into_iter().rev().find(|bundle| bundle.state == BundleState::Ready);
    newest.with_context(|| format!("{case} has no bundle that was read"))
}

fn read_note() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().lock().take(NOTE_BYTES_MAX).read_to_string(&mut text)?;
    Ok(text)
}
