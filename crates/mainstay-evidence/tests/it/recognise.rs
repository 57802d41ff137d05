//! Every file of the shared material is named rightly, and so are small files of other formats.

use std::collections::BTreeMap;

use mainstay_evidence::problem::ProblemCode;
use mainstay_evidence::recognise::{Format, Kind};

use crate::shared::{bundles, recognise_bytes, shared, unpack};

/// What a path of the bundles means, by the list in the bundle reference (section 10.1).
fn expected(path: &str) -> Format {
    let inside = path.split_once('/').map_or(path, |(_, inside)| inside);
    let name = inside.rsplit('/').next().unwrap_or(inside);
    match name {
        "ticket.json" => Format::TicketJson,
        "otlp.jsonl" => Format::OtlpJsonLines,
        "jaeger.json" => Format::JaegerQuery,
        "service-graph.json" => Format::XrayServiceGraph,
        "metrics.om.txt" => Format::OpenMetrics,
        "get-metric-data.json" => Format::CloudWatchMetricData,
        "metrics.csv" => Format::LongCsv,
        _ if inside.starts_with("metrics/query_range/") => Format::PrometheusQueryRange,
        _ if inside.starts_with("metrics/") => Format::WideCsv,
        _ if inside.starts_with("cluster-resources/") => Format::KubernetesJson,
        _ => Format::Log,
    }
}

#[test]
fn every_file_of_the_shared_bundles_is_named() {
    let mut labels: BTreeMap<String, usize> = BTreeMap::new();
    for bundle in bundles() {
        for (path, bytes) in unpack(&bundle) {
            // without its name a file must be recognised all the same
            for hint in [path.as_str(), "x/unknown"] {
                let recognition = recognise_bytes(hint, &bytes);
                assert_eq!(recognition.format, expected(&path), "{path} as {hint}");
                *labels.entry(recognition.label).or_default() += 1;
            }
        }
    }
    let mut text = String::new();
    for (label, count) in labels {
        text.push_str(&format!("{label}: {}\n", count / 2));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_loghub_set_is_named() {
    let mut text = String::new();
    for set in
        ["Apache", "HDFS", "Linux", "OpenSSH", "OpenStack", "Proxifier", "Spark", "Zookeeper"]
    {
        let path = shared().join(format!("data/loghub/{set}/{set}_2k.log"));
        let bytes = std::fs::read(&path).expect("the shared logs; set MAINSTAY_SHARED");
        let recognition = recognise_bytes("unknown", &bytes);
        assert_eq!(recognition.kind, Kind::Log, "{set}");
        text.push_str(&format!("{set}: {}\n", recognition.label));
    }
    insta::assert_snapshot!(text);
}

fn check(path: &str, bytes: &[u8], format: Format) {
    let recognition = recognise_bytes(path, bytes);
    assert_eq!(recognition.format, format, "{path}: {:?}", String::from_utf8_lossy(bytes));
}

#[test]
fn documents_are_named_by_their_content() {
    check("a", b"", Format::Empty);
    check("a.log", b"\x89PNG\r\n\x1a\n....", Format::Png);
    check("a.txt", b"\x7fELF\x02\x01\x01", Format::Elf);
    check("a.json", b"{\"a\": 1,\n \"b\": [1, 2]}\n", Format::Json);
    check("a.json", b"[1, 2, 3]", Format::Json);
    check("a.json", b"{\"name\":\"x\",\"version\":\"1.2.3\"}", Format::Json);
    check(
        "pods.json",
        b"{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[]}",
        Format::KubernetesJson,
    );
    check(
        "p.json",
        b"[{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{}}]",
        Format::KubernetesJson,
    );
    check(
        "a",
        b"apiVersion: v1\nkind: List\nitems:\n- metadata:\n    name: x\n",
        Format::KubernetesYaml,
    );
    check("a.yaml", b"server:\n  port: 80\n  hosts:\n  - a\n  - b\n", Format::Yaml);
    check("a.xml", b"<?xml version=\"1.0\"?>\n<a><b/></a>\n", Format::Xml);
    check("a.ini", b"[main]\nport = 1\n; note\n[other]\nhost=x\n", Format::Ini);
    check("a.toml", b"[package]\nname = \"x\"\nversion = \"1\"\n", Format::Toml);
    check("a.env", b"PORT=80\nHOST=a\nDEBUG=true\n", Format::Properties);
    check(
        "m.txt",
        b"# TYPE up gauge\nup{job=\"a\"} 1\nup{job=\"b\"} 0\n# EOF\n",
        Format::OpenMetrics,
    );
    let audit = b"{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":\"1\",\"stageTimestamp\":\"2024-05-01T12:00:00Z\"}\n";
    check("audit.log", audit, Format::Log);
    check("one.log", b"{\"msg\":\"a\",\"time\":\"2024-05-01T12:00:00Z\"}\n", Format::Log);
    // as even as a table
    let line = "{\"time\":\"2024-05-01T12:00:00Z\",\"level\":\"INFO\",\"msg\":\"paid\"}\n";
    check("even.log", line.repeat(4).as_bytes(), Format::Log);
    check("notes.txt", b"Dear all,\nthe service is slow.\nBye\n", Format::PlainText);
    check("x.csv", b"a,b,c\n1,2,3\n4,5,6\n", Format::Csv);
    let mut binary = vec![0xde_u8, 0xad, 0xbe, 0xef, 0x01, 0x02, 0x03, 0x80, 0xfe, 0x11];
    binary.extend((0..=255).rev());
    check("x.dat", &binary, Format::OtherBinary);
}

#[test]
fn encodings_are_told_apart() {
    let check = |bytes: &[u8], name: &str| {
        assert_eq!(recognise_bytes("x", bytes).encoding.name(), name, "{bytes:?}");
    };
    let text = "2024-05-01 12:00:00 INFO a.B: grüße\r\n2024-05-01 12:00:01 INFO a.B: more\r\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|character| u32::from(character) as u8).collect();
    check(text.as_bytes(), "UTF-8");
    check(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8");
    check(&little, "UTF-16 LE");
    check(&big, "UTF-16 BE");
    check(&[b"\xff\xfe", &little[..]].concat(), "UTF-16 LE");
    check(&[b"\xfe\xff", &big[..]].concat(), "UTF-16 BE");
    check(&latin, "Latin-1");
    // a few stray bytes are damage, and are told as such
    check(
        b"2024-05-01 12:00:00 INFO a.B: x\xff\xfe y\n2024-05-01 12:00:01 INFO a.B: fine\n",
        "UTF-8",
    );
    check(b"temperature 25\xb0C, 3 \x80\n", "Latin-1");
    let damaged = b"2024-05-01 12:00:00 INFO a.B: x\xff y\n2024-05-01 12:00:01 INFO a.B: fine\n";
    let reading = crate::shared::read("x.log", damaged);
    let problem = &reading.problems.kept()[0];
    assert_eq!((problem.code, problem.line), (ProblemCode::InvalidUtf8, Some(1)));
    assert_eq!(reading.records[0].body, "x\u{fffd} y");
    for bytes in [text.as_bytes().to_vec(), little, big, latin] {
        assert_eq!(recognise_bytes("x", &bytes).label, "log4j", "{bytes:?}");
    }
}
