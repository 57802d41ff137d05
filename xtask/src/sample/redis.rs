//! The cache: routine saves on both days, and a command line that shows its password.

use super::archive::Tree;
use super::clock::{MILLI, MINUTE, Micros, SECOND, written};
use super::log::Log;
use super::random::Random;
use super::scene::Scene;
use super::secrets::REDIS_PASSWORD;

pub(crate) const LOG: &str = "cluster-resources/pods/logs/shop/redis-0/redis.log";
/// The container before the last restart wrote nothing: an empty file.
const PREVIOUS_LOG: &str = "cluster-resources/pods/logs/shop/redis-0/redis-previous.log";

pub(crate) fn write(scene: Scene, tree: &mut Tree) {
    let mut random = Random::new(scene.seed() + 70);
    let mut log = Log::default();
    for (index, time) in scene.every(MINUTE).enumerate() {
        let child = 812 + index;
        let mut note = |after: Micros, text: String| {
            let time = time + 5 * SECOND + after * MILLI;
            log.push(time, line(time, "1:M", '*', &text));
        };
        note(0, String::from("10000 changes in 60 seconds. Saving..."));
        note(3, format!("Background saving started by pid {child}"));
        note(random.between(190, 420), String::from("Background saving terminated with success"));
        let saved = time + 5 * SECOND + 170 * MILLI;
        log.push(saved, line(saved, &format!("{child}:C"), '*', "DB saved on disk"));
        log.push(
            saved,
            line(
                saved,
                &format!("{child}:C"),
                '*',
                &format!(
                    "Fork CoW for RDB: current {} MB, peak {} MB, average 2 MB",
                    random.between(2, 6),
                    random.between(6, 9)
                ),
            ),
        );
    }
    let changed = scene.from() + 9 * MINUTE;
    log.push(
        changed,
        line(
            changed,
            "1:M",
            '#',
            &format!(
                "Possible misuse: CONFIG SET requirepass={REDIS_PASSWORD} from 10.42.2.31:40112"
            ),
        ),
    );
    tree.add(LOG, log.all());
    tree.add(PREVIOUS_LOG, "");
}

fn line(time: Micros, process: &str, mark: char, text: &str) -> String {
    format!("{process} {} {mark} {text}", written(time, "%d %b %Y %H:%M:%S.%3f"))
}
