//! Documents of office programs told by what is inside them, never by their names: OOXML and `OpenDocument`, without
//! macros. Only the list of their parts is read, nothing is unpacked but the few letters that name the kind.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// The header of a record in the list of parts.
const PART_RECORD: &[u8] = b"PK\x01\x02";
/// More parts than any document has: the list is built in memory, so they are counted before.
const MOST_PARTS: usize = 5_000;

/// Media type and the ending of a file's name of each kind; OOXML by the folder of its parts.
const OOXML: &[(&str, &str, &str)] = &[
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
];
const OPEN_DOCUMENT: &[(&str, &str)] = &[
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
];
const OTHERS: &[(&str, &[&str])] =
    &[("application/pdf", &["pdf"]), ("image/jpeg", &["jpg", "jpeg"]), ("image/png", &["png"])];

/// The media type of a document without macros; nothing if it is none.
pub fn media_type(content: &[u8]) -> Option<&'static str> {
    let parts = content.windows(PART_RECORD.len()).filter(|place| *place == PART_RECORD).count();
    if !content.starts_with(b"PK\x03\x04") || parts > MOST_PARTS {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(content)).ok()?;
    let names: Vec<String> =
        archive.file_names().map(|name| name.map(|name| name.to_string()).ok()).collect::<Option<_>>()?;
    if names.iter().any(|name| runs(name)) {
        return None;
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("[Content_Types].xml") {
        let folder = |kind: &&(&str, _, _)| names.iter().any(|name| name.starts_with(kind.0));
        return OOXML.iter().find(folder).map(|kind| kind.1);
    }
    if !has("mimetype") || !has("content.xml") {
        return None;
    }
    let mut named = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut named).ok()?;
    OPEN_DOCUMENT.iter().find(|kind| kind.0 == named.trim()).map(|kind| kind.0)
}

/// The name with the ending that its content has: what is a picture never looks like a program.
pub fn named_as(name: &str, media_type: &str) -> String {
    let given = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let endings: Vec<&str> = OTHERS
        .iter()
        .filter(|kind| kind.0 == media_type)
        .flat_map(|kind| kind.1.iter().copied())
        .chain(OOXML.iter().filter(|kind| kind.1 == media_type).map(|kind| kind.2))
        .chain(OPEN_DOCUMENT.iter().filter(|kind| kind.0 == media_type).map(|kind| kind.1))
        .collect();
    match endings.first() {
        Some(ending) if !endings.contains(&given.as_str()) => format!("{name}.{ending}"),
        _ => name.to_owned(),
    }
}

/// Whether a part holds a program: macros, scripts, embedded controls.
fn runs(part: &str) -> bool {
    let part = part.to_lowercase().replace('\\', "/");
    part.ends_with("vbaproject.bin")
        || part.starts_with("basic/")
        || part.starts_with("scripts/")
        || part.contains("/activex/")
        || part.contains("/macrosheets/")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn documents_are_told_by_their_parts() {
        let odt = "application/vnd.oasis.opendocument.text";
        let ending = |parts: &[(&str, &str)]| {
            media_type(&archive(parts)).map(|kind| named_as("план", kind)).unwrap_or_default()
        };
        let table: &[(&[(&str, &str)], &str)] = &[
            (&[("[Content_Types].xml", ""), ("word/document.xml", "")], "план.docx"),
            (&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")], "план.xlsx"),
            (&[("[Content_Types].xml", ""), ("ppt/presentation.xml", "")], "план.pptx"),
            (&[("mimetype", odt), ("content.xml", "")], "план.odt"),
            (&[("[Content_Types].xml", ""), ("word/document.xml", ""), ("word/vbaProject.bin", "")], ""),
            (&[("mimetype", odt), ("content.xml", ""), ("Basic/Standard/Module1.xml", "")], ""),
            (&[("mimetype", "application/java-archive"), ("content.xml", "")], ""),
            (&[("[Content_Types].xml", ""), ("setup.exe", "")], ""),
            (&[("setup.exe", "MZ")], ""),
        ];
        for (parts, expected) in table {
            assert_eq!(ending(parts), *expected, "{parts:?}");
        }
        assert_eq!(media_type(b"PK\x03\x04 torn"), None);
        assert_eq!(media_type(b"%PDF-1.7"), None);
    }

    #[test]
    fn a_name_gets_the_ending_of_its_content() {
        assert_eq!(named_as("скан.pdf", "application/pdf"), "скан.pdf");
        assert_eq!(named_as("Фото.JPEG", "image/jpeg"), "Фото.JPEG");
        assert_eq!(named_as("фото.exe", "image/png"), "фото.exe.png");
        assert_eq!(named_as("план.docm", OOXML[0].1), "план.docm.docx");
    }
}
