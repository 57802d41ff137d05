//! Files that say what they are in their first bytes.

use super::Format;

const MAGIC: [(&[u8], Format); 26] = [
    (b"\x89PNG\r\n\x1a\n", Format::Png),
    (b"\xff\xd8\xff", Format::Jpeg),
    (b"GIF87a", Format::Gif),
    (b"GIF89a", Format::Gif),
    (b"%PDF-", Format::Pdf),
    (b"\x7fELF", Format::Elf),
    (b"MZ\x90\x00", Format::WindowsExecutable),
    (b"\xd4\xc3\xb2\xa1", Format::PacketCapture),
    (b"\xa1\xb2\xc3\xd4", Format::PacketCapture),
    (b"\x4d\x3c\xb2\xa1", Format::PacketCapture),
    (b"\xa1\xb2\x3c\x4d", Format::PacketCapture),
    (b"\x0a\x0d\x0d\x0a", Format::PacketCapture),
    (b"SQLite format 3\x00", Format::Sqlite),
    (b"\x1f\x8b\x08", Format::Gzip),
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"\x28\xb5\x2f\xfd", Format::Zstd),
    (b"BZh", Format::Bzip2),
    (b"\xfd7zXZ\x00", Format::Xz),
    (b"\xca\xfe\xba\xbe", Format::JavaClass),
    (b"JAVA PROFILE 1.0.", Format::HeapDump),
    (b"ElfFile\x00", Format::WindowsEvents),
    (b"LPKSHHRH", Format::SystemdJournal),
    (b"PAR1", Format::OtherBinary),
    (b"7z\xbc\xaf\x27\x1c", Format::OtherBinary),
    (b"\xed\xab\xee\xdb", Format::OtherBinary),
];

/// Where a tar archive says that it is one.
const TAR_OFFSET: usize = 257;

/// The format by magic bytes.
pub(crate) fn recognise(head: &[u8]) -> Option<Format> {
    if head.get(TAR_OFFSET..TAR_OFFSET + 5) == Some(b"ustar") {
        return Some(Format::Tar);
    }
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, format)| *format)
}
