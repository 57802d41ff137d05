//! SPDX expressions as crates write them: names joined by `AND`, `OR` (or the old `/`), `WITH` and
//! brackets. Only the question "is it allowed" is answered; names are not checked against SPDX.

/// Does the expression hold when exactly the names that `allowed` accepts may be used?
pub(super) fn holds(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Parser { words: &words, place: 0, allowed };
    let holds = parser.any();
    // what is left over was not understood, and what is not understood is not allowed
    holds && parser.place == words.len()
}

struct Parser<'words> {
    words: &'words [&'words str],
    place: usize,
    allowed: &'words dyn Fn(&str) -> bool,
}

impl Parser<'_> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.place) == Some(&word);
        self.place += usize::from(found);
        found
    }

    fn any(&mut self) -> bool {
        let mut holds = self.every();
        while self.take("OR") {
            holds |= self.every();
        }
        holds
    }

    fn every(&mut self) -> bool {
        let mut holds = self.one();
        while self.take("AND") {
            holds &= self.one();
        }
        holds
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let holds = self.any();
            return self.take(")") && holds;
        }
        let Some(name) = self.words.get(self.place) else { return false };
        self.place += 1;
        if !self.take("WITH") {
            return (self.allowed)(name);
        }
        let exception = self.words.get(self.place).copied().unwrap_or_default();
        self.place += 1;
        (self.allowed)(&format!("{name} WITH {exception}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expression: &str, expect: bool) {
        let allowed = |name: &str| ["MIT", "Apache-2.0", "BSD-3-Clause"].contains(&name);
        assert_eq!(holds(expression, &allowed), expect, "{expression}");
    }

    #[test]
    fn expressions_are_judged() {
        check("MIT", true);
        check("MIT/Apache-2.0", true);
        check("GPL-3.0 OR MIT", true);
        check("GPL-3.0 AND MIT", false);
        check("(MIT OR GPL-3.0) AND BSD-3-Clause", true);
        check("MIT OR GPL-3.0 AND BSD-3-Clause", true);
        check("Apache-2.0 WITH LLVM-exception", false);
        check("", false);
        check("MIT )", false);
    }
}
