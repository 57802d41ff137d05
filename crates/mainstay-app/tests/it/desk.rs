//! A desk in a temporary folder, on either engine.

use mainstay_app::{App, Clock, Config, StoreUrl};
use mainstay_store::testing;
use tempfile::TempDir;

pub struct Desk {
    pub app: App,
    pub store: StoreUrl,
    pub folder: TempDir,
}

pub async fn on_sqlite() -> Desk {
    let folder = tempfile::tempdir().expect("a folder");
    let store = StoreUrl::file(folder.path().join("mainstay.db"));
    open(folder, store).await
}

pub async fn on_postgres() -> Desk {
    let store = testing::cluster().new_database().await;
    open(tempfile::tempdir().expect("a folder"), store).await
}

impl Desk {
    /// The same desk, opened once more.
    pub async fn again(&self) -> App {
        let (store, data) = (self.store.clone(), self.folder.path().to_owned());
        App::open(Config { store, data, clock: Clock::System, reveal_key: None })
            .await
            .expect("a desk")
    }
}

async fn open(folder: TempDir, store: StoreUrl) -> Desk {
    let data = folder.path().to_owned();
    let config = Config { store: store.clone(), data, clock: Clock::System, reveal_key: None };
    let app = App::open(config).await.expect("a desk");
    Desk { app, store, folder }
}
