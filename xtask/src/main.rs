//! Repository automation: `cargo xtask tidy` checks the house rules that a machine can see, `cargo
//! xtask sample` makes the sample bundles, `cargo xtask counts` adds up what the test runners said,
//! `cargo xtask bench` measures reading beside other programs, `cargo xtask bench desk` the desk at scale.
//! Nothing of this is shipped.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a developer's tool; it prints")]

mod bench;
mod counts;
mod mutate;
mod rca;
mod repository;
mod sample;
mod tidy;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};

use bench::Part;

const USAGE: &str = "usage: cargo xtask tidy                 check the house rules
       cargo xtask sample [--out DIR [--seed N]]
                                        make the bundles of examples/, or of another day
       cargo xtask counts OUTPUT        add up the test runners' closing lines
       cargo xtask bench [--mb N]       measure reading, by default on 200 MB
       cargo xtask rca BINARY           score the ranking of causes on the visible bundles
       cargo xtask bench signatures     measure recognition among 10,000 signatures
       cargo xtask bench desk [C:E ...] measure the desk with C cases and E events
       cargo xtask bench-mutate BINARY  the same on damaged copies of them";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["tidy"] => tidy(),
        ["sample"] => sample::write(&repository::root().join("examples")),
        ["sample", "--out", folder] => sample::write(Path::new(folder)),
        ["sample", "--out", folder, "--seed", seed] => {
            sample::random::vary(seed.parse().context("--seed takes a number")?);
            sample::write(Path::new(folder))
        }
        ["rca", binary] => rca::Bench::new(Path::new(binary))?.run(),
        ["bench"] => bench::run(&Part::Reading(bench::MEGABYTES)),
        ["bench", "--mb", size] => {
            bench::run(&Part::Reading(size.parse().context("--mb takes a number")?))
        }
        ["bench", "signatures"] => bench::run(&Part::Signatures),
        ["bench", "desk"] => bench::run(&Part::Desk(bench::desk::SIZES.to_vec())),
        ["bench", "desk", sizes @ ..] => bench::run(&Part::Desk(
            sizes.iter().map(|size| desk_size(size)).collect::<Result<_>>()?,
        )),
        ["bench-mutate", binary] => mutate::run(Path::new(binary)),
        ["counts", output] => counts(Path::new(output)),
        _ => bail!("{USAGE}"),
    }
}

fn desk_size(text: &str) -> Result<(u32, u32)> {
    let (cases, events) = text.split_once(':').context("a size is CASES:EVENTS")?;
    Ok((cases.parse().context("cases")?, events.parse().context("events")?))
}

fn tidy() -> Result<()> {
    let broken = tidy::check()?;
    for line in &broken {
        println!("{line}");
    }
    ensure!(broken.is_empty(), "{} house rules are broken", broken.len());
    Ok(())
}

fn counts(output: &Path) -> Result<()> {
    let text = fs::read(output).with_context(|| format!("could not read {}", output.display()))?;
    let counts = counts::count(&String::from_utf8_lossy(&text))?;
    println!("{} passed, {} failed", counts.passed, counts.failed);
    Ok(())
}
