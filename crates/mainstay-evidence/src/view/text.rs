//! The texts of records: read by block, searched as a whole.
//!
//! A search asks the literal pieces of the forms first; only records whose form cannot answer are
//! read.

use std::collections::VecDeque;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use regex::{Regex, RegexBuilder};

use super::filter::TEXT_CHARACTERS_MAX;
use super::{Bundle, Index, ViewError, lock};
use crate::columns::{BLOCK_ROWS, ColumnsError, StoredRow, TextView};
use crate::mine::Form;

/// Blocks kept in memory: a screen of a bundle with many sources touches one of each.
const BLOCKS_KEPT: usize = 128;

/// Searches kept: stepping through hits asks the same question again and again.
const SEARCHES_KEPT: usize = 8;

/// One bit for each row: does its text contain the words?
pub(super) struct TextRows {
    bits: Vec<u64>,
}

impl TextRows {
    pub(super) fn has(&self, row: u32) -> bool {
        let (word, bit) = (row as usize / 64, row % 64);
        self.bits.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    fn set(&mut self, row: u64) {
        let (word, bit) = ((row / 64) as usize, row % 64);
        self.bits[word] |= 1 << bit;
    }
}

/// The rows of a block, and which part and block it is.
type Block = ((usize, u64), Arc<Vec<StoredRow>>);

/// Blocks of texts and answers of searches, newest last.
#[derive(Default)]
pub(super) struct BlockCache {
    blocks: VecDeque<Block>,
    searches: VecDeque<(String, Arc<TextRows>)>,
}

impl BlockCache {
    fn block(&mut self, key: (usize, u64)) -> Option<Arc<Vec<StoredRow>>> {
        let at = self.blocks.iter().position(|(known, _)| *known == key)?;
        let (key, block) = self.blocks.remove(at)?;
        self.blocks.push_back((key, Arc::clone(&block)));
        Some(block)
    }

    fn keep_block(&mut self, key: (usize, u64), block: Arc<Vec<StoredRow>>) {
        if self.blocks.len() >= BLOCKS_KEPT {
            self.blocks.pop_front();
        }
        self.blocks.push_back((key, block));
    }

    fn search(&self, text: &str) -> Option<Arc<TextRows>> {
        let known = self.searches.iter().find(|(known, _)| known == text);
        known.map(|(_, rows)| Arc::clone(rows))
    }

    fn keep_search(&mut self, text: &str, rows: Arc<TextRows>) {
        if self.searches.len() >= SEARCHES_KEPT {
            self.searches.pop_front();
        }
        self.searches.push_back((text.to_owned(), rows));
    }
}

impl Bundle {
    /// The stored texts of a row.
    pub(super) fn stored_row(&self, row: u32) -> Result<StoredRow, ViewError> {
        let (part, place) = self.index.part_of(row).ok_or(ViewError::NoSuchRow)?;
        let block_rows = BLOCK_ROWS as u64;
        let (block, within) = (place / block_rows, place % block_rows);
        let known = lock(&self.blocks).block((part, block));
        let rows = match known {
            Some(rows) => rows,
            None => {
                let lines = &self.index.parts()[part].lines;
                let rows = Arc::new(lines.block(block * block_rows, BLOCK_ROWS)?);
                lock(&self.blocks).keep_block((part, block), Arc::clone(&rows));
                rows
            }
        };
        rows.get(within as usize).cloned().ok_or(ViewError::NoSuchRow)
    }

    /// Which rows contain the words, in any case of letters.
    pub(super) fn text_rows(&self, text: &str) -> Result<Arc<TextRows>, ViewError> {
        if text.chars().count() > TEXT_CHARACTERS_MAX {
            return Err(ViewError::TextTooLong);
        }
        if let Some(known) = lock(&self.blocks).search(text) {
            return Ok(known);
        }
        let words = RegexBuilder::new(&regex::escape(text))
            .case_insensitive(true)
            .build()
            .map_err(|_| ViewError::TextTooLong)?;
        let rows = Arc::new(search(&self.index, &words)?);
        lock(&self.blocks).keep_search(text, Arc::clone(&rows));
        Ok(rows)
    }
}

fn search(index: &Index, words: &Regex) -> Result<TextRows, ColumnsError> {
    let mut hits = TextRows { bits: vec![0; index.len().div_ceil(64)] };
    let certain: Vec<bool> = index
        .forms()
        .iter()
        .map(|form| form.pieces.iter().any(|piece| words.is_match(piece)))
        .collect();
    let by_part: Vec<Vec<u64>> = index
        .parts()
        .par_iter()
        .map(|part| {
            let mut found = Vec::new();
            let open = (0..part.lines.rows())
                .any(|place| !certain[index.form_number((part.first_row + place) as u32) as usize]);
            if !open {
                found.extend(part.first_row..part.first_row + part.lines.rows());
                return Ok(found);
            }
            let mut text = String::new();
            part.lines.scan(&mut |place, view| {
                let row = part.first_row + place;
                let number = index.form_number(row as u32);
                let form = &index.forms()[number as usize];
                if certain[number as usize] || matches(words, form, view, &mut text) {
                    found.push(row);
                }
            })?;
            Ok(found)
        })
        .collect::<Result<_, ColumnsError>>()?;
    for row in by_part.into_iter().flatten() {
        hits.set(row);
    }
    Ok(hits)
}

fn matches(words: &Regex, form: &Form, view: &TextView<'_>, text: &mut String) -> bool {
    text.clear();
    text.push_str(view.header);
    text.push_str(&form.fill(&view.variables().collect::<Vec<_>>()));
    text.push_str(view.tail);
    words.is_match(text)
}
