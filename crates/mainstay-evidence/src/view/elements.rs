//! A shape as a search sees it: constants and gaps in turns.

use crate::columns::{Gap, Shape};

/// A piece of the text of every record of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Element {
    Constant(String),
    /// The gap with this number.
    Gap(usize),
}

/// Constants that touch are one, and none is empty.
pub(super) fn elements(shape: &Shape) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut constant = String::new();
    for (at, piece) in shape.pieces.iter().enumerate() {
        constant.push_str(piece);
        if shape.gaps.get(at).is_some_and(|gap| *gap != Gap::Join) {
            if !constant.is_empty() {
                elements.push(Element::Constant(std::mem::take(&mut constant)));
            }
            elements.push(Element::Gap(at));
        }
    }
    if !constant.is_empty() {
        elements.push(Element::Constant(constant));
    }
    elements
}
