//! Digits in numbers: looked for without writing the numbers.

/// Words that are nothing but digits.
pub(super) struct Digits {
    value: u64,
    /// The least number with so many digits, and the least with one more.
    least: u64,
    beyond: u64,
    is_zero: bool,
}

impl Digits {
    /// `None` where there are others, or more than a stored number has.
    pub(super) fn of(words: &str) -> Option<Self> {
        /// So many fit, whatever they are.
        const DIGITS_MAX: usize = 18;
        let fits = words.len() <= DIGITS_MAX && words.bytes().all(|byte| byte.is_ascii_digit());
        let value = words.parse().ok().filter(|_| fits)?;
        let beyond = 10_u64.pow(u32::try_from(words.len()).ok()?);
        Some(Self { value, least: beyond / 10, beyond, is_zero: words == "0" })
    }

    /// Does the number, as it is written, hold them?
    pub(super) fn are_in(&self, number: u64) -> bool {
        // most numbers are small, and small ones divide faster
        if let (Ok(number), Ok(value), Ok(least), Ok(beyond)) = (
            u32::try_from(number),
            u32::try_from(self.value),
            u32::try_from(self.least),
            u32::try_from(self.beyond),
        ) {
            let mut rest = number;
            while rest >= least {
                if rest % beyond == value {
                    return true;
                }
                rest /= 10;
            }
        } else {
            let mut rest = number;
            while rest >= self.least {
                if rest % self.beyond == self.value {
                    return true;
                }
                rest /= 10;
            }
        }
        self.is_zero && number == 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn digits_are_in_a_number_as_in_its_text(
            number in prop_oneof![any::<u32>().prop_map(u64::from), 0..10_000_u64, any::<u64>()],
            words in "[0-9]{1,5}",
        ) {
            let number = number >> 1;
            let digits = Digits::of(&words).expect("digits");
            prop_assert_eq!(digits.are_in(number), number.to_string().contains(&words));
        }
    }

    #[test]
    fn zeros_in_front_count() {
        let check = |words: &str, number, expect| {
            assert_eq!(
                Digits::of(words).expect("digits").are_in(number),
                expect,
                "{words} {number}"
            );
        };
        check("0", 0, true);
        check("00", 0, false);
        check("0471", 10_471, true);
        check("0471", 471, false);
        check("7", 0, false);
        assert!(Digits::of("4a").is_none() && Digits::of("").is_none());
    }
}
