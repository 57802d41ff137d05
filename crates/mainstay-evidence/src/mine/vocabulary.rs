//! The closed lists of words that masking knows. General words only: a list that names a product
//! would be a recogniser in the wrong place.

/// Top-level names that end a host name. Left out: those that end file and property names
/// (`id`, `name`, `sh`, `py`, `rs`, `so`, `is`, `info`), because a false host hides an event.
pub(super) const TOP_LEVEL: [&str; 26] = [
    "com", "org", "net", "edu", "gov", "mil", "int", "de", "uk", "eu", "fr", "ch", "at", "nl",
    "it", "es", "pl", "se", "cn", "jp", "kr", "hk", "ru", "br", "local", "internal",
];

/// Technical names that hold digits and never vary by themselves.
pub(super) const FIXED_NAMES: [&str; 22] = [
    "md5", "sha1", "sha256", "sha384", "sha512", "base32", "base64", "utf8", "utf-8", "utf-16",
    "utf16", "x86", "x86_64", "x64", "i386", "i686", "amd64", "arm64", "aarch64", "win32", "ipv4",
    "ipv6",
];

/// Units of time and of size, as they stand glued to a number.
pub(super) const TIME_UNITS: [&str; 14] =
    ["ns", "us", "µs", "ms", "s", "m", "h", "d", "sec", "secs", "min", "mins", "hrs", "days"];
pub(super) const SIZE_UNITS: [&str; 21] = [
    "b", "k", "kb", "kib", "ki", "m", "mb", "mib", "mi", "g", "gb", "gib", "gi", "t", "tb", "tib",
    "ti", "pb", "pib", "bytes", "byte",
];

/// Errno names seen in logs; a pattern like `E[A-Z]+` would also take `ERROR` and `EVENT`.
pub(super) const ERRNO_NAMES: [&str; 30] = [
    "EACCES",
    "EADDRINUSE",
    "EADDRNOTAVAIL",
    "EAGAIN",
    "EBADF",
    "EBUSY",
    "ECONNABORTED",
    "ECONNREFUSED",
    "ECONNRESET",
    "EEXIST",
    "EFAULT",
    "EHOSTUNREACH",
    "EINTR",
    "EINVAL",
    "EIO",
    "EISDIR",
    "EMFILE",
    "ENETUNREACH",
    "ENFILE",
    "ENOENT",
    "ENOMEM",
    "ENOSPC",
    "ENOTCONN",
    "ENOTDIR",
    "ENOTEMPTY",
    "ENOTFOUND",
    "EPERM",
    "EPIPE",
    "EROFS",
    "ETIMEDOUT",
];

/// Nouns of things that have names: what stands behind them, or behind `noun=`, is a name.
pub(super) const NAMED_THINGS: [&str; 22] = [
    "user",
    "username",
    "ruser",
    "login",
    "account",
    "host",
    "hostname",
    "rhost",
    "node",
    "pod",
    "container",
    "instance",
    "session",
    "queue",
    "topic",
    "table",
    "database",
    "file",
    "path",
    "interface",
    "device",
    "namespace",
];

/// Words that dates are written with.
pub(super) const CALENDAR: [&[u8; 3]; 19] = [
    b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun", b"Jan", b"Feb", b"Mar", b"Apr", b"May",
    b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];
