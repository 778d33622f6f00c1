//! Small pieces of `WordprocessingML`.

use std::fmt::Write as _;

use crate::typography::is_printable;

/// Twentieths of a point in a millimeter, times a thousand.
const TWIPS_PER_METER: u32 = 56_693;

/// Text safe inside an element and inside an attribute; characters that XML forbids are dropped.
pub(super) fn escape(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 16);
    for letter in text.chars().filter(|letter| is_printable(*letter)) {
        match letter {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            other => result.push(other),
        }
    }
    result
}

/// Millimeters in twentieths of a point.
pub(super) fn twips(millimeters: u32) -> u32 {
    (millimeters * TWIPS_PER_METER + 500) / 1000
}

/// A paragraph of a style; `extra` are further paragraph properties in the order the schema wants.
pub(super) fn paragraph(style: &str, extra: &str, text: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!(r#"<w:pStyle w:val="{style}"/>"#) };
    let run = if text.is_empty() {
        String::new()
    } else {
        format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escape(text))
    };
    format!("<w:p><w:pPr>{style}{extra}</w:pPr>{run}</w:p>")
}

/// A borderless table for laying things out in a line: `widths` in millimeters, `cells` row by row.
pub(super) fn frame(widths: &[u32], rows: &[Vec<FrameCell>]) -> String {
    let total: u32 = widths.iter().sum();
    let grid = grid(widths);
    let body: String = rows.iter().map(|row| frame_row(widths, row)).collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"#,
        twips(total)
    )
}

/// The columns of a table by their widths in millimeters.
pub(super) fn grid(widths: &[u32]) -> String {
    widths.iter().fold(String::new(), |mut columns, width| {
        // Writing into a String cannot fail.
        let _ = write!(columns, r#"<w:gridCol w:w="{}"/>"#, twips(*width));
        columns
    })
}

fn frame_row(widths: &[u32], row: &[FrameCell]) -> String {
    let cells: String = widths.iter().zip(row).map(|(width, cell)| cell.xml(*width)).collect();
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
}

/// A cell of a borderless table.
pub(super) enum FrameCell {
    /// Ready paragraphs, from the top.
    Top(String),
    /// Ready paragraphs, standing on the bottom line.
    Bottom(String),
    /// A line to sign on.
    Line,
}

impl FrameCell {
    fn xml(&self, width: u32) -> String {
        let (borders, align, content) = match self {
            Self::Top(content) => ("", "top", content.clone()),
            Self::Bottom(content) => ("", "bottom", content.clone()),
            Self::Line => {
                let line = r#"<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>"#;
                (line, "bottom", paragraph("", "<w:keepNext/>", ""))
            }
        };
        let content = if content.is_empty() { paragraph("", "<w:keepNext/>", "") } else { content };
        format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/>{borders}<w:vAlign w:val="{align}"/></w:tcPr>{content}</w:tc>"#,
            twips(width)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escape("«А» & <b>\"\u{0}\u{b}"), "«А» &amp; &lt;b&gt;&quot;");
    }

    #[test]
    fn a_sheet_of_a4_is_as_wide_as_the_standard_says() {
        assert_eq!(twips(210), 11_906);
        assert_eq!(twips(297), 16_838);
    }
}
