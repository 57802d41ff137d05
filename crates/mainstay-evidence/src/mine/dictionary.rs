//! The result of mining: templates with stable ids, and the forms that write them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::counted::Counted;
use super::group::{self, Pattern};
use super::mask::VARIABLE;
use super::{FormId, Kind, MASK_VERSION, Tally};

/// How a variable is written in the text of a template.
pub(super) const HOLE: &str = "<*>";

/// The text of the template that counts what found no room.
const OVERFLOW_TEXT: &str = "(beyond the limit of distinct messages)";

/// One event: everything that is written by the same statement, as far as lines can tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// `T` and 16 characters; the same event has the same id in every bundle.
    pub id: String,
    /// The text with `<*>` where it varies.
    pub text: String,
    pub tally: Tally,
}

/// One exact text of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Index into `Dictionary::templates`.
    pub template: u32,
    /// The constants around the variables: one more than there are variables.
    pub pieces: Vec<String>,
    /// The kinds met at each variable.
    pub kinds: Vec<Vec<Kind>>,
    pub count: u64,
}

impl Form {
    /// The body these variables were cut from, byte for byte.
    #[must_use]
    pub fn fill<T: AsRef<str>>(&self, variables: &[T]) -> String {
        let mut body = String::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            body.push_str(piece);
            if at + 1 < self.pieces.len() {
                body.push_str(variables.get(at).map_or("", AsRef::as_ref));
            }
        }
        body
    }
}

/// `templates.json`: what all records of a bundle say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionary {
    pub mask_version: u32,
    /// Sorted by id.
    pub templates: Vec<Template>,
    pub forms: BTreeMap<FormId, Form>,
    /// Joins that would have swallowed too much and were refused.
    pub refused_joins: u64,
}

impl Dictionary {
    /// The template a form belongs to.
    #[must_use]
    pub fn template_of(&self, form: FormId) -> Option<&Template> {
        let index = self.forms.get(&form)?.template;
        self.templates.get(usize::try_from(index).ok()?)
    }

    /// All records: equal to the sum over forms and to the sum over sources.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.templates.iter().map(|template| template.tally.count).sum()
    }
}

/// Pass 2 on everything that was counted.
pub(super) fn build(
    forms: &BTreeMap<FormId, (Vec<u8>, Counted)>,
    overflow: &BTreeMap<u32, Tally>,
) -> Dictionary {
    let signatures: Vec<&[u8]> =
        forms.values().map(|(signature, _)| signature.as_slice()).collect();
    let grouped = group::group(&signatures);
    let mut templates: BTreeMap<String, Template> = BTreeMap::new();
    let mut id_of_form: Vec<(FormId, String)> = Vec::with_capacity(forms.len());
    for ((form, (_, counted)), pattern) in forms.iter().zip(&grouped.patterns) {
        let pattern = &grouped.distinct[*pattern];
        let id = template_id(&pattern.canonical());
        let template = templates.entry(id.clone()).or_insert_with(|| new_template(&id, pattern));
        template.tally.merge(&counted.counts.tally());
        id_of_form.push((*form, id));
    }
    for (source, tally) in overflow {
        let id = template_id(&format!("{OVERFLOW_TEXT} {source}"));
        let template =
            Template { id: id.clone(), text: OVERFLOW_TEXT.to_owned(), tally: tally.clone() };
        templates.insert(id, template);
    }
    let index: BTreeMap<&str, u32> = templates.keys().map(String::as_str).zip(0..).collect();
    let mut by_form: BTreeMap<FormId, Form> = id_of_form
        .iter()
        .zip(forms.values())
        .map(|((form, id), (signature, counted))| {
            (*form, form_of(signature, counted, index[id.as_str()]))
        })
        .collect();
    for (source, tally) in overflow {
        let id = template_id(&format!("{OVERFLOW_TEXT} {source}"));
        let form = Form {
            template: index[id.as_str()],
            pieces: vec![String::new(), String::new()],
            kinds: vec![vec![Kind::Rest]],
            count: tally.count,
        };
        by_form.insert(FormId::overflow(*source), form);
    }
    Dictionary {
        mask_version: MASK_VERSION,
        templates: templates.into_values().collect(),
        forms: by_form,
        refused_joins: grouped.refused_joins,
    }
}

fn new_template(id: &str, pattern: &Pattern) -> Template {
    Template { id: id.to_owned(), text: pattern.text(), tally: Tally::default() }
}

fn form_of(signature: &[u8], counted: &Counted, template: u32) -> Form {
    let pieces = signature
        .split(|byte| *byte == VARIABLE)
        .map(|piece| String::from_utf8_lossy(piece).into_owned())
        .collect();
    let kinds = counted.kinds.iter().map(|bits| Kind::of_bits(*bits)).collect();
    Form { template, pieces, kinds, count: counted.counts.count() }
}

/// `T` and 80 bits of BLAKE3 over the mask version and the canonical text, in base32.
fn template_id(canonical: &str) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut hasher = blake3::Hasher::new();
    hasher.update(&MASK_VERSION.to_be_bytes());
    hasher.update(canonical.as_bytes());
    let hash = hasher.finalize();
    let bits =
        hash.as_bytes()[..10].iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let letters = (0..16).rev().map(|at| {
        let five = usize::try_from(bits >> (at * 5) & 31).expect("five bits fit a usize");
        char::from(ALPHABET[five])
    });
    std::iter::once('T').chain(letters).collect()
}
