//! DOCX that a secretary can go on editing: real styles, automatic numbers, a repeated table heading.
//!
//! Written by hand rather than by a library: the ready writers know neither a repeated table heading nor the
//! alternative text of a picture, and both are wanted here.

mod body;
mod xml;

use std::io::{Cursor, Write as _};

use chrono::NaiveDate;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::PaperError;
use crate::block::Sheet;
use crate::qr::Code;
use crate::words::date_in_figures;

use self::xml::escape;

/// Side of the QR code in English metric units (22 mm), the unit of drawings.
const QR_SIDE: u32 = 792_000;

/// Packs the sheet; `date` of the paper goes into the properties of the file, if it is known.
pub(crate) fn render(sheet: &Sheet, date: Option<NaiveDate>) -> Result<Vec<u8>, PaperError> {
    let picture = Code::new(&sheet.record_url)?.png()?;
    let document = body::document(&sheet.blocks);
    let parts: [(&str, &[u8]); 13] = [
        ("[Content_Types].xml", include_bytes!("../../templates/docx/content_types.xml")),
        ("_rels/.rels", include_bytes!("../../templates/docx/rels.xml")),
        ("docProps/core.xml", &core(sheet, date).into_bytes()),
        ("word/document.xml", &document.into_bytes()),
        ("word/_rels/document.xml.rels", include_bytes!("../../templates/docx/document_rels.xml")),
        ("word/styles.xml", include_bytes!("../../templates/docx/styles.xml")),
        ("word/settings.xml", include_bytes!("../../templates/docx/settings.xml")),
        ("word/numbering.xml", include_bytes!("../../templates/docx/numbering.xml")),
        ("word/header1.xml", include_bytes!("../../templates/docx/header_first.xml")),
        ("word/header2.xml", include_bytes!("../../templates/docx/header.xml")),
        ("word/footer1.xml", &footer(sheet).into_bytes()),
        ("word/_rels/footer1.xml.rels", &footer_rels(sheet).into_bytes()),
        ("word/footer2.xml", include_bytes!("../../templates/docx/footer.xml")),
    ];
    pack(&parts, &picture).map_err(|error| PaperError::Package(error.to_string()))
}

fn pack(parts: &[(&str, &[u8])], picture: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed date inside the archive: equal papers are equal files.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::DEFAULT);
    for (name, bytes) in parts.iter().chain(&[("word/media/qr.png", picture)]) {
        file.start_file(*name, options)?;
        file.write_all(bytes)?;
    }
    Ok(file.finish()?.into_inner())
}

fn core(sheet: &Sheet, date: Option<NaiveDate>) -> String {
    // The schema of the format wants a moment; a paper has only a day.
    let created = date.map_or_else(String::new, |date| {
        let stamp = date.format("%Y-%m-%dT00:00:00Z");
        format!(
            r#"<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created><dc:description>Документ от {}</dc:description>"#,
            date_in_figures(date)
        )
    });
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>ru-RU</dc:language>{created}</cp:coreProperties>"#,
        escape(&sheet.title),
        escape(&sheet.author),
    )
}

/// The foot of sheet 1: the QR code at the right edge, its meaning said for a screen reader.
fn footer(sheet: &Sheet) -> String {
    let meaning = escape(&format!(
        "QR-код: запись о документе в информационной системе «Наставник», {}",
        sheet.record_url
    ));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{QR_SIDE}" cy="{QR_SIDE}"/><wp:docPr id="1" name="QR" descr="{meaning}"><a:hlinkClick r:id="rId2"/></wp:docPr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="QR" descr="{meaning}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{QR_SIDE}" cy="{QR_SIDE}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:ftr>"#
    )
}

fn footer_rels(sheet: &Sheet) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/qr.png"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="{}" TargetMode="External"/></Relationships>"#,
        escape(&sheet.record_url)
    )
}
