//! The blocks of a paper as `WordprocessingML`.

use crate::block::{Block, Placed, Side, Table, TableRow};

use super::xml::{FrameCell, escape, frame, grid, paragraph, twips};

/// Where a party dates its signature.
const SIGNING_DAY: &str = "«___»\u{a0}____________\u{a0}20__\u{a0}г.";

/// Space between paragraphs as an empty line of a fixed height.
fn spacer(points: u32) -> String {
    let height = points * 20;
    paragraph("", &format!(r#"<w:keepNext/><w:spacing w:line="{height}" w:lineRule="exact"/>"#), "")
}

/// The main part of the file.
pub(super) fn document(blocks: &[Placed]) -> String {
    // A file may not end with a table: the last, invisible line closes it.
    let body = blocks.iter().map(block).collect::<String>() + &spacer(1);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{body}<w:sectPr><w:headerReference w:type="first" r:id="rId4"/><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="first" r:id="rId6"/><w:footerReference w:type="default" r:id="rId7"/><w:pgSz w:w="{}" w:h="{}"/><w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="{}" w:footer="{}" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>"#,
        twips(210),
        twips(297),
        twips(20),
        twips(10),
        twips(20),
        twips(30),
        twips(10),
        twips(9),
    )
}

fn block(placed: &Placed) -> String {
    let keep = if placed.keep_with_next { "<w:keepNext/>" } else { "" };
    match &placed.block {
        Block::Addressee { lines } => {
            lines.iter().map(|line| paragraph("PaperAddressee", "<w:keepNext/>", line)).collect::<String>()
                + &spacer(28)
        }
        Block::Organization { text } => paragraph("PaperCentered", "", text) + &spacer(20),
        Block::Kind { text } => paragraph("Heading1", "", text),
        Block::Requisites { date, number, place } => requisites(date, number, place),
        Block::Heading { text } => paragraph("Heading2", "", text),
        Block::Paragraph { text } => paragraph("PaperText", keep, text),
        Block::Resolution { text } => paragraph("PaperResolution", "", text),
        Block::Clause { level, text, .. } => {
            let number = format!(r#"{keep}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>"#);
            paragraph("PaperClause", &number, text)
        }
        Block::Item { text } => paragraph("PaperItem", keep, &format!("–\u{a0}{text}")),
        Block::Table(table) => spacer(6) + &bordered(table) + &spacer(6),
        Block::Signature { position, name } => signature(position, name),
        Block::OwnSignature { date, name } => own_signature(date, name),
        Block::Sides { left, right } => spacer(17) + &sides(left, right),
        Block::Appendix { lines } => appendix(lines),
        Block::Subheading { text } => paragraph("PaperSubheading", "", text),
    }
}

fn requisites(date: &str, number: &str, place: &str) -> String {
    let right = paragraph("", r#"<w:jc w:val="right"/>"#, number);
    let line = frame(&[85, 85], &[vec![FrameCell::Top(paragraph("", "", date)), FrameCell::Top(right)]]);
    line + &spacer(6) + &paragraph("PaperCentered", "", place) + &spacer(17)
}

fn signature(position: &str, name: &str) -> String {
    let cell = |text: &str| FrameCell::Bottom(paragraph("", "<w:keepNext/>", text));
    let line = vec![cell(position), cell(""), FrameCell::Line, cell(""), at_right(name)];
    spacer(34) + &frame(&[70, 4, 41, 4, 51], &[line])
}

fn own_signature(date: &str, name: &str) -> String {
    let cell = |text: &str| FrameCell::Bottom(paragraph("", "<w:keepNext/>", text));
    let caption = FrameCell::Top(paragraph("PaperCaption", "", "подпись"));
    let line = vec![cell(date), cell(""), FrameCell::Line, cell(""), at_right(name)];
    let below = vec![cell(""), cell(""), caption, cell(""), cell("")];
    spacer(34) + &frame(&[64, 4, 47, 4, 51], &[line, below])
}

fn at_right(text: &str) -> FrameCell {
    FrameCell::Bottom(paragraph("", r#"<w:keepNext/><w:jc w:val="right"/>"#, text))
}

fn appendix(lines: &[String]) -> String {
    let line = |(index, text): (usize, &String)| {
        let before = if index == 0 { "<w:keepNext/><w:pageBreakBefore/>" } else { "<w:keepNext/>" };
        paragraph("PaperAppendix", before, text)
    };
    lines.iter().enumerate().map(line).collect::<String>() + &spacer(22)
}

fn sides(left: &Side, right: &Side) -> String {
    let gap = || FrameCell::Top(String::new());
    let party = |side: &Side| {
        let title = format!(
            "<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>{}</w:t></w:r></w:p>",
            escape(&side.title)
        );
        let lines: String = side.lines.iter().map(|line| paragraph("", "<w:keepNext/>", line)).collect();
        FrameCell::Top(title + &lines + &spacer(17))
    };
    let signing = |side: &Side| {
        let name = at_right(&side.name);
        // A nested table must be followed by a paragraph inside its cell.
        let mut content = frame(&[34, 2, 45], &[vec![FrameCell::Line, gap(), name]]);
        content += &spacer(6);
        content += &paragraph("", "<w:keepNext/>", SIGNING_DAY);
        if let Some(receipt) = &side.receipt {
            let caption = |text: &str| FrameCell::Top(paragraph("PaperCaption", "", text));
            let captions = vec![caption("подпись"), gap(), caption("дата")];
            content += &spacer(6);
            content += &paragraph("", "<w:keepNext/>", receipt);
            content += &frame(&[38, 5, 38], &[vec![FrameCell::Line, gap(), FrameCell::Line], captions]);
            content += &spacer(2);
        }
        FrameCell::Top(content)
    };
    frame(&[81, 8, 81], &[vec![party(left), gap(), party(right)], vec![signing(left), gap(), signing(right)]])
}

fn bordered(table: &Table) -> String {
    let widths: Vec<u32> = table.columns.iter().map(|column| column.width).collect();
    let grid = grid(&widths);
    let heads: String = table
        .columns
        .iter()
        .map(|column| cell(column.width, "center", &paragraph("PaperCellHead", "", &column.title)))
        .collect();
    let rows: String = table.rows.iter().map(|line| row(table, line)).collect();
    let total: u32 = widths.iter().sum();
    // `tblHeader` repeats the heading on each sheet and names the columns for a screen reader.
    format!(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>{rows}</w:tbl>"#,
        twips(total)
    )
}

fn row(table: &Table, row: &TableRow) -> String {
    let whole = if row.breakable { "" } else { "<w:cantSplit/>" };
    let height = match table.row_height {
        0 => String::new(),
        millimeters => format!(r#"<w:trHeight w:val="{}" w:hRule="atLeast"/>"#, twips(millimeters)),
    };
    let cells: String = table
        .columns
        .iter()
        .zip(&row.cells)
        .map(|(column, lines)| cell(column.width, "top", &paragraphs(lines)))
        .collect();
    format!("<w:tr><w:trPr>{whole}{height}</w:trPr>{cells}</w:tr>")
}

fn paragraphs(lines: &[String]) -> String {
    if lines.is_empty() {
        return paragraph("PaperCell", "", "");
    }
    lines.iter().map(|line| paragraph("PaperCell", "", line)).collect()
}

fn cell(width: u32, align: &str, content: &str) -> String {
    format!(
        r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/><w:vAlign w:val="{align}"/></w:tcPr>{content}</w:tc>"#,
        twips(width)
    )
}
