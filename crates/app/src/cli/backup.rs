//! `nastavnik backup` and `restore`: the whole installation as one archive that can be proved.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::args::Options;
use super::open;
use crate::kernel::{ids, migrate};

const DATABASE: &str = "nastavnik.sqlite";
const MANIFEST: &str = "manifest.json";

/// What the archive holds: every file with its fingerprint.
#[derive(Serialize, Deserialize)]
struct Manifest {
    version: String,
    migration: u64,
    made_at: chrono::DateTime<chrono::Utc>,
    sha256: BTreeMap<String, String>,
}

/// Saves the database as of one moment and all files. People may go on working meanwhile.
pub(super) async fn save(options: &Options, target: &Path) -> anyhow::Result<()> {
    ensure!(!target.exists(), "файл {} уже есть: назовите другой", target.display());
    if options.database.is_some() {
        bail!(
            "копию базы PostgreSQL делают её средства (pg_dump, pgBackRest); папку {}/files сохраните вместе с ней",
            options.data.display()
        );
    }
    let app = open::app(options).await?;
    let copy = options.data.join(format!("backup-{}.sqlite", ids::form_key().simple()));
    let quoted = copy.display().to_string().replace('\'', "''");
    app.db.maintain(&format!("VACUUM INTO '{quoted}'")).await.context("не снята копия базы")?;
    let mut files = vec![(DATABASE.to_owned(), copy.clone())];
    collect(app.files.folder(), "files", &mut files)?;
    let migration = migrate::current(&app.db).await?;
    let made_at = app.clock.now();
    let draft = target.with_extension("part");
    let outcome = write_archive(&draft, &files, migration, made_at);
    std::fs::remove_file(&copy)?;
    outcome?;
    std::fs::rename(&draft, target)?;
    println!("Сохранено: {} (файлов: {})", target.display(), files.len());
    Ok(())
}

/// Restores an archive into an empty data folder, after every fingerprint has been checked.
pub(super) async fn restore(options: &Options, source: &Path) -> anyhow::Result<()> {
    if options.database.is_some() {
        bail!("архив восстанавливается в SQLite; базу PostgreSQL восстанавливают её средства");
    }
    ensure!(
        !options.data.join(DATABASE).exists(),
        "в папке {} уже есть база: назовите пустую папку",
        options.data.display()
    );
    let draft = options.data.with_extension("restoring");
    if draft.exists() {
        std::fs::remove_dir_all(&draft)?;
    }
    let manifest = match unpack(source, &draft) {
        Ok(manifest) => manifest,
        Err(error) => {
            let _ = std::fs::remove_dir_all(&draft);
            return Err(error);
        }
    };
    std::fs::create_dir_all(&options.data)?;
    for entry in std::fs::read_dir(&draft)? {
        let entry = entry?;
        std::fs::rename(entry.path(), options.data.join(entry.file_name()))?;
    }
    std::fs::remove_dir(&draft)?;
    let app = open::app(options).await?;
    check_whole(&app).await?;
    println!(
        "Восстановлено из копии от {} (версия {})",
        manifest.made_at.format("%d.%m.%Y %H:%M UTC"),
        manifest.version
    );
    Ok(())
}

async fn check_whole(app: &crate::kernel::state::App) -> anyhow::Result<()> {
    let broken = crate::kernel::db::complaints(&app.db).await?;
    ensure!(broken.is_empty(), "база в копии повреждена: {}", broken.join("; "));
    Ok(())
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &name, files)?;
        } else if entry.path().extension().is_none() {
            files.push((name, entry.path()));
        }
    }
    Ok(())
}

fn write_archive(
    target: &Path,
    files: &[(String, PathBuf)],
    migration: u64,
    made_at: chrono::DateTime<chrono::Utc>,
) -> anyhow::Result<()> {
    let mut archive = ZipWriter::new(File::create(target)?);
    let options = SimpleFileOptions::default().large_file(true);
    let mut sha256 = BTreeMap::new();
    for (name, path) in files {
        archive.start_file(name.as_str(), options)?;
        let fingerprint = copy(&mut File::open(path)?, &mut archive)?;
        sha256.insert(name.clone(), fingerprint);
    }
    let manifest = Manifest { version: env!("CARGO_PKG_VERSION").to_owned(), migration, made_at, sha256 };
    archive.start_file(MANIFEST, options)?;
    archive.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    archive.finish()?.sync_all()?;
    Ok(())
}

fn unpack(source: &Path, folder: &Path) -> anyhow::Result<Manifest> {
    let file = File::open(source).with_context(|| format!("не открывается файл {}", source.display()))?;
    let mut archive = ZipArchive::new(file).context("это не архив «Наставника» или он повреждён")?;
    let manifest: Manifest = {
        let mut part = archive.by_name(MANIFEST).context("в архиве нет описи: это не архив «Наставника»")?;
        let mut text = String::new();
        part.read_to_string(&mut text)?;
        serde_json::from_str(&text).context("опись архива повреждена")?
    };
    for (name, expected) in &manifest.sha256 {
        ensure!(is_plain(name), "в архиве недопустимое имя {name}");
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let mut part = archive.by_name(name).with_context(|| format!("в архиве нет файла {name}"))?;
        let mut file = File::create(&path)?;
        let found = copy(&mut part, &mut file).with_context(|| format!("файл {name} в архиве повреждён"))?;
        ensure!(found == *expected, "файл {name} в архиве повреждён");
        file.sync_all()?;
    }
    ensure!(manifest.sha256.contains_key(DATABASE), "в архиве нет базы");
    Ok(manifest)
}

/// Only names this program writes: no way out of the folder.
fn is_plain(name: &str) -> bool {
    !name.starts_with('/')
        && !name.contains('\\')
        && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Copies and returns the fingerprint of what was copied.
fn copy(from: &mut impl Read, to: &mut impl Write) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok(ids::hex(&hash.finalize()));
        }
        hash.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_lead_out() {
        for name in ["/etc/passwd", "../x", "files/../../x", "a\\b", "files//x"] {
            assert!(!is_plain(name), "{name}");
        }
        assert!(is_plain("files/ab/abcd"));
    }
}
