//! A browser as far as the bench needs one: one connection kept open, one request at a time.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

pub(super) struct Client {
    address: String,
    connection: BufReader<TcpStream>,
    cookie: String,
    csrf: String,
    body: Vec<u8>,
}

impl Client {
    pub(super) fn sign_in(address: &str, login: &str, password: &str) -> Result<Self> {
        let connection = TcpStream::connect(address).context("the desk does not answer")?;
        connection.set_nodelay(true)?;
        let mut client = Self {
            address: address.to_owned(),
            connection: BufReader::new(connection),
            cookie: String::new(),
            csrf: String::new(),
            body: Vec::new(),
        };
        client.post("/api/v1/session", &json!({ "login": login, "password": password }))?;
        let session: Value = serde_json::from_slice(&client.body)?;
        client.csrf = session["csrf_token"].as_str().context("no token")?.to_owned();
        Ok(client)
    }

    /// The size of the answer's body.
    pub(super) fn get(&mut self, path: &str) -> Result<usize> {
        self.send("GET", path, "")
    }

    pub(super) fn post(&mut self, path: &str, body: &Value) -> Result<usize> {
        self.send("POST", path, &body.to_string())
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Result<usize> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\nx-csrf-token: {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.cookie,
            self.csrf,
            body.len()
        );
        self.connection.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?;
        let mut length = None;
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(": ") else { continue };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = Some(value.parse().context("a length")?),
                "set-cookie" => {
                    value.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
                }
                _ => {}
            }
        }
        self.body.resize(length.context("an answer without its length")?, 0);
        self.connection.read_exact(&mut self.body)?;
        let code = status.split(' ').nth(1).unwrap_or_default();
        if !code.starts_with('2') {
            bail!("{method} {path}: {status}: {}", String::from_utf8_lossy(&self.body));
        }
        Ok(self.body.len())
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.connection.read_line(&mut line)? > 0, "the desk hung up");
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}
