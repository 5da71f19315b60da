//! How a file is packed, told by its first bytes.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use flate2::read::MultiGzDecoder;

use crate::error::Refusal;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Parquet,
    /// Packed in a way that is not read.
    Foreign(&'static str),
    Empty,
}

/// Reads the first bytes.
pub(crate) fn packing_of(path: &Path) -> Result<Packing, Refusal> {
    let mut start = [0_u8; 4];
    let mut file = File::open(path).map_err(Refusal::Io)?;
    let mut held = 0;
    while let Some(rest) = start.get_mut(held..).filter(|rest| !rest.is_empty()) {
        match file.read(rest).map_err(Refusal::Io)? {
            0 => break,
            count => held += count,
        }
    }
    Ok(match start.get(..held).unwrap_or_default() {
        [] => Packing::Empty,
        [b'P', b'A', b'R', b'1', ..] => Packing::Parquet,
        [0x1f, 0x8b, ..] => Packing::Gzip,
        [b'P', b'K', 3, 4, ..] => Packing::Foreign("a zip archive or an Excel workbook"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Packing::Foreign("packed with zstd"),
        [b'B', b'Z', b'h', ..] => Packing::Foreign("packed with bzip2"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Packing::Foreign("UTF-16 text, not UTF-8"),
        _ => Packing::Plain,
    })
}

/// Whether a file is text, gzipped or not.
pub(crate) fn is_plain(path: &Path) -> Result<bool, Refusal> {
    Ok(matches!(packing_of(path)?, Packing::Plain | Packing::Gzip))
}

/// The first `bytes` of a text file, unpacked; what is no UTF-8 is marked.
pub(crate) fn start_of(path: &Path, bytes: u64) -> Result<String, Refusal> {
    let mut start = Vec::new();
    reader(path)?.take(bytes).read_to_end(&mut start).map_err(refusal_of)?;
    Ok(String::from_utf8_lossy(&start).into_owned())
}

/// The bytes of a plain or gzip file.
pub(crate) fn reader(path: &Path) -> Result<Box<dyn Read + Send>, Refusal> {
    let file = File::open(path).map_err(Refusal::Io)?;
    Ok(match packing_of(path)? {
        Packing::Gzip => Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 18, file))),
        Packing::Plain | Packing::Parquet | Packing::Foreign(_) | Packing::Empty => Box::new(file),
    })
}

/// What a failing read means to a person.
pub(crate) fn refusal_of(error: io::Error) -> Refusal {
    let broken =
        [io::ErrorKind::UnexpectedEof, io::ErrorKind::InvalidInput, io::ErrorKind::InvalidData];
    if broken.contains(&error.kind()) { Refusal::TruncatedGzip } else { Refusal::Io(error) }
}
