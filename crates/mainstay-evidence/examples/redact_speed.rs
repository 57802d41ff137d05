//! Redacts lines from stdin again and again until so many megabytes are done: for measuring with
//! `time`. `cat LOGS | redact_speed 64`.

use std::io::{self, Read, Write};

use mainstay_evidence::redact::Redactor;

fn main() -> io::Result<()> {
    let megabytes: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(16);
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let redactor = Redactor::new([7; 32]);
    let mut session = redactor.session();
    let (mut read, mut written) = (0, 0);
    while read < megabytes << 20 && !text.is_empty() {
        for line in text.lines() {
            read += line.len() + 1;
            written += session.line(line).len() + 1;
        }
    }
    let counts = session.finish();
    let mut out = io::stdout().lock();
    writeln!(out, "{read} bytes in, {written} bytes out, {} values hidden", counts.total())?;
    for (kind, counted) in &counts.kinds {
        writeln!(out, "{kind} {}", counted.count)?;
    }
    Ok(())
}
