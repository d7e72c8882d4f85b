//! A file that is hashed while it is written.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Size and hash of a finished file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Digest {
    pub bytes: u64,
    /// Hexadecimal.
    pub blake3: String,
}

/// Counts and hashes what is written.
pub(super) struct DigestWriter {
    file: BufWriter<File>,
    bytes: u64,
    hasher: blake3::Hasher,
}

impl DigestWriter {
    /// Creates the file.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(DigestWriter {
            file: BufWriter::with_capacity(1 << 16, File::create(path)?),
            bytes: 0,
            hasher: blake3::Hasher::new(),
        })
    }

    /// Waits until everything is on disk.
    pub fn finish(self) -> io::Result<Digest> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(Digest {
            bytes: self.bytes,
            blake3: self.hasher.finalize().to_hex().to_string(),
        })
    }
}

impl Write for DigestWriter {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.bytes += written as u64;
        self.hasher.update(&buffer[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
