//! Which lines belong to the line before them where no header says so: stack traces of Java,
//! Python, Go, Rust, .NET, Node.js, Ruby and PHP, and whatever is indented.

/// Where in a block the last line left us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Block {
    #[default]
    None,
    /// Inside a Python traceback: the next line that is not indented is its last.
    Traceback,
    /// After a Python traceback: a chain sentence may follow.
    AfterTraceback,
    /// Inside a Go panic.
    Goroutine,
}

/// Unindented lines that only go on with what was before them.
const GOES_ON: [&str; 16] = [
    "at ",
    "Caused by: ",
    "Suppressed: ",
    "... ",
    "[CIRCULAR REFERENCE",
    "During handling of the above exception",
    "The above exception was the direct cause",
    "--- End of ",
    "stack backtrace:",
    "Stack trace:",
    "note: run with",
    "note: Some details",
    "thrown in ",
    "from ",
    "exit status ",
    "goroutine ",
];

/// Could the line only be the continuation of another, whatever came before?
pub(crate) fn only_goes_on(line: &str) -> bool {
    let bytes = line.as_bytes();
    match bytes.first() {
        None => false,
        Some(b' ' | b'\t') => true,
        // the frame of a PHP trace; more digits are a history's time
        Some(b'#') => {
            let digits = bytes[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            (1..=3).contains(&digits) && bytes.get(digits + 1) == Some(&b' ')
        }
        Some(b'}' | b']' | b')') => bytes.len() <= 3,
        Some(first) => GOES_ON.iter().any(|start| {
            // nearly every line fails at its first byte
            start.as_bytes().first() == Some(first)
                && line.starts_with(start)
                // `at` and `from` are words of messages too: only with a place after them
                && match *start {
                    "at " => line.contains('('),
                    "from " => line.contains(":in "),
                    "... " => line.ends_with(" more"),
                    "goroutine " => line.ends_with("]:"),
                    _ => true,
                }
        }),
    }
}

impl Block {
    /// Is the last line inside a trace that no header need precede?
    pub(crate) fn is_trace(self) -> bool {
        matches!(self, Self::Traceback | Self::Goroutine)
    }

    /// Does `line` continue the block? Takes the state on.
    pub(crate) fn goes_on(&mut self, line: &str) -> bool {
        let indented = line.starts_with([' ', '\t']);
        let (joins, next) = match *self {
            Self::Traceback if indented => (true, Self::Traceback),
            Self::Traceback => (true, Self::AfterTraceback),
            Self::Goroutine if indented || is_go_frame(line) => (true, Self::Goroutine),
            _ => (only_goes_on(line), Self::None),
        };
        let next = if line.trim_end().ends_with("Traceback (most recent call last):") {
            Self::Traceback
        } else if line.starts_with("goroutine ")
            || line.starts_with("panic: ")
            || line.starts_with("fatal error: ")
        {
            Self::Goroutine
        } else {
            next
        };
        // a traceback's own first line goes on only after a chain sentence
        let chained = *self == Self::AfterTraceback || *self == Self::Traceback;
        *self = next;
        joins || (chained && next == Self::Traceback && !indented)
    }
}

/// `main.main()`, `created by …`, `[signal SIGSEGV …`, `goroutine 1 [running]:`.
fn is_go_frame(line: &str) -> bool {
    line.starts_with("created by ")
        || line.starts_with("[signal ")
        || line.starts_with("goroutine ")
        || line.starts_with("exit status ")
        || (line.ends_with(')') && line.contains('.') && line.contains('(') && !line.contains(": "))
}
