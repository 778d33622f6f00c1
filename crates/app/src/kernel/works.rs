//! What teachers have made, hand in and send each other: documents, slides, tables, pictures. What a file is, its content tells; it is never
//! opened here and given out only as an attachment, under a name that says what it is.

use std::io::{Cursor, Read};

use uuid::Uuid;
use zip::ZipArchive;

use super::change::Change;
use super::errors::{AppError, Outcome};
use super::files::{self, Allowed, FileError, Kept};
use super::forms::Form;
use super::web::{Ctx, Submission};

/// How large a work may be, bytes.
const LIMIT: usize = 10 * 1024 * 1024;
/// The archive library lists all parts in memory: a document has some hundreds at most.
const MOST_PARTS: usize = 5_000;
/// A longer name is cut, so that the ending it gets stays.
const LONGEST_NAME: usize = 110;
/// For the field of a form.
pub const ACCEPT: &str = ".pdf,.docx,.pptx,.xlsx,.odt,.odp,.ods,.jpg,.jpeg,.png";
/// The name of the field.
pub const FIELD: &str = "work";

/// A kind of file that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    pub media_type: &'static str,
    /// Endings of its name; the first is given to a name without any of them.
    endings: &'static [&'static str],
}

const KINDS: &[Kind] = &[
    Kind { media_type: "application/pdf", endings: &["pdf"] },
    Kind { media_type: "image/jpeg", endings: &["jpg", "jpeg"] },
    Kind { media_type: "image/png", endings: &["png"] },
    Kind {
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        endings: &["docx"],
    },
    Kind {
        media_type: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        endings: &["pptx"],
    },
    Kind {
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        endings: &["xlsx"],
    },
    Kind { media_type: "application/vnd.oasis.opendocument.text", endings: &["odt"] },
    Kind { media_type: "application/vnd.oasis.opendocument.presentation", endings: &["odp"] },
    Kind { media_type: "application/vnd.oasis.opendocument.spreadsheet", endings: &["ods"] },
];

/// What the content is, if it is of a kind that is taken.
pub fn kind(content: &[u8]) -> Option<Kind> {
    let plain = files::media_type(content);
    let media_type = if plain == "application/zip" { document(content)? } else { plain.to_owned() };
    KINDS.iter().find(|kind| kind.media_type == media_type).copied()
}

/// The kind of a document in an archive; one with macros runs on the machine of whoever opens it, and is none.
fn document(content: &[u8]) -> Option<String> {
    if content.windows(4).filter(|window| window == b"PK\x01\x02").count() > MOST_PARTS {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(content)).ok()?;
    let names: Vec<String> =
        archive.file_names().map(|name| Some(name.ok()?.to_string())).collect::<Option<_>>()?;
    if names.iter().any(|name| runs(name)) {
        return None;
    }
    let has = |part: &str| names.iter().any(|name| name == part);
    let by_main_part =
        [("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"), ("xl/workbook.xml", "xlsx")];
    if let Some((_, ending)) = by_main_part.iter().find(|(part, _)| has("[Content_Types].xml") && has(part)) {
        let kind = KINDS.iter().find(|kind| kind.endings.contains(ending))?;
        return Some(kind.media_type.to_owned());
    }
    let mut declared = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut declared).ok()?;
    Some(declared)
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

/// The name under which it is kept: the ending says what the content is, whatever it was called.
fn honest_name(name: &str, media_type: &str) -> String {
    let name: String = files::tidy_name(name).chars().take(LONGEST_NAME).collect();
    let Some(kind) = KINDS.iter().find(|kind| kind.media_type == media_type) else { return name };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if kind.endings.contains(&ending.as_str()) {
        return name;
    }
    format!("{name}.{}", kind.endings.first().copied().unwrap_or_default())
}

/// Keeps the file of the field `work`, if one was chosen; what is wrong with it stands at the field.
pub async fn keep(ctx: &Ctx, submitted: &Submission, form: &mut Form) -> Outcome<Option<Kept>> {
    let Some(work) = submitted.file(FIELD) else { return Ok(None) };
    if work.content.len() > LIMIT {
        form.error(FIELD, "Файл больше 10 МБ. Уменьшите его или дайте ссылку.");
        return Ok(None);
    }
    match ctx.app().files.keep(work.content.clone(), Allowed::Work).await {
        Ok(kept) => Ok(Some(kept)),
        Err(FileError::Io(error)) => Err(AppError::Internal(error.into())),
        Err(error) => {
            form.error(FIELD, format!("{error}."));
            Ok(None)
        }
    }
}

/// Names the kept file within the change it belongs to: its id and its name.
pub async fn name(
    change: &Change,
    kept: Option<&Kept>,
    submitted: &Submission,
    organization: Uuid,
) -> Outcome<Option<(Uuid, String)>> {
    let (Some(kept), Some(work)) = (kept, submitted.file(FIELD)) else { return Ok(None) };
    let name = honest_name(&work.name, kept.media_type);
    let owner = (Some(organization), Some(change.account()));
    let id = files::name(change.tx(), change.now(), kept, &name, owner).await?;
    Ok(Some((id, name)))
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
    fn the_content_tells_what_is_taken() {
        let types = ("[Content_Types].xml", "<Types/>");
        let ending = |content: &[u8]| kind(content).map(|kind| kind.endings[0]);
        assert_eq!(ending(b"%PDF-1.7"), Some("pdf"));
        assert_eq!(ending(&archive(&[types, ("word/document.xml", "")])), Some("docx"));
        assert_eq!(ending(&archive(&[types, ("ppt/presentation.xml", "")])), Some("pptx"));
        let text = ("mimetype", "application/vnd.oasis.opendocument.text");
        assert_eq!(ending(&archive(&[text])), Some("odt"));
        for refused in [
            archive(&[types, ("word/document.xml", ""), ("word/vbaProject.bin", "")]),
            archive(&[text, ("Basic/Standard/Module1.xml", "")]),
            archive(&[types, ("word/document.xml", ""), ("word/activeX/activeX1.bin", "")]),
            archive(&[("setup.exe", "MZ")]),
            archive(&[("mimetype", "application/java-archive")]),
            b"PK\x03\x04broken".to_vec(),
            b"MZ\x90".to_vec(),
            b"<html><script>".to_vec(),
        ] {
            assert_eq!(ending(&refused), None);
        }
    }

    #[test]
    fn a_name_says_what_the_content_is() {
        let pdf = "application/pdf";
        for (given, kept) in [
            ("план.PDF", "план.PDF"),
            ("план.exe", "план.exe.pdf"),
            ("план", "план.pdf"),
            ("..\\..\\план.pdf", "план.pdf"),
            ("план\u{202e}fdp.scr", "планfdp.scr.pdf"),
        ] {
            assert_eq!(honest_name(given, pdf), kept);
        }
    }
}
