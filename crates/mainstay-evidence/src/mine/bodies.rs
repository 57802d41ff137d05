//! Bodies masked on any thread, to be counted later in the order of their lines.

use super::kind::Kind;
use super::mask::Masked;
use super::signatures::{self, Signatures};

/// The masks of a run of bodies.
#[derive(Debug, Default)]
pub(crate) struct MaskedBodies {
    tokens_max: usize,
    pub(super) signatures: Signatures,
    bodies: Vec<Body>,
    variables: Vec<Variable>,
    masked: Masked,
}

/// Bytes of the body, and what they look like.
pub(super) type Variable = (usize, usize, Kind);

#[derive(Debug)]
struct Body {
    /// Number of the signature in this run.
    signature: u32,
    variables: (usize, usize),
}

impl MaskedBodies {
    /// An empty run; of each body `tokens_max` words are looked at.
    pub(crate) fn new(tokens_max: usize) -> Self {
        Self { tokens_max, ..Self::default() }
    }

    /// Masks one more; answers its number.
    pub(crate) fn add(&mut self, body: &str) -> usize {
        self.masked.mask(body, self.tokens_max);
        let signature = &self.masked.signature;
        let hash = signatures::hash(signature);
        let signature = self
            .signatures
            .find(signature, hash)
            .unwrap_or_else(|| self.signatures.add(signature, hash));
        let start = self.variables.len();
        self.variables.extend_from_slice(&self.masked.variables);
        self.bodies.push(Body { signature, variables: (start, self.variables.len()) });
        self.bodies.len() - 1
    }

    /// Forgets all, but keeps its room.
    pub(crate) fn clear(&mut self) {
        self.signatures.clear();
        self.bodies.clear();
        self.variables.clear();
    }

    pub(super) fn signature_of(&self, body: usize) -> u32 {
        self.bodies[body].signature
    }

    pub(super) fn variables_of(&self, body: usize) -> &[Variable] {
        let (start, end) = self.bodies[body].variables;
        &self.variables[start..end]
    }
}
