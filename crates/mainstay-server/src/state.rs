//! What every handler sees: the use cases, and how this server is reached.

use mainstay_app::account::UserId;
use mainstay_app::{App, AppError};
use mainstay_core::{Code, Refusal};
use secrecy::{ExposeSecret, SecretString};

/// The server's state; cheap to clone.
#[derive(Clone)]
pub struct Server {
    pub app: App,
    pub options: Options,
}

/// How this server is reached and by whom.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// People come by https (a proxy ends it): cookies are `Secure` and carry the `__Host-` prefix.
    pub https: bool,
    /// Host names that are answered; anything else is refused, so that a foreign page cannot
    /// point its own name at this machine and read the answer.
    pub hosts: Vec<String>,
    /// The sample desk: who visits is signed in as this person. Only ever on loopback.
    pub demo_user: Option<UserId>,
    /// Lets who reads the server's terminal create the first administrator.
    pub setup_code: Option<SecretString>,
}

impl Server {
    /// `__Host-` needs https; on loopback there is none.
    pub fn cookie_name(&self) -> &'static str {
        if self.options.https { "__Host-mainstay" } else { "mainstay" }
    }

    /// Is this the code from the terminal? Compared byte by byte without an early end.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn check_setup_code(&self, given: &str) -> Result<(), AppError> {
        let expected = self.options.setup_code.as_ref().map_or("", |code| code.expose_secret());
        let pairs = given.bytes().zip(expected.bytes());
        let difference = pairs.fold(0u8, |all, (a, b)| all | (a ^ b));
        if !expected.is_empty() && given.len() == expected.len() && difference == 0 {
            return Ok(());
        }
        let detail = "the setup code is wrong; it stands in the terminal that runs mainstay serve";
        Err(Refusal::new(Code::Forbidden, detail).into())
    }
}
