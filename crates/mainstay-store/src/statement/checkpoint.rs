//! Signed checkpoints of the log.

use super::statements;

statements! {
    CHECKPOINTS = "select number, text, signature, public_key from checkpoint order by number";
    INSERT_CHECKPOINT = "insert into checkpoint (number, text, signature, public_key) \
        values ($1, $2, $3, $4)";
}
