//! The result as Markdown, so that it can be pasted into `docs/benchmarks.md` as it is.

/// Prints a table with its columns aligned.
pub(super) fn print(title: &str, heads: &[&str], rows: &[Vec<String>]) {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([heads[column].chars().count()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let print_row = |cells: &[String]| {
        let cells: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}", width = *width))
            .collect();
        println!("| {} |", cells.join(" | "));
    };
    println!("\n{title}\n");
    print_row(&heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>());
    print_row(&widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>());
    for row in rows {
        print_row(row);
    }
}

/// Three digits are all that a shared machine gives.
pub(super) fn number(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}

pub(super) fn megabytes(bytes: u64) -> String {
    number(bytes as f64 / 1e6)
}
