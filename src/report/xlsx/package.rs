//! A ZIP archive of files that are stored as they are (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16).

/// The polynomial of CRC-32 as ZIP uses it, bits reversed.
const POLYNOMIAL: u32 = 0xedb8_8320;
// The oldest version that reads stored files.
const VERSION: u16 = 20;
// Names are UTF-8 (bit 11 of the general purpose flag).
const UTF8: u16 = 1 << 11;
// 1980-01-01, the first day that an archive can name: the same report has the same bytes.
const FIRST_DAY: u16 = (1 << 5) | 1;

/// The archive of `files`, each a name and its content.
pub(super) fn stored(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    let mut directory: Vec<u8> = Vec::new();
    for (name, content) in files {
        let offset = length(&out);
        let common = common(name, content);
        out.extend(0x0403_4b50_u32.to_le_bytes());
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(content);
        directory.extend(0x0201_4b50_u32.to_le_bytes());
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&common);
        // No comment, the first disk, plain attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, size) = (length(&out), length(&directory));
    let count = u16::try_from(files.len()).unwrap_or(u16::MAX);
    out.extend(directory);
    out.extend(0x0605_4b50_u32.to_le_bytes());
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

// What stands before a file and in the directory alike.
fn common(name: &str, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(VERSION.to_le_bytes());
    out.extend(UTF8.to_le_bytes());
    // Stored, at midnight.
    out.extend([0; 4]);
    out.extend(FIRST_DAY.to_le_bytes());
    out.extend(checksum(content).to_le_bytes());
    out.extend(length(content).to_le_bytes());
    out.extend(length(content).to_le_bytes());
    out.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend([0; 2]);
    out
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ POLYNOMIAL } else { sum >> 1 }
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        // The check value of CRC-32/ISO-HDLC (RevEng catalogue).
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn an_archive_ends_with_its_directory() {
        let files = [("a.txt".to_owned(), b"one".to_vec()), ("b.txt".to_owned(), Vec::new())];
        let archive = stored(&files);
        assert_eq!(archive.get(..4), Some(&b"PK\x03\x04"[..]));
        let end = archive.len() - 22;
        assert_eq!(archive.get(end..end + 4), Some(&b"PK\x05\x06"[..]));
        assert_eq!(archive.get(end + 10..end + 12), Some(&[2, 0][..]));
    }
}
