//! Hostile files are made here and must be refused with a message; honest ones must be read whole.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use nastavnik_domain::staff_list::Cell;
use proptest::prelude::*;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Limits, SpreadsheetError, read, sheets};

const TYPES: &str =
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

pub(super) fn sheet(inside: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{inside}</worksheet>"#
    )
}

fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(super) fn book_with(more: &[(&str, &[u8])], sheet: &str) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend_from_slice(more);
    pack(&parts)
}

fn rows(bytes: &[u8]) -> Result<Vec<(u32, Vec<Cell>)>, SpreadsheetError> {
    let mut rows = Vec::new();
    read(bytes, "Лист1", &Limits::UPLOAD, |number, cells| {
        rows.push((number, cells.to_vec()));
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

fn refused(bytes: &[u8]) -> SpreadsheetError {
    let error = rows(bytes).expect_err("the file must be refused");
    let message = error.to_string();
    assert!(message.ends_with('.') && message.chars().any(|letter| matches!(letter, 'а'..='я')), "{message}");
    error
}

#[test]
fn an_honest_file_is_read_with_numbers_dates_texts_and_merged_cells() {
    let data = sheet(
        r#"<dimension ref="A1:C3"/><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>Список</t></is></c><c r="B1"/></row>
        <row r="3"><c r="A3"><v>1.5</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" t="d"><v>2026-09-01T00:00:00</v></c></row>
        </sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>"#,
    );
    let found = rows(&book_with(&[], &data)).unwrap();
    let day = chrono::NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    assert_eq!(
        found,
        [
            (1, vec![Cell::Text("Список".to_owned())]),
            (3, vec![Cell::Number(1.5), Cell::Empty, Cell::Bool(true), Cell::Date(day)]),
        ]
    );
}

#[test]
fn reading_stops_when_asked() {
    let data = sheet(
        r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData>"#,
    );
    let mut seen = 0;
    let given = read(&book_with(&[], &data), "Лист1", &Limits::UPLOAD, |_, _| {
        seen += 1;
        ControlFlow::Break(())
    });
    assert_eq!((given.unwrap(), seen), (1, 1));
}

#[test]
fn what_is_not_a_workbook_is_named() {
    assert!(matches!(refused(b""), SpreadsheetError::EmptyFile));
    assert!(matches!(refused("Фамилия;Имя\nИванов;Иван".as_bytes()), SpreadsheetError::NotSpreadsheet));
    assert!(matches!(refused(&noise(10 << 20)), SpreadsheetError::NotSpreadsheet));
    let mut fake_zip = noise(1 << 20);
    fake_zip[..4].copy_from_slice(b"PK\x03\x04");
    assert!(matches!(refused(&fake_zip), SpreadsheetError::Damaged));
    let word = pack(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", b"<document/>")]);
    assert!(matches!(refused(&word), SpreadsheetError::WordDocument));
    let open =
        pack(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<a/>")]);
    assert!(matches!(refused(&open), SpreadsheetError::OpenDocument));
    assert!(matches!(refused(&pack(&[("xl/workbook.bin", b"1")])), SpreadsheetError::BinaryExcel));
    assert!(matches!(refused(&pack(&[("readme.txt", b"1")])), SpreadsheetError::NotSpreadsheet));
    assert!(matches!(refused(&vec![0; (20 << 20) + 1]), SpreadsheetError::TooBig { megabytes: 20 }));
}

#[test]
fn old_and_locked_files_are_named() {
    let compound = |stream: &str| {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(2048, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert!(matches!(refused(&compound("Workbook")), SpreadsheetError::OldExcel));
    assert!(matches!(refused(&compound("EncryptedPackage")), SpreadsheetError::Encrypted));
    assert!(matches!(refused(&compound("WordDocument")), SpreadsheetError::WordDocument));
    assert!(matches!(refused(&compound("Other")), SpreadsheetError::NotSpreadsheet));
}

#[test]
fn an_empty_workbook_has_a_sheet_but_nothing_to_load() {
    let empty = book_with(&[], &sheet("<sheetData/>"));
    assert_eq!(sheets(&empty, &Limits::UPLOAD).unwrap(), ["Лист1"]);
    assert!(matches!(refused(&empty), SpreadsheetError::EmptySheet { .. }));
    let other = read(&empty, "Лист2", &Limits::UPLOAD, |_, _| ControlFlow::Continue(()));
    assert!(matches!(other, Err(SpreadsheetError::NoSheet { .. })));
    assert!(matches!(refused(&book_with(&[], "")), SpreadsheetError::Damaged));
}

#[test]
fn a_cell_at_the_end_of_the_sheet_and_a_lying_dimension_cost_nothing() {
    let far = r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>"#;
    assert!(matches!(refused(&book_with(&[], &sheet(far))), SpreadsheetError::TooManyRows { limit: 50_000 }));
    let wide = r#"<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>"#;
    assert!(matches!(refused(&book_with(&[], &sheet(wide))), SpreadsheetError::TooManyColumns { .. }));
    let lying =
        r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#;
    assert_eq!(rows(&book_with(&[], &sheet(lying))).unwrap().len(), 1);
    let backwards =
        r#"<dimension ref="C9:A1"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#;
    assert!(matches!(refused(&book_with(&[], &sheet(backwards))), SpreadsheetError::Damaged));
    let overflow =
        r#"<sheetData><row r="99999999999"><c r="ZZZZZZZZZ99999999999"><v>1</v></c></row></sheetData>"#;
    refused(&book_with(&[], &sheet(overflow)));
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let zeros = vec![b' '; 60 << 20];
    let bomb = book_with(&[("xl/media/image1.png", &zeros)], &sheet("<sheetData/>"));
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(refused(&bomb), SpreadsheetError::Suspicious { .. }));

    let cells = format!("<sheetData><row r=\"1\">{}</row></sheetData>", "<c><v>1</v></c>".repeat(1_000_001));
    let many = refused(&book_with(&[], &sheet(&cells)));
    assert!(matches!(many, SpreadsheetError::Suspicious { .. } | SpreadsheetError::TooManyCells { .. }));

    let strings = format!("<sst>{}</sst>", "<si/>".repeat(600_000));
    let texts = book_with(&[("xl/sharedStrings.xml", strings.as_bytes())], &sheet("<sheetData/>"));
    assert!(matches!(refused(&texts), SpreadsheetError::Suspicious { .. }));
}

#[test]
fn a_declared_number_of_texts_is_not_believed() {
    for tag in [
        r#"<sst uniqueCount="22888888888">"#.to_owned(),
        r#"<x:sst xmlns:x="a" uniqueCount='22888888888'>"#.to_owned(),
        format!(r#"<sst a="{}" uniqueCount="22888888888">"#, "b".repeat(500)),
        format!(r#"<{}:sst uniqueCount="22888888888">"#, "b".repeat(500)),
        format!(r#"<x:sst a="{}>" uniqueCount = "22888888888" b="1">"#, "b".repeat(500)),
    ] {
        let texts = format!("{tag}<si><t>а</t></si></sst>");
        let bytes = book_with(&[("xl/sharedStrings.xml", texts.as_bytes())], &sheet("<sheetData/>"));
        assert!(matches!(refused(&bytes), SpreadsheetError::Suspicious { .. }), "{tag}");
    }
}

#[test]
fn long_pieces_of_markup_are_refused() {
    let noise: String = (0..400_000_u32)
        .map(|index| char::from(b'a' + (index.wrapping_mul(2_654_435_761) >> 27) as u8 % 26))
        .collect();
    let text = format!(r#"<sheetData><row><c t="inlineStr"><is><t>{noise}</t></is></c></row></sheetData>"#);
    let comment = format!("<!-- > {noise} --><sheetData/>");
    let attribute = format!(r#"<cols a="<x>{noise}"/><sheetData/>"#);
    let parts: Vec<_> = noise.as_bytes().chunks(100).map(String::from_utf8_lossy).collect();
    let runs = format!("<r><t>{}</t></r>", parts.join("</t></r><r><t>"));
    let rich = format!(r#"<sheetData><row><c t="inlineStr"><is>{runs}</is></c></row></sheetData>"#);
    for data in [text, comment, attribute, rich] {
        assert!(matches!(refused(&book_with(&[], &sheet(&data))), SpreadsheetError::Suspicious { .. }));
    }
}

#[test]
fn entities_paths_and_disguises_are_refused() {
    let entity =
        r#"<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet><sheetData/></worksheet>"#;
    assert!(matches!(refused(&book_with(&[], entity)), SpreadsheetError::Suspicious { .. }));
    let climbing = book_with(&[("../../etc/cron.d/x", b"1")], &sheet("<sheetData/>"));
    assert!(matches!(refused(&climbing), SpreadsheetError::Suspicious { .. }));
    let parts: Vec<(String, Vec<u8>)> =
        (0..250).map(|index| (format!("xl/media/{index}.png"), vec![1])).collect();
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    assert!(matches!(
        refused(&book_with(&parts, &sheet("<sheetData/>"))),
        SpreadsheetError::Suspicious { .. }
    ));
    let hidden = sheet("<sheetData/>");
    let disguised = book_with(&[("xl/media/image1.png", hidden.as_bytes())], &sheet("<sheetData/>"));
    assert!(matches!(refused(&disguised), SpreadsheetError::Suspicious { .. }));
    let wide: Vec<u8> = hidden.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = book_with(&[("xl/worksheets/sheet2.xml", &wide)], &sheet("<sheetData/>"));
    assert!(matches!(refused(&wide), SpreadsheetError::Suspicious { .. }));
}

#[test]
fn rows_out_of_order_are_refused() {
    let data = r#"<sheetData><row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row></sheetData>"#;
    assert!(matches!(refused(&book_with(&[], &sheet(data))), SpreadsheetError::Suspicious { .. }));
}

#[test]
fn a_file_cut_short_or_with_a_changed_byte_never_breaks_the_program() {
    let whole = book_with(&[], &sheet(r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#));
    for end in (0..whole.len()).step_by(37) {
        rows(&whole[..end]).expect_err("a cut file must be refused");
    }
    for place in (0..whole.len()).step_by(11) {
        let mut changed = whole.clone();
        changed[place] ^= 0x5a;
        let _ = rows(&changed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn strange_markup_never_breaks_the_program(inside in "[<>/\"'=! a-cA-Z0-9&;:\\-\\[\\]]{0,120}") {
        let _ = rows(&book_with(&[], &sheet(&format!("<sheetData><row><c>{inside}"))));
        let _ = rows(&book_with(&[("xl/sharedStrings.xml", inside.as_bytes())], &sheet("<sheetData/>")));
    }
}

/// Bytes without order, the same each time.
fn noise(length: usize) -> Vec<u8> {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}
