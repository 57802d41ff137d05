//! Every answer of the view against the plain way to find it: look at all records.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use mainstay_core::{Level, UtcMicros};
use mainstay_evidence::ingest::Options;
use mainstay_evidence::open::Input;
use mainstay_evidence::query::{Expression, Match, NameField, Query, Term};
use mainstay_evidence::redact::Redactor;
use mainstay_evidence::view::{Bundle, Direction, LineFull, Seek};
use proptest::prelude::*;
use proptest::sample::select;

use crate::shared;
use crate::shared_data::{Read, options, read, read_bytes, read_with};

struct Known {
    read: Read,
    /// All records in time order.
    all: Vec<LineFull>,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let read = read(&shared::shared().join("data/rca/bundles/nz-3284a8.tar.gz"));
        let rows = read.bundle.select(&Query::default()).expect("all rows");
        let rows = read.bundle.window(&rows, 0, usize::MAX).expect("all rows");
        let all = rows.iter().map(|row| read.bundle.line(row.row).expect("a row")).collect();
        Known { read, all }
    })
}

fn passes(filter: &Filter, line: &LineFull) -> bool {
    let row = &line.line;
    let whole = format!("{}{}\n{}", line.header, line.body, line.more_full).to_ascii_lowercase();
    (filter.levels.is_empty() || filter.levels.contains(&row.level))
        && (filter.sources.is_empty() || filter.sources.contains(&row.source))
        && (filter.files.is_empty() || filter.files.contains(&row.file))
        && (filter.templates.is_empty() || filter.templates.contains(&row.template))
        && filter.text.as_ref().is_none_or(|text| whole.contains(&text.to_ascii_lowercase()))
        && filter.from.is_none_or(|from| row.time.is_some_and(|time| from <= time))
        && filter.to.is_none_or(|to| row.time.is_some_and(|time| time < to))
}

/// What the workbench asks most.
#[derive(Debug, Clone, Default)]
struct Filter {
    levels: Vec<Option<Level>>,
    sources: Vec<u32>,
    files: Vec<u32>,
    templates: Vec<String>,
    text: Option<String>,
    from: Option<UtcMicros>,
    to: Option<UtcMicros>,
}

impl Filter {
    fn query(&self) -> Query {
        let numbers = |ids: &[u32]| ids.iter().map(|id| Match::Number(*id)).collect::<Vec<_>>();
        let name = |field, any_of: Vec<Match>| {
            (!any_of.is_empty()).then_some(Term::Name { field, any_of })
        };
        let templates = self.templates.iter().cloned().map(Match::Exact).collect();
        let terms = [
            (!self.levels.is_empty()).then(|| Term::Level(self.levels.clone())),
            name(NameField::Source, numbers(&self.sources)),
            name(NameField::File, numbers(&self.files)),
            name(NameField::Template, templates),
            self.text.clone().map(Term::Text),
            (self.from.is_some() || self.to.is_some())
                .then_some(Term::Time { from: self.from, to: self.to }),
        ];
        let terms = terms.into_iter().flatten().map(Expression::Term);
        terms.fold(Query::default(), |query, term| query.and(term))
    }
}

fn filters() -> impl Strategy<Value = Filter> {
    let known = known();
    let templates: Vec<String> = known
        .all
        .iter()
        .map(|line| line.line.template.clone())
        .collect::<HashSet<_>>()
        .into_iter()
        .collect();
    let sources = known.read.bundle.sources().len() as u32;
    let files: Vec<u32> = known.all.iter().map(|line| line.line.file).collect();
    let times: Vec<UtcMicros> = known.all.iter().filter_map(|line| line.line.time).collect();
    let texts = [
        "Success",
        "SUCCESS",
        "ORDER",
        "traceid:",
        "13:30:2",
        "exception",
        "Order Id: ",
        "no such words",
        ".",
    ];
    (
        proptest::collection::vec(proptest::option::of(select(Level::ALL.to_vec())), 0..3),
        proptest::collection::vec(0..sources, 0..4),
        proptest::collection::vec(select(files), 0..3),
        proptest::collection::vec(select(templates), 0..3),
        proptest::option::of(select(texts.to_vec())),
        proptest::option::of(select(times.clone())),
        proptest::option::of(select(times)),
    )
        .prop_map(|(levels, sources, files, templates, text, from, to)| Filter {
            levels,
            sources,
            files,
            templates,
            text: text.map(str::to_owned),
            from,
            to,
        })
}

/// Often only one condition, so that the selection is not always empty.
fn some_filters() -> impl Strategy<Value = Filter> {
    (filters(), 0..8_u8).prop_map(|(filter, keep)| {
        let mut kept = Filter::default();
        match keep {
            0 => kept.levels = filter.levels,
            1 => kept.sources = filter.sources,
            2 => kept.files = filter.files,
            3 => kept.templates = filter.templates,
            4 => kept.text = filter.text,
            5 => (kept.from, kept.to) = (filter.from, filter.to),
            6 => (kept.text, kept.sources) = (filter.text, filter.sources),
            _ => kept = filter,
        }
        kept
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_window_is_what_the_plain_way_finds(filter in some_filters(), offset in 0..3_000_u64, limit in 0..80_usize) {
        let Known { read, all } = known();
        let selection = read.bundle.select(&filter.query()).expect("a selection");
        let plain: Vec<&LineFull> = all.iter().filter(|line| passes(&filter, line)).collect();
        prop_assert_eq!(selection.len(), plain.len() as u64);
        prop_assert_eq!(selection.len() + selection.hidden(), all.len() as u64);
        let window = read.bundle.window(&selection, offset, limit).expect("rows");
        let expect: Vec<(u64, u64)> = plain
            .iter()
            .zip(0..)
            .skip(usize::try_from(offset).expect("small"))
            .take(limit)
            .map(|(line, position)| (line.line.row, position))
            .collect();
        let got: Vec<(u64, u64)> = window.iter().map(|row| (row.row, row.position)).collect();
        prop_assert_eq!(got, expect);
    }

    #[test]
    fn every_count_adds_up(filter in some_filters(), buckets in 1..200_usize, limit in 0..20_usize) {
        let Known { read, all } = known();
        let bundle = &read.bundle;
        let selection = bundle.select(&filter.query()).expect("a selection");
        let histogram = bundle.histogram(&selection, filter.from, filter.to, buckets);
        let in_buckets: u64 = histogram.buckets.iter().map(|bucket| bucket.all).sum();
        prop_assert_eq!(in_buckets + histogram.untimed + histogram.outside, selection.len());
        prop_assert_eq!(histogram.total, selection.len());
        prop_assert!(histogram.buckets.len() <= buckets);
        let list = bundle.templates(&selection, limit);
        let listed: u64 = list.items.iter().map(|item| item.count).sum();
        prop_assert_eq!(listed + list.others_records, selection.len());
        let facets = bundle.facets(&selection).expect("facets");
        let any_level = Filter { levels: Vec::new(), ..filter.clone() };
        let by_level: u64 = facets.levels.iter().map(|value| value.count).sum();
        let expect = all.iter().filter(|line| passes(&any_level, line)).count() as u64;
        prop_assert_eq!(by_level + facets.without_level, expect);
        let any_source = Filter { sources: Vec::new(), ..filter };
        let by_source: u64 = facets.sources.iter().map(|value| value.count).sum();
        let expect = all.iter().filter(|line| passes(&any_source, line)).count() as u64;
        prop_assert_eq!(by_source, expect);
    }

    #[test]
    fn seeking_finds_the_nearest_hit(filter in some_filters(), from in proptest::option::of(0..3_000_u64)) {
        let Known { read, all } = known();
        let selection = read.bundle.select(&filter.query()).expect("a selection");
        let plain: Vec<&LineFull> = all.iter().filter(|line| passes(&filter, line)).collect();
        let is_hit = |line: &LineFull| line.line.level.is_some_and(|level| level >= Level::Warn);
        let hits: Vec<u64> =
            plain.iter().zip(0..).filter(|(line, _)| is_hit(line)).map(|(_, at)| at).collect();
        let seek = Seek::Level(Level::Warn);
        let next = read.bundle.next(&selection, from, Direction::Next, seek).expect("an answer");
        prop_assert_eq!(next, hits.iter().copied().find(|at| from.is_none_or(|from| *at > from)));
        let previous = read.bundle.next(&selection, from, Direction::Previous, seek).expect("an answer");
        prop_assert_eq!(previous, hits.iter().copied().rfind(|at| from.is_none_or(|from| *at < from)));
    }

    #[test]
    fn a_line_is_found_by_its_place(filter in some_filters(), index in any::<prop::sample::Index>()) {
        let Known { read, all } = known();
        let selection = read.bundle.select(&filter.query()).expect("a selection");
        let line = &all[index.index(all.len())];
        let last = line.line.line + u64::from(line.line.lines) - 1;
        let position = read.bundle.position_of(&selection, line.line.file, last).expect("a record");
        prop_assert_eq!(position.row, line.line.row);
        let plain = all.iter().filter(|line| passes(&filter, line)).position(|it| it.line.row == line.line.row);
        prop_assert_eq!(position.position, plain.map(|at| at as u64));
    }
}

#[test]
fn records_stand_in_the_order_of_time() {
    let Known { all, .. } = known();
    let keys: Vec<_> = all.iter().map(|line| (line.line.time.is_none(), line.line.time)).collect();
    assert!(keys.is_sorted());
    assert!(all.len() > 2_000);
}

#[test]
fn a_text_is_found_across_pieces_variables_and_lines() {
    let log = "2026-11-24T09:00:00Z ERROR shop.Pay - charge 4711 failed after 3 tries\n\
               java.lang.IllegalStateException: till is closed\n\
               \tat shop.Pay.charge(Pay.java:42)\n\
               2026-11-24T09:00:01Z INFO shop.Pay - charge 4712 done\n";
    let read = read_bytes("pay.log", log.as_bytes().to_vec());
    let lines = |text: &str| -> Vec<u64> {
        let query = Expression::Term(Term::Text(text.to_owned())).into();
        let selection = read.bundle.select(&query).expect("a selection");
        read.bundle.window(&selection, 0, 9).expect("rows").iter().map(|row| row.line).collect()
    };
    assert_eq!(lines("CHARGE 4711 FAILED AFTER 3"), [1]);
    assert_eq!(lines("till is closed"), [1]);
    assert_eq!(lines("shop.pay - charge"), [1, 4]);
    assert_eq!(lines("2026-11-24t09:00:01z info"), [4]);
    assert_eq!(lines("4713"), [0_u64; 0]);
    let line = read.bundle.line(0).expect("a row");
    assert_eq!(
        line.line.text,
        "2026-11-24T09:00:00Z ERROR shop.Pay - charge 4711 failed after 3 tries"
    );
    assert_eq!(&line.line.text[line.line.body_start as usize..], line.body);
    assert_eq!(
        line.more_full,
        "java.lang.IllegalStateException: till is closed\n\tat shop.Pay.charge(Pay.java:42)"
    );
}

#[test]
fn what_is_shown_is_the_redacted_file_byte_for_byte() {
    let key = [7; 32];
    for set in ["Apache", "HDFS", "Linux", "OpenSSH", "OpenStack", "Proxifier", "Spark"] {
        let path = shared::shared().join(format!("data/loghub/{set}/{set}_2k.log"));
        let options = Options { pseudonym_key: Some(key), ..options(1) };
        let read = read_with(vec![Input::Path(path.clone())], &options).expect("a bundle");
        let filter = Filter { files: vec![0], ..Filter::default() };
        let selection = read.bundle.select(&filter.query()).expect("a selection");
        let mut rows = read.bundle.window(&selection, 0, usize::MAX).expect("rows");
        rows.sort_by_key(|row| row.line);
        let mut shown = String::new();
        for row in &rows {
            shown.push_str(&row.text);
            shown.push('\n');
            if row.more.is_some() {
                shown.push_str(&read.bundle.line(row.row).expect("a row").more_full);
                shown.push('\n');
            }
        }
        let raw = std::fs::read(&path).expect("a log");
        let redactor = Redactor::new(key);
        let mut session = redactor.session();
        let mut redacted = String::new();
        for line in String::from_utf8_lossy(&raw).lines() {
            redacted.push_str(&session.line(line));
            redacted.push('\n');
        }
        assert!(shown == redacted, "{set} differs");
    }
}

#[test]
fn a_folder_that_was_tampered_with_does_not_open() {
    let read = read_bytes("pay.log", b"2026-11-24T09:00:00Z INFO a - b\n".to_vec());
    let manifest = read.folder.path().join("out/manifest.json");
    let text = std::fs::read_to_string(&manifest).expect("a manifest");
    std::fs::write(&manifest, text.replace("\"records\": 1", "\"records\": 2")).expect("a file");
    assert!(Bundle::open(&read.folder.path().join("out")).is_err());
}

#[test]
fn levels_of_the_reference_are_the_levels_of_the_view() {
    let Known { all, .. } = known();
    let mut counts: BTreeMap<Level, u64> = BTreeMap::new();
    for level in all.iter().filter_map(|line| line.line.level) {
        *counts.entry(level).or_default() += 1;
    }
    assert_eq!((counts.get(&Level::Error), counts.get(&Level::Warn)), (Some(&15), Some(&84)));
}
