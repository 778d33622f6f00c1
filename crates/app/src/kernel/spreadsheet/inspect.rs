//! The look through a file before the library opens it: what it is, and what it would cost.

use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

use super::markup::{Markup, Trouble};
use super::{Limits, SpreadsheetError};

const CHUNK: usize = 64 << 10;
const ZIP: &[u8] = b"PK\x03\x04";
/// Compound file: .xls, .doc, or an XLSX behind a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The header of a record in the list of parts; each part has one.
const PART_RECORD: &[u8] = b"PK\x01\x02";
/// Small parts may be packed well and harm nobody.
const RATIO_FROM: u64 = 1 << 20;

/// Refuses what is not a workbook or costs more than the limits.
pub(super) fn inspect(source: &mut (impl Read + Seek), limits: &Limits) -> Result<(), SpreadsheetError> {
    let size = source.seek(SeekFrom::End(0))?;
    source.rewind()?;
    if size == 0 {
        return Err(SpreadsheetError::EmptyFile);
    }
    if size > limits.file_bytes {
        return Err(SpreadsheetError::TooBig { megabytes: limits.file_bytes >> 20 });
    }
    let mut start = Vec::new();
    source.by_ref().take(8).read_to_end(&mut start)?;
    source.rewind()?;
    if start.starts_with(COMPOUND) {
        return Err(compound(source)?);
    }
    if !start.starts_with(ZIP) {
        return Err(SpreadsheetError::NotSpreadsheet);
    }
    // The archive library builds the list of parts in memory, so they are counted before it is asked.
    if count(source, PART_RECORD)? > limits.parts {
        return Err(SpreadsheetError::Suspicious {
            what: "в нём слишком много вложенных частей"
        });
    }
    source.rewind()?;
    let mut archive = ZipArchive::new(source).map_err(from_zip)?;
    let names = archive
        .file_names()
        .map(|name| name.map(|name| name.to_string()).map_err(from_zip))
        .collect::<Result<Vec<_>, _>>()?;
    recognize(&names)?;
    look_through(&mut archive, &names, limits)
}

fn compound(source: &mut (impl Read + Seek)) -> Result<SpreadsheetError, SpreadsheetError> {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let found = |source: &mut _, text| Ok::<_, SpreadsheetError>(count(source, &wide(text))? > 0);
    if found(source, "EncryptedPackage")? {
        return Ok(SpreadsheetError::Encrypted);
    }
    if found(source, "WordDocument")? {
        return Ok(SpreadsheetError::WordDocument);
    }
    let excel = found(source, "Workbook")? || found(source, "Book")?;
    Ok(if excel { SpreadsheetError::OldExcel } else { SpreadsheetError::NotSpreadsheet })
}

/// How many times the needle stands in the file.
fn count(source: &mut (impl Read + Seek), needle: &[u8]) -> Result<usize, SpreadsheetError> {
    source.rewind()?;
    let mut window: Vec<u8> = Vec::with_capacity(CHUNK + needle.len());
    let mut chunk = vec![0; CHUNK];
    let mut total = 0;
    loop {
        let read = source.read(&mut chunk)?;
        if read == 0 {
            return Ok(total);
        }
        window.extend_from_slice(&chunk[..read]);
        total +=
            window.windows(needle.len()).filter(|place| place[0] == needle[0] && *place == needle).count();
        let kept = window.len().min(needle.len() - 1);
        window.drain(..window.len() - kept);
    }
}

fn recognize(names: &[String]) -> Result<(), SpreadsheetError> {
    let has = |start: &str| names.iter().any(|name| name.to_ascii_lowercase().starts_with(start));
    if names.iter().any(|name| is_treacherous(name)) {
        return Err(SpreadsheetError::Suspicious {
            what: "имена его частей ведут за пределы книги"
        });
    }
    if has("xl/workbook.bin") {
        return Err(SpreadsheetError::BinaryExcel);
    }
    if has("word/") {
        return Err(SpreadsheetError::WordDocument);
    }
    if has("content.xml") && has("mimetype") {
        return Err(SpreadsheetError::OpenDocument);
    }
    if !has("xl/") && !has("[content_types].xml") {
        return Err(SpreadsheetError::NotSpreadsheet);
    }
    Ok(())
}

fn is_treacherous(name: &str) -> bool {
    name.starts_with('/') || name.contains(['\0', ':']) || name.split(['/', '\\']).any(|part| part == "..")
}

/// Unpacks every part with counters. The sizes the file declares are not asked: they lie.
fn look_through<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    names: &[String],
    limits: &Limits,
) -> Result<(), SpreadsheetError> {
    let mut totals = Totals::default();
    let mut chunk = vec![0; CHUNK];
    for (index, name) in names.iter().enumerate() {
        let mut part = archive.by_index(index).map_err(from_zip)?;
        if part.encrypted() {
            return Err(SpreadsheetError::Encrypted);
        }
        let packed = part.compressed_size().max(1);
        let mut markup = Markup::new(Kind::of(name) == Kind::Binary, limits.piece_bytes);
        let mut unpacked: u64 = 0;
        loop {
            let read = part.read(&mut chunk).map_err(|_| SpreadsheetError::Damaged)?;
            if read == 0 {
                break;
            }
            unpacked += read as u64;
            totals.unpacked += read as u64;
            if totals.unpacked > limits.unpacked_bytes
                || (unpacked > RATIO_FROM && unpacked / packed > limits.ratio)
            {
                return Err(SpreadsheetError::Suspicious {
                    what: "после распаковки он становится слишком большим",
                });
            }
            markup.feed(&chunk[..read]).map_err(from_markup)?;
            totals.check(Kind::of(name), &markup, unpacked, limits)?;
        }
        totals.cells += markup.cells;
    }
    Ok(())
}

#[derive(Default)]
struct Totals {
    unpacked: u64,
    cells: u64,
}

impl Totals {
    fn check(
        &self,
        kind: Kind,
        markup: &Markup,
        unpacked: u64,
        limits: &Limits,
    ) -> Result<(), SpreadsheetError> {
        if self.cells + markup.cells > limits.cells {
            return Err(SpreadsheetError::TooManyCells { limit: limits.cells });
        }
        if markup.shared_strings > limits.shared_strings
            || markup.declared_strings > limits.shared_strings
            || (markup.declared_strings > 0 || markup.shared_strings > 0)
                && unpacked > limits.shared_string_bytes
        {
            return Err(SpreadsheetError::Suspicious {
                what: "таблица его текстов слишком велика"
            });
        }
        if kind == Kind::Kept && markup.shared_strings == 0 && markup.tags > limits.kept_tags {
            return Err(SpreadsheetError::Suspicious {
                what: "в нём слишком много оформления"
            });
        }
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Read cell by cell.
    Sheet,
    /// Kept in memory by the library: styles, relations, texts, the list of sheets.
    Kept,
    /// Not read by the library: pictures, printer settings, macros, drawings.
    Other,
    Binary,
}

impl Kind {
    fn of(name: &str) -> Self {
        let low = name.to_ascii_lowercase().replace('\\', "/");
        let extension = low.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension {
            "rels" => Self::Kept,
            "xml" if low.starts_with("xl/worksheets/") => Self::Sheet,
            "xml" | "vml" => {
                let aside = [
                    "xl/drawings/",
                    "xl/charts/",
                    "customxml/",
                    "docprops/",
                    "xl/comments",
                    "xl/threadedcomments/",
                ];
                if aside.iter().any(|folder| low.starts_with(folder)) { Self::Other } else { Self::Kept }
            }
            _ => Self::Binary,
        }
    }
}

fn from_markup(trouble: Trouble) -> SpreadsheetError {
    match trouble {
        Trouble::TypeDefinition => {
            SpreadsheetError::Suspicious { what: "в нём описаны внешние сущности" }
        }
        Trouble::LongPiece => SpreadsheetError::Suspicious {
            what: "в нём есть слишком длинный текст"
        },
        Trouble::Encoding => SpreadsheetError::Suspicious {
            what: "его кодировка не поддерживается"
        },
        Trouble::Disguised => SpreadsheetError::Suspicious {
            what: "лист спрятан под видом картинки"
        },
    }
}

fn from_zip(error: ZipError) -> SpreadsheetError {
    match error {
        ZipError::Io(error) if error.kind() != std::io::ErrorKind::InvalidData => match error.kind() {
            std::io::ErrorKind::UnexpectedEof
            | std::io::ErrorKind::InvalidInput
            | std::io::ErrorKind::Other => SpreadsheetError::Damaged,
            _ => SpreadsheetError::Io(error),
        },
        _ => SpreadsheetError::Damaged,
    }
}
