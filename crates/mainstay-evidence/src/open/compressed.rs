//! Single-stream compressions: gzip, zstd, bzip2, xz, as bounded readers.

use std::io::{self, BufReader, Read};

use super::meter::{Counted, Metered};
use super::packing::Packing;
use super::unpack::{Item, Stop, Unpacker};

/// Unpacks the one stream inside; it keeps the name of its file.
pub(super) fn walk(
    unpacker: &mut Unpacker<'_>,
    packing: Packing,
    item: Item<'_>,
) -> Result<(), Stop> {
    let counted = Counted::new(item.reader);
    let packed = counted.count();
    let window_bytes = unpacker.limits.zstd_window_bytes;
    let path = item.path.clone();
    unpacker.container(packed, |unpacker, layer| {
        let decoder = match decoder(packing, counted, window_bytes) {
            Ok(decoder) => decoder,
            Err(error) => return unpacker.read_error(&path, &error),
        };
        let mut metered = Metered::new(decoder, unpacker.meter.clone(), layer);
        unpacker.item(Item {
            path: item.path,
            prefix: item.prefix,
            modified: item.modified,
            depth: item.depth,
            compressed: true,
            reader: &mut metered,
        })
    })
}

fn decoder<'a>(
    packing: Packing,
    reader: impl Read + 'a,
    window_bytes: u64,
) -> io::Result<Box<dyn Read + 'a>> {
    let reader = BufReader::with_capacity(32 << 10, reader);
    Ok(match packing {
        Packing::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(reader)?;
            decoder.window_log_max(window_bytes.max(1 << 10).ilog2())?;
            Box::new(decoder)
        }
        Packing::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(reader)),
        Packing::Xz => {
            let memory_kb = u32::try_from(window_bytes >> 10).unwrap_or(u32::MAX);
            Box::new(lzma_rust2::XzReader::new_mem_limit(reader, true, memory_kb))
        }
        _ => Box::new(flate2::read::MultiGzDecoder::new(reader)),
    })
}

/// zstd has no error kind for a window beyond the limit, only this text.
pub(super) fn is_window(error: &io::Error) -> bool {
    error.to_string().contains("requires too much memory")
}
