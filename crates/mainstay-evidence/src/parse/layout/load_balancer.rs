//! Access logs of AWS load balancers. The first status is the balancer's own answer; the second,
//! of the target, may be `-`.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[
    KnownFormat::new(
        "AWS ALB",
        &[
            "{host} {time} {word} {word} {word} {word} {word} {word} {status} {word} {number} {number} {\"}",
        ],
    )
    .one_line(),
    KnownFormat::new(
        "AWS ELB",
        &[
            "{time} {word} {word} {word} {word} {word} {word} {status} {word} {number} {number} {\"}",
        ],
    )
    .one_line(),
];
