//! How a file is packed, told by its first bytes; the extension only raises a complaint.
//!
//! What is *not* here: what the content means (`recognise`).

/// As many bytes as the checks below look at: a tar header.
pub(super) const HEAD_BYTES: usize = 512;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Tar,
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Zip,
    SevenZip,
}

impl Packing {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Tar => "tar",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zip => "zip",
            Self::SevenZip => "7z",
        }
    }

    /// `head` is the start of the file, `HEAD_BYTES` long unless the file is shorter.
    pub(super) fn of(head: &[u8], path: &str) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            // a zstd stream may begin with a skippable frame
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => {
                Some(Self::Bzip2)
            }
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => Some(Self::SevenZip),
            _ if is_tar(head, path) => Some(Self::Tar),
            _ => None,
        }
    }

    /// What the extension promises; `None` when it promises nothing about packing.
    pub(super) fn promised(path: &str) -> Option<&'static [Self]> {
        let extension = extension(path)?;
        Some(match extension.as_str() {
            "tar" => &[Self::Tar],
            "gz" | "tgz" => &[Self::Gzip],
            "zst" | "tzst" => &[Self::Zstd],
            "bz2" | "tbz2" | "tbz" => &[Self::Bzip2],
            "xz" | "txz" => &[Self::Xz],
            "zip" => &[Self::Zip],
            "7z" => &[Self::SevenZip],
            "log" | "txt" | "json" | "jsonl" | "ndjson" | "yaml" | "yml" | "csv" | "xml"
            | "har" | "prom" | "conf" | "cfg" | "ini" | "properties" | "md" | "html" => &[],
            _ => return None,
        })
    }
}

/// Programs and office documents are zips too; their members are nobody's evidence.
pub(super) fn is_document(path: &str) -> bool {
    const DOCUMENTS: [&str; 14] = [
        "jar", "war", "ear", "aar", "apk", "whl", "nupkg", "docx", "xlsx", "pptx", "odt", "ods",
        "odp", "epub",
    ];
    extension(path).is_some_and(|extension| DOCUMENTS.contains(&extension.as_str()))
}

fn extension(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (_, extension) = name.rsplit_once('.')?;
    Some(extension.to_ascii_lowercase())
}

fn is_tar(head: &[u8], path: &str) -> bool {
    if head.len() < HEAD_BYTES {
        return false;
    }
    if &head[257..262] == b"ustar" {
        return true;
    }
    if head.iter().all(|byte| *byte == 0) {
        // an archive without members is zeros only, and so is many a cut log
        return extension(path).is_some_and(|extension| extension == "tar");
    }
    checksum_fits(head)
}

/// Tar before 1988 has no magic, only the sum of its header.
pub(super) fn checksum_fits(header: &[u8]) -> bool {
    let Some(stated) = octal(&header[148..156]) else { return false };
    let sum: u64 = header
        .iter()
        .enumerate()
        .map(|(index, byte)| u64::from(if (148..156).contains(&index) { b' ' } else { *byte }))
        .sum();
    sum == stated
}

pub(super) fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?;
    let digits = text.trim_matches(|letter: char| letter == '\0' || letter == ' ');
    u64::from_str_radix(digits.split(['\0', ' ']).next()?, 8).ok()
}
