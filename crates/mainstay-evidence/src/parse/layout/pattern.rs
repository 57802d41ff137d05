//! Header layouts as text: `{field}` as in `Step::field`, a blank is one or more blanks or tabs, `~`
//! is any number of them, `( … )?` may be missing, `{=a|b}` is the beginning of the message, `\`
//! makes the next byte literal, everything else is literal.

use super::Step;

/// The steps of a pattern.
pub(super) fn parse(pattern: &str) -> Vec<Step> {
    let mut bytes = pattern.bytes().peekable();
    let mut steps = parse_steps(&mut bytes, false);
    bind_terminators(&mut steps);
    steps
}

/// Weight of a field against a literal letter: `haproxy[` says more than any program's name.
const FIELD_WEIGHT: usize = 4;

/// How much the steps name.
pub(super) fn weight(steps: &[Step]) -> usize {
    steps
        .iter()
        .map(|step| match step {
            Step::Byte(byte) => usize::from(byte.is_ascii_alphabetic()),
            Step::Blank | Step::MaybeBlank | Step::Peek(_) | Step::End | Step::GoesOn => 0,
            // what may be missing says nothing about how well a layout fits
            Step::Optional(_) => 0,
            Step::Level
            | Step::LevelPart
            | Step::Letter
            | Step::RedisMark
            | Step::Time
            | Step::Program => 2 * FIELD_WEIGHT,
            Step::Path | Step::Call | Step::MysqlCommand => 2 * FIELD_WEIGHT,
            Step::Epoch
            | Step::SameTime
            | Step::Day
            | Step::Date
            | Step::ShortLevel
            | Step::SssdMask
            | Step::WebSphereLetter => 2 * FIELD_WEIGHT,
            _ => FIELD_WEIGHT,
        })
        .sum()
}

fn parse_steps(
    bytes: &mut std::iter::Peekable<std::str::Bytes<'_>>,
    inside_group: bool,
) -> Vec<Step> {
    let mut steps = Vec::new();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' => {
                let mut name = String::new();
                for byte in bytes.by_ref().take_while(|byte| *byte != b'}') {
                    name.push(char::from(byte));
                }
                steps.push(Step::field(&name));
            }
            b'(' => steps.push(Step::Optional(parse_steps(bytes, true))),
            b')' if inside_group => {
                let mark = bytes.next();
                debug_assert_eq!(mark, Some(b'?'), "a group may be missing");
                return steps;
            }
            b' ' => steps.push(Step::Blank),
            b'~' => steps.push(Step::MaybeBlank),
            b'\\' => steps.push(Step::Byte(bytes.next().unwrap_or(b'\\'))),
            other => steps.push(Step::Byte(other)),
        }
    }
    steps
}

/// A word ends at the literal that follows it; a free text at the whole run of literals.
fn bind_terminators(steps: &mut [Step]) {
    for index in 0..steps.len() {
        let (done, rest) = steps.split_at_mut(index + 1);
        match &mut done[index] {
            Step::Word(end) | Step::Logger(end) => *end = first_byte(rest),
            Step::Text(end) => *end = literal_run(rest),
            Step::Optional(inner) => bind_terminators(inner),
            _ => {}
        }
    }
}

fn first_byte(steps: &[Step]) -> Option<u8> {
    match steps.first()? {
        Step::Byte(byte) => Some(*byte),
        Step::Optional(inner) => first_byte(inner),
        Step::MaybeBlank => first_byte(&steps[1..]),
        _ => None,
    }
}

fn literal_run(steps: &[Step]) -> Vec<u8> {
    steps
        .iter()
        .map_while(|step| match step {
            Step::Byte(byte) | Step::Peek(byte) => Some(*byte),
            Step::Blank => Some(b' '),
            _ => None,
        })
        .collect()
}

impl Step {
    fn field(name: &str) -> Self {
        match name {
            "time" => Self::Time,
            "level" => Self::Level,
            "product-level" => Self::ProductLevel,
            "letter" => Self::Letter,
            "redis-mark" => Self::RedisMark,
            "priority" => Self::Priority,
            "number" => Self::Number,
            "status" => Self::Status,
            "uptime" => Self::Uptime,
            "call" => Self::Call,
            "mysql-command" => Self::MysqlCommand,
            "word" => Self::Word(None),
            "logger" => Self::Logger(None),
            "host" => Self::Host,
            "module" => Self::Module,
            "path" => Self::Path,
            "end" => Self::End,
            "program" => Self::Program,
            "text" => Self::Text(Vec::new()),
            "bracket" => Self::Bracket,
            "structured" => Self::Structured,
            "short-level" => Self::ShortLevel,
            "sssd-mask" => Self::SssdMask,
            "epoch" => Self::Epoch,
            "same-time" => Self::SameTime,
            "day" => Self::Day,
            "source" => Self::Source,
            "age" => Self::Age,
            "spans" => Self::Spans,
            "hex8" => Self::Hex8,
            "websphere-letter" => Self::WebSphereLetter,
            "level-part" => Self::LevelPart,
            "goes-on" => Self::GoesOn,
            beginnings if beginnings.starts_with('=') => {
                let texts = beginnings[1..].split('|').map(|text| text.as_bytes().to_vec());
                Self::Begins(texts.collect())
            }
            quote => Self::Peek(quote.bytes().next().unwrap_or(b'"')),
        }
    }
}
