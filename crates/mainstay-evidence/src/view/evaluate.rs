//! Which rows pass a condition. What the index knows is asked first; texts are read only of the
//! rows that are left, and only where the shape of a record leaves it open.

use std::ops::Range;

use arrow_array::Array;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::bits::Bits;
use super::{Bundle, ViewError, named, phrase};
use crate::columns::{Clock, Text};
use crate::query::{Expression, Match, NameField, NumberField, Term, pattern};

/// The rows of `within` that pass.
pub(super) fn rows(
    bundle: &Bundle,
    expression: &Expression,
    within: &Bits,
) -> Result<Bits, ViewError> {
    if within.is_empty() {
        return Ok(within.clone());
    }
    match expression {
        Expression::Any => Ok(within.clone()),
        Expression::Not(inner) => Ok(within.clone().without(&rows(bundle, inner, within)?)),
        Expression::And(all) => {
            let mut left = within.clone();
            for one in cheap_first(all) {
                left = rows(bundle, one, &left)?;
            }
            Ok(left)
        }
        Expression::Or(any) => {
            let mut found = Bits::none(bundle.index.len());
            for one in cheap_first(any) {
                let open = within.clone().without(&found);
                found = found.or(&rows(bundle, one, &open)?);
            }
            Ok(found)
        }
        Expression::Term(term) => of_term(bundle, term, within),
    }
}

fn cheap_first(expressions: &[Expression]) -> Vec<&Expression> {
    let mut sorted: Vec<&Expression> = expressions.iter().collect();
    sorted.sort_by_key(|expression| cost(expression));
    sorted
}

/// How much must be read.
fn cost(expression: &Expression) -> u8 {
    match expression {
        Expression::Any => 0,
        Expression::Not(inner) => cost(inner),
        Expression::And(inner) | Expression::Or(inner) => inner.iter().map(cost).max().unwrap_or(0),
        Expression::Term(term) => match term {
            Term::Level(_) | Term::Time { .. } | Term::Number { .. } | Term::Is(_) => 0,
            Term::Name {
                field: NameField::Trace | NameField::Span | NameField::Request, ..
            } => 2,
            Term::Name { .. } => 0,
            Term::Text(_) => 1,
            Term::Named { .. } | Term::Has(_) => 3,
            Term::Pattern(_) => 4,
        },
    }
}

fn of_term(bundle: &Bundle, term: &Term, within: &Bits) -> Result<Bits, ViewError> {
    let index = &bundle.index;
    Ok(match term {
        Term::Text(words) => phrase::rows(bundle, words, within)?,
        Term::Pattern(text) => {
            let pattern = pattern(text).map_err(|_| ViewError::Pattern)?;
            read_texts(bundle, within, &|text| pattern.is_match(text))?
        }
        Term::Level(levels) => within.filter(|row| levels.contains(&index.level(row))),
        Term::Time { from, to } => within.filter(|row| {
            index.time(row).is_some_and(|time| {
                from.is_none_or(|from| from <= time) && to.is_none_or(|to| time < to)
            })
        }),
        Term::Number { field, from, to } => within.filter(|row| {
            let value = match field {
                NumberField::Line => index.line(row),
                NumberField::Lines => u64::from(index.lines(row)),
            };
            from.is_none_or(|from| from <= value) && to.is_none_or(|to| value <= to)
        }),
        Term::Is(property) => within.filter(|row| {
            let timed = index.time(row).is_some();
            property.holds(index.flags(row), index.level(row), index.lines(row), timed)
        }),
        Term::Name { field, any_of } => of_name(bundle, *field, any_of, within)?,
        Term::Named { name, test } => named::rows(bundle, name, test, within)?,
        Term::Has(name) => has(bundle, name, within)?,
    })
}

fn of_name(
    bundle: &Bundle,
    field: NameField,
    any_of: &[Match],
    within: &Bits,
) -> Result<Bits, ViewError> {
    let index = &bundle.index;
    let fits = |text: &str| any_of.iter().any(|wanted| wanted.fits(text));
    let is_number = |id: u32| any_of.contains(&Match::Number(id));
    Ok(match field {
        NameField::Source => {
            within_files(bundle, within, |_, id| is_number(id) || fits(bundle.source_name(id)))
        }
        NameField::File => within_files(bundle, within, |id, _| {
            is_number(id) || bundle.files().get(id as usize).is_some_and(|file| fits(&file.path))
        }),
        NameField::Template => {
            let templates: Vec<bool> =
                bundle.dictionary.templates.iter().map(|template| fits(&template.id)).collect();
            let of_form = |form: u32| {
                let form = index.forms().get(form as usize);
                form.is_some_and(|form| templates.get(form.template as usize) == Some(&true))
            };
            let shapes: Vec<bool> = (0..index.shape_count() as u32)
                .map(|shape| of_form(index.form_of_shape(shape)))
                .collect();
            within.filter(|row| shapes[index.shape(row) as usize])
        }
        NameField::Confidence => within.filter(|row| fits(index.confidence(row).as_str())),
        NameField::Trace => of_ids(bundle, "trace_id", within, &fits)?,
        NameField::Span => of_ids(bundle, "span_id", within, &fits)?,
        NameField::Request => of_ids(bundle, "request_id", within, &fits)?,
    })
}

fn within_files(bundle: &Bundle, within: &Bits, fits: impl Fn(u32, u32) -> bool) -> Bits {
    let mut wanted = Bits::none(bundle.index.len());
    for (file, rows) in bundle.index.files() {
        if fits(file.file, file.source) {
            for row in rows {
                wanted.set(row);
            }
        }
    }
    wanted.and(within)
}

fn of_ids(
    bundle: &Bundle,
    column: &'static str,
    within: &Bits,
    fits: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Bits, ViewError> {
    by_group(bundle, within, &|part, group, rows| {
        let ids = bundle.index.parts()[part].lines.ids(group, column)?;
        let mut found = Vec::new();
        if ids.null_count() == ids.len() {
            return Ok(found);
        }
        for row in within.rows(rows.clone()) {
            let place = (row - rows.start) as usize;
            if place < ids.len() && ids.is_valid(place) && fits(ids.value(place)) {
                found.push(row);
            }
        }
        Ok(found)
    })
}

fn has(bundle: &Bundle, name: &str, within: &Bits) -> Result<Bits, ViewError> {
    let index = &bundle.index;
    let any = |_: &str| true;
    Ok(match name.to_ascii_lowercase().as_str() {
        "time" => within.filter(|row| index.time(row).is_some()),
        "level" => within.filter(|row| index.level(row).is_some()),
        "trace" | "trace_id" => of_ids(bundle, "trace_id", within, &any)?,
        "span" | "span_id" => of_ids(bundle, "span_id", within, &any)?,
        "request" | "request_id" => of_ids(bundle, "request_id", within, &any)?,
        "source" | "file" | "template" | "line" | "lines" | "confidence" | "text" => within.clone(),
        _ => named::rows_with(bundle, name, within)?,
    })
}

/// What a row group answers: the rows that pass.
pub(super) type OfGroup<'a> =
    &'a (dyn Fn(usize, usize, Range<u32>) -> Result<Vec<u32>, ViewError> + Sync);

/// Asks every row group that has a row of `within`, on all threads.
pub(super) fn by_group(
    bundle: &Bundle,
    within: &Bits,
    ask: OfGroup<'_>,
) -> Result<Bits, ViewError> {
    let mut groups = Vec::new();
    for (number, part) in bundle.index.parts().iter().enumerate() {
        for group in 0..part.lines.groups() {
            let rows = bundle.index.rows_of(number, group);
            if within.rows(rows.clone()).next().is_some() {
                groups.push((number, group, rows));
            }
        }
    }
    let answers: Vec<Vec<u32>> = groups
        .into_par_iter()
        .map(|(part, group, rows)| ask(part, group, rows))
        .collect::<Result<_, _>>()?;
    let mut found = Bits::none(bundle.index.len());
    for row in answers.into_iter().flatten() {
        found.set(row);
    }
    Ok(found)
}

/// Reads the whole text of every row: for questions that nothing smaller answers.
pub(super) fn read_texts(
    bundle: &Bundle,
    within: &Bits,
    passes: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Bits, ViewError> {
    by_group(bundle, within, &|part, group, rows| {
        read_group_texts(bundle, part, group, rows.start, within.rows(rows), passes)
    })
}

/// The same for some rows of a row group.
pub(super) fn read_group_texts(
    bundle: &Bundle,
    part: usize,
    group: usize,
    first: u32,
    rows: impl Iterator<Item = u32>,
    passes: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Vec<u32>, ViewError> {
    let index = &bundle.index;
    let stored = &index.parts()[part];
    let texts = bundle.read_group((part, group))?;
    let (mut clock, mut text) = (Clock::default(), Text::default());
    let mut found = Vec::new();
    for row in rows {
        let shape = index.shape(row) - stored.first_shape;
        let place = (row - first) as usize;
        texts.write(
            stored.lines.shapes(),
            shape,
            place,
            index.stated_time(row),
            &mut clock,
            &mut text,
        );
        if passes(&text.text) {
            found.push(row);
        }
    }
    Ok(found)
}
