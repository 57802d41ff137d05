//! The list of traces, worst first. It is kept in memory, small; what a trace holds is in
//! `waterfall`.

use std::collections::{HashMap, HashSet};

use mainstay_core::UtcMicros;

use super::{Bundle, ViewError};
use crate::columns::table_reader;
use crate::metric::robust::median;

/// Traces kept in a list: about 40 MB. Those that begin later in the bundle are counted.
const TRACES_MAX: usize = 200_000;

/// One trace in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceRow {
    pub id: String,
    pub start: UtcMicros,
    pub duration_us: i64,
    pub spans: u64,
    pub failed: u64,
    /// Of the span that began it.
    pub service: String,
    pub operation: String,
    /// The middle of the traces that begin with the same operation and have no failed span; of all
    /// such traces when every one failed.
    pub usual_us: i64,
}

impl TraceRow {
    /// How much longer than usual it took.
    fn excess_us(&self) -> i64 {
        self.duration_us.saturating_sub(self.usual_us)
    }
}

/// How a list of traces is put in order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TraceOrder {
    /// Failed ones, then by the time beyond the usual of their operation.
    #[default]
    Worst,
    Slowest,
    Earliest,
}

/// Which traces are asked for.
#[derive(Debug, Clone, Default)]
pub struct TraceAsk {
    pub from: Option<UtcMicros>,
    pub to: Option<UtcMicros>,
    /// Any span of it is of this service.
    pub service: Option<String>,
    pub failed: bool,
    pub order: TraceOrder,
    pub offset: usize,
    pub limit: usize,
}

/// A window of the traces that pass.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceList {
    pub total: u64,
    /// Traces that do not pass.
    pub hidden: u64,
    /// Traces beyond the limit of the list.
    pub beyond: u64,
    pub traces: Vec<TraceRow>,
    /// Of all traces, most spans first.
    pub services: Vec<(String, u64)>,
}

/// The list of all traces of a bundle.
pub(crate) struct TraceIndex {
    rows: Vec<TraceRow>,
    beyond: u64,
    services: Vec<(String, u64)>,
    /// By row: numbers in `services`.
    services_of: Vec<Vec<u32>>,
}

/// A trace while it is being counted.
struct Counted {
    row: TraceRow,
    end: i64,
    has_root: bool,
    services: Vec<u32>,
}

impl TraceIndex {
    fn read(bundle: &Bundle) -> Result<Self, ViewError> {
        let mut of_id: HashMap<String, usize> = HashMap::new();
        let mut counted: Vec<Counted> = Vec::new();
        let mut beyond: HashSet<String> = HashSet::new();
        let mut names: Vec<(String, u64)> = Vec::new();
        let mut number: HashMap<String, u32> = HashMap::new();
        table_reader::spans(bundle.folder(), &mut |span| {
            let service = *number.entry(span.service.to_owned()).or_insert_with(|| {
                names.push((span.service.to_owned(), 0));
                u32::try_from(names.len() - 1).unwrap_or(u32::MAX)
            });
            names[service as usize].1 += 1;
            let known = of_id.get(span.trace_id).copied();
            let at = match known {
                Some(at) => at,
                None if counted.len() >= TRACES_MAX => {
                    beyond.insert(span.trace_id.to_owned());
                    return;
                }
                None => {
                    of_id.insert(span.trace_id.to_owned(), counted.len());
                    counted.push(Counted {
                        row: TraceRow {
                            id: span.trace_id.to_owned(),
                            start: UtcMicros(span.start),
                            duration_us: 0,
                            spans: 0,
                            failed: 0,
                            service: String::new(),
                            operation: String::new(),
                            usual_us: 0,
                        },
                        end: i64::MIN,
                        has_root: false,
                        services: Vec::new(),
                    });
                    counted.len() - 1
                }
            };
            counted[at].add(span, service);
        })?;
        let mut index = Self {
            services_of: counted.iter().map(|it| it.services.clone()).collect(),
            rows: counted.into_iter().map(Counted::finish).collect(),
            beyond: beyond.len() as u64,
            services: names,
        };
        index.set_usual();
        Ok(index)
    }

    fn set_usual(&mut self) {
        let mut durations: HashMap<(&str, &str), Vec<f64>> = HashMap::new();
        // who fails says nothing of the usual, unless all do
        for failed in [false, true] {
            let mut more: HashMap<(&str, &str), Vec<f64>> = HashMap::new();
            for row in self.rows.iter().filter(|row| (row.failed > 0) == failed) {
                let key = (row.service.as_str(), row.operation.as_str());
                more.entry(key).or_default().push(row.duration_us as f64);
            }
            for (key, all) in more {
                durations.entry(key).or_insert(all);
            }
        }
        let usual: HashMap<(String, String), i64> = durations
            .into_iter()
            .filter_map(|((service, operation), mut all)| {
                let middle = median(&mut all)?;
                Some(((service.to_owned(), operation.to_owned()), middle as i64))
            })
            .collect();
        for row in &mut self.rows {
            let key = (row.service.clone(), row.operation.clone());
            row.usual_us = usual.get(&key).copied().unwrap_or(row.duration_us);
        }
    }
}

impl Counted {
    fn add(&mut self, span: &table_reader::SpanView<'_>, service: u32) {
        let row = &mut self.row;
        row.spans += 1;
        row.failed += u64::from(span.failed);
        if !self.services.contains(&service) {
            self.services.push(service);
        }
        // a root says when the answer began and how long it took; without one it is the earliest,
        // and all that is seen
        let is_root = span.parent_id.is_none_or(str::is_empty);
        let begins = if is_root {
            !self.has_root || span.duration_us > row.duration_us
        } else {
            !self.has_root && (row.spans == 1 || span.start < row.start.0)
        };
        if begins {
            row.start = UtcMicros(span.start);
            row.duration_us = span.duration_us.max(0);
            row.service = span.service.to_owned();
            row.operation = span.operation.to_owned();
        }
        self.has_root |= is_root;
        self.end = self.end.max(span.start.saturating_add(span.duration_us.max(0)));
    }

    fn finish(self) -> TraceRow {
        let mut row = self.row;
        if !self.has_root {
            row.duration_us = self.end.saturating_sub(row.start.0);
        }
        row
    }
}

impl Bundle {
    /// A window of the traces, worst first unless asked otherwise.
    ///
    /// # Errors
    /// When a stored file is damaged.
    pub fn traces(&self, ask: &TraceAsk) -> Result<TraceList, ViewError> {
        let index = self.trace_index()?;
        let service = ask.service.as_ref().map(|name| {
            index
                .services
                .iter()
                .position(|(known, _)| known == name)
                .map_or(u32::MAX, |at| at as u32)
        });
        let passes = |at: &usize| {
            let row = &index.rows[*at];
            ask.from.is_none_or(|from| row.start.0.saturating_add(row.duration_us) >= from.0)
                && ask.to.is_none_or(|to| row.start < to)
                && (!ask.failed || row.failed > 0)
                && service.is_none_or(|service| index.services_of[*at].contains(&service))
        };
        let mut chosen: Vec<usize> = (0..index.rows.len()).filter(passes).collect();
        chosen.sort_by(|left, right| {
            let (left, right) = (&index.rows[*left], &index.rows[*right]);
            let order = match ask.order {
                TraceOrder::Worst => {
                    (right.failed > 0, right.excess_us()).cmp(&(left.failed > 0, left.excess_us()))
                }
                TraceOrder::Slowest => right.duration_us.cmp(&left.duration_us),
                TraceOrder::Earliest => left.start.cmp(&right.start),
            };
            order.then_with(|| left.id.cmp(&right.id))
        });
        let mut services = index.services.clone();
        services.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        let shown = chosen.iter().skip(ask.offset).take(ask.limit);
        Ok(TraceList {
            total: chosen.len() as u64,
            hidden: (index.rows.len() - chosen.len()) as u64,
            beyond: index.beyond,
            traces: shown.map(|at| index.rows[*at].clone()).collect(),
            services,
        })
    }

    fn trace_index(&self) -> Result<&TraceIndex, ViewError> {
        if let Some(known) = self.traces.get() {
            return Ok(known);
        }
        let index = TraceIndex::read(self)?;
        Ok(self.traces.get_or_init(|| index))
    }
}
