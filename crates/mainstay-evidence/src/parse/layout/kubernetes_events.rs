//! Events of a cluster as `kubectl get events` and `kubectl describe` print them. They say how long
//! ago, which is no time: the file's own time is all that places them.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "Kubernetes events",
    &[
        "({word} )?{age} {product-level} {word} {logger} ",
        "~{product-level} {word} {age} (\\({text}\\) )?{word} ",
        "{=LAST SEEN |NAMESPACE |Events:|  Type |  ---- }",
    ],
)
.one_line()];
