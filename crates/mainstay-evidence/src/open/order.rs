//! The order of a bundle's files: by path, but the parts of one log as they were written. Rotation
//! counts upwards into the past (`app.log.3.gz`, ..., `app.log`); a file cut into parts counts upwards.

/// More digits are a day.
const DIGITS_MAX: usize = 4;

/// What a path is sorted by.
pub(super) fn key(path: &str) -> (&str, i64, &str) {
    let plain = [".gz", ".zst", ".bz2", ".xz"].iter().find_map(|end| path.strip_suffix(end));
    let plain = plain.unwrap_or(path);
    match plain.rsplit_once('.').and_then(|(stem, end)| Some((stem, part(stem, end)?))) {
        Some((stem, part)) => (stem, part, path),
        None => (plain, 0, path),
    }
}

/// Rotated parts come before the log itself, the oldest first; those of a cut file after it.
fn part(stem: &str, end: &str) -> Option<i64> {
    let cut = end.strip_prefix("part");
    let digits = cut.unwrap_or(end);
    let number = digits.len() <= DIGITS_MAX && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = digits.parse().ok().filter(|_| number)?;
    match cut {
        Some(_) => Some(number + 1),
        // `.001` is the first part of several
        None if digits.len() == 3 && digits.starts_with('0') => Some(number + 1),
        None => stem.contains('.').then_some(-number - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_log_are_in_the_order_in_which_they_were_written() {
        let mut paths = vec![
            "b/app.log",
            "b/app.log.1",
            "b/app.log.10.gz",
            "b/app.log.2.gz",
            "b/app.log-old",
            "b/z.log.part10",
            "b/z.log.part2",
            "c/t.7z.002",
            "c/t.7z.001",
            "c/v1",
        ];
        paths.sort_by_key(|path| key(path));
        let expect = [
            "b/app.log.10.gz",
            "b/app.log.2.gz",
            "b/app.log.1",
            "b/app.log",
            "b/app.log-old",
            "b/z.log.part2",
            "b/z.log.part10",
            "c/t.7z.001",
            "c/t.7z.002",
            "c/v1",
        ];
        assert_eq!(paths, expect);
    }
}
