//! Settings of the desk, and the keys of cases.

use mainstay_core::CaseId;

use crate::error::StoreError;
use crate::statement::plain as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

impl Store {
    /// The value of a setting.
    ///
    /// # Errors
    /// As every question.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let row = self.ask_row(statement::SETTING, values![key]).await?;
        row.map(|row| row.get("value")).transpose()
    }
}

impl Write {
    /// Sets a setting.
    ///
    /// # Errors
    /// As every write.
    pub async fn set_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.execute(statement::PUT_SETTING, values![key, value]).await.map(|_| ())
    }

    /// The key of the case that makes pseudonyms; `fresh` random bytes become it when it has none.
    ///
    /// # Errors
    /// As every write.
    pub async fn case_key(
        &mut self,
        case: CaseId,
        fresh: [u8; 32],
    ) -> Result<[u8; 32], StoreError> {
        self.execute(statement::PUT_CASE_KEY, values![case, &fresh]).await?;
        let row = self.ask_row(statement::CASE_KEY, values![case]).await?;
        row.map_or(Ok(fresh), |row| row.get("key"))
    }
}
