//! `mainstay signature` on a desk: what one desk knows another one learns.

use serde_json::Value;

use crate::desk::{create, on};
use crate::harness::{expect, run, stderr};

const TEXT: &str = "mainstay-signature 2\nname: pool is empty\nkind: config\n\
    workaround: restart the ledger\ncode ORA-00060\n";

#[test]
fn a_signature_travels_from_desk_to_desk() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    for desk in [&one, &other] {
        std::fs::create_dir(desk).expect("a folder");
        expect(&create(desk, "kim", "senior", "correct horse battery\n"), 0);
    }
    let file = folder.path().join("pool.signature");
    std::fs::write(&file, TEXT).expect("a file");
    let file = file.to_string_lossy();
    let said = expect(&on(&one, &["signature", "import", "--activate", &file]), 0);
    assert_eq!(said.trim(), "SIG-1001");
    let listed = expect(&on(&one, &["signature", "list"]), 0);
    assert!(listed.contains("SIG-1001\tactive"), "{listed}");
    let known = folder.path().join("known");
    expect(&on(&one, &["signature", "export", "--all", &known.to_string_lossy()]), 0);
    let exported = known.join("SIG-1001.signature");
    assert_eq!(std::fs::read_to_string(&exported).expect("a file"), TEXT);
    let exported = exported.to_string_lossy();
    expect(&on(&other, &["signature", "import", &exported]), 0);
    assert_eq!(expect(&on(&other, &["signature", "export", "sig-1001"]), 0), TEXT);
    assert!(expect(&on(&other, &["signature", "list", "--stage", "active"]), 0).is_empty());

    // a bundle that comes to the first desk is recognised there
    let log = folder.path().join("ledger.log");
    let line = "2026-11-24T09:00:01Z ERROR ledger ORA-00060 no connection left\n";
    std::fs::write(&log, line.repeat(3)).expect("a file");
    expect(&on(&one, &["case", "open", "orders fail"]), 0);
    expect(&on(&one, &["case", "attach", "MS-1001", &log.to_string_lossy()]), 0);
    let shown = expect(&on(&one, &["signature", "show", "SIG-1001"]), 0);
    assert!(shown.contains("looks like it: MS-1001"), "{shown}");
    let shown = expect(&on(&one, &["signature", "show", "SIG-1001", "--json"]), 0);
    let shown: Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(shown["matches"][0]["case"], "MS-1001", "{shown}");
    expect(&on(&one, &["db", "rebuild", "--check"]), 0);

    // the same folder serves a bundle without a desk
    let known = known.to_string_lossy();
    let offline = run(&["signature", "-q", "--json", "--against", &known, &log.to_string_lossy()]);
    let offline: Value = serde_json::from_str(&expect(&offline, 0)).expect("JSON");
    assert_eq!(offline["hits"][0]["name"], "pool is empty", "{offline}");

    std::fs::write(folder.path().join("bad"), "mainstay-signature 2\nname: x\nwat\n")
        .expect("a file");
    let bad = folder.path().join("bad");
    let refused = on(&one, &["signature", "import", &bad.to_string_lossy()]);
    assert!(!refused.status.success());
    assert!(stderr(&refused).contains("line 3: it is no field"), "{}", stderr(&refused));
    expect(&on(&one, &["signature", "show", "SIG-9"]), 5);
}
