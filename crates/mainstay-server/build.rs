//! Embeds the UI again when it was built again. Never runs npm: without `web/dist` the server
//! shows which command builds it.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist/index.html");
}
