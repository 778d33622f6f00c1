//! Files: kept by the fingerprint of their content, given out only as attachments.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sea_orm::{DbErr, FromQueryResult};
use uuid::Uuid;

use super::db::{self, Tx};
use super::{ids, office};
use crate::values;

/// The folder of files: `ab/abcdef…` by SHA-256.
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
}

/// Content that is safely on the disk and not yet named in the database.
pub struct Kept {
    pub sha256: String,
    pub size: i64,
    pub media_type: &'static str,
}

/// A file as the database knows it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct FileRow {
    pub id: Uuid,
    pub sha256: String,
    pub size_bytes: i64,
    pub media_type: String,
    pub name: String,
}

/// What a content may be: told by its first bytes, never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Scans and evidence: PDF, JPEG, PNG.
    Scan,
    /// What colleagues send each other: the same, and documents of office programs without macros.
    Material,
    /// Spreadsheets: examined further by the reader.
    Spreadsheet,
    /// What the program itself has made.
    Own,
}

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("Файл пустой. Выберите другой файл")]
    Empty,
    #[error("Это не PDF, не JPEG и не PNG. Отсканируйте документ в один из этих видов")]
    NotScan,
    #[error(
        "Такой файл приложить нельзя. Подойдут PDF, JPEG, PNG и документы Word, Excel, PowerPoint, LibreOffice без макросов"
    )]
    NotMaterial,
    #[error("файл не записан: {0}")]
    Io(#[from] std::io::Error),
}

impl Files {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes the content and waits until the disk has it. The same content is kept once.
    pub async fn keep(&self, content: Vec<u8>, allowed: Allowed) -> Result<Kept, FileError> {
        if content.is_empty() {
            return Err(FileError::Empty);
        }
        let mut media_type = media_type(&content);
        match allowed {
            Allowed::Scan if !SCANS.contains(&media_type) => return Err(FileError::NotScan),
            Allowed::Material if !SCANS.contains(&media_type) => {
                media_type = office::media_type(&content).ok_or(FileError::NotMaterial)?;
            }
            _ => {}
        }
        let sha256 = ids::fingerprint(&content);
        let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
        let path = self.path(&sha256);
        tokio::task::spawn_blocking(move || write(&path, &content))
            .await
            .map_err(|error| std::io::Error::other(error.to_string()))??;
        Ok(Kept { sha256, size, media_type })
    }

    /// Reads a content back and checks that it is what was written.
    pub async fn read(&self, sha256: &str) -> anyhow::Result<Vec<u8>> {
        let content = tokio::fs::read(self.path(sha256)).await?;
        anyhow::ensure!(ids::fingerprint(&content) == sha256, "файл {sha256} повреждён на диске");
        Ok(content)
    }

    /// Where a content stands.
    pub fn path(&self, sha256: &str) -> PathBuf {
        self.folder.join(&sha256[..sha256.len().min(2)]).join(sha256)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Names a kept content in the database, within the transaction of its cause.
pub async fn name(
    tx: &Tx,
    now: DateTime<Utc>,
    kept: &Kept,
    file_name: &str,
    owner: (Option<Uuid>, Option<Uuid>),
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO file (id, sha256, size_bytes, media_type, name, organization_id, uploaded_by, uploaded_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values![id, kept.sha256.clone(), kept.size, kept.media_type, tidy_name(file_name), owner.0, owner.1, now],
    )
    .await?;
    Ok(id)
}

/// The row of a file. Who may have it is decided by the paper or list it belongs to.
pub async fn find(connection: &impl sea_orm::ConnectionTrait, id: Uuid) -> Result<Option<FileRow>, DbErr> {
    db::one(connection, "SELECT id, sha256, size_bytes, media_type, name FROM file WHERE id = ?", values![id])
        .await
}

const SCANS: &[&str] = &["application/pdf", "image/jpeg", "image/png"];

fn media_type(content: &[u8]) -> &'static str {
    match content {
        [b'%', b'P', b'D', b'F', b'-', ..] => "application/pdf",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [b'P', b'K', 3, 4, ..] => "application/zip",
        _ => "application/octet-stream",
    }
}

/// The name a person gave, without folders and control characters, of a reasonable length.
pub fn tidy_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = base.chars().filter(|letter| !letter.is_control()).take(120).collect();
    if clean.trim().is_empty() { "файл".to_owned() } else { clean }
}

fn write(path: &Path, content: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().ok_or_else(|| std::io::Error::other("нет папки для файла"))?;
    std::fs::create_dir_all(folder)?;
    let secret = ids::secret().map_err(|error| std::io::Error::other(error.to_string()))?;
    let draft = folder.join(format!("{secret}.part"));
    let mut file = std::fs::File::create(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(&draft, path)?;
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_the_type() {
        assert_eq!(media_type(b"%PDF-1.7"), "application/pdf");
        assert_eq!(media_type(b"<html>"), "application/octet-stream");
    }

    #[test]
    fn a_name_never_leads_out_of_the_folder() {
        assert_eq!(tidy_name("../../etc/passwd"), "passwd");
        assert_eq!(tidy_name("C:\\Users\\скан.pdf"), "скан.pdf");
        assert_eq!(tidy_name("\u{0}"), "файл");
    }
}
