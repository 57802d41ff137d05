//! `cargo xtask rca`: scores the ranking of causes on the visible bundles, with and without the
//! reference that each case names. Only this runner reads which reference belongs to a case; the
//! binary sees bundles and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};

use crate::repository;

/// What is run and where its data is.
pub struct Bench {
    binary: PathBuf,
    data: PathBuf,
    scorer: PathBuf,
    out: PathBuf,
}

impl Bench {
    /// The data and the scorer of the machine, and a binary that is built already.
    pub fn new(binary: &Path) -> Result<Self> {
        ensure!(binary.exists(), "{} does not exist: build it first", binary.display());
        let shared = repository::shared();
        ensure!(shared.exists(), "{} does not exist: set MAINSTAY_SHARED", shared.display());
        Ok(Self {
            binary: binary.to_owned(),
            data: shared.join("data/rca"),
            scorer: shared.join("bench/rca/evaluate.py"),
            out: repository::root().join("target/rca"),
        })
    }

    fn cases(&self) -> Result<Map<String, Value>> {
        let text = fs::read(self.truth()).context("could not read the list of cases")?;
        let mut cases: Value = serde_json::from_slice(&text)?;
        match cases["cases"].take() {
            Value::Object(cases) => Ok(cases),
            _ => bail!("the list of cases has no cases"),
        }
    }

    /// The reference of every case.
    pub fn references(&self) -> Result<BTreeMap<String, String>> {
        let reference = |case: &Value| case["reference"].as_str().unwrap_or_default().to_owned();
        Ok(self.cases()?.iter().map(|(id, case)| (id.clone(), reference(case))).collect())
    }

    /// The cases in which something broke; the others are controls.
    pub fn faulty(&self) -> Result<BTreeSet<String>> {
        let cases = self.cases()?;
        Ok(cases.iter().filter(|it| it.1["faulty"] == true).map(|it| it.0.clone()).collect())
    }

    fn truth(&self) -> PathBuf {
        self.data.join("truth.json")
    }

    /// A visible bundle by its name.
    pub fn bundle(&self, name: &str) -> PathBuf {
        self.data.join("bundles").join(format!("{name}.tar.gz"))
    }

    /// Inspects one bundle and keeps the report as `folder/name.json`.
    pub fn inspect(
        &self,
        bundle: &Path,
        reference: Option<&Path>,
        folder: &Path,
        name: &str,
    ) -> Result<()> {
        let mut command = Command::new(&self.binary);
        command.args(["inspect", "-qq", "--json", "--threads", "1"]).arg(bundle);
        if let Some(reference) = reference {
            command.arg("--reference").arg(reference);
        }
        let output = command.output().context("could not start the binary")?;
        let report: Value = serde_json::from_slice(&output.stdout).with_context(|| {
            format!("{name}: no report: {}", String::from_utf8_lossy(&output.stderr))
        })?;
        fs::create_dir_all(folder)?;
        fs::write(folder.join(format!("{name}.json")), serde_json::to_vec_pretty(&report)?)?;
        Ok(())
    }

    /// The scorer's own words on a folder of reports, and its figures.
    pub fn score(&self, folder: &Path, bundles: &Path) -> Result<(String, Value)> {
        let figures = folder.with_extension("figures");
        let output = Command::new("python3")
            .arg(&self.scorer)
            .arg("--truth")
            .arg(self.truth())
            .arg("--reports")
            .arg(folder)
            .arg("--bundles")
            .arg(bundles)
            .arg("--verbose")
            .arg("--json")
            .arg(&figures)
            .output()
            .context("could not start python3, which the scorer needs")?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok((said, serde_json::from_slice(&fs::read(figures)?)?))
    }

    /// Every visible case, with and without its reference.
    pub fn run(&self) -> Result<()> {
        for with_reference in [true, false] {
            let folder = self.out.join(if with_reference { "reference" } else { "alone" });
            for (case, reference) in self.references()? {
                let reference = self.bundle(&reference);
                let reference = with_reference.then_some(reference.as_path());
                self.inspect(&self.bundle(&case), reference, &folder, &case)?;
            }
            let (said, _) = self.score(&folder, &self.data.join("bundles"))?;
            println!("{}\n{said}", if with_reference { "with reference" } else { "without" });
        }
        Ok(())
    }
}
