//! A till in a store runs Windows: its health check is UTF-16 with a byte order mark and CRLF, and
//! its times are local without saying so, an hour ahead of everything else.

use super::archive::Tree;
use super::clock::{HOST_OFFSET, MINUTE, SECOND, at, written};
use super::scene::Scene;
use super::secrets::TILL_MAIL;

pub(crate) const TILL_CHECK: &str = "attachments/store-12-till-check.txt";

pub(crate) fn write(scene: Scene, tree: &mut Tree) {
    if scene == Scene::Good {
        return;
    }
    let mut text = format!(
        "Till health check 3.2\r\nStore            : 12\r\nContact          : {TILL_MAIL}\r\n\r\nComputerName     : shop.example\r\nRemoteAddress    : 203.0.113.80\r\nTcpTestSucceeded : True\r\n\r\n"
    );
    for index in 0..60 {
        let time = at(14, 12, 4) + index * 30 * SECOND;
        let answer =
            if time < at(14, 12, 4) + 27 * MINUTE { "504 Gateway Time-out" } else { "200 OK" };
        let local = written(time + HOST_OFFSET, "%Y-%m-%d %H:%M:%S");
        text.push_str(&format!("[{local}] POST /checkout -> {answer}\r\n"));
    }
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    tree.add(TILL_CHECK, bytes);
}
