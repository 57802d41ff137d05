//! Who may do what: one matrix of roles and actions, asked by every use case before it decides.
//!
//! The printed matrix is a golden file (`tests/it/policy.rs`); a change of it is a change of policy.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::UserId;
use crate::refusal::{Code, Refusal};

/// What somebody is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Agent,
    Senior,
    Manager,
    Ops,
    Engineer,
    Security,
    Stakeholder,
    Customer,
    Admin,
    Service,
}

impl Role {
    /// All roles, in the order of the printed matrix.
    pub const ALL: [Self; 10] = [
        Self::Agent,
        Self::Senior,
        Self::Manager,
        Self::Ops,
        Self::Engineer,
        Self::Security,
        Self::Stakeholder,
        Self::Customer,
        Self::Admin,
        Self::Service,
    ];

    /// The word stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Senior => "senior",
            Self::Manager => "manager",
            Self::Ops => "ops",
            Self::Engineer => "engineer",
            Self::Security => "security",
            Self::Stakeholder => "stakeholder",
            Self::Customer => "customer",
            Self::Admin => "admin",
            Self::Service => "service",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// A word that names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a role")]
pub struct NotARole;

impl FromStr for Role {
    type Err = NotARole;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(NotARole)
    }
}

/// Who asks: an opaque id and what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    pub user: UserId,
    pub role: Role,
}

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// See cases, their timeline, notes and pinned evidence.
    ReadCase,
    /// See the redacted lines and findings of a bundle.
    ReadEvidence,
    OpenCase,
    AssignCase,
    SetSeverity,
    WriteInternalNote,
    WritePublicNote,
    AttachBundle,
    PinEvidence,
    /// Say of a hypothesis that it is confirmed, refuted or not decided.
    JudgeHypothesis,
    ResolveCase,
    ReopenCase,
    /// Say whose turn it is.
    SetStatus,
    /// Write down what the customer said.
    RecordCustomer,
    CloseCase,
    /// Write down what was decided, and why.
    Decide,
    /// Call people together on a case, join them, and say what came of it.
    Swarm,
    /// Propose a mitigation and say how far it is.
    Mitigate,
    /// Allow somebody else's mitigation.
    ApproveMitigation,
    /// Publish what is promised to whom.
    PublishPolicies,
    /// Publish the team's rules for redaction.
    PublishRedaction,
    /// See whom a pseudonym stands for, one by one and with a reason.
    RevealIdentity,
    /// Add customers and change what is known of them.
    ManageCustomers,
    /// Say whose case it is.
    SetCustomer,
    /// Answer a checklist and submit.
    ReportIntake,
    /// Accept or return what was submitted.
    DecideIntake,
    /// Say how cases belong together.
    LinkCase,
    /// Make one case of two, or two of one.
    MergeCase,
    /// Publish what intake has to hold.
    PublishChecklists,
    /// See how often the intake of every team comes back; one's own is open to all.
    ReadReturnRates,
    /// Draft a signature, and edit a draft.
    DraftSignature,
    /// Activate and retire signatures, and edit those that are matched.
    ManageSignatures,
    /// See who works here.
    ReadAccounts,
    /// Create accounts, change roles, end sessions.
    ManageAccounts,
    /// Verify the log and read it raw.
    Audit,
    /// Say who works when, in which team, and who does not work here any more. One's own absences,
    /// skills and languages are one's own.
    ManagePeople,
    /// Say what is done next on a case, by whom and until when.
    SetNextStep,
    /// Give one's cases to the next shift, and take what is given.
    HandOff,
}

impl Action {
    /// All actions, in the order of the printed matrix.
    pub const ALL: [Self; 38] = [
        Self::ReadCase,
        Self::ReadEvidence,
        Self::OpenCase,
        Self::AssignCase,
        Self::SetSeverity,
        Self::WriteInternalNote,
        Self::WritePublicNote,
        Self::AttachBundle,
        Self::PinEvidence,
        Self::JudgeHypothesis,
        Self::ResolveCase,
        Self::ReopenCase,
        Self::SetStatus,
        Self::RecordCustomer,
        Self::CloseCase,
        Self::Decide,
        Self::Swarm,
        Self::Mitigate,
        Self::ApproveMitigation,
        Self::PublishPolicies,
        Self::PublishRedaction,
        Self::RevealIdentity,
        Self::ManageCustomers,
        Self::SetCustomer,
        Self::ReportIntake,
        Self::DecideIntake,
        Self::LinkCase,
        Self::MergeCase,
        Self::PublishChecklists,
        Self::ReadReturnRates,
        Self::DraftSignature,
        Self::ManageSignatures,
        Self::ReadAccounts,
        Self::ManageAccounts,
        Self::Audit,
        Self::ManagePeople,
        Self::SetNextStep,
        Self::HandOff,
    ];

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadCase => "read_case",
            Self::ReadEvidence => "read_evidence",
            Self::OpenCase => "open_case",
            Self::AssignCase => "assign_case",
            Self::SetSeverity => "set_severity",
            Self::WriteInternalNote => "write_internal_note",
            Self::WritePublicNote => "write_public_note",
            Self::AttachBundle => "attach_bundle",
            Self::PinEvidence => "pin_evidence",
            Self::JudgeHypothesis => "judge_hypothesis",
            Self::ResolveCase => "resolve_case",
            Self::ReopenCase => "reopen_case",
            Self::SetStatus => "set_status",
            Self::RecordCustomer => "record_customer",
            Self::CloseCase => "close_case",
            Self::Decide => "decide",
            Self::Swarm => "swarm",
            Self::Mitigate => "mitigate",
            Self::ApproveMitigation => "approve_mitigation",
            Self::PublishPolicies => "publish_policies",
            Self::PublishRedaction => "publish_redaction",
            Self::RevealIdentity => "reveal_identity",
            Self::ManageCustomers => "manage_customers",
            Self::SetCustomer => "set_customer",
            Self::ReportIntake => "report_intake",
            Self::DecideIntake => "decide_intake",
            Self::LinkCase => "link_case",
            Self::MergeCase => "merge_case",
            Self::PublishChecklists => "publish_checklists",
            Self::ReadReturnRates => "read_return_rates",
            Self::DraftSignature => "draft_signature",
            Self::ManageSignatures => "manage_signatures",
            Self::ReadAccounts => "read_accounts",
            Self::ManageAccounts => "manage_accounts",
            Self::Audit => "audit",
            Self::ManagePeople => "manage_people",
            Self::SetNextStep => "set_next_step",
            Self::HandOff => "hand_off",
        }
    }

    /// The words of a refusal: "may not ...".
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReadCase => "read cases",
            Self::ReadEvidence => "read evidence",
            Self::OpenCase => "open a case",
            Self::AssignCase => "assign a case",
            Self::SetSeverity => "set the severity",
            Self::WriteInternalNote => "write an internal note",
            Self::WritePublicNote => "write a public note",
            Self::AttachBundle => "attach a bundle",
            Self::PinEvidence => "pin evidence",
            Self::JudgeHypothesis => "judge a hypothesis",
            Self::ResolveCase => "resolve a case",
            Self::ReopenCase => "reopen a case",
            Self::SetStatus => "set the status",
            Self::RecordCustomer => "write down what the customer said",
            Self::CloseCase => "close a case",
            Self::Decide => "write down a decision",
            Self::Swarm => "swarm",
            Self::Mitigate => "propose or apply a mitigation",
            Self::ApproveMitigation => "approve a mitigation",
            Self::PublishPolicies => "publish policies",
            Self::PublishRedaction => "publish redaction rules",
            Self::RevealIdentity => "reveal an identity",
            Self::ManageCustomers => "manage customers",
            Self::SetCustomer => "set the customer of a case",
            Self::ReportIntake => "report intake",
            Self::DecideIntake => "accept or return intake",
            Self::LinkCase => "link cases",
            Self::MergeCase => "merge or split cases",
            Self::PublishChecklists => "publish checklists",
            Self::ReadReturnRates => "see the return rates of all",
            Self::DraftSignature => "draft a signature",
            Self::ManageSignatures => "manage signatures",
            Self::ReadAccounts => "see accounts",
            Self::ManageAccounts => "manage accounts",
            Self::Audit => "audit the log",
            Self::ManagePeople => "manage people and teams",
            Self::SetNextStep => "set the next step",
            Self::HandOff => "hand cases off",
        }
    }
}

/// May this actor do it?
///
/// # Errors
/// `forbidden` with the role and the action in words.
pub fn authorise(actor: &Actor, action: Action) -> Result<(), Refusal> {
    if allowed(actor.role, action) {
        return Ok(());
    }
    let detail = format!("the role {} may not {}", actor.role, action.as_str());
    Err(Refusal::new(Code::Forbidden, detail))
}

/// The matrix. Customers reach their own cases through the portal, which has its own use cases.
#[must_use]
pub fn allowed(role: Role, action: Action) -> bool {
    use Action as A;
    use Role as R;
    match action {
        A::ReadCase => !matches!(role, R::Customer),
        A::ReadEvidence => !matches!(role, R::Customer | R::Stakeholder),
        A::OpenCase | A::WriteInternalNote | A::ReportIntake => {
            !matches!(role, R::Customer | R::Stakeholder)
        }
        A::AttachBundle | A::PinEvidence | A::JudgeHypothesis | A::DraftSignature => {
            matches!(
                role,
                R::Agent
                    | R::Senior
                    | R::Manager
                    | R::Engineer
                    | R::Security
                    | R::Admin
                    | R::Service
            )
        }
        A::AssignCase
        | A::SetSeverity
        | A::ResolveCase
        | A::ReopenCase
        | A::SetStatus
        | A::RecordCustomer
        | A::SetCustomer
        | A::SetNextStep
        | A::LinkCase
        | A::MergeCase
        | A::CloseCase => {
            matches!(role, R::Agent | R::Senior | R::Manager | R::Admin | R::Service)
        }
        A::Decide | A::Swarm => !matches!(role, R::Customer | R::Stakeholder | R::Service),
        A::Mitigate => {
            matches!(role, R::Agent | R::Senior | R::Manager | R::Engineer | R::Security | R::Admin)
        }
        // a production change outside a standard playbook is a manager's
        A::ApproveMitigation => matches!(role, R::Manager | R::Admin),
        A::WritePublicNote | A::HandOff => {
            matches!(role, R::Agent | R::Senior | R::Manager | R::Admin)
        }
        A::PublishPolicies | A::PublishChecklists | A::ReadReturnRates | A::ManagePeople => {
            matches!(role, R::Manager | R::Ops | R::Admin)
        }
        A::ManageCustomers => {
            matches!(role, R::Senior | R::Manager | R::Ops | R::Admin | R::Service)
        }
        A::DecideIntake | A::ManageSignatures => {
            matches!(role, R::Senior | R::Manager | R::Admin)
        }
        A::PublishRedaction => matches!(role, R::Manager | R::Security | R::Admin),
        // who administers the desk need not know the customers' people
        A::RevealIdentity => matches!(role, R::Senior | R::Security),
        A::ReadAccounts => !matches!(role, R::Customer),
        A::ManageAccounts => matches!(role, R::Admin),
        A::Audit => matches!(role, R::Manager | R::Security | R::Admin),
    }
}

/// Who may do it, for a hint to those who may not.
pub fn roles(action: Action) -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(move |role| allowed(*role, action))
}
