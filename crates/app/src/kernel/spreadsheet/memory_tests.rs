//! Peak memory of reading hostile files, each in a process of its own: an aborted allocation cannot be caught here.

use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

use super::tests::{book_with, sheet};
use super::{Limits, Workbook};

const FILE: &str = "NASTAVNIK_TEST_WORKBOOK";
/// trust: a hostile file may cost this much over an honest one.
const ALLOWANCE_KIB: u64 = 64 << 10;

/// Run by the test below in a child process with the file in the environment.
#[test]
#[ignore = "a part of hostile_files_cost_little_memory, which runs it as a process of its own"]
fn child_reads_one_file() {
    let Ok(path) = std::env::var(FILE) else { return };
    let opened = Workbook::open_path(Path::new(&path), &Limits::UPLOAD);
    let outcome = opened.and_then(|mut book| {
        let name = book.sheets()[0].clone();
        book.read(&name, |_, _| ControlFlow::Continue(()))
    });
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("outcome {outcome:?} peak {}", peak.trim().trim_end_matches(" kB"));
}

fn peak_kib(folder: &Path, name: &str, bytes: &[u8]) -> u64 {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "kernel::spreadsheet::memory_tests::child_reads_one_file",
            "--ignored",
            "--nocapture",
        ])
        .env(FILE, &path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{name}: {said}");
    let (_, peak) = said.split_once(" peak ").unwrap_or_else(|| panic!("{name}: {said}"));
    peak.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn hostile_files_cost_little_memory() {
    let folder = std::env::temp_dir().join(format!("nastavnik-spreadsheet-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let one = sheet(r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#);
    let base = peak_kib(&folder, "honest.xlsx", &book_with(&[], &one));

    let texts: String = (0..499_000_u32).map(unique_text).collect();
    let texts = format!("<sst>{texts}</sst>");
    let fonts = format!("<styleSheet><fonts>{}</fonts></styleSheet>", "<font><b/></font>".repeat(49_000));
    let reserve = r#"<sst uniqueCount="22888888888"><si><t>a</t></si></sst>"#;
    let cells: String = (0..999_000_u32).map(one_cell).collect();
    let cells = sheet(&format!("<sheetData>{cells}</sheetData>"));
    let far = sheet(
        r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>"#,
    );
    let hostile = [
        ("texts.xlsx", book_with(&[("xl/sharedStrings.xml", texts.as_bytes())], &one)),
        ("fonts.xlsx", book_with(&[("xl/styles.xml", fonts.as_bytes())], &one)),
        ("reserve.xlsx", book_with(&[("xl/sharedStrings.xml", reserve.as_bytes())], &one)),
        ("zeros.xlsx", book_with(&[("xl/media/a.png", &vec![0; 80 << 20])], &one)),
        ("cells.xlsx", book_with(&[], &cells)),
        ("far.xlsx", book_with(&[], &far)),
    ];
    for (name, bytes) in hostile {
        let peak = peak_kib(&folder, name, &bytes);
        assert!(peak <= base + ALLOWANCE_KIB, "{name}: {peak} KiB, an honest file: {base} KiB");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Texts that differ, so that the file is not refused for its ratio.
fn unique_text(index: u32) -> String {
    format!(
        "<si><t>{:08x}{:08x}</t></si>",
        index.wrapping_mul(2_654_435_761),
        index.wrapping_mul(40_503) ^ 0x5a5a_5a5a
    )
}

fn one_cell(index: u32) -> String {
    let value = index.wrapping_mul(2_654_435_761);
    match index % 20 {
        0 => format!("<row><c><v>{value}</v></c>"),
        19 => format!("<c><v>{value}</v></c></row>"),
        _ => format!("<c><v>{value}</v></c>"),
    }
}
