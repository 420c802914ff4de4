//! Tables of text for a terminal: columns as wide as their widest cell, figures to the right.

/// On which side a column's cells stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// The lines of a table: a rule under its heads, and one above its totals if there are any.
pub(crate) fn lines(heads: &[String], aligns: &[Align], rows: &[Vec<String>], totals: &[Vec<String>]) -> Vec<String> {
    let mut widths: Vec<usize> = heads.iter().map(|head| width(head)).collect();
    for row in rows.iter().chain(totals) {
        for (cell, wide) in row.iter().zip(&mut widths) {
            *wide = (*wide).max(width(cell));
        }
    }
    let rule = widths.iter().map(|wide| "─".repeat(*wide)).collect::<Vec<_>>().join("  ");
    let mut lines = vec![line(heads, aligns, &widths), rule.clone()];
    lines.extend(rows.iter().map(|row| line(row, aligns, &widths)));
    if !totals.is_empty() {
        lines.push(rule);
    }
    lines.extend(totals.iter().map(|row| line(row, aligns, &widths)));
    lines
}

fn line(cells: &[String], aligns: &[Align], widths: &[usize]) -> String {
    let mut line = String::new();
    for ((cell, align), wide) in cells.iter().zip(aligns).zip(widths) {
        let gap = " ".repeat(wide.saturating_sub(width(cell)));
        line.push_str(if line.is_empty() { "" } else { "  " });
        match align {
            Align::Left => line.extend([cell.as_str(), &gap]),
            Align::Right => line.extend([gap.as_str(), cell]),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// How many places a text takes: one a letter, which holds for the languages of the program.
fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_and_figures_stand_to_the_right() {
        let heads = ["Անուն".to_owned(), "Sum".to_owned()];
        let rows = [vec!["Ա".to_owned(), "1".to_owned()], vec!["Բաբկեն".to_owned(), "12345".to_owned()]];
        let total = vec![String::new(), "12346".to_owned()];
        let expected =
            ["Անուն     Sum", "──────  ─────", "Ա           1", "Բաբկեն  12345", "──────  ─────", "        12346"];
        assert_eq!(lines(&heads, &[Align::Left, Align::Right], &rows, &[total]), expected);
    }

    #[test]
    fn an_empty_first_cell_keeps_its_place() {
        let rows = [vec![String::new(), "b".to_owned()]];
        assert_eq!(
            lines(&["a".to_owned(), "b".to_owned()], &[Align::Left; 2], &rows, &[]).get(2).map(String::as_str),
            Some("   b")
        );
    }
}
