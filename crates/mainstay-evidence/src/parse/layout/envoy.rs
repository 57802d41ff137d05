//! Envoy and Istio: the access log in its text form. The application log has spdlog's shape.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] =
    &[KnownFormat::new("Envoy access", &["[{time}] {\"}"]).one_line().http_status()];
