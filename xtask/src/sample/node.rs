//! The node under the ledger: the kubelet's klog in UTC, and the host's syslog in Berlin time
//! as today's rsyslog writes it, with the offset.

use super::archive::Tree;
use super::clock::{HOST_OFFSET, MILLI, MINUTE, Micros, SECOND, written};
use super::log::Log;
use super::nginx::klog;
use super::random::Random;
use super::scene::{EXHAUSTED, KILLED, POOL_RAISED, RESTARTED, ROLLOUT, Scene};

const KUBELET: &str = "copy-from-host/node-b/kubelet.log";
const SYSLOG: &str = "host-collectors/run-host/node-b/messages";
/// How long the node had been up when the kernel killed the ledger.
const UPTIME: Micros = 81_234 * SECOND + 118_204;
const CLOCK: &str = "host-collectors/run-host/node-b/timedatectl.txt";

pub(crate) fn write(scene: Scene, tree: &mut Tree) {
    tree.add(KUBELET, kubelet(scene).all());
    tree.add(SYSLOG, syslog(scene).between(scene.from(), scene.until()));
    tree.add(CLOCK, clock(scene));
}

fn kubelet(scene: Scene) -> Log {
    let mut random = Random::new(scene.seed() + 80);
    let mut log = Log::default();
    for time in scene.every(20 * SECOND) {
        let time = time + random.between(0, 900) * MILLI;
        log.push(
            time,
            klog(
                'I',
                time,
                1187,
                "kubelet_getters.go:219",
                "\"Pod status updated\" pod=\"kube-system/kube-proxy-b\" status=\"Running\"",
            ),
        );
    }
    if scene == Scene::Good {
        return log;
    }
    for (index, pod) in ["ledger-79c6b5f4d8-h9z2p", "ledger-79c6b5f4d8-m4x7c"].iter().enumerate() {
        let time = ROLLOUT + 3 * SECOND + index as i64 * 11 * SECOND;
        log.push(
            time,
            klog(
                'I',
                time,
                1187,
                "kubelet.go:2430",
                &format!("\"SyncLoop ADD\" source=\"api\" pods=[\"shop/{pod}\"]"),
            ),
        );
    }
    for index in 0..(KILLED - EXHAUSTED) / (20 * SECOND) {
        let time = EXHAUSTED + 9 * SECOND + index * 20 * SECOND;
        log.push(time, klog('I', time, 1187, "prober.go:120", "\"Probe failed\" probeType=\"Readiness\" pod=\"shop/ledger-79c6b5f4d8-h9z2p\" containerName=\"ledger\" probeResult=\"failure\" output=\"HTTP probe failed with statuscode: 503\""));
    }
    let died = KILLED + 400 * MILLI;
    log.push(died, klog('I', died, 1187, "generic.go:334", "\"Generic (PLEG): container finished\" podID=\"79c6b5f4-0c1e\" containerID=\"containerd://4f1c9e\" exitCode=137"));
    log.push(died + MILLI, klog('E', died + MILLI, 1187, "pod_workers.go:1301", "\"Error syncing pod, skipping\" err=\"failed to \\\"StartContainer\\\" for \\\"ledger\\\" with CrashLoopBackOff: \\\"back-off 10s restarting failed container=ledger pod=ledger-79c6b5f4d8-h9z2p_shop\\\"\" pod=\"shop/ledger-79c6b5f4d8-h9z2p\""));
    let ready = RESTARTED + 300 * MILLI;
    log.push(ready, klog('I', ready, 1187, "kubelet.go:2520", "\"SyncLoop (probe)\" probe=\"readiness\" status=\"ready\" pod=\"shop/ledger-79c6b5f4d8-h9z2p\""));
    log
}

fn syslog(scene: Scene) -> Log {
    let mut random = Random::new(scene.seed() + 90);
    let mut log = Log::default();
    for time in scene.every(MINUTE) {
        log.push(
            time + SECOND,
            line(
                time + SECOND,
                &format!("CRON[{}]", 20_100 + random.between(0, 9_000)),
                "(root) CMD (/usr/lib/sysstat/sa1 1 1)",
            ),
        );
    }
    for time in scene.every(7 * MINUTE) {
        log.push(
            time + 23 * SECOND,
            line(time + 23 * SECOND, "systemd[1]", "Started logrotate.service - Rotate log files."),
        );
        log.push(
            time + 24 * SECOND,
            line(time + 24 * SECOND, "systemd[1]", "logrotate.service: Deactivated successfully."),
        );
    }
    if scene == Scene::Good {
        return log;
    }
    let mut kernel = |after: Micros, text: &str| {
        let time = KILLED + after * MILLI;
        let up = UPTIME + after * MILLI;
        let stamp = format!("[{}.{:06}]", up / SECOND, up % SECOND);
        log.push(time, line(time, "kernel", &format!("{stamp} {text}")));
    };
    kernel(-2, "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=969");
    kernel(-1, "memory: usage 2097152kB, limit 2097152kB, failcnt 18233");
    kernel(0, "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),task=java,pid=28114,uid=1000");
    kernel(
        0,
        "Memory cgroup out of memory: Killed process 28114 (java) total-vm:6812344kB, anon-rss:2081212kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:4812kB oom_score_adj:969",
    );
    let login = POOL_RAISED - 96 * SECOND;
    log.push(login, line(login, "sshd[30211]", "Accepted publickey for operator from 10.20.0.4 port 52114 ssh2: ED25519 SHA256:samplenotrealfingerprint0000000000000000000"));
    log
}

fn line(time: Micros, program: &str, text: &str) -> String {
    format!(
        "{}+01:00 node-b {program}: {text}",
        written(time + HOST_OFFSET, "%Y-%m-%dT%H:%M:%S.%6f")
    )
}

fn clock(scene: Scene) -> String {
    let now = scene.collected();
    format!(
        "               Local time: {} CET\n           Universal time: {} UTC\n                Time zone: Europe/Berlin (CET, +0100)\nSystem clock synchronized: yes\n              NTP service: active\n",
        written(now + HOST_OFFSET, "%a %Y-%m-%d %H:%M:%S"),
        written(now, "%a %Y-%m-%d %H:%M:%S"),
    )
}
