//! Runs the steps of one header layout over a line.

use mainstay_core::Level;

use super::{Matched, Step, ibm, mysql, sssd, strace, text, vmware};
use crate::parse::level;
use crate::stamp::{self, Stamp, TimeLayout};

/// The longest free text inside a header; more is a message.
const TEXT_LENGTH_MAX: usize = 200;

/// The state of one reading.
pub(super) struct Matcher<'t> {
    text: &'t [u8],
    time: Option<TimeLayout>,
    found: Matched,
}

impl<'t> Matcher<'t> {
    /// Runs the steps over the start of a text.
    pub(super) fn read(
        steps: &[Step],
        text: &'t [u8],
        time: Option<TimeLayout>,
    ) -> Option<Matched> {
        let mut matcher = Self { text, time, found: Matched::default() };
        let cut = matcher.run(steps, 0)?;
        Some(Matched { cut, ..matcher.found })
    }

    fn run(&mut self, steps: &[Step], start: usize) -> Option<usize> {
        let mut at = start;
        for (index, step) in steps.iter().enumerate() {
            if let Step::Optional(inner) = step {
                let saved = self.found;
                let rest = &steps[index + 1..];
                if let Some(middle) = self.run(inner, at)
                    && let Some(end) = self.run(rest, middle)
                {
                    return Some(end);
                }
                self.found = saved;
                return self.run(rest, at);
            }
            at = self.step(step, at)?;
        }
        Some(at)
    }

    fn step(&mut self, step: &Step, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let length = match step {
            Step::Byte(byte) => (rest.first() == Some(byte)).then_some(1)?,
            Step::Peek(byte) => (rest.first() == Some(byte)).then_some(0)?,
            Step::MaybeBlank => text::blanks(rest),
            Step::Blank => match text::blanks(rest) {
                // a header without a message ends with the line
                0 if rest.is_empty() => 0,
                0 => return None,
                length => length,
            },
            Step::Time => self.time(rest)?,
            Step::Level => self.level(level::scan(rest)?),
            Step::LevelPart => {
                let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                let level = level::from_word(std::str::from_utf8(&rest[..length]).ok()?)?;
                self.level((level, length))
            }
            Step::ProductLevel => match level::scan_product(rest) {
                Some(found) => self.level(found),
                None => {
                    self.found.goes_on = true;
                    level::scan_continuation(rest)?
                }
            },
            Step::Letter => {
                let letter = level::from_letter(*rest.first()?)?;
                // MongoDB counts its debug levels
                let counted = rest[0] == b'D' && matches!(rest.get(1), Some(b'1'..=b'5'));
                self.level((letter, 1 + usize::from(counted)))
            }
            Step::RedisMark => self.level((level::from_redis_mark(*rest.first()?)?, 1)),
            Step::Priority => {
                let digits = text::number(rest)?;
                let value = std::str::from_utf8(&rest[..digits]).ok()?.parse::<u64>().ok()?;
                self.level((level::from_syslog(value % 8)?, digits))
            }
            Step::ShortLevel => {
                let letters = std::str::from_utf8(rest.get(..2)?).ok()?;
                self.level((vmware::level(letters)?, 2))
            }
            Step::SssdMask => {
                let digits = rest.strip_prefix(b"0x")?.get(..4)?;
                let mask = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
                self.level((sssd::level(mask)?, 6))
            }
            Step::Epoch => self.states(stamp::scan_epoch(rest)?),
            Step::SameTime => self.same_time(rest)?,
            Step::Day => text::day(rest)?,
            Step::Date => self.states(stamp::scan_header_day(rest)?),
            Step::Source => text::source(rest)?,
            Step::Age => text::age(rest)?,
            Step::Spans => text::spans(rest)?,
            Step::Hex8 => {
                let digits = rest.get(..8)?;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(8)?
            }
            Step::WebSphereLetter => self.level((ibm::level(rest)?, 1)),
            Step::GoesOn => {
                self.found.goes_on = true;
                0
            }
            Step::Begins(texts) => texts.iter().any(|text| rest.starts_with(text)).then_some(0)?,
            Step::Number => text::number(rest)?,
            Step::Status => self.status(rest)?,
            Step::Uptime => self.uptime(rest)?,
            Step::Call => strace::is_call(rest).then_some(0)?,
            Step::MysqlCommand => mysql::command(rest)?,
            Step::Word(end) => text::word(rest, *end)?,
            Step::Logger(end) => text::logger(rest, *end)?,
            Step::Host => text::host(rest)?,
            Step::Module => text::module(rest)?,
            Step::Path => {
                let length = text::logger(rest, Some(b':'))?;
                memchr::memmem::find(&rest[..length], b"::").map(|_| length)?
            }
            Step::End => rest.is_empty().then_some(0)?,
            Step::Program => text::program(rest)?,
            Step::Text(end) => {
                let window = &rest[..rest.len().min(TEXT_LENGTH_MAX)];
                memchr::memmem::find(window, end)?
            }
            Step::Bracket => text::bracket(rest)?,
            Step::Structured => text::structured(rest)?,
            // `run` takes groups apart
            Step::Optional(_) => return None,
        };
        Some(at + length)
    }

    fn time(&mut self, rest: &[u8]) -> Option<usize> {
        let (stamp, layout, length) = match self.time {
            Some(layout) => {
                let (stamp, length) = stamp::scan_as(layout, rest)?;
                (stamp, layout, length)
            }
            None => stamp::scan(rest)?,
        };
        self.found.stamp = Some((stamp, layout));
        Some(length)
    }

    fn states(&mut self, (stamp, layout, length): (Stamp, TimeLayout, usize)) -> usize {
        self.found.stamp = Some((stamp, layout));
        length
    }

    /// A local time beside an epoch of whole seconds gives what those lack.
    fn same_time(&mut self, rest: &[u8]) -> Option<usize> {
        let (local, _, length) = stamp::scan(rest)?;
        if let Some((stamp, _)) = &mut self.found.stamp {
            *stamp = stamp.refined(&local);
        }
        Some(length)
    }

    /// Three digits that state a level, or a dash that states nothing.
    fn status(&mut self, rest: &[u8]) -> Option<usize> {
        if rest.first() == Some(&b'-') {
            return Some(1);
        }
        let digits = text::number(rest).filter(|digits| *digits == 3)?;
        let status = std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()?;
        self.found.level = Some(level::from_http_status(status)?);
        Some(digits)
    }

    /// A moment beside it is surer.
    fn uptime(&mut self, rest: &[u8]) -> Option<usize> {
        let (stamp, layout, length) = stamp::scan_uptime(rest)?;
        self.found.stamp.get_or_insert((stamp, layout));
        Some(length)
    }

    fn level(&mut self, (level, length): (Level, usize)) -> usize {
        self.found.level = Some(level);
        length
    }
}
