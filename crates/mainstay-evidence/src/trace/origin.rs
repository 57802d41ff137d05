//! Where a failure began: the deepest failed span, not the loudest.

use super::tree::Children;
use crate::observation::Span;

/// The places of failed spans that have no failed child.
pub(crate) fn origins(rows: &[Span], children: &Children) -> Vec<u32> {
    let failed = |place: &u32| rows[*place as usize].failed;
    (0..rows.len() as u32)
        .filter(|place| failed(place) && !children.of_span(*place).iter().any(failed))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::span;
    use super::*;
    use crate::observation::NO_SPAN;

    #[test]
    fn the_deepest_failed_span_is_the_origin() {
        let mut rows =
            [span(NO_SPAN, 0, 0, 100), span(0, 1, 0, 50), span(1, 2, 0, 20), span(0, 3, 60, 35)];
        for failed in [0, 1, 2] {
            rows[failed].failed = true;
        }
        assert_eq!(origins(&rows, &Children::of(&rows)), [2]);
    }
}
