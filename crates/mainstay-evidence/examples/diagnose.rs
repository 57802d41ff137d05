use mainstay_core::UtcMicros;
use mainstay_evidence::{
    ingest::{self, Options},
    limits::Limits,
    open::Input,
    rank,
    view::Bundle,
};
use std::path::Path;
struct Quiet;
impl mainstay_evidence::open::Progress for Quiet {
    fn report(&self, _: mainstay_evidence::open::Phase, _: u64, _: u64, _: u64, _: Option<&str>) {}
    fn cancelled(&self) -> bool {
        false
    }
}
fn open(name: &str) -> Bundle {
    let out = Path::new("/tmp/rca/ev").join(name.rsplit('/').next().unwrap());
    if !out.exists() {
        let input = if name.contains('/') {
            name.to_owned()
        } else {
            format!("/work/shared/data/rca/bundles/{name}.tar.gz")
        };
        ingest::ingest(
            vec![Input::Path(input.into())],
            &Options {
                limits: Limits::default(),
                now: UtcMicros(1_800_000_000_000_000),
                pseudonym_key: Some([7; 32]),
                threads: 2,
            },
            &out,
            &Quiet,
        )
        .unwrap();
    }
    Bundle::open(&out).unwrap()
}
fn main() {
    let outdir = std::env::var("OUT").unwrap_or("/tmp/rca/out".into());
    std::fs::create_dir_all(&outdir).unwrap();
    for arg in std::env::args().skip(1) {
        let (c, r) = arg.split_once(':').unwrap_or((&arg, ""));
        let b = open(c);
        let r = (!r.is_empty()).then(|| open(r));
        let t = std::time::Instant::now();
        let d = rank::diagnose(&b, r.as_ref(), &rank::Ticket::default()).unwrap();
        let name = c.rsplit('/').next().unwrap();
        let ms = t.elapsed().as_millis();
        let mut v = mainstay_evidence::report::json(
            &b,
            mainstay_evidence::report::Run { diagnosis: Some(&d), elapsed_ms: Some(ms as u64) },
        )
        .unwrap();
        v["case_id"] = name.into();
        std::fs::write(format!("{outdir}/{name}.json"), serde_json::to_vec_pretty(&v).unwrap())
            .unwrap();
        println!(
            "{name} {} {} ms; {}",
            d.verdict.as_str(),
            ms,
            d.hypotheses
                .iter()
                .take(4)
                .map(|h| format!(
                    "{} {} {:.1} {}",
                    h.component,
                    h.kind.as_str(),
                    h.own_score,
                    h.status.as_str()
                ))
                .collect::<Vec<_>>()
                .join(" | ")
        );
    }
}
