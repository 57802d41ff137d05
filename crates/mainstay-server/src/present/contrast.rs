//! A window of time against the rest.

use mainstay_app::line;

use crate::dto::contrast as dto;

pub(crate) fn contrast(found: &line::Contrast) -> dto::Contrast {
    dto::Contrast {
        inside: found.inside,
        outside: found.outside,
        untimed: found.untimed,
        sampled: found.sampled,
        compared: found.compared,
        fields: found.fields.iter().map(field).collect(),
    }
}

fn field(found: &line::FieldContrast) -> dto::FieldContrast {
    dto::FieldContrast {
        field: found.field.clone(),
        distance: found.distance,
        values: found.values.iter().map(value).collect(),
        others: found.others,
    }
}

fn value(found: &line::ValueContrast) -> dto::ValueContrast {
    dto::ValueContrast {
        value: found.value.clone(),
        label: found.label.clone(),
        inside: found.inside,
        outside: found.outside,
        inside_share: found.inside_share,
        outside_share: found.outside_share,
        effect: found.effect,
        false_discovery: found.false_discovery,
    }
}
