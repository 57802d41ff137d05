//! Shapes: the constant text of whole records, with a gap where something varies. A shape refines a
//! form of the miner: it also covers the header and what follows the message, and it knows which
//! gaps need no value of their own because another column has it.

use std::fmt::Write as _;

use super::moment::Moment;
use crate::mine::FormId;

/// Ends a segment of a signature; no UTF-8 text contains this byte.
pub(super) const SEGMENT: u8 = 0xFE;
/// Begins a gap in a signature; its kind follows.
pub(super) const GAP: u8 = 0xFF;
/// Kinds of gaps in a signature; from `MOMENT` on the number of a moment.
pub(super) const VALUE: u8 = 0;
pub(super) const TRACE: u8 = 1;
pub(super) const SPAN: u8 = 2;
pub(super) const REQUEST: u8 = 3;
pub(super) const KEY: u8 = 4;
pub(super) const NETWORK: u8 = 5;
pub(super) const MOMENT: u8 = 6;

/// Where the text of a gap comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// From `values/`. The four kinds are stored apart, because equals compress.
    Network,
    Key,
    /// Mostly whole numbers, as the first value was; others stand there as texts.
    Number,
    Value,
    /// From the time of the record.
    Time(Moment),
    /// From the column of that name.
    Trace,
    Span,
    Request,
    /// From nowhere: two pieces touch. A form's piece stays apart from the text before it.
    Join,
}

impl Gap {
    /// The kinds that `values/` holds, in its order.
    pub(super) const STORED: [Self; 4] = [Self::Network, Self::Key, Self::Number, Self::Value];

    /// Does `values/` hold its values?
    pub(crate) fn is_stored(self) -> bool {
        Self::STORED.contains(&self)
    }

    fn name(self) -> String {
        match self {
            Self::Network => "network".to_owned(),
            Self::Key => "key".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Value => "value".to_owned(),
            Self::Time(moment) => moment.name(),
            Self::Trace => "trace_id".to_owned(),
            Self::Span => "span_id".to_owned(),
            Self::Request => "request_id".to_owned(),
            Self::Join => "join".to_owned(),
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "network" => Self::Network,
            "key" => Self::Key,
            "number" => Self::Number,
            "value" => Self::Value,
            "trace_id" => Self::Trace,
            "span_id" => Self::Span,
            "request_id" => Self::Request,
            "join" => Self::Join,
            other => Self::Time(Moment::parse(other)?),
        })
    }
}

/// Which values a gap has had: lengths and bytes. What cannot be in a gap is not searched there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) shortest: u32,
    pub(crate) longest: u32,
    /// The ASCII bytes.
    ascii: u128,
    /// Was there any other byte?
    other: bool,
}

impl Default for Mark {
    fn default() -> Self {
        Self { shortest: u32::MAX, longest: 0, ascii: 0, other: false }
    }
}

impl Mark {
    pub(super) fn see(&mut self, value: &str) {
        let length = u32::try_from(value.len()).unwrap_or(u32::MAX);
        self.shortest = self.shortest.min(length);
        self.longest = self.longest.max(length);
        let mut seen = [0_u64; 4];
        for byte in value.bytes() {
            seen[usize::from(byte >> 6)] |= 1 << (byte & 63);
        }
        self.ascii |= u128::from(seen[1]) << 64 | u128::from(seen[0]);
        self.other |= seen[2] | seen[3] != 0;
    }

    /// Can a value hold all these bytes, ASCII letters in either case?
    pub(crate) fn allows(&self, bytes: &[u8]) -> bool {
        bytes.iter().all(|byte| {
            if *byte < 128 {
                let both =
                    1_u128 << byte.to_ascii_lowercase() | 1_u128 << byte.to_ascii_uppercase();
                self.ascii & both != 0
            } else {
                self.other
            }
        })
    }

    fn name(&self) -> String {
        format!("{}-{}:{}:{:x}", self.shortest, self.longest, u8::from(self.other), self.ascii)
    }

    fn parse(name: &str) -> Option<Self> {
        let mut parts = name.split(':');
        let (shortest, longest) = parts.next()?.split_once('-')?;
        Some(Self {
            shortest: shortest.parse().ok()?,
            longest: longest.parse().ok()?,
            other: parts.next()? == "1",
            ascii: u128::from_str_radix(parts.next()?, 16).ok()?,
        })
    }
}

/// The constants and gaps of a record's text, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) form: FormId,
    /// One more than there are gaps.
    pub(crate) pieces: Vec<String>,
    pub(crate) gaps: Vec<Gap>,
    /// For each gap; a `Join` has seen nothing.
    pub(crate) marks: Vec<Mark>,
    /// Gaps in the header, in each variable of the form, and after the message; without the joins
    /// between them.
    pub(super) spread: Vec<u32>,
    /// Records of the part that have this shape.
    pub(crate) records: u64,
}

impl Shape {
    /// What a signature says: the form's id, then the segments for the header, for each variable and
    /// for the rest. Between them stand the form's own pieces, which the signature does not repeat.
    pub(super) fn of_signature(signature: &[u8], moments: &[Moment]) -> Self {
        let (form, text) = signature.split_at(8);
        let mut id = [0; 8];
        id.copy_from_slice(form);
        let mut shape = Self {
            form: FormId(u64::from_be_bytes(id)),
            pieces: Vec::new(),
            gaps: Vec::new(),
            marks: Vec::new(),
            spread: Vec::new(),
            records: 0,
        };
        for segment in text.split(|byte| *byte == SEGMENT) {
            let gaps = shape.add_segment(segment, moments);
            shape.spread.push(gaps);
        }
        shape.marks = vec![Mark::default(); shape.gaps.len()];
        shape
    }

    fn add_segment(&mut self, segment: &[u8], moments: &[Moment]) -> u32 {
        let mut gaps = 0;
        let mut rest = segment;
        while let Some(at) = memchr::memchr(GAP, rest) {
            self.pieces.push(String::from_utf8_lossy(&rest[..at]).into_owned());
            self.gaps.push(match rest.get(at + 1).copied().unwrap_or(VALUE) {
                VALUE => Gap::Value,
                TRACE => Gap::Trace,
                SPAN => Gap::Span,
                REQUEST => Gap::Request,
                KEY => Gap::Key,
                NETWORK => Gap::Network,
                moment => moments
                    .get(usize::from(moment - MOMENT))
                    .map_or(Gap::Value, |moment| Gap::Time(*moment)),
            });
            gaps += 1;
            rest = rest.get(at + 2..).unwrap_or_default();
        }
        self.pieces.push(String::from_utf8_lossy(rest).into_owned());
        gaps
    }

    /// Puts the form's pieces between the segments: header, piece, variable, piece, …, rest.
    pub(super) fn with_form(self, pieces: &[String]) -> Self {
        let (mut own_pieces, mut own_gaps) = (self.pieces.into_iter(), self.gaps.into_iter());
        let mut own_marks = self.marks.into_iter();
        let mut shape = Self {
            form: self.form,
            pieces: Vec::new(),
            gaps: Vec::new(),
            marks: Vec::new(),
            spread: self.spread,
            records: self.records,
        };
        let last = shape.spread.len() - 1;
        for (segment, gaps) in shape.spread.iter().enumerate() {
            shape.pieces.extend(own_pieces.next());
            for _ in 0..*gaps {
                shape.gaps.extend(own_gaps.next());
                shape.marks.extend(own_marks.next());
                shape.pieces.extend(own_pieces.next());
            }
            if segment < last {
                shape.pieces.push(pieces.get(segment).cloned().unwrap_or_default());
                shape.gaps.extend([Gap::Join, Gap::Join]);
                shape.marks.extend([Mark::default(), Mark::default()]);
            }
        }
        shape
    }

    /// How many variables the form has.
    pub(crate) fn variables(&self) -> usize {
        self.spread.len().saturating_sub(2)
    }

    /// The text with `<*>` in its gaps, for people.
    pub(super) fn pattern(&self) -> String {
        let mut text = String::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            text.push_str(piece);
            if self.gaps.get(at).is_some_and(|gap| *gap != Gap::Join) {
                let _ = text.write_str("<*>");
            }
        }
        text
    }

    pub(super) fn gap_names(&self) -> Vec<String> {
        self.gaps.iter().map(|gap| gap.name()).collect()
    }

    pub(super) fn mark_names(&self) -> Vec<String> {
        self.marks.iter().map(Mark::name).collect()
    }

    /// A stored shape; `None` when it is not what this version writes.
    pub(super) fn parse(
        form: FormId,
        records: u64,
        pieces: Vec<String>,
        gaps: &[String],
        marks: &[String],
        spread: Vec<u32>,
    ) -> Option<Self> {
        let gaps: Vec<Gap> = gaps.iter().map(|name| Gap::parse(name)).collect::<Option<_>>()?;
        let marks: Vec<Mark> = marks.iter().map(|name| Mark::parse(name)).collect::<Option<_>>()?;
        let joined = spread.len().checked_sub(1)? * 2;
        let spread_gaps: u64 = spread.iter().map(|gaps| u64::from(*gaps)).sum();
        let whole = pieces.len() == gaps.len() + 1
            && marks.len() == gaps.len()
            && spread.len() >= 2
            && spread_gaps + joined as u64 == gaps.len() as u64;
        whole.then_some(Self { form, pieces, gaps, marks, spread, records })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_survives_its_file() {
        let mut signature = 7_u64.to_be_bytes().to_vec();
        signature.extend_from_slice(
            b"\xFF\x04 gate sshd[\xFF\x00]: \xFE<ip-\xFF\x00-\xFF\x00>\xFE\xFF\x01\xFE tail",
        );
        let moment = Moment::parse("%b %e %H:%M:%S|0").expect("a moment");
        let form = ["from ".to_owned(), " trace ".to_owned(), String::new()];
        let mut shape = Shape::of_signature(&signature, &[moment]).with_form(&form);
        shape.marks[1].see("4711");
        assert_eq!(shape.pattern(), "<*> gate sshd[<*>]: from <ip-<*>-<*>> trace <*> tail");
        assert_eq!(shape.spread, [2, 2, 1, 0]);
        assert_eq!(shape.variables(), 2);
        let (gaps, marks) = (shape.gap_names(), shape.mark_names());
        let read =
            Shape::parse(shape.form, 0, shape.pieces.clone(), &gaps, &marks, shape.spread.clone());
        assert_eq!(read.as_ref(), Some(&shape));
        assert!(shape.marks[1].allows(b"17") && !shape.marks[1].allows(b"2"));
        let pieces = shape.pieces.clone();
        assert_eq!(Shape::parse(shape.form, 0, pieces, &gaps[1..], &marks, vec![2, 2]), None);
    }
}
