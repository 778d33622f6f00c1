//! PDF for the archive and for the screen reader: PDF/A-2a and PDF/UA-1 at once.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::Serialize;
use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::{PaperError, fonts, typography};

/// Documents after which an unused piece of layout is forgotten: keeps memory flat and the common parts warm.
const REMEMBERED: usize = 10;

/// The only two file ids there are: ids are never freed, so they are made once.
static IDS: LazyLock<Option<(FileId, FileId)>> = LazyLock::new(|| {
    let id = |name: &str| {
        VirtualPath::new(name).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
    };
    id("main.typ").zip(id("data.json"))
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// What is laid out: the template's text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Template {
    /// Papers made of blocks.
    Sheet,
    /// Slips with logins to be cut apart.
    Slips,
    /// Cards of participants to be cut apart.
    Cards,
}

impl Template {
    fn text(self) -> &'static str {
        match self {
            Self::Sheet => include_str!("../templates/sheet.typ"),
            Self::Slips => include_str!("../templates/slips.typ"),
            Self::Cards => include_str!("../templates/cards.typ"),
        }
    }
}

/// Lays the data out with the template; `moment` becomes the date of the file, so equal input gives equal bytes.
pub(crate) fn render<T: Serialize>(
    template: Template,
    data: &T,
    moment: DateTime<Utc>,
) -> Result<Vec<u8>, PaperError> {
    let layout = |text: String| PaperError::Layout(text);
    let mut data = serde_json::to_value(data).map_err(|error| layout(error.to_string()))?;
    drawable(&mut data);
    let (main, file) = (*IDS).ok_or_else(|| layout("нет имён файлов".to_owned()))?;
    let paper =
        Paper { main, file, source: Source::new(main, template.text().to_owned()), data: data.to_string() };

    let document = typst::compile::<PagedDocument>(&paper).output.map_err(|errors| layout(first(&errors)));
    let bytes = document.and_then(|document| {
        let options = options(moment).map_err(layout)?;
        typst_pdf::pdf(&document, &options).map_err(|errors| layout(first(&errors)))
    });
    comemo::evict(REMEMBERED);
    bytes
}

fn options(moment: DateTime<Utc>) -> Result<PdfOptions, String> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| error.message().to_string())?;
    let part = |value: u32| u8::try_from(value).unwrap_or_default();
    let stamp = Datetime::from_ymd_hms(
        moment.year(),
        part(moment.month()),
        part(moment.day()),
        part(moment.hour()),
        part(moment.minute()),
        part(moment.second()),
    );
    let creator = Smart::Custom(Some("Наставник".to_owned()));
    Ok(PdfOptions { creator, timestamp: stamp.map(Timestamp::new_utc), standards, ..PdfOptions::default() })
}

fn first(errors: &[SourceDiagnostic]) -> String {
    errors.first().map(|error| error.message.to_string()).unwrap_or_default()
}

/// Replaces what the fonts cannot draw by a question mark in every text: one emoji in a name must not stop an order.
fn drawable(value: &mut Value) {
    match value {
        Value::String(text) => {
            let draw = |letter: char| if letter == '\n' || fonts::covers(letter) { letter } else { '?' };
            *text = text.chars().filter(|letter| typography::is_printable(*letter)).map(draw).collect();
        }
        Value::Array(members) => members.iter_mut().for_each(drawable),
        Value::Object(fields) => fields.values_mut().for_each(drawable),
        _ => {}
    }
}

/// The whole world the layout can see: one template, one data file, our fonts; no disk, no network, no clock.
struct Paper {
    main: FileId,
    file: FileId,
    source: Source,
    data: String,
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main { Ok(self.source.clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.file { Ok(Bytes::from_string(self.data.clone())) } else { Err(absent(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::face(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
