//! The sample desk goes through the real use cases, and loading it twice changes nothing.

use mainstay_app::bundle::BundleState;
use mainstay_app::checkpoint::Beliefs;
use mainstay_core::{Actor, CaseNumber, Role};

use crate::desk::{self, Desk};

async fn loads_once(desk: Desk) {
    let app = &desk.app;
    let user = app.load_sample_here().await.expect("the sample desk");
    let senior = Actor { user, role: Role::Senior };
    let before = state(app, &senior).await;
    assert_eq!(app.load_sample_here().await.expect("again"), user);
    assert_eq!(state(app, &senior).await, before, "loading twice changes nothing");
    let [cases, bundles, evidence] = before;
    assert_eq!((cases, bundles), (7, 2));
    assert!(evidence >= 3, "the outage has pinned lines");
    let audit = app.audit_here(&Beliefs::default()).await.expect("an audit");
    assert!(audit.is_clean());
    app.close().await;
}

/// Open cases, readable bundles, pinned lines.
async fn state(app: &mainstay_app::App, senior: &Actor) -> [u64; 3] {
    let counts = app.queue_counts(senior).await.expect("counts");
    let (mut bundles, mut evidence) = (0, 0);
    for number in 1001..=1000 + counts.all + counts.resolved {
        let number = CaseNumber(u32::try_from(number).expect("a number"));
        for bundle in app.bundles(senior, number).await.expect("bundles") {
            bundles += u64::from(bundle.state == BundleState::Ready);
        }
        evidence += app.evidence_of_case(senior, number).await.expect("evidence").len() as u64;
    }
    [counts.all, bundles, evidence]
}

#[tokio::test]
async fn the_sample_desk_loads_once_on_sqlite() {
    loads_once(desk::on_sqlite().await).await;
}

#[tokio::test]
async fn the_sample_desk_loads_once_on_postgresql() {
    loads_once(desk::on_postgres().await).await;
}
