//! Documents of the desk that have versions: policies, checklists, redaction rules. Each has a stream
//! of its own, and every event of it is one version, so the stream's version is the newest number.

use mainstay_core::event::{Event, Stream};
use mainstay_core::{Code, Refusal};

use crate::repeat::{first_result, remember};
use crate::request::Request;
use crate::{App, AppError};

impl App {
    /// Publishes the version after the newest; its number. `expected_version` of the request is the
    /// newest one the caller saw, and the same request again gives the same number.
    ///
    /// # Errors
    /// `stale` when somebody published meanwhile, and what `next` refuses.
    pub(crate) async fn publish(
        &self,
        request: &Request,
        stream: Stream,
        asked: &[u8; 32],
        next: impl FnOnce(u32) -> Result<Event, Refusal>,
    ) -> Result<u32, AppError> {
        let mut write = self.store().begin(&self.meta(request)).await?;
        if let Some(version) = first_result(&mut write, request, asked).await? {
            return Ok(version);
        }
        let newest = write.load_version(stream).await?;
        if request.expected_version.is_some_and(|seen| seen != newest) {
            let detail = format!("the newest version is {newest}; load it again");
            return Err(Refusal::new(Code::Stale, detail).into());
        }
        let too_many = |_| AppError::internal("there are more versions than numbers");
        let last = u32::try_from(newest).map_err(too_many)?;
        write.append(stream, newest, &[next(last)?]).await?;
        remember(&mut write, request, asked, &(last + 1).to_string()).await?;
        write.commit().await?;
        Ok(last + 1)
    }
}
