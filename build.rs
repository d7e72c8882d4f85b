//! Names the rules that a program has by a hash of its sources, so that a run can tell whether another program wrote the
//! tables that it finds.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    let mut files = BTreeMap::new();
    collect(Path::new("src"), &mut files)?;
    // FNV-1a: the same on all machines and in all versions of the compiler.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let bytes = files
        .iter()
        .flat_map(|(path, text)| path.bytes().chain([0]).chain(text.iter().copied()));
    for byte in bytes.filter(|byte| *byte != b'\r') {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    println!("cargo::rustc-env=PARC_ETL_SOURCES={hash:016x}");
    Ok(())
}

fn collect(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            let name = path.to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(&path)?);
        }
    }
    Ok(())
}
