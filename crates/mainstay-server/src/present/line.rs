//! Lines and the numbers around them.

use mainstay_app::line;

use crate::dto::{self, maybe_time};

pub(crate) fn row(line: &line::LineRow) -> dto::line::Line {
    dto::line::Line {
        row: line.row,
        position: line.position,
        file: line.file,
        line: line.line,
        lines: line.lines,
        source: line.source,
        time: maybe_time(line.time),
        time_confidence: line.time_confidence.as_str().to_owned(),
        level: line.level.map(Into::into),
        template: line.template.clone(),
        text: line.text.clone(),
        more: line.more.clone(),
        more_lines: line.more_lines,
        body_start: line.body_start,
    }
}

pub(crate) fn window(window: &line::Window) -> dto::line::LineWindow {
    dto::line::LineWindow {
        total: window.total,
        hidden: window.hidden,
        offset: window.offset,
        lines: window.lines.iter().map(row).collect(),
    }
}

pub(crate) fn detail(line: &line::LineFull, pinned: Option<String>) -> dto::line::LineDetail {
    dto::line::LineDetail {
        line: row(&line.line),
        path: line.path.clone(),
        offset: line.offset,
        header: line.header.clone(),
        body: line.body.clone(),
        more_full: line.more_full.clone(),
        trace_id: line.trace_id.clone(),
        span_id: line.span_id.clone(),
        request_id: line.request_id.clone(),
        variables: line.variables.clone(),
        pinned,
    }
}

pub(crate) fn histogram(histogram: &line::Histogram) -> dto::line::Histogram {
    let buckets = histogram.buckets.iter().map(|bucket| dto::line::Bucket {
        all: bucket.all,
        error: bucket.error,
        warn: bucket.warn,
    });
    dto::line::Histogram {
        start: maybe_time(histogram.start),
        width_us: histogram.width_us,
        buckets: buckets.collect(),
        untimed: histogram.untimed,
        total: histogram.total,
    }
}

pub(crate) fn facets(facets: &line::Facets) -> dto::line::Facets {
    dto::line::Facets {
        levels: facets.levels.iter().map(facet_value).collect(),
        sources: facets.sources.iter().map(facet_value).collect(),
        files: facets.files.iter().map(facet_value).collect(),
    }
}

pub(crate) fn field_facet(facet: &line::FieldFacet) -> dto::line::FieldFacet {
    dto::line::FieldFacet {
        values: facet.values.iter().map(facet_value).collect(),
        others: facet.others,
        others_records: facet.others_records,
        without: facet.without,
    }
}

fn facet_value(value: &line::FacetValue) -> dto::line::FacetValue {
    dto::line::FacetValue {
        value: value.value.clone(),
        label: value.label.clone(),
        count: value.count,
    }
}

/// A name with a count.
pub(crate) fn counted((name, count): &(String, u64)) -> dto::line::FacetValue {
    dto::line::FacetValue { value: name.clone(), label: name.clone(), count: *count }
}

pub(crate) fn templates(list: &line::TemplateList) -> dto::line::TemplateList {
    dto::line::TemplateList {
        items: list.items.iter().map(template).collect(),
        others: list.others,
        others_records: list.others_records,
    }
}

fn template(template: &line::TemplateRow) -> dto::line::Template {
    let example = template.example.as_ref().map(super::place);
    dto::line::Template {
        id: template.id.clone(),
        text: template.text.clone(),
        count: template.count,
        level: template.level.map(Into::into),
        sources: template.sources,
        first: maybe_time(template.first),
        last: maybe_time(template.last),
        example,
    }
}
