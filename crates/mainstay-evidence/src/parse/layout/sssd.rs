//! SSSD, whose level is a bit of a mask.

use mainstay_core::Level;

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] =
    &[KnownFormat::new("SSSD", &["\\({time}\\)(:)? {bracket} {bracket} \\({sssd-mask}\\): "])];

/// The level of a mask: the lower bits are the graver ones.
pub(super) fn level(mask: u32) -> Option<Level> {
    Some(match mask {
        0x0010 | 0x0020 => Level::Fatal,
        0x0040 => Level::Error,
        0x0080 => Level::Warn,
        0x0100 | 0x0200 => Level::Info,
        0x0400..=0x0100_0000 => Level::Debug,
        _ => return None,
    })
}
