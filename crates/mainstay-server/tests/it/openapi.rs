//! The checked-in description of the interface is the one the routes have.

#[test]
fn the_description_that_is_checked_in_is_true() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    let checked_in = std::fs::read_to_string(path).expect("openapi.json");
    let generated = mainstay_server::openapi_json().expect("JSON");
    assert!(
        checked_in == generated,
        "the interface changed; review it and run: \
         cargo run -p mainstay -- openapi > crates/mainstay-server/openapi.json, then npm run types in web"
    );
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let api: serde_json::Value =
        serde_json::from_str(&mainstay_server::openapi_json().expect("JSON")).expect("JSON");
    let mut names: Vec<&str> = Vec::new();
    for methods in api["paths"].as_object().expect("paths").values() {
        for operation in methods.as_object().expect("methods").values() {
            names.push(operation["operationId"].as_str().expect("a name"));
        }
    }
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}
