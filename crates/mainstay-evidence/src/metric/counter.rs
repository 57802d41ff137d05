//! Counters as rates: what they rose by a second, with restarts taken as such.

use crate::observation::Point;

const SECOND_US: f64 = 1_000_000.0;

/// Replaces the points of a counter by its rate since the point before; the first has none. A value
/// below the one before is a restart: what it shows was counted since.
pub(crate) fn to_rates(points: &mut Vec<Point>) {
    let mut before: Option<Point> = None;
    let mut rates = Vec::with_capacity(points.len());
    for point in points.iter() {
        if let Some(before) = before
            && point.time > before.time
        {
            let seconds = (point.time - before.time) as f64 / SECOND_US;
            let rise = if point.value >= before.value {
                point.value - before.value
            } else {
                point.value.max(0.0)
            };
            rates.push(Point { value: rise / seconds, ..*point });
        }
        before = Some(*point);
    }
    *points = rates;
}

/// Do the values look like a counter: they rise, and fall only to start again near zero?
pub(crate) fn rises(values: &[f64]) -> bool {
    /// Fewer values may rise by chance.
    const VALUES_MIN: usize = 6;
    if values.len() < VALUES_MIN {
        return false;
    }
    let mut rises = 0;
    for pair in values.windows(2) {
        if pair[1] < pair[0] && pair[1] > pair[0] * 0.5 {
            return false;
        }
        rises += usize::from(pair[1] > pair[0]);
    }
    rises * 2 > values.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[f64]) -> Vec<Point> {
        let times = (0..).map(|at| at * 10_000_000);
        values
            .iter()
            .zip(times)
            .map(|(value, time)| Point { time, value: *value, file: 0, line: 1 })
            .collect()
    }

    #[test]
    fn a_restart_is_no_drop() {
        let mut counter = points(&[100.0, 200.0, 50.0, 150.0]);
        to_rates(&mut counter);
        let rates: Vec<f64> = counter.iter().map(|point| point.value).collect();
        assert_eq!(rates, [10.0, 5.0, 10.0]);
    }

    #[test]
    fn gauges_fall() {
        assert!(rises(&[1.0, 2.0, 3.0, 5.0, 0.0, 1.0, 2.0]));
        assert!(!rises(&[5.0, 6.0, 5.5, 6.0, 5.0, 6.0, 7.0]));
        assert!(!rises(&[1.0; 10]));
    }
}
