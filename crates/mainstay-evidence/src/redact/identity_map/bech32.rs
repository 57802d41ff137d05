//! Bech32 (BIP 173): how age writes its keys.

const LETTERS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const CHECK_LETTERS: usize = 6;

/// `prefix1data` in lower case.
pub(super) fn encode(prefix: &str, bytes: &[u8]) -> String {
    let mut data = regroup(bytes, 8, 5, true).unwrap_or_default();
    let mut checked = expanded(prefix);
    checked.extend(&data);
    checked.extend([0; CHECK_LETTERS]);
    let code = polymod(&checked) ^ 1;
    data.extend((0..CHECK_LETTERS).map(|index| (code >> (5 * (5 - index)) & 31) as u8));
    let letters = data.iter().map(|value| char::from(LETTERS[usize::from(*value)]));
    format!("{prefix}1{}", letters.collect::<String>())
}

/// The bytes behind `prefix`, if the check fits. All in one case.
pub(super) fn decode(prefix: &str, text: &str) -> Option<Vec<u8>> {
    let lower = text.to_ascii_lowercase();
    if lower != text && text.to_ascii_uppercase() != text {
        return None;
    }
    let data = lower.strip_prefix(prefix)?.strip_prefix('1')?;
    let place = |letter: u8| LETTERS.iter().position(|known| *known == letter);
    let values: Vec<u8> =
        data.bytes().map(|letter| place(letter).map(|at| at as u8)).collect::<Option<_>>()?;
    let mut checked = expanded(prefix);
    checked.extend(&values);
    let payload = values.len().checked_sub(CHECK_LETTERS)?;
    (polymod(&checked) == 1).then(|| regroup(&values[..payload], 5, 8, false)).flatten()
}

/// Groups of `from` bits as groups of `to` bits. What is left over must be nothing when reading.
fn regroup(values: &[u8], from: u32, to: u32, pads: bool) -> Option<Vec<u8>> {
    let (mut bits, mut count, mut groups) = (0_u32, 0, Vec::new());
    let mask = (1 << to) - 1;
    for value in values {
        bits = (bits << from | u32::from(*value)) & 0xfff;
        count += from;
        while count >= to {
            count -= to;
            groups.push((bits >> count & mask) as u8);
        }
    }
    let rest = bits << (to - count) & mask;
    if pads && count > 0 {
        groups.push(rest as u8);
    } else if !pads && (count >= from || rest != 0) {
        return None;
    }
    Some(groups)
}

fn expanded(prefix: &str) -> Vec<u8> {
    let high = prefix.bytes().map(|byte| byte >> 5);
    high.chain([0]).chain(prefix.bytes().map(|byte| byte & 31)).collect()
}

fn polymod(values: &[u8]) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.iter().fold(1, |check, value| {
        let top = check >> 25;
        let next = (check & 0x01ff_ffff) << 5 ^ u32::from(*value);
        let taken = GENERATOR.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1);
        taken.fold(next, |check, (_, term)| check ^ term)
    })
}
