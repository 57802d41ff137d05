//! Running the binary, and speaking HTTP to it without a client library.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// The binary with nothing of the environment that could change what it does.
pub fn mainstay() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mainstay"));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("MAINSTAY_") || text.starts_with("XDG_") {
            command.env_remove(&name);
        }
    }
    command.env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// Runs it with these arguments.
pub fn run(arguments: &[&str]) -> Output {
    mainstay().args(arguments).output().expect("the binary runs")
}

/// Runs it with this on stdin.
pub fn run_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = mainstay()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A program that has seen enough may close its stdin early.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts how it ended and gives back what it said.
#[track_caller]
pub fn expect(output: &Output, code: i32) -> String {
    let said = format!("{}\n{}", stdout(output), stderr(output));
    assert_eq!(output.status.code(), Some(code), "{said}");
    stdout(output)
}

/// A file of the shared test data, which is never copied into the repository.
pub fn shared(path: &str) -> PathBuf {
    let folder = std::env::var_os("MAINSTAY_SHARED");
    let folder = folder.map_or_else(|| repository("../shared"), PathBuf::from);
    let file = folder.join(path);
    assert!(file.exists(), "{} is not there; set MAINSTAY_SHARED", file.display());
    file
}

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A served desk; killed without a word when the test is done with it.
pub struct Served {
    child: Child,
    pub address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may be gone already: that is what some tests are about.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Starts `mainstay serve` on a free port and waits until it says where it is.
    pub fn start(storage: &[String]) -> Self {
        let mut child = mainstay()
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(storage)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        let address = loop {
            line.clear();
            let read = lines.read_line(&mut line).expect("a line");
            assert!(read > 0, "the server ended before it said where it is");
            if let Some((_, url)) = line.split_once("http://") {
                let end = url.find(['/', '\n']).unwrap_or(url.len());
                break url[..end].to_owned();
            }
        };
        // Whoever logs to a full pipe waits for ever.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Self { child, address }
    }

    /// SIGKILL: no handler, no flush, no goodbye.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// A browser that is signed in.
    pub fn sign_in(&self, login: &str, password: &str) -> Browser {
        let mut browser =
            Browser { address: self.address.clone(), cookie: String::new(), csrf: String::new() };
        let body = serde_json::json!({ "login": login, "password": password });
        let answer = browser.post("/api/v1/session", &body, None).expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.body);
        browser.cookie = answer.cookie.expect("a cookie");
        let session: Value = serde_json::from_str(&answer.body).expect("JSON");
        browser.csrf = session["csrf_token"].as_str().expect("a token").to_owned();
        browser
    }
}

#[derive(Clone)]
pub struct Browser {
    address: String,
    cookie: String,
    csrf: String,
}

pub struct Answer {
    pub status: u16,
    pub body: String,
    cookie: Option<String>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }
}

impl Browser {
    pub fn get(&self, path: &str) -> std::io::Result<Answer> {
        self.send("GET", path, "", None)
    }

    pub fn post(&self, path: &str, body: &Value, key: Option<&str>) -> std::io::Result<Answer> {
        self.send("POST", path, &body.to_string(), key)
    }

    /// One request over one connection; an answer counts only when it is whole.
    fn send(
        &self,
        method: &str,
        path: &str,
        body: &str,
        key: Option<&str>,
    ) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        let key = key.map_or(String::new(), |key| format!("idempotency-key: {key}\r\n"));
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncookie: {}\r\n\
             x-csrf-token: {}\r\n{key}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.cookie,
            self.csrf,
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let cut = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut)?;
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(cut)?;
        let field = |name: &str| {
            head.lines().find_map(|line| {
                let (field, value) = line.split_once(": ")?;
                field.eq_ignore_ascii_case(name).then(|| value.to_owned())
            })
        };
        let length = field("content-length").and_then(|length| length.parse::<usize>().ok());
        if length.is_some_and(|length| length != body.len()) {
            return Err(cut());
        }
        let cookie = field("set-cookie").and_then(|it| it.split(';').next().map(str::to_owned));
        Ok(Answer { status, body: body.to_owned(), cookie })
    }
}
