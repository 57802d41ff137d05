//! The sample desk: our own sample bundles through the real use cases, so that what a newcomer
//! sees is what the product does. Loading twice changes nothing: every write has a fixed key.

mod people;

use mainstay_core::case::{Audience, Place};
use mainstay_core::customer::{Profile, Use};
use mainstay_core::{Action, Actor, BundleId, CaseNumber, Role, Severity, policy};
use mainstay_evidence::query::Query;
use mainstay_evidence::view::{Direction, Seek};
use mainstay_store::{BundleState, NewAccount};

use crate::account::UserId;
use crate::case::{Ask, CaseDraft, Then};
use crate::request::{Origin, Request};
use crate::upload::Upload;
use crate::{App, AppError};

/// The outage and the same shop on a good day; made by `cargo xtask sample`.
const OUTAGE: &[u8] = include_bytes!("../../../examples/shop-outage.tar.gz");
const GOOD: &[u8] = include_bytes!("../../../examples/shop-good.tar.gz");
/// What the sample desk promises.
const POLICIES: &str = include_str!("../../../examples/policies.json");

/// What the sample desk hides besides what is always hidden.
const RULES: &str = include_str!("../../../examples/redaction.yaml");

/// The people of the sample desk; nobody can sign in as them with a password.
const PEOPLE: [(&str, &str, Role); 6] = [
    ("sample.kim", "Kim Lindqvist", Role::Senior),
    ("sample.ana", "Ana Ferreira", Role::Agent),
    ("sample.jo", "Jo Nakamura", Role::Senior),
    ("sample.lee", "Lee Osei", Role::Manager),
    ("sample.sam", "Sam Whitfield", Role::Senior),
    ("sample.rui", "Rui Carvalho", Role::Agent),
];

/// Whose cases some of them are: name, tier, residency, product and version.
const CUSTOMERS: [[&str; 5]; 3] = [
    ["Acme Retail (EU)", "platinum", "EU", "Shop", "7.4.1"],
    ["Birch Insurance", "gold", "EU", "Accounts", "5.12.0"],
    ["Cedar Logistics", "standard", "US", "Reports", "2.8.3"],
];

struct SampleCase {
    subject: &'static str,
    severity: Severity,
    customer: &'static str,
    product: &'static str,
    version: &'static str,
    description: &'static str,
    /// Index into `PEOPLE`.
    owner: Option<usize>,
    notes: &'static [(Audience, &'static str)],
    resolution: Option<&'static str>,
}

const CHECKOUT: SampleCase = SampleCase {
    subject: "Checkout 502s after upgrade to 7.4",
    severity: Severity::P1,
    customer: "Acme Retail (EU)",
    product: "Shop",
    version: "7.4.1",
    description: "Since the rollout of **7.4.1** this morning about one checkout in ten fails with \
                  a 502. The storefront itself is fine. A bundle of the cluster is attached; an \
                  operator restarted the ledger once, which did not help.",
    owner: Some(0),
    notes: &[(
        Audience::Public,
        "Thank you for the bundle. We are reading it now and will tell you within 30 minutes what \
         we see and what to do next.",
    )],
    resolution: None,
};

const OTHERS: [SampleCase; 7] = [
    SampleCase {
        subject: "Reference: the same shop on a good day",
        severity: Severity::P4,
        customer: "Acme Retail (EU)",
        product: "Shop",
        version: "7.3.9",
        description: "A bundle from the day before the upgrade, for comparison.",
        owner: Some(0),
        notes: &[],
        resolution: None,
    },
    SampleCase {
        subject: "SAML login loop after the identity provider changed its certificate",
        severity: Severity::P2,
        customer: "Birch Insurance",
        product: "Accounts",
        version: "5.12.0",
        description: "Users land on the login page again after signing in. Started at 05:10 UTC.",
        owner: Some(2),
        notes: &[(
            Audience::Public,
            "Please send a HAR of one failed login and the current metadata file of your identity \
             provider. Passwords and cookies are removed on arrival.",
        )],
        resolution: None,
    },
    SampleCase {
        subject: "Ledger reports arrive 40 minutes late",
        severity: Severity::P2,
        customer: "Cedar Logistics",
        product: "Reports",
        version: "2.8.3",
        description: "The nightly report was due at 06:00 and came at 06:41, three days in a row.",
        owner: None,
        notes: &[],
        resolution: None,
    },
    SampleCase {
        subject: "CSV export stops after 65,535 rows",
        severity: Severity::P3,
        customer: "Dune Energy",
        product: "Reports",
        version: "2.8.1",
        description: "Exports of larger tables end without an error.",
        owner: Some(1),
        notes: &[(
            Audience::Internal,
            "Reproduced on 2.8.1 with a table of 70,000 rows; 2.7 exports all of them.",
        )],
        resolution: None,
    },
    SampleCase {
        subject: "Webhook signatures fail for bodies with umlauts",
        severity: Severity::P3,
        customer: "Eiche Verlag",
        product: "Webhooks",
        version: "3.1.0",
        description: "The signature matches for ASCII bodies only.",
        owner: None,
        notes: &[],
        resolution: None,
    },
    SampleCase {
        subject: "How to rotate the signing key without downtime?",
        severity: Severity::P4,
        customer: "Fjord Bank",
        product: "Webhooks",
        version: "3.1.0",
        description: "They want to rotate keys every quarter.",
        owner: Some(1),
        notes: &[],
        resolution: None,
    },
    SampleCase {
        subject: "Search returns nothing after re-indexing",
        severity: Severity::P2,
        customer: "Grove Media",
        product: "Search",
        version: "1.9.4",
        description: "An alias still pointed at the old index.",
        owner: Some(2),
        notes: &[(
            Audience::Internal,
            "The alias `items` pointed at `items-0412`, deleted at 11:02.",
        )],
        resolution: Some("Pointed the alias at the new index; the customer confirmed at 12:15."),
    },
];

impl App {
    /// Loads the sample desk for somebody who may; how many cases there are.
    ///
    /// # Errors
    /// `forbidden`, and whatever the use cases answer.
    pub async fn load_sample(&self, actor: &Actor) -> Result<u64, AppError> {
        policy::authorise(actor, Action::ManageAccounts)?;
        self.load_sample_here().await?;
        Ok(1 + OTHERS.len() as u64)
    }

    /// Loads the sample desk on the machine that holds the data, and answers with the sample
    /// senior, whom a demo signs in.
    ///
    /// # Errors
    /// Whatever the use cases answer.
    pub async fn load_sample_here(&self) -> Result<UserId, AppError> {
        let mut people = Vec::with_capacity(PEOPLE.len());
        for (login, name, role) in PEOPLE {
            people.push(self.sample_person(login, name, role).await?);
        }
        let senior = people[0];
        self.sample_policies(people[3]).await?;
        self.sample_rules(people[3]).await?;
        self.sample_team(&people).await?;
        self.sample_customers(senior).await?;
        for (place, case) in OTHERS.iter().enumerate().rev() {
            let number = self.sample_case(&people, case, &format!("other-{place}")).await?;
            if place == 0 {
                self.sample_bundle(senior, number, "shop-good.tar.gz", GOOD).await?;
            }
        }
        let number = self.sample_case(&people, &CHECKOUT, "checkout").await?;
        let bundle = self.sample_bundle(senior, number, "shop-outage.tar.gz", OUTAGE).await?;
        self.sample_evidence(senior, number, bundle).await?;
        self.sample_next_step(senior, number).await?;
        Ok(senior.user)
    }

    async fn sample_person(&self, login: &str, name: &str, role: Role) -> Result<Actor, AppError> {
        if let Some(account) = self.store().account_by_login(login).await? {
            return Ok(Actor { user: account.id, role: account.role });
        }
        let user = UserId::from_uuid(self.inner.clock.new_id());
        let actor = Actor { user, role };
        let (login, name) = (login.to_owned(), name.to_owned());
        let account = NewAccount { id: user, login, name, role, password_hash: None };
        self.write_account(&Request::new(actor, Origin::Import), &account).await?;
        Ok(actor)
    }

    /// Only where nothing is promised yet: a desk of one's own keeps its own promises.
    async fn sample_policies(&self, manager: Actor) -> Result<(), AppError> {
        if self.store().policies(None).await?.is_some() {
            return Ok(());
        }
        let set = serde_json::from_str(POLICIES)
            .map_err(|_| AppError::internal("the sample policies are not readable"))?;
        let request = Request::new(manager, Origin::Import);
        self.publish_policies(&request, set, "sample".to_owned()).await?;
        Ok(())
    }

    /// The same for what is hidden.
    async fn sample_rules(&self, manager: Actor) -> Result<(), AppError> {
        if self.store().redaction_rules(None).await?.is_some() {
            return Ok(());
        }
        let request = Request::new(manager, Origin::Import);
        self.publish_redaction_rules(&request, RULES.to_owned(), "sample".to_owned()).await?;
        Ok(())
    }

    /// Whoever is in the list already stays as they are.
    async fn sample_customers(&self, senior: Actor) -> Result<(), AppError> {
        for [name, tier, residency, product, version] in CUSTOMERS {
            if self.store().customer_by_name(name).await?.is_some() {
                continue;
            }
            let [product, version] = [product, version].map(str::to_owned);
            let runs = Use { product, version, environment: "production".to_owned() };
            let profile = Profile {
                name: name.to_owned(),
                tier: tier.to_owned(),
                residency: residency.to_owned(),
                uses: vec![runs],
                ..Profile::default()
            };
            self.add_customer(&Request::new(senior, Origin::Import), profile).await?;
        }
        Ok(())
    }

    async fn sample_case(
        &self,
        people: &[Actor],
        case: &SampleCase,
        key: &str,
    ) -> Result<CaseNumber, AppError> {
        let opener = people[1];
        let request = |part: &str| {
            Request::new(opener, Origin::Import).with_key(format!("sample/{key}/{part}"))
        };
        let draft = CaseDraft {
            subject: case.subject.to_owned(),
            severity: case.severity,
            customer: case.customer.to_owned(),
            product: case.product.to_owned(),
            version: case.version.to_owned(),
            description: case.description.to_owned(),
            sample: true,
        };
        let number = self.open_case(&request("open"), draft).await?.number;
        if let Some(owner) = case.owner {
            let assignee = Some(people[owner].user);
            self.ask_case(&request("assign"), number, Ask::Assign { assignee }).await?;
        }
        for (place, (audience, text)) in case.notes.iter().enumerate() {
            let text = (*text).to_owned();
            let ask = Ask::Note { audience: *audience, text, then: Then::default() };
            self.ask_case(&request(&format!("note-{place}")), number, ask).await?;
        }
        if let Some(resolution) = case.resolution {
            let ask = Ask::Resolve { resolution: resolution.to_owned() };
            self.ask_case(&request("resolve"), number, ask).await?;
        }
        Ok(number)
    }

    async fn sample_bundle(
        &self,
        actor: Actor,
        number: CaseNumber,
        name: &str,
        bytes: &'static [u8],
    ) -> Result<BundleId, AppError> {
        let uploaded = Upload::read_from(bytes)?;
        let request = Request::new(actor, Origin::Import).with_key(format!("sample/{name}"));
        let bundle = self.attach_bundle(&request, number, name, uploaded).await?;
        self.wait_for_bundle(&actor, bundle).await?;
        Ok(bundle)
    }

    /// Pins what a senior would pin first, and writes the note that cites it.
    async fn sample_evidence(
        &self,
        actor: Actor,
        number: CaseNumber,
        bundle: BundleId,
    ) -> Result<(), AppError> {
        if self.bundle(&actor, bundle).await?.state != BundleState::Ready {
            return Ok(());
        }
        let request = |part: &str| {
            Request::new(actor, Origin::Import).with_key(format!("sample/evidence/{part}"))
        };
        let mut pins = Vec::new();
        for text in ["Connection is not available", "maximumPoolSize changed", "invoked oom-killer"]
        {
            if let Some(place) = self.first_with(&actor, bundle, text).await? {
                let pin = self.pin_evidence(&request(text), number, place).await?;
                pins.push(pin.number);
            }
        }
        let [first, rest @ ..] = pins.as_slice() else { return Ok(()) };
        let others: Vec<String> = rest.iter().map(|pin| format!("[{pin}]")).collect();
        let text = format!(
            "The ledger runs out of database connections: the first refusal is [{first}]. {} \
             To confirm: compare the pool size of 7.3 and 7.4.",
            if others.is_empty() {
                String::new()
            } else {
                format!("See also {}.", others.join(", "))
            }
        );
        let ask = Ask::Note { audience: Audience::Internal, text, then: Then::default() };
        self.ask_case(&request("note"), number, ask).await?;
        Ok(())
    }

    async fn first_with(
        &self,
        actor: &Actor,
        bundle: BundleId,
        text: &'static str,
    ) -> Result<Option<Place>, AppError> {
        self.ask_bundle(actor, bundle, move |open| {
            let all = open.select(&Query::default())?;
            let Some(position) = open.next(&all, None, Direction::Next, Seek::Text(text))? else {
                return Ok(None);
            };
            let line = open.window(&all, position, 1)?.into_iter().next();
            Ok(line.map(|line| Place { bundle, file: line.file, line: line.line }))
        })
        .await
    }
}
