//! Mitigations and workarounds of a case, with their risk and their way back.

use mainstay_core::case::{Command, MitigationCommand};
use mainstay_core::{Action, Actor, CaseNumber, policy};

use crate::case::Written;
use crate::request::{Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_store::Mitigation;

impl App {
    /// The mitigations of a case, the newest first.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn mitigations(
        &self,
        actor: &Actor,
        number: CaseNumber,
    ) -> Result<Vec<Mitigation>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let case = self.case_id(number).await?;
        Ok(self.store().mitigations_of_case(case).await?)
    }

    /// Proposes a mitigation, or says how far it is. Who may approve it is a rule of the core.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid` without a risk or a way back, `conflict`.
    pub async fn ask_mitigation(
        &self,
        request: &Request,
        number: CaseNumber,
        command: MitigationCommand,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::Mitigate)?;
        let text = match &command {
            MitigationCommand::Propose { what, .. } => what,
            MitigationCommand::Move { note, .. } => note,
        };
        self.check_foreign_citations(number, text).await?;
        let asked = fingerprint("mitigation", &[&number.to_string(), &format!("{command:?}")]);
        self.command_case(request, number, asked, Command::Mitigation(command)).await
    }
}
